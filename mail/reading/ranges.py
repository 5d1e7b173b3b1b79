"""Lines from one code to another: GP-2210 to GP-3011, RB-1001 bis RB-1003."""

from collections.abc import Sequence

from mail.reading.concepts import Concept
from mail.reading.figures import Atom, Lines, Other, OtherKind, Phrase, Span

_UP_TO = frozenset({"to", "through", "thru", "bis", "à", "al", "do", "až", "tot", "до", "-", "–"})
_AS_WELL = frozenset({"pl", "cs", "uk"})  # languages whose "a" says "and"


def with_ranges(atoms: Sequence[Atom], known: frozenset[int], language: str) -> list[Atom]:
    """The atoms with two codes and what says "up to" between them put together to the lines from one to the other."""
    kept: list[Atom] = []
    at = 0
    while at < len(atoms):
        lines = _range_at(atoms, at, known, language)
        kept.append(atoms[at] if lines is None else lines)
        at += 1 if lines is None else 3
    return kept


def _range_at(atoms: Sequence[Atom], at: int, known: frozenset[int], language: str) -> Lines | None:
    if at + 2 >= len(atoms):
        return None
    first, between, last = atoms[at : at + 3]
    if not (_is_code(first) and _is_code(last) and _says_up_to(between, language)):
        return None
    assert isinstance(first, Lines)
    assert isinstance(last, Lines)
    begin, end = first.lines[0], last.lines[0]
    lines = tuple(line for line in sorted(known) if begin <= line <= end)
    return Lines(lines, Span(first.span.start, last.span.end), "list") if len(lines) > 1 else None


def _is_code(atom: Atom) -> bool:
    return isinstance(atom, Lines) and atom.by == "code" and len(atom.lines) == 1


def _says_up_to(atom: Atom, language: str) -> bool:
    if isinstance(atom, Phrase):
        return atom.concept in (Concept.NEW, Concept.UNTIL, Concept.TILL, Concept.PRICE_HINT, Concept.BETWEEN)
    if not isinstance(atom, Other) or atom.kind is OtherKind.WORD:
        return False
    return atom.text.lower() in _UP_TO or (atom.text.lower() == "a" and language not in _AS_WELL)
