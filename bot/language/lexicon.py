"""What words mean, by language: data in words/*.toml, all languages read at once, since people mix them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.language.intents import Intent
from bot.language.plain import plain


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by intent, words for units, and words for days."""

    intents: dict[Intent, tuple[str, ...]]
    units: dict[str, tuple[str, ...]]
    days: dict[str, tuple[str, ...]]


@cache
def lexicons() -> tuple[Lexicon, ...]:
    """One lexicon for each file."""
    return tuple(
        _read(entry.read_text(encoding="utf-8"))
        for entry in sorted((files("bot.language") / "words").iterdir(), key=lambda each: each.name)
        if entry.name.endswith(".toml")
    )


def _read(text: str) -> Lexicon:
    data = tomllib.loads(text)
    return Lexicon(
        {Intent(name): tuple(plain(phrase) for phrase in phrases) for name, phrases in data["intents"].items()},
        {name: tuple(plain(word) for word in found) for name, found in data["units"].items()},
        {name: tuple(plain(word) for word in found) for name, found in data["days"].items()},
    )
