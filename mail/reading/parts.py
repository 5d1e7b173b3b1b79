"""A sentence cut into parts at marks and joining words, for what is judged part by part."""

from collections.abc import Iterator, Sequence

from mail.reading.concepts import Concept
from mail.reading.figures import Atom, Phrase, is_mark


def parts(atoms: Sequence[Atom], marks: frozenset[str], *joins: Concept) -> Iterator[list[Atom]]:
    """Cut before each of these marks and joining words; it stands at the beginning of the part that follows."""
    part: list[Atom] = []
    for atom in atoms:
        if part and (is_mark(atom, marks) or (isinstance(atom, Phrase) and atom.concept in joins)):
            yield part
            part = []
        part.append(atom)
    if part:
        yield part
