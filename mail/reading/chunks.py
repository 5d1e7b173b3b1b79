"""A sentence cut into chunks: at commas, conjunctions and brackets, and where a second subject follows facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mail.reading.concepts import Concept
from mail.reading.figures import Atom, Day, Lines, Other, OtherKind, Phrase, Price, Quantity


class Target(StrEnum):
    """Which lines are meant when none is named."""

    NAMED = "named"
    ALL = "all"
    REST = "rest"  # the other lines, or the rest of a quantity
    REST_LINES = "rest_lines"
    NONE = "none"  # nothing is said: the line spoken of before, or the order


FACTS = frozenset(
    {
        Concept.ACCEPT, Concept.AS_ORDERED, Concept.DELIVER, Concept.HAVE, Concept.NOT_DELIVER, Concept.SHIP, Concept.SHIPPED, Concept.REJECT,
        Concept.BACKORDER, Concept.LATER, Concept.NOW, Concept.SUBSTITUTE, Concept.MISSING, Concept.CHANGE,
        Concept.NEGATION, Concept.KNOWN, Concept.DITTO, Concept.TEMPORARY,
    }
)  # fmt: skip


TARGETS = {
    Concept.ALL: Target.ALL, Concept.BOTH: Target.ALL, Concept.REST: Target.REST, Concept.REST_LINES: Target.REST_LINES,
    Concept.NEARLY_ALL: Target.ALL,
}  # fmt: skip


def is_fact(atom: Atom) -> bool:
    """True for what says something of lines, not only which."""
    if isinstance(atom, Phrase):
        return atom.concept in FACTS
    return isinstance(atom, (Quantity, Price, Day))


@dataclass(slots=True)
class Chunk:
    """Atoms between two commas, conjunctions or brackets, with what joined it to the one before."""

    atoms: list[Atom]
    contrasts: bool = False
    joined: bool = False  # by "and"
    bracketed: bool = False

    @property
    def subjects(self) -> list[Atom]:
        """What names the lines."""
        return [atom for atom in self.atoms if names_lines(atom)]

    @property
    def has_facts(self) -> bool:
        """True when something is said of them."""
        return any(is_fact(atom) for atom in self.atoms)


def names_lines(atom: Atom) -> bool:
    """True for lines, and for words like all and the rest."""
    return isinstance(atom, Lines) or (isinstance(atom, Phrase) and atom.concept in TARGETS)


def chunks(atoms: Sequence[Atom]) -> Iterator[Chunk]:
    """Cut at commas, dashes, "and", "but" and brackets; a bracket with only figures stays with what it explains."""
    chunk = Chunk([])
    inside = False
    for at, atom in enumerate(atoms):
        contrasts = isinstance(atom, Phrase) and atom.concept is Concept.BUT
        joins = isinstance(atom, Phrase) and atom.concept is Concept.AND
        comma = isinstance(atom, Other) and atom.kind is OtherKind.MARK and atom.text in {",", "(", ")"}
        dash = _is_dash(atoms, at)
        if contrasts and _is_bare_subject(chunk.atoms):
            continue  # line 3, however, is sold out: the word stands inside its clause
        if not (contrasts or joins or comma or dash):
            chunk.atoms.append(atom)
            continue
        if chunk.atoms:
            yield chunk
        if isinstance(atom, Other) and atom.text in {"(", ")"}:
            inside = atom.text == "("
        chunk = Chunk([], contrasts=contrasts, joined=joins, bracketed=inside)
    if chunk.atoms:
        yield chunk


def _is_bare_subject(atoms: Sequence[Atom]) -> bool:
    return any(map(names_lines, atoms)) and not any(map(is_fact, atoms))


def _is_dash(atoms: Sequence[Atom], at: int) -> bool:
    atom = atoms[at]
    if not (isinstance(atom, Other) and atom.kind is OtherKind.MARK and atom.text in {"-", "–", "—"}):
        return False
    before = atoms[at - 1].span.end if at else 0
    return before < atom.span.start and (at + 1 >= len(atoms) or atom.span.end < atoms[at + 1].span.start)


def pieces(chunk: Chunk) -> Iterator[Chunk]:
    """Cut where a second subject follows facts: "line 1 96 pcs line 2 48 pcs"."""
    current = Chunk([], chunk.contrasts, chunk.joined, chunk.bracketed)
    seen_subject = seen_fact = False
    for atom in chunk.atoms:
        if _ends_statement(current.atoms, atom):
            yield current
            current, seen_subject, seen_fact = Chunk([], bracketed=chunk.bracketed), False, False
            continue
        introduces = isinstance(atom, Lines) and _announces_changes(current.atoms)
        if introduces or (
            names_lines(atom) and seen_subject and seen_fact and not _belongs_together(current.atoms, atom)
        ):
            yield current
            current, seen_fact = Chunk([], bracketed=chunk.bracketed), False
        current.atoms.append(atom)
        seen_subject = seen_subject or names_lines(atom)
        seen_fact = seen_fact or (is_fact(atom) and not _neutral(atom))
    yield current


def _ends_statement(before: Sequence[Atom], atom: Atom) -> bool:
    """Nearly all is fine: … · only the lock is not: … A colon behind a whole statement begins the next."""
    if not (isinstance(atom, Other) and atom.kind is OtherKind.MARK and atom.text == ":") or not before:
        return False
    last = before[-1]
    if isinstance(last, Phrase) and last.concept is Concept.NEGATION:
        return any(map(names_lines, before))
    if isinstance(last, Phrase) and last.concept is Concept.NEARLY_ALL:
        return True
    whole = any(isinstance(a, Phrase) and TARGETS.get(a.concept) is Target.ALL for a in before)
    yes = any(isinstance(a, Phrase) and a.concept in (Concept.ACCEPT, Concept.AS_ORDERED) for a in before)
    return whole and yes and not any(isinstance(a, Lines) for a in before)


def _announces_changes(before: Sequence[Atom]) -> bool:
    """As in "confirmed with the following change: line 2 …": the yes is for all, what follows for the line."""
    concepts = {each.concept for each in before if isinstance(each, Phrase)}
    return (
        Concept.ACCEPT in concepts
        and bool(concepts & {Concept.BELOW, Concept.CHANGE})
        and not any(isinstance(each, Lines) for each in before)
    )


def _neutral(atom: Atom) -> bool:
    return isinstance(atom, Phrase) and atom.concept in (
        Concept.NEGATION,
        Concept.TEMPORARY,
        Concept.HAVE,
        Concept.KNOWN,
    )


def _belongs_together(before: Sequence[Atom], atom: Atom) -> bool:
    """As in "we confirm line 1, BF-1001": number and code of one line; "we confirm the order" before lines."""
    if any(isinstance(each, Phrase) and each.concept is Concept.EXCEPT for each in before):
        return True
    if before and isinstance(before[-1], Other) and before[-1].kind is OtherKind.CODE:
        return True  # TD 43 Torta di pane: the name is that of another article, whatever line has one like it
    if isinstance(atom, Lines):
        said = [each for each in before if isinstance(each, Lines)]
        return bool(said) and set(said[-1].lines) == set(atom.lines)
    return isinstance(atom, Phrase) and atom.concept in (Concept.ALL, Concept.REST)
