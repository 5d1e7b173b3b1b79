"""What the scanner finds in a sentence: phrases, lines, quantities, prices, dates. Plain values with their place."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mail.reading.concepts import Concept
from mail.reading.lexicon import Unit


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets into the passage's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase with a meaning; `count` how many lines it says there are (the other three), zero when it does not say."""

    concept: Concept
    span: Span
    count: int = 0


@dataclass(frozen=True, slots=True)
class Lines:
    """Order lines that are meant; `by_code` when a code or GTIN names them, else a number, a place or a name."""

    lines: tuple[int, ...]
    span: Span
    by: str = "code"  # code, name, number, place; family: a plural that several answer to; list: each of several; some: not all


@dataclass(frozen=True, slots=True)
class Quantity:
    """So many of a unit; `unit` None for a bare number, `of` the pack size when the mail names it (8 cartons of 12)."""

    value: Decimal
    unit: Unit | None
    span: Span
    of: int | None = None
    word: str = ""  # the unit as it was written, folded
    whole: bool = False  # "all 12": what was ordered, in whatever unit


@dataclass(frozen=True, slots=True)
class Price:
    """An amount of money; `currency` None when not said; `basis` how many of `basis_unit` it buys."""

    amount: Decimal
    currency: str | None
    span: Span
    basis: Decimal = Decimal(1)
    basis_unit: Unit | None = None
    of: int | None = None  # the pack size when the mail names it (52.20 per case of 12)


class Vague(StrEnum):
    """Why a date is no firm delivery date."""

    AMBIGUOUS = "ambiguous"  # two readings
    RANGE = "range"
    LEAD_TIME = "lead-time"
    NO_DAY = "no-day"  # a month, the beginning of a week
    PAST = "past"
    CONTRADICTION = "contradiction"  # the weekday is not that day's


@dataclass(frozen=True, slots=True)
class Day:
    """A date that the mail names; `value` None when it is none that can be booked, `why` then says the reason."""

    value: date | None
    span: Span
    why: Vague | None = None
    by_weekday: bool = False  # only the day of the week was said


@dataclass(frozen=True, slots=True)
class Other:
    """Anything else that matters: a foreign article code, a number nobody explained, an unknown word."""

    kind: "OtherKind"
    text: str
    span: Span


class OtherKind(StrEnum):
    """What an unexplained piece is."""

    CODE = "code"  # looks like an article or document code, is none of ours
    NUMBER = "number"
    WORD = "word"  # in no list of the language
    KNOWN = "known"  # a word that carries nothing
    MARK = "mark"
    ORDER = "order"  # one of our order numbers
    UNIT = "unit"  # a unit with no number


Atom = Phrase | Lines | Quantity | Price | Day | Other


def is_mark(atom: Atom, marks: frozenset[str] | None = None) -> bool:
    """True for punctuation: for any, or for one of these marks."""
    return isinstance(atom, Other) and atom.kind is OtherKind.MARK and (marks is None or atom.text in marks)


def is_unknown(atom: Atom) -> bool:
    """True for a word that no list of the language knows."""
    return isinstance(atom, Other) and atom.kind is OtherKind.WORD
