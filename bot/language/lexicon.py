"""What words mean, by language: data in words/*.toml, all languages read at once, since people mix them."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.language.intents import Intent


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases as one expression over plain text; a star at a word's end stands for any ending."""

    pattern: re.Pattern[str]
    starts: re.Pattern[str]  # the same, at the beginning of a text

    def within(self, text: str) -> list[re.Match[str]]:
        """Where they occur, the longest at each place."""
        return list(self.pattern.finditer(text))

    def heard(self, text: str) -> bool:
        """True when one of them occurs."""
        return self.pattern.search(text) is not None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of all languages together; `days` stay apart, since their order means something."""

    intents: dict[Intent, Phrases]
    weak: dict[Intent, Phrases]
    mood: dict[str, Phrases]
    units: dict[str, Phrases]
    lists: dict[str, Phrases]
    slips: dict[str, Phrases]  # of a delivery that is supposed to be late
    days: tuple[dict[str, Phrases], ...]
    weekdays: tuple[Phrases, ...]  # Monday first
    months: tuple[Phrases, ...]  # January first
    numbers: dict[str, int]
    measures: frozenset[str]
    small: frozenset[str]  # words that name nothing
    endings: tuple[str, ...]  # of inflected words, the longest first
    joiners: frozenset[str]  # words between two things of one kind
    verbs: tuple[tuple[Intent, str], ...]  # single words that tell an intent, to compare mistyped ones with


@cache
def lexicon() -> Lexicon:
    """Read once."""
    entries = sorted((files("bot.language") / "words").iterdir(), key=lambda each: each.name)
    texts = [entry.read_text(encoding="utf-8") for entry in entries if entry.name.endswith(".toml")]
    return _joined([tomllib.loads(text) for text in texts])


def _joined(languages: list[dict[str, Any]]) -> Lexicon:
    def together(section: str, name: str) -> list[str]:
        return [phrase for each in languages for phrase in each[section].get(name, ())]

    def phrases(section: str) -> dict[str, Phrases]:
        return {name: compiled(together(section, name)) for each in languages for name in each[section]}

    intents = {Intent(name): found for name, found in phrases("intents").items()}
    single = [(intent, phrase) for intent in intents for phrase in together("intents", intent.value)]
    return Lexicon(
        intents=intents,
        weak={Intent(name): found for name, found in phrases("weak").items()},
        mood=phrases("mood"),
        units=phrases("units"),
        lists=phrases("lists"),
        slips=phrases("slips"),
        days=tuple(
            {name: compiled(found) for name, found in each["days"].items() if name not in {"weekdays", "months"}}
            for each in languages
        ),
        weekdays=tuple(
            compiled([word for each in languages for word in each["days"]["weekdays"][at].split()]) for at in range(7)
        ),
        months=tuple(
            compiled([word for each in languages for word in each["days"]["months"][at].split()]) for at in range(12)
        ),
        numbers={word: value for each in languages for word, value in each["numbers"].items()},
        measures=frozenset(together("measures", "words")),
        small=_small(languages),
        endings=tuple(sorted(together("endings", "words"), key=lambda ending: (-len(ending), ending))),
        joiners=frozenset(together("mood", "joiners")),
        verbs=tuple((intent, phrase.rstrip("*")) for intent, phrase in single if " " not in phrase and len(phrase) > 4),
    )


def _small(languages: list[dict[str, Any]]) -> frozenset[str]:
    """Every word that has a meaning of its own here names no product by itself."""
    meant = {word for each in languages for word in each["small"]["words"]}
    for each in languages:
        for section in ("intents", "weak", "mood", "units", "lists", "days"):
            for found in each[section].values():
                meant |= {word.rstrip("*") for phrase in found for word in phrase.split()}
        meant |= set(each["numbers"])
    return frozenset(meant)


def compiled(phrases: list[str]) -> Phrases:
    """The expression of these phrases."""
    if not phrases:
        return Phrases(re.compile(r"(?!)"), re.compile(r"(?!)"))
    ordered = sorted(phrases, key=len, reverse=True)
    joined = "|".join(r"\s+".join(_word(word) for word in phrase.split()) for phrase in ordered)
    return Phrases(re.compile(rf"(?<![\w'])(?:{joined})(?![\w'])"), re.compile(rf"(?:{joined})(?![\w'])"))


def _word(word: str) -> str:
    return re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "")
