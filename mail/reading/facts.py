"""What a claim says, sorted: yes, no, later; figures with their roles; and every doubt that its words raise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from mail.reading.claims import Claim, Target
from mail.reading.concepts import Concept
from mail.reading.doubts import Doubt
from mail.reading.figures import Atom, Day, Lines, Other, OtherKind, Phrase, Price, Quantity, Vague
from mail.reading.lexicon import Unit

_UNKNOWN_WORDS = 4  # in one claim about named lines: more of them and we do not know what is said
_UNKNOWN_IN_GENERAL = 2  # in a claim about the whole order, which could be booked unseen


class Role(StrEnum):
    """What a figure is in its sentence."""

    FINAL = "final"
    OLD = "old"  # instead of 120
    TOTAL = "total"  # 96 of 120
    MISSING = "missing"  # 24 missing
    DENIED = "denied"  # not 120


class Event(StrEnum):
    """What stands in the row of figures besides quantities and days."""

    REST = "rest"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity, day or price with its role."""

    value: Quantity | Day | Price
    role: Role


@dataclass(slots=True)
class Facts:
    """Everything said of the claim's lines. `events` are figures and events in the order of the text."""

    accept: bool = False
    as_ordered: bool = False
    deliver: bool = False
    reject: bool = False
    backorder: bool = False
    substitute: bool = False
    change: bool = False
    wants_figure: bool = False  # "not in time", "we cannot deliver 120": the true figure must follow
    each: bool = False
    of_lines: bool = False  # said of lines that are named
    dropped_rest: bool = False  # "the rest is cancelled"
    unknown_words: int = 0
    events: list[Figure | Event] = field(default_factory=list)
    offered_code: str | None = None
    offered_text: str = ""
    doubts: set[Doubt] = field(default_factory=set)

    def figures(self, kind: type[Quantity] | type[Day] | type[Price], *roles: Role) -> list[Figure]:
        """The figures of one kind in these roles."""
        return [
            each
            for each in self.events
            if isinstance(each, Figure) and isinstance(each.value, kind) and each.role in roles
        ]


def facts_of(claim: Claim, text: str) -> Facts:
    """Sort what the claim says; `text` is the passage that its offsets point into."""
    facts = Facts(doubts=set(claim.doubts), of_lines=claim.target is Target.NAMED)
    offers = claim.has(Concept.SUBSTITUTE)
    for chunk in _chunks(claim.atoms):
        _take_chunk(_without_offer(chunk, text, facts) if offers else chunk, facts)
    if facts.unknown_words > (_UNKNOWN_WORDS if facts.of_lines else _UNKNOWN_IN_GENERAL):
        facts.doubts.add(Doubt.UNKNOWN_WORDS)
    return facts


def _chunks(atoms: Sequence[Atom]) -> Iterator[list[Atom]]:
    chunk: list[Atom] = []
    for atom in atoms:
        if isinstance(atom, Other) and atom.kind is OtherKind.MARK and atom.text in {",", "but"}:
            if chunk:
                yield chunk
            chunk = []
        else:
            chunk.append(atom)
    if chunk:
        yield chunk


def _without_offer(chunk: list[Atom], text: str, facts: Facts) -> list[Atom]:
    """The chunk without the article that is offered: its code and the words that describe it."""
    at = next((i for i, atom in enumerate(chunk) if isinstance(atom, Other) and atom.kind is OtherKind.CODE), None)
    if at is None:
        return chunk
    code = chunk[at]
    end = at + 1
    while end < len(chunk) and _describes(chunk[end]):
        end += 1
    assert isinstance(code, Other)
    _take_code(code, facts)
    if end > at + 1:
        facts.offered_text = text[chunk[at + 1].span.start : chunk[end - 1].span.end].strip(" :-")
    return chunk[:at] + chunk[end:]


def _describes(atom: Atom) -> bool:
    if isinstance(atom, Other):
        return atom.kind is OtherKind.WORD or (atom.kind is OtherKind.MARK and atom.text in {".", "'"})
    if isinstance(atom, Quantity):
        return atom.unit is Unit.WEIGHT
    return isinstance(atom, Lines) and atom.by == "name"


_ALWAYS_DOUBTFUL = {
    Concept.CONDITION: Doubt.CONDITION,
    Concept.FUTURE: Doubt.FUTURE,
    Concept.GROSS: Doubt.GROSS,
    Concept.SURCHARGE: Doubt.SURCHARGE,
    Concept.PREPAY: Doubt.PREPAY,
    Concept.MINIMUM: Doubt.CONDITION,
    Concept.HEDGE: Doubt.HEDGE,
    Concept.QUESTION: Doubt.QUESTION,
    Concept.ASK: Doubt.QUESTION,
    Concept.BANK: Doubt.BANK,
    Concept.INSTRUCTION: Doubt.INSTRUCTION,
    Concept.BELOW: Doubt.SEE_BELOW,
    Concept.ATTACHED: Doubt.SEE_ATTACHMENT,
}


def _take_chunk(chunk: list[Atom], facts: Facts) -> None:
    concepts = [atom.concept for atom in chunk if isinstance(atom, Phrase)]
    if Concept.NOT_DELIVER in concepts:
        concepts += [Concept.NEGATION, Concept.DELIVER]
    for concept in concepts:
        if concept in _ALWAYS_DOUBTFUL:
            facts.doubts.add(_ALWAYS_DOUBTFUL[concept])
    if Concept.OR in concepts and any(isinstance(atom, (Quantity, Day, Price, Lines)) for atom in chunk):
        facts.doubts.add(Doubt.HEDGE)
    _take_others(chunk, facts)
    if Concept.FUTURE in concepts:
        return
    negated = Concept.NEGATION in concepts
    before = len(facts.events)
    _take_figures(chunk, facts, negated=negated)
    if negated:
        denied = any(isinstance(each, Figure) and each.role is Role.DENIED for each in facts.events[before:])
        _take_negation(concepts, facts, denied=denied)
    else:
        _take_outcome(chunk, concepts, facts)


def _take_outcome(chunk: list[Atom], concepts: list[Concept], facts: Facts) -> None:
    figures = any(isinstance(atom, (Quantity, Day, Price)) for atom in chunk)
    topic = any(concept in (Concept.PRICE, Concept.QUANTITY, Concept.DATE) for concept in concepts)
    if Concept.ACCEPT in concepts and Concept.RECEIVED not in concepts:
        if topic and not figures and Concept.AS_ORDERED not in concepts:
            facts.doubts.add(Doubt.FACET)
        facts.accept = True
    if Concept.AS_ORDERED in concepts and (topic or Concept.TERMS in concepts) and not figures and facts.of_lines:
        facts.doubts.add(Doubt.FACET)  # "quantities unchanged", behind the price of one line: of that line or of all?
    facts.as_ordered |= Concept.AS_ORDERED in concepts
    facts.deliver |= Concept.DELIVER in concepts or Concept.SHIP in concepts or Concept.SHIPPED in concepts
    facts.deliver |= Concept.HAVE in concepts and (facts.of_lines or figures)
    if Concept.MISSING in concepts and not figures:
        facts.doubts.add(Doubt.UNEXPLAINED)
    facts.backorder |= Concept.BACKORDER in concepts
    facts.substitute |= Concept.SUBSTITUTE in concepts
    facts.change |= Concept.CHANGE in concepts and Concept.BELOW not in concepts
    facts.each |= Concept.EACH in concepts
    if Concept.REJECT in concepts:
        if Event.REST in facts.events[-1:]:
            facts.dropped_rest = True
            facts.events.pop()
        else:
            facts.reject = True
        if Concept.TEMPORARY in concepts and not facts.backorder:
            facts.doubts.add(Doubt.TEMPORARY)


def _take_negation(concepts: list[Concept], facts: Facts, *, denied: bool) -> None:
    """A negation reverses what stands in its chunk; what it leaves open is a doubt."""
    if Concept.KNOWN in concepts and Concept.REJECT not in concepts and not denied:
        facts.backorder = True
    elif Concept.REJECT in concepts or Concept.BACKORDER in concepts or Concept.CHANGE in concepts:
        facts.doubts.add(Doubt.UNEXPLAINED)
    elif Concept.ACCEPT in concepts:
        facts.doubts.add(Doubt.NOT_CONFIRMED)
    elif denied or Concept.AS_ORDERED in concepts or Concept.NOW in concepts or Concept.DATE in concepts:
        facts.wants_figure = True
    elif any(concept in (Concept.DELIVER, Concept.HAVE, Concept.SHIP) for concept in concepts):
        facts.reject = True
        if Concept.TEMPORARY in concepts:
            facts.doubts.add(Doubt.TEMPORARY)
        if any(
            concept in (Concept.ALL, Concept.BOTH, Concept.ONLY, Concept.REST, Concept.QUANTITY) for concept in concepts
        ):
            facts.doubts.add(Doubt.UNEXPLAINED)
    else:
        facts.doubts.add(Doubt.UNEXPLAINED)


def _take_others(chunk: list[Atom], facts: Facts) -> None:
    """Numbers, codes and words that no rule names."""
    explained = False
    for at, atom in enumerate(chunk):
        if isinstance(atom, Phrase):
            explained = explained or atom.concept is Concept.REASON
        if not isinstance(atom, Other):
            continue
        if atom.kind is OtherKind.NUMBER:
            facts.doubts.add(Doubt.UNEXPLAINED)
        elif atom.kind is OtherKind.CODE:
            _take_code(atom, facts)
        elif atom.kind is OtherKind.WORD and not explained:
            facts.unknown_words += 1
            if at and _measures(chunk[at - 1]):
                facts.doubts.add(Doubt.UNIT_UNKNOWN)
        elif atom.kind is OtherKind.MARK and atom.text == "%":
            facts.doubts.add(Doubt.SURCHARGE)


def _take_code(atom: Other, facts: Facts) -> None:
    if facts.offered_code is None:
        facts.offered_code = atom.text
    elif facts.offered_code != atom.text:
        facts.doubts.add(Doubt.UNEXPLAINED)


def _measures(atom: Atom) -> bool:
    return isinstance(atom, Quantity) and atom.unit is None


def _take_figures(chunk: list[Atom], facts: Facts, *, negated: bool) -> None:
    ships = any(isinstance(atom, Phrase) and atom.concept in (Concept.SHIP, Concept.SHIPPED) for atom in chunk)
    for at, atom in enumerate(chunk):
        if isinstance(atom, Phrase):
            if not (atom.concept is Concept.REST and _is_counted(chunk, at)):
                _take_event(chunk, atom, facts, negated=negated)
        elif isinstance(atom, (Quantity, Day, Price)):
            role = _role(chunk, at, negated=negated)
            if isinstance(atom, Day):
                _judge_day(chunk, at, atom, role, facts, ships=ships)
            if isinstance(atom, Quantity) and role is Role.FINAL and _by_amount(chunk, at):
                facts.doubts.add(Doubt.QUANTITY_UNCLEAR)
            facts.events.append(Figure(atom, role))


def _take_event(chunk: list[Atom], atom: Phrase, facts: Facts, *, negated: bool) -> None:
    if atom.concept is Concept.REST:
        facts.events.append(Event.REST)
    elif atom.concept is Concept.NOW and not negated:
        facts.deliver = True
        if any(isinstance(each, Quantity) or _is_rest(each) for each in chunk):
            facts.events.append(Event.NOW)
    elif atom.concept in (Concept.LATER, Concept.BACKORDER) and not negated and not _is_dated(chunk):
        facts.events.append(Event.LATER)
    elif atom.concept is Concept.AS_ORDERED and not negated and any(isinstance(each, Quantity) for each in chunk):
        facts.events.append(Event.NOW)


def _is_counted(chunk: list[Atom], at: int) -> bool:
    """The remaining 24, the 24 remaining, the rest of 24 pieces: the number says it all."""
    behind = next((each for each in chunk[at + 1 :] if not _carries_nothing(each) and not _is_of(each)), None)
    return isinstance(behind, Quantity) or isinstance(_before(chunk, at), Quantity)


def _is_of(atom: Atom) -> bool:
    return isinstance(atom, Phrase) and atom.concept is Concept.OF


def _is_dated(chunk: list[Atom]) -> bool:
    return any(isinstance(each, Day) and each.value is not None for each in chunk)


def _is_rest(atom: Atom) -> bool:
    return isinstance(atom, Phrase) and atom.concept is Concept.REST


def _judge_day(chunk: list[Atom], at: int, day: Day, role: Role, facts: Facts, *, ships: bool) -> None:
    if role is not Role.FINAL:
        return
    behind = _behind(chunk, at)
    if (
        day.why is Vague.LEAD_TIME
        and isinstance(behind, Phrase)
        and behind.concept is Concept.LATER
        and _is_dated(chunk)
    ):
        return  # a week later, on the 8th: the date says it
    if day.value is None:
        facts.doubts.add(Doubt.PAST_DATE if day.why is Vague.PAST else Doubt.VAGUE_DATE)
    if ships:
        facts.doubts.add(Doubt.SHIP_DATE)
    before = _before(chunk, at)
    if isinstance(before, Phrase) and before.concept is Concept.OPEN_START:
        facts.doubts.add(Doubt.OPEN_DATE)


def _role(chunk: list[Atom], at: int, *, negated: bool) -> Role:
    """From the words before the figure, else the word right behind it."""
    atom, before = chunk[at], _before(chunk, at)
    behind = _behind(chunk, at)
    concept = before.concept if isinstance(before, Phrase) else None
    follows = behind.concept if isinstance(behind, Phrase) else None
    if concept is Concept.OLD or (concept is Concept.OPEN_START and follows in (Concept.NEW, Concept.UNTIL)):
        return Role.OLD
    if isinstance(atom, Quantity):
        if concept is Concept.MISSING or follows is Concept.MISSING:
            return Role.MISSING
        if concept is Concept.OF and any(isinstance(each, Quantity) for each in chunk[:at]):
            return Role.TOTAL
    if follows is Concept.OLD and not _is_alone(chunk, atom) and concept is not Concept.NEW:
        following = [each for each in chunk[at + 1 :] if type(each) is type(atom)]
        return Role.FINAL if following else Role.OLD
    if follows is Concept.NEW and any(type(each) is type(atom) for each in chunk[at + 1 :]):
        return Role.OLD
    return Role.DENIED if negated else Role.FINAL


def _is_alone(chunk: list[Atom], atom: Atom) -> bool:
    return sum(type(each) is type(atom) for each in chunk) == 1


def _before(chunk: list[Atom], at: int) -> Atom | None:
    for atom in reversed(chunk[:at]):
        if not _carries_nothing(atom):
            return atom
    return None


def _behind(chunk: list[Atom], at: int) -> Atom | None:
    for atom in chunk[at + 1 :]:
        if not _carries_nothing(atom):
            return atom
    return None


def _carries_nothing(atom: Atom) -> bool:
    if isinstance(atom, Other):
        return atom.kind in (OtherKind.KNOWN, OtherKind.MARK)
    if isinstance(atom, Phrase):
        return atom.concept in (Concept.FILLER, Concept.DATE_HINT, Concept.PRICE_HINT, Concept.QUANTITY, Concept.DATE)
    return False


def _by_amount(chunk: list[Atom], at: int) -> bool:
    """As in "reduced by 24": a difference, not what will come. "Up to 96" is no quantity either, "reduced to 96" is."""
    before = _before(chunk, at)
    concept = before.concept if isinstance(before, Phrase) else None
    changes = any(isinstance(each, Phrase) and each.concept is Concept.CHANGE for each in chunk)
    return concept is Concept.BY_AMOUNT or (concept in (Concept.UNTIL, Concept.OPEN_START) and not changes)
