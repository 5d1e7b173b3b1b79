"""The order for nails and screws: articles that tell which order is meant, and no lines that something is said of."""

from collections.abc import Sequence

from mail.reading.concepts import Concept
from mail.reading.figures import Atom, Lines, Other, OtherKind, Phrase, is_mark

_JOINS = frozenset({",", "/"})
_FOR = (Concept.DATE_HINT, Concept.OF, Concept.PER, Concept.PRICE_HINT)


def without_its_articles(atoms: Sequence[Atom], lines: frozenset[int]) -> list[Atom]:
    """The atoms with the articles behind "the order for" as plain words, where they are those of every line.

    `lines` are the order's; where not all of them are named, what is said may be said of some only.
    """
    told = list(atoms)
    for at, atom in enumerate(atoms):
        if not (isinstance(atom, Phrase) and atom.concept is Concept.ALL and _announces(atoms, at + 1)):
            continue
        end, named = _list_behind(atoms, at + 2)
        if named and named == lines and len(lines) > 1:
            told[at + 1 : end] = [Other(OtherKind.KNOWN, "", each.span) for each in atoms[at + 1 : end]]
    return told


def _announces(atoms: Sequence[Atom], at: int) -> bool:
    atom = atoms[at] if at < len(atoms) else None
    return isinstance(atom, Phrase) and atom.concept in _FOR


def _list_behind(atoms: Sequence[Atom], at: int) -> tuple[int, frozenset[int]]:
    """Where a list of articles ends and the lines that it names."""
    named: set[int] = set()
    end = at
    while end < len(atoms):
        atom = atoms[end]
        if isinstance(atom, Lines):
            named.update(atom.lines)
        elif not _joins(atom) or not isinstance(atoms[end + 1] if end + 1 < len(atoms) else None, Lines):
            break
        end += 1
    return end, frozenset(named)


def _joins(atom: Atom) -> bool:
    return is_mark(atom, _JOINS) or (isinstance(atom, Phrase) and atom.concept is Concept.AND)
