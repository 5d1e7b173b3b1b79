"""A sentence to claims: which lines it speaks of and what it says of them, before any order is consulted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from mail.reading.concepts import Concept
from mail.reading.doubts import Doubt
from mail.reading.figures import Atom, Day, Lines, Other, OtherKind, Phrase, Price, Quantity, Span
from mail.reading.sentences import Sentence


class Target(StrEnum):
    """Which lines are meant when none is named."""

    NAMED = "named"
    ALL = "all"
    REST = "rest"  # the other lines, or the rest of a quantity
    REST_LINES = "rest_lines"
    NONE = "none"  # nothing is said: the line spoken of before, or the order


@dataclass(slots=True)
class Claim:
    """What a stretch of a sentence says of some lines; `atoms` in the order of the text."""

    target: Target
    lines: tuple[int, ...] = ()
    atoms: list[Atom] = field(default_factory=list)
    doubts: set[Doubt] = field(default_factory=set)
    spans: list[Span] = field(default_factory=list)
    only: bool = False
    excepted: bool = False
    row: int = 0
    by: str = ""

    def has(self, *concepts: Concept) -> bool:
        """True when a phrase with one of these meanings belongs to the claim."""
        return any(isinstance(atom, Phrase) and atom.concept in concepts for atom in self.atoms)

    @property
    def says_something(self) -> bool:
        """True when the claim holds more than the naming of lines."""
        return any(_is_fact(atom) for atom in self.atoms)


_FACTS = frozenset(
    {
        Concept.ACCEPT, Concept.AS_ORDERED, Concept.DELIVER, Concept.HAVE, Concept.NOT_DELIVER, Concept.SHIP, Concept.SHIPPED, Concept.REJECT,
        Concept.BACKORDER, Concept.LATER, Concept.NOW, Concept.SUBSTITUTE, Concept.MISSING, Concept.CHANGE,
        Concept.NEGATION, Concept.KNOWN, Concept.DITTO, Concept.TEMPORARY,
    }
)  # fmt: skip
_TARGETS = {
    Concept.ALL: Target.ALL, Concept.BOTH: Target.ALL, Concept.REST: Target.REST, Concept.REST_LINES: Target.REST_LINES,
}  # fmt: skip
_TRIGGERS = _FACTS | {
    Concept.ONLY, Concept.EXCEPT, Concept.CONDITION, Concept.GROSS, Concept.SURCHARGE, Concept.PREPAY, Concept.MINIMUM,
    Concept.BANK, Concept.INSTRUCTION, Concept.BELOW, Concept.ATTACHED, Concept.PREVIOUS, Concept.FUTURE, Concept.ASK,
    Concept.QUANTITY, Concept.PRICE, Concept.DATE, Concept.OLD,
}  # fmt: skip


def _is_fact(atom: Atom) -> bool:
    if isinstance(atom, Phrase):
        return atom.concept in _FACTS
    return isinstance(atom, (Quantity, Price, Day))


def matters(sentence: Sentence) -> bool:
    """True when the sentence holds anything that an order could turn on; the rest is talk."""
    for atom in sentence.atoms:
        if isinstance(atom, Phrase):
            if atom.concept in _TRIGGERS or (atom.concept in _TARGETS and atom.concept is not Concept.ALL):
                return True
        elif isinstance(atom, (Lines, Quantity, Price, Day)) or atom.kind in (OtherKind.NUMBER, OtherKind.CODE):
            return True
    return False


@dataclass(slots=True)
class _Chunk:
    """Atoms between two commas, conjunctions or brackets, with what joined it to the one before."""

    atoms: list[Atom]
    contrasts: bool = False
    adds: bool = False  # joined by a comma or "and"
    bracketed: bool = False

    @property
    def subjects(self) -> list[Atom]:
        return [atom for atom in self.atoms if _names_lines(atom)]

    @property
    def has_facts(self) -> bool:
        return any(_is_fact(atom) for atom in self.atoms)


def _names_lines(atom: Atom) -> bool:
    return isinstance(atom, Lines) or (isinstance(atom, Phrase) and atom.concept in _TARGETS)


def claims_of(sentence: Sentence) -> list[Claim]:
    """Every claim that the sentence makes, in order."""
    return _Builder(sentence).build()


class _Builder:
    """Joins chunks to claims: facts go to the lines named before them in the sentence, else to those that follow."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.claims: list[Claim] = []
        self.waiting: list[Lines] = []  # lines named with nothing said of them yet
        self._held: list[Atom] = []
        self.excepting = False

    def build(self) -> list[Claim]:
        for chunk in _chunks(self.sentence.atoms):
            for piece in _pieces(chunk):
                self._take(piece)
        self._settle()
        return self.claims

    def _take(self, chunk: _Chunk) -> None:
        if any(isinstance(atom, Phrase) and atom.concept is Concept.EXCEPT for atom in chunk.atoms):
            self._take_exception(chunk)
            return
        subjects = chunk.subjects
        if subjects and not chunk.has_facts and all(isinstance(each, Lines) for each in subjects):
            self._take_bare(chunk, subjects)
        elif subjects:
            self._open(subjects, chunk)
        else:
            self._continue(chunk)

    def _take_bare(self, chunk: _Chunk, subjects: list[Atom]) -> None:
        """Lines and nothing else: they wait for what is said of them, or name what was excepted."""
        if self.excepting:
            self.excepting = False
            lines = tuple(line for each in subjects if isinstance(each, Lines) for line in each.lines)
            self.claims.append(Claim(Target.NAMED, lines, [*chunk.atoms], row=self.sentence.row, excepted=True))
            return
        named = [each for each in subjects if isinstance(each, Lines)]
        if any(isinstance(atom, Other) and atom.kind is OtherKind.WORD for atom in chunk.atoms):
            self._open(subjects, chunk)  # something is said of them, in words that nobody knows
            self.claims[-1].doubts.add(Doubt.UNKNOWN_WORDS)
            return
        self.waiting += named
        self._note(chunk)

    def _note(self, chunk: _Chunk) -> None:
        """Words beside bare lines still count: "only", unknown words, numbers."""
        rest = [atom for atom in chunk.atoms if not _names_lines(atom)]
        if any(not (isinstance(atom, Other) and atom.kind in (OtherKind.KNOWN, OtherKind.MARK)) for atom in rest):
            self._held += rest

    def _open(self, subjects: list[Atom], chunk: _Chunk) -> None:
        waiting, held = self._take_waiting()
        if waiting and _target(subjects) is not Target.NONE:  # line 1 and the rest are ok
            lines = tuple(dict.fromkeys(line for each in waiting for line in each.lines))
            self.claims.append(
                Claim(Target.NAMED, lines, [*held, *chunk.atoms], row=self.sentence.row, by=waiting[0].by)
            )
            waiting, held = [], []
        named = [*waiting, *(each for each in subjects if isinstance(each, Lines))]
        lines = tuple(dict.fromkeys(line for each in named for line in each.lines))
        target = Target.NAMED if lines else _target(subjects)
        claim = Claim(target, lines, [*held, *chunk.atoms], row=self.sentence.row, by=named[0].by if named else "")
        if any(len(each.lines) > 1 and each.by == "name" for each in named):
            claim.doubts.add(Doubt.WHICH_LINE)
        claim.only = _only_before_lines([*held, *waiting, *chunk.atoms])
        self.claims.append(claim)

    def _continue(self, chunk: _Chunk) -> None:
        """Facts with no lines of their own."""
        if self.waiting:
            self._open([], chunk)
            return
        if self.claims:
            self.claims[-1].atoms += [_separator(chunk), *chunk.atoms]
            return
        self.claims.append(Claim(Target.NONE, (), list(chunk.atoms), row=self.sentence.row))

    def _take_exception(self, chunk: _Chunk) -> None:
        """All but 3 · everything except line 3, which is sold out."""
        at = next(i for i, a in enumerate(chunk.atoms) if isinstance(a, Phrase) and a.concept is Concept.EXCEPT)
        before, behind = _Chunk(chunk.atoms[:at]), _Chunk(chunk.atoms[at + 1 :])
        if before.atoms and (before.has_facts or before.subjects):
            self._take(before) if before.has_facts or not self.claims else self._open(before.subjects, before)
        elif not self.claims and not self.waiting:
            self.claims.append(Claim(Target.ALL, (), [], row=self.sentence.row))
        whole = self.claims[-1] if self.claims else None
        named = [each for each in behind.subjects if isinstance(each, Lines)]
        lines = tuple(dict.fromkeys(line for each in named for line in each.lines))
        if not lines:
            if whole is not None:
                self.excepting = True  # the line may stand in the brackets that follow
                whole.atoms += chunk.atoms
            return
        exception = Claim(Target.NAMED, lines, row=self.sentence.row, excepted=True, by=named[0].by)
        facts = [atom for atom in behind.atoms if not _names_lines(atom)]
        if whole is not None and not whole.says_something and any(map(_is_fact, facts)):
            whole.atoms += facts
            self.claims.insert(len(self.claims) - 1, exception)
        elif whole is not None and not whole.says_something:
            self.claims.insert(len(self.claims) - 1, exception)
            exception.atoms += behind.subjects
            whole.atoms += facts
        else:
            exception.atoms += behind.atoms
            self.claims.append(exception)

    def _take_waiting(self) -> tuple[list[Lines], list[Atom]]:
        waiting, self.waiting = self.waiting, []
        held, self._held = self._held, []
        return waiting, held

    def _settle(self) -> None:
        """Lines named last, with nothing said of them: they belong to what was said before."""
        if self.excepting and self.claims:
            self.claims[0].doubts.add(Doubt.EXCEPTED)
        waiting, held = self._take_waiting()
        if not waiting:
            if held and self.claims:
                self.claims[-1].atoms += held
            return
        lines = tuple(line for each in waiting for line in each.lines)
        last = self.claims[-1] if self.claims else None
        if last is not None and last.target is Target.NAMED and not last.excepted:
            last.lines = tuple(dict.fromkeys((*last.lines, *lines)))
            last.atoms += held
        elif last is not None and last.target is Target.NONE:
            last.target, last.lines, last.by = Target.NAMED, tuple(dict.fromkeys(lines)), waiting[0].by
            last.atoms += held
            last.only = last.only or _only_before_lines([*last.atoms, waiting[0]])
        else:
            claim = Claim(Target.NAMED, tuple(dict.fromkeys(lines)), held, row=self.sentence.row, by=waiting[0].by)
            claim.excepted = last is not None and last.excepted
            self.claims.append(claim)


def _separator(chunk: _Chunk) -> Atom:
    first = chunk.atoms[0].span.start if chunk.atoms else 0
    return Other(OtherKind.MARK, "but" if chunk.contrasts else ",", Span(first, first))


def _target(subjects: Iterable[Atom]) -> Target:
    for each in subjects:
        if isinstance(each, Phrase):
            return _TARGETS[each.concept]
    return Target.NONE


def _only_before_lines(atoms: Sequence[Atom]) -> bool:
    """As in "only lines 1 and 2", "we can only deliver line 1"; not "line 1: only 96"."""
    only = False
    for atom in atoms:
        if isinstance(atom, Phrase) and atom.concept is Concept.ONLY:
            only = True
        elif isinstance(atom, Lines):
            return only
        elif isinstance(atom, (Quantity, Price, Day)):
            only = False
    return False


def _chunks(atoms: Sequence[Atom]) -> Iterator[_Chunk]:
    """Cut at commas, dashes, "and", "but" and brackets; a bracket with only figures stays with what it explains."""
    chunk = _Chunk([])
    for at, atom in enumerate(atoms):
        contrasts = isinstance(atom, Phrase) and atom.concept is Concept.BUT
        joins = isinstance(atom, Phrase) and atom.concept is Concept.AND
        comma = isinstance(atom, Other) and atom.kind is OtherKind.MARK and atom.text in {",", "(", ")"}
        dash = _is_dash(atoms, at)
        if not (contrasts or joins or comma or dash):
            chunk.atoms.append(atom)
            continue
        if chunk.atoms:
            yield chunk
        chunk = _Chunk([], contrasts=contrasts, adds=joins or comma)
    if chunk.atoms:
        yield chunk


def _is_dash(atoms: Sequence[Atom], at: int) -> bool:
    atom = atoms[at]
    if not (isinstance(atom, Other) and atom.kind is OtherKind.MARK and atom.text in {"-", "–", "—"}):
        return False
    before = atoms[at - 1].span.end if at else 0
    return before < atom.span.start and (at + 1 >= len(atoms) or atom.span.end < atoms[at + 1].span.start)


def _pieces(chunk: _Chunk) -> Iterator[_Chunk]:
    """Cut where a second subject follows facts: "line 1 96 pcs line 2 48 pcs"."""
    current = _Chunk([], chunk.contrasts, chunk.adds)
    seen_subject = seen_fact = False
    for atom in chunk.atoms:
        introduces = isinstance(atom, Lines) and _announces_changes(current.atoms)
        if introduces or (
            _names_lines(atom) and seen_subject and seen_fact and not _belongs_together(current.atoms, atom)
        ):
            yield current
            current, seen_fact = _Chunk([]), False
        current.atoms.append(atom)
        seen_subject = seen_subject or _names_lines(atom)
        seen_fact = seen_fact or (_is_fact(atom) and not _neutral(atom))
    yield current


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
    if isinstance(atom, Lines):
        said = [each for each in before if isinstance(each, Lines)]
        return bool(said) and set(said[-1].lines) == set(atom.lines)
    return isinstance(atom, Phrase) and atom.concept in (Concept.ALL, Concept.REST)
