"""The phrases of mail programs in every language, compiled from `languages/*.toml`; one file is one language."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "languages"
_FIELDS = ("from", "date", "to", "copy", "subject")
_NEVER = "(?!)"


@dataclass(frozen=True, slots=True)
class Phrases:
    """Compiled patterns; all languages at once, for a supplier's colleague may use another program than the supplier."""

    opener: re.Pattern[str]  # "On", "W dniu": how an attribution line begins
    late_opener: re.Pattern[
        str
    ]  # the same in the middle of a line, where only a capital tells it from an everyday word
    wrote: re.Pattern[str]  # "wrote", "napisał(a)"
    wrote_plainly: tuple[str, ...]  # those of them that are no patterns, in lower case
    attribution: re.Pattern[str]  # whole lines that are worded in another way than "On … wrote:"
    field: re.Pattern[str]  # "From: value"; the matching group's name is the kind of field
    original: re.Pattern[str]  # "-----Original Message-----"
    forwarded: re.Pattern[str]  # "---------- Forwarded message ---------", "Begin forwarded message:"
    forward_subject: re.Pattern[str]  # "Fwd: …"
    mobile: re.Pattern[str]  # "Sent from my iPhone"
    device: re.Pattern[str]  # what makes it one: goods are "sent from" somewhere too
    excuse: re.Pattern[str]  # "excuse any typos"
    answer: re.Pattern[str]  # words of yes, no, exception and time, with which people answer and do not sign
    farewell: re.Pattern[str]  # "Best regards," alone, or with a name behind it
    disclaimer: re.Pattern[str]  # how a disclaimer begins
    terms: re.Pattern[str]  # standing terms, which are no disclaimer before the letter has been signed
    notice: re.Pattern[str]  # words of which every further paragraph of a disclaimer has one
    postscript: re.Pattern[str]  # "P.S."
    footer: re.Pattern[str]  # mailing lists and newsletters
    reply_above: re.Pattern[
        str
    ]  # "##- Please type your reply above this line -##": a help desk's mark above its own text
    banner: re.Pattern[str]  # what a gateway writes above a mail


@cache
def phrases() -> Phrases:
    """Load and compile every language."""
    words = _gathered(tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.toml")))
    line = r"^[\s>*_\-–—=]*"
    dashes = r"[\s*]*[-–—=_]{2,}[\s*]*"
    fields = "|".join(f"(?P<{name}>{_any(words[name])})" for name in _FIELDS)
    return Phrases(
        opener=_compiled(rf"{line}(?:{_any(words['openers'])})(?:\b|(?<=\W)|(?<=在))"),
        late_opener=re.compile(
            rf"(?<=[\s\-–—])(?=[^\W\d_])(?:{_any(each for each in words['openers'] if each[:1].isupper())})\b"
        ),
        wrote=_compiled(rf"(?:(?<!\w)(?:{_any(words['wrote'])})(?!\w)|(?:写道|寫道|のメッセージ|作成|작성))"),
        wrote_plainly=_plain(words["wrote"]),
        attribution=_compiled(rf"^[\s>*\-]*(?:{_any(words['attribution'])})\s*$"),
        field=_compiled(rf"^[\s*_|]*(?:{fields})[\s*_\xa0]*[:：][\s*_]*(?P<value>.*?)[\s*_]*$"),
        original=_compiled(
            rf"^[\s>*]*(?:{dashes}(?:{_any(words['original'])})[\s*]*[-–—=_]*[\s*:]*|(?:reply message))$"
        ),
        forwarded=_compiled(
            rf"^[\s>*]*(?:{dashes}(?:{_any(words['forwarded'])})[\s*]*[-–—=_]*[\s*:]*|(?:{_any(words['begin_forwarded'])})\s*[:：]?\s*)$"
        ),
        forward_subject=_compiled(rf"^\s*(?:(?:re|aw|odp)\s*:\s*)?(?:{_any(words['forward_subject'])})\s*:"),
        mobile=_compiled(rf"^[\s\[(<*_]*(?:{_any(words['mobile'])})\s*$"),
        device=_word(words["device"]),
        excuse=_word(words["excuse"]),
        answer=_word(words["answer"]),
        farewell=_compiled(rf"^[\s*_]*(?:{_any(words['farewell'])})(?P<rest>(?:\s*[,;.!:\-–]+\s*.{{0,40}})?)\s*$"),
        disclaimer=_compiled(rf"^[\s*_(\[]*(?:{_any(words['disclaimer'])})"),
        terms=_compiled(rf"^[\s*_(\[]*(?:{_any(words['terms'])})"),
        notice=_word(words["notice"]),
        postscript=_compiled(rf"^[\s*_]*(?:{_any(words['postscript'])})\s*[:.,\-–]?\s"),
        footer=_compiled(rf"(?:{_any(words['footer'])})"),
        reply_above=_compiled(rf"^[\s>*]*[-–—=_#*\s]*(?:{_any(words['reply_above'])})[-–—=_#*.:\s]*$"),
        banner=_compiled(rf"^[\s*_\[(]*(?:{_any(words['banner'])})"),
    )


def _gathered(languages: Iterable[Mapping[str, object]]) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {
        key: []
        for key in (
            *_FIELDS, "openers", "wrote", "original", "forwarded", "begin_forwarded", "forward_subject", "mobile", "farewell",
            "disclaimer", "postscript", "footer", "banner", "attribution", "device", "excuse", "answer", "terms", "notice",
            "reply_above",
        )
    }  # fmt: skip
    for language in languages:
        for key, values in language.items():
            if key not in words or not isinstance(values, list):
                raise ValueError(f"a language file of {_FOLDER.name} has the unknown key {key!r}")
            words[key] += [str(value) for value in values]
    return words


def _any(words: Iterable[str]) -> str:
    """An alternation, longest first, without doubles."""
    return "|".join(sorted(set(words), key=lambda word: (-len(word), word))) or _NEVER


def _plain(words: Iterable[str]) -> tuple[str, ...]:
    """Those of the words that are no patterns, in lower case; "napisał(a)" has its brackets escaped."""
    bare = {word.lower().replace("\\(", "(").replace("\\)", ")") for word in words}
    return tuple(sorted(word for word in bare if re.fullmatch(r"[\w\s]+(?:\(\w+\))?", word)))


def _word(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, whole, anywhere in a line."""
    return _compiled(rf"(?<!\w)(?:{_any(words)})(?!\w)")


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
