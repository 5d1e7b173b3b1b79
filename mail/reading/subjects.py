"""Which lines a chunk of a sentence speaks of: the narrower of two names, what is excepted, what only goes on."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from mail.reading.chunks import TARGETS, Chunk, Target, names_lines
from mail.reading.concepts import Concept
from mail.reading.figures import Atom, Day, Lines, Other, OtherKind, Phrase, Price, Quantity, is_mark, is_unknown
from mail.reading.tokens import fold

# folded: words that go on about what was named last
_RELATIVE = frozenset({
    "which", "that", "those", "who", "die", "der", "das", "den", "diese", "dieser", "welche", "qui", "que", "dont",
    "lequel", "laquelle", "cual", "cuales", "che", "cui", "quale", "quali", "ktory", "ktora", "ktore", "ktorych",
    "ktorego", "ktorej", "te", "ta", "ten", "ty", "to", "kterych", "ktereho", "ktera", "ktere", "jenz", "який", "яка",
    "яке", "які", "яких", "його", "її", "їх", "dat", "deze", "dit", "these", "they", "it", "esa", "ese", "esos",
    "esas", "questi", "queste",
    "denen", "dem", "daarvan", "waarvan", "davon", "dovan", "nich", "nichz", "них", "ellos", "ellas", "essi", "esse",
})  # fmt: skip


def is_relative(chunk: Chunk) -> bool:
    """True when the chunk begins with a word that goes on about what was named last: which, that, those."""
    leading = (a for a in chunk.atoms if not (isinstance(a, Phrase) and a.concept in _LEADING) and not is_mark(a))
    first = next(leading, None)
    return isinstance(first, Other) and fold(first.text) in _RELATIVE


_LEADING = (Concept.OF, Concept.DATE_HINT, Concept.PRICE_HINT, Concept.PER)  # of which, z których, di cui


def told_apart(chunk: Chunk) -> tuple[Chunk, Chunk]:
    """Except lines 2 and 4: the pens are 500. What is excepted, and behind the colon what is said of one of them."""
    named = [n for n, atom in enumerate(chunk.atoms) if isinstance(atom, Lines)]
    for one, other in pairwise(named):
        between = chunk.atoms[one + 1 : other]
        if any(isinstance(a, Other) and a.kind is OtherKind.MARK and a.text == ":" for a in between):
            return Chunk(chunk.atoms[:other]), Chunk(chunk.atoms[other:])
    return chunk, Chunk([])


def without_heading(atoms: Sequence[Atom]) -> Sequence[Atom]:
    """What stands behind "Price correction:" in front of the lines."""
    at = next((n for n, a in enumerate(atoms) if isinstance(a, Other) and a.text == ":"), None)
    if at is None or any(map(names_lines, atoms[:at])):
        return atoms
    return atoms[at + 1 :]


_HEAD = (
    Concept.ALL, Concept.ORDER, Concept.FILLER, Concept.PLEASE_NOTE, Concept.DATE_HINT, Concept.PRICE_HINT, Concept.OF,
    Concept.GREETING, Concept.CONFIRMATION,
)  # fmt: skip


def without_order_head(atoms: Sequence[Atom]) -> Sequence[Atom]:
    """What stands behind "Order PO-1:" where lines follow: the word for the order means none of them."""
    at = next((n for n, a in enumerate(atoms) if is_mark(a, _COLON)), None)
    if at is None or not any(isinstance(a, Phrase) and a.concept is Concept.ORDER for a in atoms[:at]):
        return atoms
    plain = all(
        a.concept in _HEAD if isinstance(a, Phrase) else isinstance(a, Other) and a.kind in _CARRYING
        for a in atoms[:at]
    )
    following = next((a for a in atoms[at + 1 :] if not (isinstance(a, Other) and a.kind in _CARRYING)), None)
    return atoms[at + 1 :] if plain and isinstance(following, Lines) else atoms


_COLON = frozenset({":"})
_CARRYING = (OtherKind.KNOWN, OtherKind.MARK, OtherKind.ORDER)


def is_strange(chunk: Chunk) -> bool:
    """True for nothing but words of which some stand in no list."""
    unknown = any(map(is_unknown, chunk.atoms))
    return unknown and not chunk.has_facts and not chunk.subjects


def narrowed(named: list[Lines], chunk: Chunk) -> list[Lines]:
    """The cassette PL-1128: a name that several lines share, and right behind it the code of one of them."""
    kept: list[Lines] = []
    for each in named:
        last = kept[-1] if kept else None
        if (
            last is not None
            and len(last.lines) > 1
            and set(each.lines) < set(last.lines)
            and _adjoin(last, each, chunk)
        ):
            kept[-1] = each
        elif (
            last is not None
            and len(each.lines) > 1
            and set(last.lines) < set(each.lines)
            and _adjoin(last, each, chunk)
        ):
            continue
        else:
            kept.append(each)
    return kept


def _adjoin(one: Lines, other: Lines, chunk: Chunk) -> bool:
    atoms = chunk.atoms
    if one not in atoms or other not in atoms:
        return chunk.bracketed  # the spatulas (LS-0077); paper, towels and soap are three
    between = atoms[atoms.index(one) + 1 : atoms.index(other)]
    return all(
        (isinstance(atom, Other) and atom.kind in (OtherKind.KNOWN, OtherKind.MARK))
        or (isinstance(atom, Phrase) and atom.concept is Concept.OF)
        for atom in between
    )


def contradict(named: Sequence[Lines]) -> bool:
    """A line number and right behind it the code of another line; a code and right behind it another article's name."""
    return any(
        (one.by, other.by) in (("number", "code"), ("code", "name"))
        and len(one.lines) == 1
        and not set(one.lines) & set(other.lines)
        and (one.by == "number" or other.span.start - one.span.end <= _RIGHT_BEHIND)
        for one, other in pairwise(named)
    )


_RIGHT_BEHIND = 3  # characters: a space, a dash, a bracket


def target_of(subjects: Iterable[Atom], atoms: Sequence[Atom] = ()) -> Target:
    """Which lines words like all and the rest mean."""
    for each in subjects:
        if isinstance(each, Phrase):
            found = TARGETS[each.concept]
            return Target.REST if found is Target.REST_LINES and _counted(each, atoms) else found
    return Target.NONE


def _counted(subject: Atom, atoms: Sequence[Atom]) -> bool:
    """The other 60: of a quantity, not of the lines."""
    at = next((n for n, atom in enumerate(atoms) if atom is subject), len(atoms))
    return at + 1 < len(atoms) and isinstance(atoms[at + 1], Quantity)


def only_beside_lines(atoms: Sequence[Atom]) -> bool:
    """As in "only lines 1 and 2", "we can only deliver line 1", "lines 1 and 2 only"; not "line 1: only 96"."""
    return _only_before_lines(atoms) or _only_behind_lines(atoms)


def _only_before_lines(atoms: Sequence[Atom]) -> bool:
    only = False
    for atom in atoms:
        if isinstance(atom, Phrase) and atom.concept is Concept.ONLY:
            only = True
        elif isinstance(atom, Lines):
            return only
        elif isinstance(atom, (Quantity, Price, Day)):
            only = False
    return False


def _only_behind_lines(atoms: Sequence[Atom]) -> bool:
    telling = [a for a in atoms if not isinstance(a, Other)]
    at = next((n for n, a in enumerate(telling) if isinstance(a, Phrase) and a.concept is Concept.ONLY), None)
    return at is not None and at == len(telling) - 1 and at > 0 and isinstance(telling[at - 1], Lines)


def explains_otherwise(waiting: Sequence[Lines], subjects: Sequence[Atom], chunk: Chunk) -> bool:
    """Line 2 (an article of line 3): the brackets say which line is meant, and it is another."""
    inside = [each for each in subjects if isinstance(each, Lines)]
    if not (chunk.bracketed and inside) or len(waiting) != 1 or waiting[0].by != "number":
        return False
    return all(set(each.lines).isdisjoint(waiting[0].lines) for each in inside)
