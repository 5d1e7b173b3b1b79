"""A sentence to claims: which lines it speaks of and what it says of them, before any order is consulted."""

from dataclasses import dataclass, field

from mail.reading.chunks import FACTS, TARGETS, Chunk, Target, chunks, is_fact, names_lines, pieces
from mail.reading.concepts import Concept
from mail.reading.doubts import Doubt
from mail.reading.figures import Atom, Day, Lines, Other, OtherKind, Phrase, Price, Quantity, Span
from mail.reading.sentences import Sentence
from mail.reading.subjects import (
    contradict,
    explains_otherwise,
    is_relative,
    is_strange,
    narrowed,
    only_beside_lines,
    target_of,
    told_apart,
    without_heading,
    without_order_head,
)


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
    excepts_below: bool = False  # all but two things: which ones, the next sentences say
    announces: bool = False  # nearly all, two things: the lines that differ have to be named
    family: bool = False  # a plural that several lines answer to: the mugs
    row: int = 0
    by: str = ""

    def has(self, *concepts: Concept) -> bool:
        """True when a phrase with one of these meanings belongs to the claim."""
        return any(isinstance(atom, Phrase) and atom.concept in concepts for atom in self.atoms)

    @property
    def says_something(self) -> bool:
        """True when the claim holds more than the naming of lines."""
        return any(is_fact(atom) for atom in self.atoms)


_TRIGGERS = FACTS | {
    Concept.ONLY, Concept.EXCEPT, Concept.CONDITION, Concept.GROSS, Concept.SURCHARGE, Concept.PREPAY, Concept.MINIMUM,
    Concept.BANK, Concept.INSTRUCTION, Concept.BELOW, Concept.ATTACHED, Concept.PREVIOUS, Concept.FUTURE, Concept.ASK,
    Concept.QUANTITY, Concept.PRICE, Concept.DATE, Concept.OLD,
}  # fmt: skip


def matters(sentence: Sentence) -> bool:
    """True when the sentence holds anything that an order could turn on; the rest is talk."""
    for atom in sentence.atoms:
        if isinstance(atom, Phrase):
            if atom.concept in _TRIGGERS or (atom.concept in TARGETS and atom.concept is not Concept.ALL):
                return True
        elif isinstance(atom, (Lines, Quantity, Price, Day)) or atom.kind in (OtherKind.NUMBER, OtherKind.CODE):
            return True
    return False


_BOTH = 2  # lines
_NEXT = 2  # atoms: an article and its noun
_ENDING = (Concept.REJECT, Concept.BACKORDER, Concept.ACCEPT, Concept.AS_ORDERED)


def claims_of(sentence: Sentence) -> list[Claim]:
    """Every claim that the sentence makes, in order."""
    return _Builder(sentence).build()


_NAMING = 4  # letters of a word that may name an article


def _names_something_strange(chunk: Chunk) -> bool:
    """Words that nobody knows and right behind them a quantity or a price: they may name another article."""
    if chunk.bracketed or not _begins_strangely(chunk):
        return False
    told = _told(chunk)
    hints = (Concept.PRICE_HINT, Concept.NEW, Concept.ONLY, Concept.PER, Concept.EACH)
    if any(isinstance(a, Day) for a in told):
        return False  # and further 200 on the 14th: whether it adds up is seen when the line is read
    behind = [a for a in told[1:3] if not (isinstance(a, Phrase) and a.concept in hints)]
    return bool(behind) and isinstance(behind[0], (Quantity, Price))


def _dates_something_strange(chunk: Chunk, before: Claim) -> bool:
    """The farm is fine, the luces come on the 14th: a day for what nobody knows, behind a yes to a line."""
    dated = any(isinstance(atom, Day) for atom in chunk.atoms)
    said_yes = before.target is Target.NAMED and before.has(Concept.ACCEPT, Concept.AS_ORDERED)
    return dated and said_yes and _begins_strangely(chunk)


def _told(chunk: Chunk) -> list[Atom]:
    return [a for a in chunk.atoms if not (isinstance(a, Other) and a.kind in (OtherKind.KNOWN, OtherKind.MARK))]


def _begins_strangely(chunk: Chunk) -> bool:
    first = next(iter(_told(chunk)), None)
    return isinstance(first, Other) and first.kind is OtherKind.WORD and len(first.text) >= _NAMING


def _says_yes_to_strange(chunk: Chunk) -> bool:
    """The granola later, the drinks in time: a word that nobody knows and nothing but a yes is said of another article."""
    plain = (Concept.DATE_HINT, Concept.OF, Concept.FILLER)
    told = [a for a in _told(chunk) if not (isinstance(a, Phrase) and a.concept in plain)]
    first = told[0] if told else None
    if not (isinstance(first, Other) and first.kind is OtherKind.WORD and len(first.text) >= _NAMING):
        return False
    said = {a.concept for a in told[1:] if isinstance(a, Phrase)}
    yes = {Concept.ACCEPT, Concept.AS_ORDERED}
    return bool(said & yes) and said <= yes | {Concept.DELIVER} and all(isinstance(a, Phrase) for a in told[1:])


class _Builder:
    """Joins chunks to claims: facts go to the lines named before them in the sentence, else to those that follow."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.claims: list[Claim] = []
        self.waiting: list[Lines] = []  # lines named with nothing said of them yet
        self._held: list[Atom] = []
        self._at_odds = False  # a line's number and the article in brackets behind it are not of one line
        self.excepting = False
        self.unknown_exception = False  # except the bell, and no article is called so
        self.strange = False  # the chunk before is nothing but words that nobody knows

    def build(self) -> list[Claim]:
        for chunk in chunks(without_order_head(self.sentence.atoms)):
            for piece in pieces(chunk):
                self._take(piece)
                self.strange = is_strange(piece)
        self._settle()
        some = {line for a in self.sentence.atoms if isinstance(a, Lines) and a.by == "some" for line in a.lines}
        for claim in self.claims:
            if claim.target is Target.NAMED and some.intersection(claim.lines):
                claim.doubts.add(Doubt.WHICH_LINE)
        return self.claims

    def _take(self, chunk: Chunk) -> None:
        if any(isinstance(atom, Phrase) and atom.concept is Concept.EXCEPT for atom in chunk.atoms):
            self._take_exception(chunk)
            return
        chunk = self._rest_of_the_last(self._without_both(chunk))
        subjects = chunk.subjects
        if self._goes_on(chunk, subjects) or self._is_of_the_rest(subjects):
            self._continue(chunk)
            return
        split = self._facts_of_the_last(chunk)
        if split is not None:
            self._continue(split[0])
            self._take(split[1])
            return
        if subjects and not chunk.has_facts and all(isinstance(each, Lines) for each in subjects):
            self._take_bare(chunk, subjects)
        elif subjects:
            self._open(subjects, chunk)
        else:
            self._continue(chunk)

    def _without_both(self, chunk: Chunk) -> Chunk:
        """Sponges and soap both slip · sponges and soap, both on the 15th: the two that were just named, not every line."""
        at = next((n for n, a in enumerate(chunk.atoms) if isinstance(a, Phrase) and a.concept is Concept.BOTH), None)
        if at is None:
            return chunk
        named = [*self.waiting, *(a for a in chunk.atoms[:at] if isinstance(a, Lines))]
        last = self.claims[-1] if self.claims else None
        if not named and not self.waiting and last is not None and last.target is Target.NAMED:
            lines = set(last.lines)
        else:
            lines = {line for each in named for line in each.lines}
        before = chunk.atoms[at - 1] if at else None
        following = chunk.atoms[at + 1] if at + 1 < len(chunk.atoms) else None
        if isinstance(following, Phrase) and following.concept is Concept.BELOW:
            return chunk  # the two next ones
        denied = isinstance(before, Phrase) and before.concept is Concept.NEGATION
        if denied or len(lines) != _BOTH or any(isinstance(a, Lines) for a in chunk.atoms[at:]):
            return chunk
        plain = Phrase(Concept.FILLER, chunk.atoms[at].span)
        atoms = [*chunk.atoms[:at], plain, *chunk.atoms[at + 1 :]]
        return Chunk(atoms, chunk.contrasts, chunk.joined, chunk.bracketed)

    def _rest_of_the_last(self, chunk: Chunk) -> Chunk:
        """Line 2 is 48, the rest of the lotion is cancelled: the rest of that quantity, whose article is only named again."""
        last = self.claims[-1] if self.claims else None
        named = [a for a in chunk.atoms if isinstance(a, Lines)]
        rest = any(isinstance(a, Phrase) and a.concept is Concept.REST for a in chunk.atoms)
        counted = last is not None and any(isinstance(a, Quantity) for a in last.atoms)
        if last is None or not (rest and counted and len(named) == 1) or set(named[0].lines) != set(last.lines):
            return chunk
        return Chunk([a for a in chunk.atoms if a is not named[0]], chunk.contrasts, chunk.joined, chunk.bracketed)

    def _facts_of_the_last(self, chunk: Chunk) -> tuple[Chunk, Chunk] | None:
        """Line 9: sold out, out of range line 30: 2.30. What stands before the new line goes to the old one."""
        last = self.claims[-1] if self.claims else None
        at = next((n for n, atom in enumerate(chunk.atoms) if isinstance(atom, Lines)), 0)
        before, behind = chunk.atoms[:at], chunk.atoms[at + 1 :]
        if last is None or last.target is not Target.NAMED or self.waiting or chunk.joined or chunk.contrasts:
            return None
        ends = any(isinstance(a, Phrase) and a.concept in _ENDING for a in before)
        if not at or not ends or not any(map(is_fact, behind)):
            return None
        return Chunk(before), Chunk(chunk.atoms[at:])

    def _goes_on(self, chunk: Chunk, subjects: list[Atom]) -> bool:
        """Line 2 is missing, all of it follows: the whole of that line, not every line."""
        last = self.claims[-1] if self.claims else None
        if last is None or last.target is not Target.NAMED or not last.says_something or self.waiting:
            return False
        wholes = [each for each in subjects if isinstance(each, Phrase) and each.concept in (Concept.ALL, Concept.BOTH)]
        later = any(isinstance(a, Phrase) and a.concept in (Concept.BACKORDER, Concept.LATER) for a in chunk.atoms)
        return later and bool(subjects) and len(wholes) == len(subjects)

    def _is_of_the_rest(self, subjects: list[Atom]) -> bool:
        """Por lo demás, todo servido: all of the rest, not every line."""
        last = self.claims[-1] if self.claims else None
        if last is None or last.target not in (Target.REST, Target.REST_LINES) or last.says_something or self.waiting:
            return False
        return bool(subjects) and all(isinstance(a, Phrase) and a.concept is Concept.ALL for a in subjects)

    def _take_bare(self, chunk: Chunk, subjects: list[Atom]) -> None:
        """Lines and nothing else: they wait for what is said of them, or name what was excepted."""
        if self.excepting:
            self.excepting = False
            lines = tuple(line for each in subjects if isinstance(each, Lines) for line in each.lines)
            self.claims.append(Claim(Target.NAMED, lines, [*chunk.atoms], row=self.sentence.row, excepted=True))
            return
        named = [each for each in subjects if isinstance(each, Lines)]
        if any(map(_is_unclear, without_heading(chunk.atoms))):
            self._open(subjects, chunk)  # something is said of them, in words that nobody knows
            self.claims[-1].doubts.add(Doubt.UNKNOWN_WORDS)
            return
        self._at_odds |= explains_otherwise(self.waiting, subjects, chunk)
        self.waiting += named
        self._note(chunk)

    def _note(self, chunk: Chunk) -> None:
        """Words beside bare lines still count: "only", unknown words, numbers."""
        rest = [atom for atom in chunk.atoms if not names_lines(atom)]
        if any(not (isinstance(atom, Other) and atom.kind in (OtherKind.KNOWN, OtherKind.MARK)) for atom in rest):
            self._held += rest

    def _open(self, subjects: list[Atom], chunk: Chunk) -> None:
        waiting, held = self._take_waiting()
        if waiting and target_of(subjects) is not Target.NONE:  # line 1 and the rest are ok
            lines = tuple(dict.fromkeys(line for each in waiting for line in each.lines))
            self.claims.append(
                Claim(Target.NAMED, lines, [*held, *chunk.atoms], row=self.sentence.row, by=waiting[0].by)
            )
            waiting, held = [], []
        named = narrowed([*waiting, *(each for each in subjects if isinstance(each, Lines))], chunk)
        lines = tuple(dict.fromkeys(line for each in named for line in each.lines))
        target = Target.NAMED if lines else target_of(subjects, chunk.atoms)
        claim = Claim(target, lines, [*held, *chunk.atoms], row=self.sentence.row, by=named[0].by if named else "")
        claim.family = any(each.by in ("family", "name") and len(each.lines) > 1 for each in named)
        if chunk.joined and not waiting and self.strange:
            claim.doubts.add(Doubt.UNKNOWN_WORDS)  # cables and saddles in time: which line are the cables?
        at_odds, self._at_odds = self._at_odds or explains_otherwise(waiting, subjects, chunk), False
        if at_odds or (not chunk.joined and contradict(named)):
            claim.doubts.add(Doubt.CONTRADICTION)
        claim.only = only_beside_lines([*held, *waiting, *chunk.atoms])
        if self.excepting and lines:
            self.excepting, claim.excepted = False, True
        self.claims.append(claim)

    def _explained(self, chunk: Chunk) -> Claim:
        """The claim that goes on: an exception named first, while nothing is said yet of all the rest."""
        last, before = self.claims[-1], self.claims[-2] if len(self.claims) > 1 else None
        noes = (Concept.REJECT, Concept.BACKORDER, Concept.NEGATION)
        says_no = any(isinstance(a, Phrase) and a.concept in noes for a in chunk.atoms)
        explains = chunk.bracketed or says_no or is_relative(chunk) or _counts_or_costs(chunk)
        if before is not None and before.excepted and not last.says_something and explains:
            return before
        return last

    def _continue(self, chunk: Chunk) -> None:
        """Facts with no lines of their own."""
        if self.waiting:
            self._open([], chunk)
            if chunk.joined and _begins_strangely(chunk):
                self.claims[-1].doubts.add(Doubt.UNKNOWN_WORDS)  # helmets and luces are fine: which line are the luces?
            return
        if self.claims:
            explained = self._explained(chunk)
            says_yes = explained.target is Target.NAMED and explained.says_something and _says_yes_to_strange(chunk)
            if says_yes or _names_something_strange(chunk) or _dates_something_strange(chunk, explained):
                explained.doubts.add(Doubt.UNKNOWN_WORDS)  # gloves 120, luces at 8.55: the price is of another line
            explained.atoms += [_separator(chunk), *chunk.atoms]
            return
        self.claims.append(Claim(Target.NONE, (), list(chunk.atoms), row=self.sentence.row))

    def _take_exception(self, chunk: Chunk) -> None:
        """All but 3 · everything except line 3, which is sold out."""
        at = next(i for i, a in enumerate(chunk.atoms) if isinstance(a, Phrase) and a.concept is Concept.EXCEPT)
        before, behind = Chunk(chunk.atoms[:at]), Chunk(chunk.atoms[at + 1 :])
        behind, told = told_apart(behind)
        if before.atoms and (before.has_facts or before.subjects):
            self._take(before) if before.has_facts or not self.claims else self._open(before.subjects, before)
        elif not self.claims and not self.waiting:
            self.claims.append(Claim(Target.ALL, (), [], row=self.sentence.row))
        whole = self.claims[-1] if self.claims else None
        if whole is not None and whole.target is Target.NONE and not whole.says_something:
            whole.target = Target.ALL  # good morning, except line 3 all is fine
        named = narrowed([each for each in behind.subjects if isinstance(each, Lines)], behind)
        lines = tuple(dict.fromkeys(line for each in named for line in each.lines))
        if not lines:
            if whole is not None:
                self.excepting = True  # the line may stand in the brackets that follow
                self.unknown_exception = is_strange(Chunk(behind.atoms[:_NEXT]))
                whole.atoms += chunk.atoms
            return
        exception = Claim(Target.NAMED, lines, row=self.sentence.row, excepted=True, by=named[0].by)
        if not told.atoms and any(len(each.lines) > 1 and each.by == "name" for each in named):
            exception.doubts.add(Doubt.WHICH_LINE)
        exception.family = any(len(each.lines) > 1 and each.by == "family" for each in named)
        facts = [atom for atom in behind.atoms if not names_lines(atom)]
        if whole is not None and not whole.says_something and any(map(is_fact, facts)):
            whole.atoms += facts
            self.claims.insert(len(self.claims) - 1, exception)
        elif whole is not None and not whole.says_something:
            self.claims.insert(len(self.claims) - 1, exception)
            exception.atoms += behind.subjects
            whole.atoms += facts
        else:
            exception.atoms += behind.atoms
            self.claims.append(exception)
        if told.atoms:
            self._take(told)

    def _take_waiting(self) -> tuple[list[Lines], list[Atom]]:
        waiting, self.waiting = self.waiting, []
        held, self._held = self._held, []
        return waiting, held

    def _settle(self) -> None:
        """Lines named last, with nothing said of them: they belong to what was said before."""
        if self.excepting and self.unknown_exception and self.claims:
            self.claims[0].doubts.add(Doubt.UNKNOWN_WORDS)
        if self.excepting and self.claims:
            self.claims[0].excepts_below = True
        if self.claims:
            self.claims[0].announces = self.sentence.has(Concept.NEARLY_ALL, Concept.THING)
        waiting, held = self._take_waiting()
        if not waiting:
            if held and self.claims:
                self.claims[-1].atoms += held
            return
        lines = tuple(line for each in waiting for line in each.lines)
        last = self.claims[-1] if self.claims else None
        if last is not None and last.target is Target.NAMED and set(lines) == set(last.lines):
            last.atoms += held  # line 1: only 48 pcs of BF-1001
            return
        counted = last is not None and any(isinstance(atom, (Quantity, Price)) for atom in last.atoms)
        if counted:  # towels 19 cartons, paper …: what is said of the paper nobody knows
            claim = Claim(Target.NAMED, tuple(dict.fromkeys(lines)), held, row=self.sentence.row, by=waiting[0].by)
            claim.doubts.add(Doubt.UNEXPLAINED)
            self.claims.append(claim)
        elif last is not None and last.target is Target.NAMED and not last.excepted:
            last.lines = tuple(dict.fromkeys((*last.lines, *lines)))
            last.atoms += held
        elif last is not None and last.target is Target.NONE:
            last.target, last.lines, last.by = Target.NAMED, tuple(dict.fromkeys(lines)), waiting[0].by
            last.atoms += held
            last.only = last.only or only_beside_lines([*last.atoms, waiting[0]])
        else:
            claim = Claim(Target.NAMED, tuple(dict.fromkeys(lines)), held, row=self.sentence.row, by=waiting[0].by)
            claim.excepted = last is not None and last.excepted
            self.claims.append(claim)


def _counts_or_costs(chunk: Chunk) -> bool:
    """Figures that cannot be those of every line."""
    return any(isinstance(a, (Quantity, Price)) for a in chunk.atoms)


def _separator(chunk: Chunk) -> Atom:
    first = chunk.atoms[0].span.start if chunk.atoms else 0
    mark = "but" if chunk.contrasts else "(" if chunk.bracketed else ","
    return Other(OtherKind.MARK, mark, Span(first, first))


def _is_unclear(atom: Atom) -> bool:
    """A word that nobody knows, or one of trouble."""
    if isinstance(atom, Phrase):
        return atom.concept is Concept.THREAT
    return isinstance(atom, Other) and atom.kind is OtherKind.WORD
