"""A day that is being read from tagged tokens, and what its readers ask of the tokens around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mail.reading.concepts import Concept
from mail.reading.figures import Vague
from mail.reading.scan import Tagged

ENDINGS = frozenset(
    {
        ".",
        "st",
        "nd",
        "rd",
        "th",
        "er",
        "º",
        "°",
        "e",
        "ter",
        "go",
        "ho",
        "-го",
        "го",
        "-й",
        "-те",
        "-ого",
        "-е",
        "-му",
        "de",
        "den",
    }
)
ENGLISH_ENDINGS = frozenset({"st", "nd", "rd", "th"})


@dataclass(frozen=True, slots=True)
class DayRead:
    """A day read from the tokens `at` to `end`."""

    value: date | None
    why: Vague | None
    end: int
    by_weekday: bool = False


def is_at(tagged: Sequence[Tagged], at: int, *concepts: Concept) -> bool:
    """True when a phrase with one of these meanings stands here; nothing stands outside of the sentence."""
    return 0 <= at < len(tagged) and tagged[at].means(*concepts)


def number_at(tagged: Sequence[Tagged], at: int) -> int | None:
    """The bare whole number that stands here."""
    if 0 <= at < len(tagged) and tagged[at].is_number and tagged[at].folded.isdigit():
        return int(tagged[at].folded)
    return None


def ordinal_at(tagged: Sequence[Tagged], at: int) -> int | None:
    """The first, written out; the last is no day."""
    ordinal = tagged[at].meaning.ordinal if 0 <= at < len(tagged) else None
    return ordinal if ordinal is not None and ordinal > 0 else None
