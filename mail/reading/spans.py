"""Spans of time that a date beside them explains: a week later, on 8 December; two days late, on the 3rd."""

from collections.abc import Sequence

from mail.reading.concepts import Concept
from mail.reading.figures import Atom, Day, Other, OtherKind, Phrase, Vague

_BESIDE = (Concept.LATER, Concept.BY_AMOUNT, Concept.CHANGE, Concept.WEEK)
_BETWEEN = (
    Concept.DATE_HINT,
    Concept.LATER,
    Concept.DATE,
    Concept.FILLER,
    Concept.NEW,
    Concept.UNTIL,
    Concept.CHANGE,
    Concept.PLEASE_NOTE,
    Concept.OF,
    Concept.DELIVER,
)  # fmt: skip  what may stand between the span and its date


def without_told_spans(atoms: Sequence[Atom]) -> list[Atom]:
    """The atoms without the spans whose day is named right behind them: the date says all that they say."""
    kept: list[Atom] = []
    at = 0
    while at < len(atoms):
        end = _told_span(atoms, at)
        if end == at:
            kept.append(atoms[at])
        else:
            kept += [each for each in atoms[at:end] if _is_delivery(each)]
        at = max(end, at + 1)
    return kept


def _is_delivery(atom: Atom) -> bool:
    return isinstance(atom, Phrase) and atom.concept is Concept.DELIVER


def _told_span(atoms: Sequence[Atom], at: int) -> int:
    """Where the span that begins here ends, when a firm day follows it; else `at`."""
    start = at
    if _means(atoms, at, Concept.BY_AMOUNT):
        start += 1
    atom = atoms[start] if start < len(atoms) else None
    is_span = isinstance(atom, Day) and atom.why in (Vague.LEAD_TIME, Vague.NO_DAY)
    if not is_span and not (start == at and _means(atoms, at, Concept.WEEK, Concept.LATER)):
        return at
    beside = (
        is_span
        or _means(atoms, start, Concept.LATER)
        or _means(atoms, start + 1, *_BESIDE)
        or _means(atoms, at - 1, *_BESIDE)
    )
    end = start + 1
    while end < len(atoms) and _passes(atoms[end]):
        end += 1
    day = atoms[end] if end < len(atoms) else None
    if not beside or not isinstance(day, Day) or day.value is None:
        return at
    return end


def _passes(atom: Atom) -> bool:
    if isinstance(atom, Other):
        return atom.kind in (OtherKind.MARK, OtherKind.KNOWN, OtherKind.WORD)
    return isinstance(atom, Phrase) and atom.concept in _BETWEEN


def _means(atoms: Sequence[Atom], at: int, *concepts: Concept) -> bool:
    atom = atoms[at] if 0 <= at < len(atoms) else None
    return isinstance(atom, Phrase) and atom.concept in concepts
