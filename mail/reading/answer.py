"""The supplier's words about one order to readings of its lines: claims are laid on lines, the rest becomes a doubt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from mail.reading.claims import Claim, Target, claims_of, matters
from mail.reading.concepts import Concept
from mail.reading.doubts import Doubt
from mail.reading.facts import Event, Facts, Figure, Role, facts_of
from mail.reading.figures import Day, Lines, Other, OtherKind, Phrase, Price, Quantity
from mail.reading.line_reading import read_line
from mail.reading.scan import Desk
from mail.reading.sentences import Sentence, sentences
from orders.purchase import PurchaseOrder
from orders.reply import Evidence, LineReading, Outcome


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the supplier's own words; `about` the lines that the quoted text right above it names."""

    text: str
    part: str = ""
    start: int = 0
    about: tuple[int, ...] = ()
    quoted: bool = False
    shared: bool = False  # said before any of several orders was named


@dataclass(slots=True)
class Heard:
    """What the words say besides the lines."""

    doubts: set[Doubt] = field(default_factory=set)
    asked: bool = False
    accepted: bool = False  # somewhere a yes was said
    received: bool = False
    future: bool = False
    shipped: bool = False
    invoiced: bool = False
    replaces: bool = False
    away: bool = False
    promotes: bool = False
    attached: bool = False
    attached_answer: bool = False  # an attachment holds the answer
    below: bool = False
    spoke: bool = False  # any claim at all


@dataclass(frozen=True, slots=True)
class Spoken:
    """Facts with the sentence they come from; `attached` when an attachment says so, `shared` when several orders are meant."""

    facts: Facts
    evidence: Evidence
    claim: Claim = field(default_factory=lambda: Claim(Target.NAMED))
    attached: bool = False
    shared: bool = False


@dataclass(slots=True)
class Answer:
    """What is said of each line, what is said of all, and what was heard besides."""

    heard: Heard = field(default_factory=Heard)
    named: dict[int, list[Spoken]] = field(default_factory=dict)
    general: list[Spoken] = field(default_factory=list)
    others: list[Spoken] = field(default_factory=list)  # said of the lines that nobody names

    @property
    def speaks_of_lines(self) -> bool:
        """True when anything was said that could be booked."""
        return bool(self.named or self.general or self.others)


def hear(passages: Iterable[Passage], order: PurchaseOrder, desk: Desk, prior: str) -> Answer:
    """Read every passage against one order."""
    answer = Answer()
    for passage in passages:
        _Listener(passage, order, desk, answer).listen(prior)
    return answer


class _Listener:
    """Goes through one passage; remembers of which lines the last words spoke."""

    def __init__(self, passage: Passage, order: PurchaseOrder, desk: Desk, answer: Answer) -> None:
        self.passage = passage
        self.order = order
        self.desk = desk
        self.answer = answer
        self.heard = answer.heard
        self.topic: Claim | None = None
        self.row_subject: dict[int, bool] = {}
        self.closed = False
        if passage.about:
            self.topic = Claim(Target.NAMED, passage.about, row=-1)

    def listen(self, prior: str) -> None:
        for sentence in sentences(self.passage.text, self.desk, prior):
            self._note_row(sentence)
            if self._is_over(sentence):
                continue
            self._hear(sentence)

    def _note_row(self, sentence: Sentence) -> None:
        if sentence.row not in self.row_subject:
            first = next((a for a in sentence.atoms if not (isinstance(a, Other) and a.kind is OtherKind.MARK)), None)
            self.row_subject[sentence.row] = isinstance(first, Lines)

    def _is_over(self, sentence: Sentence) -> bool:
        """After the sign-off only a postscript or a line's own name is still part of the answer."""
        first = sentence.atoms[0]
        if isinstance(first, Phrase) and first.concept is Concept.POSTSCRIPT:
            self.closed = False
        elif isinstance(first, Phrase) and first.concept is Concept.SIGN_OFF and not matters(sentence):
            self.closed = True
        if not self.closed:
            return False
        named = any(isinstance(a, Lines) and a.by in ("code", "number") for a in sentence.atoms)
        return not (named and matters(sentence))

    def _hear(self, sentence: Sentence) -> None:
        self._note_words(sentence)
        if sentence.asked or sentence.has(Concept.QUESTION, Concept.ASK):
            if not _is_only_filler(sentence):
                self.heard.asked = True
                self.heard.doubts.add(Doubt.QUESTION)
            return
        if not matters(sentence):
            if _is_strange(sentence):
                self.heard.doubts.add(Doubt.UNKNOWN_WORDS)
            return
        previous: Claim | None = None
        for claim in claims_of(_without_previous(sentence)):
            self._take(claim, sentence, previous)
            previous = claim

    def _note_words(self, sentence: Sentence) -> None:
        heard = self.heard
        heard.received |= sentence.has(Concept.RECEIVED)
        heard.future |= sentence.has(Concept.FUTURE)
        heard.shipped |= sentence.has(Concept.SHIPPED)
        heard.invoiced |= sentence.has(Concept.INVOICE)
        heard.replaces |= sentence.has(Concept.PREVIOUS)
        heard.away |= sentence.has(Concept.AWAY)
        heard.promotes |= sentence.has(Concept.PROMOTION)
        heard.attached |= sentence.has(Concept.ATTACHED)
        heard.below |= sentence.has(Concept.BELOW)

    def _take(self, claim: Claim, sentence: Sentence, previous: Claim | None) -> None:
        if claim.has(Concept.DITTO) and previous is not None and not _has_figures(claim):
            claim.atoms = [*previous.atoms]
        facts = facts_of(claim, self.passage.text)
        facts.doubts -= {Doubt.SEE_ATTACHMENT, Doubt.SEE_BELOW}  # judged by what else the mail holds
        said = Spoken(facts, self._evidence(sentence), claim, shared=self.passage.shared)
        if not _says(facts):
            self._without_facts(claim, facts)
            return
        self.heard.spoke = True
        self.heard.accepted |= facts.accept
        self._lay(said, previous)
        if claim.target is Target.NAMED:
            self.topic = claim

    def _without_facts(self, claim: Claim, facts: Facts) -> None:
        """Lines or words with nothing said of them: an exception to explain, or a number left over."""
        if claim.target is Target.NAMED:
            self.topic = claim
            for line in claim.lines:
                self.answer.named.setdefault(line, [])
            if not claim.excepted and not self.passage.quoted:
                self.heard.doubts |= facts.doubts
                if claim.by != "name":
                    claim.excepted = True
            else:
                self.heard.doubts |= facts.doubts
            return
        self.heard.doubts |= facts.doubts
        if Doubt.FUTURE not in facts.doubts and _has_figures(claim):
            self.heard.doubts.add(Doubt.UNEXPLAINED)

    def _evidence(self, sentence: Sentence) -> Evidence:
        start, end = sentence.span.start, sentence.span.end
        text = self.passage.text[start:end].strip()
        return Evidence(text, self.passage.part, self.passage.start + start, self.passage.start + end)

    def _lay(self, said: Spoken, previous: Claim | None) -> None:
        claim = said.claim
        if claim.target is Target.NAMED:
            self._lay_named(said, claim.lines)
        elif claim.target is Target.REST:
            self._lay_rest(said, previous)
        elif claim.target is Target.REST_LINES:
            self.answer.others.append(said)
        elif claim.target is Target.ALL:
            self._lay_general(said)
        else:
            self._lay_unnamed(said)

    def _lay_named(self, said: Spoken, lines: Sequence[int]) -> None:
        known = self.desk.line_numbers
        for line in lines:
            if line not in known:
                self.heard.doubts.add(Doubt.NO_SUCH_LINE)
            else:
                self.answer.named.setdefault(line, []).append(said)
        if said.claim.only and not said.facts.reject:
            self.heard.doubts.add(Doubt.ONLY_THESE)

    def _lay_rest(self, said: Spoken, previous: Claim | None) -> None:
        """The rest of a quantity when one was just named and not all of it; else the other lines."""
        before = previous or self.topic
        quantity = before is not None and any(isinstance(a, Quantity) for a in before.atoms)
        if not quantity or before is None:
            self.answer.others.append(said)
            return
        if said.facts.accept or said.facts.as_ordered:
            self.answer.others.append(said)
            return
        lines = before.lines or tuple(self.desk.line_numbers)
        dated = any(isinstance(a, Day) or (isinstance(a, Phrase) and a.concept is Concept.NOW) for a in before.atoms)
        if len(lines) != 1 or (len(self.desk.line_numbers) > 1 and not dated):
            self.heard.doubts.add(Doubt.WHICH_LINE)
            return
        facts = said.facts
        if facts.reject:
            facts.reject, facts.dropped_rest = False, True
        if not any(each is Event.REST for each in facts.events) and not facts.dropped_rest:
            facts.events.insert(0, Event.REST)
        self._lay_named(said, lines)

    def _lay_general(self, said: Spoken) -> None:
        if len(self.desk.line_numbers) == 1:
            self._lay_named(said, tuple(self.desk.line_numbers))
            return
        self._need_line_for(said.facts)
        self.answer.general.append(said)

    def _need_line_for(self, facts: Facts) -> None:
        """Quantities and prices for all lines at once can be told only when each line is to have them."""
        if facts.figures(Quantity, *Role) or facts.figures(Price, *Role) or facts.substitute:
            self.heard.doubts.add(Doubt.WHICH_LINE)

    def _lay_unnamed(self, said: Spoken) -> None:
        if len(self.desk.line_numbers) == 1:
            self._lay_named(said, tuple(self.desk.line_numbers))
            return
        facts = said.facts
        topic = self._topic_for(said)
        if topic is not None:
            self._lay_named(said, topic.lines)
            return
        if facts.figures(Quantity, *Role) or facts.figures(Price, *Role) or facts.reject or facts.backorder:
            self.heard.doubts.add(Doubt.WHICH_LINE)
            return
        if self.topic is not None and self.topic.row == said.claim.row and not facts.accept:
            self.heard.doubts.add(Doubt.WHICH_LINE)
        self.answer.general.append(said)

    def _topic_for(self, said: Spoken) -> Claim | None:
        """The lines spoken of just before, where the words must go on about them."""
        topic = self.topic
        if topic is None:
            return None
        if topic.row == -1 or (topic.excepted and not topic.says_something):
            return topic
        if topic.row != said.claim.row or said.facts.accept:
            return None
        if self.row_subject.get(said.claim.row):
            return topic
        figures = said.facts.figures(Quantity, *Role) or said.facts.figures(Price, *Role)
        return topic if figures or said.facts.reject or said.facts.backorder else None


def _has_figures(claim: Claim) -> bool:
    return any(isinstance(atom, (Quantity, Price, Day)) for atom in claim.atoms)


def _says(facts: Facts) -> bool:
    """True when the facts hold something that a line can carry."""
    return bool(
        facts.accept
        or facts.as_ordered
        or facts.deliver
        or facts.reject
        or facts.backorder
        or facts.substitute
        or facts.change
        or facts.wants_figure
        or facts.dropped_rest
        or facts.events
    )


def _without_previous(sentence: Sentence) -> Sentence:
    """The sentence behind "please ignore my previous mail"."""
    last = max(
        (at for at, a in enumerate(sentence.atoms) if isinstance(a, Phrase) and a.concept is Concept.PREVIOUS),
        default=-1,
    )
    return sentence if last < 0 else replace(sentence, atoms=sentence.atoms[last + 1 :])


def _is_only_filler(sentence: Sentence) -> bool:
    return all(
        (isinstance(a, Phrase) and a.concept in (Concept.FILLER, Concept.GREETING, Concept.QUESTION))
        or (isinstance(a, Other) and a.kind in (OtherKind.KNOWN, OtherKind.MARK))
        for a in sentence.atoms
    ) and sentence.has(Concept.FILLER, Concept.GREETING)


def _is_strange(sentence: Sentence) -> bool:
    """Many words of which the language knows next to none: it may say anything."""
    unknown = sum(isinstance(a, Other) and a.kind is OtherKind.WORD for a in sentence.atoms)
    words = sum(not (isinstance(a, Other) and a.kind is OtherKind.MARK) for a in sentence.atoms)
    return unknown >= 4 and unknown * 4 > words * 3


def lines_of(answer: Answer, order: PurchaseOrder, doubts: set[Doubt]) -> tuple[LineReading, ...]:
    """The reading of every line of the order; what is not clear goes into `doubts`."""
    readings = tuple(_line(answer, order, line.line, doubts) for line in order.lines)
    if all(each.outcome is not Outcome.UNMENTIONED for each in readings):
        doubts.discard(Doubt.ONLY_THESE)
    return readings


def _line(answer: Answer, order: PurchaseOrder, number: int, doubts: set[Doubt]) -> LineReading:
    named = answer.named.get(number)
    layer = answer.others if answer.others and not named else answer.general
    if named is not None and not named:
        doubts.add(Doubt.EXCEPTED)
    said = _with_general(named, answer.general) if named else layer
    if not said:
        return LineReading(number, Outcome.UNMENTIONED)
    facts = merge(each.facts for each in said)
    evidence = tuple(dict.fromkeys(each.evidence for each in said))
    reading, found = read_line(
        order.line_at(number), facts, currency=order.currency, own_day=order.delivery_date, evidence=evidence
    )
    doubts |= found
    return reading


def _with_general(named: list[Spoken], general: list[Spoken]) -> list[Spoken]:
    """A day said for the whole order also holds for a line that is named without one."""
    own = merge(each.facts for each in named)
    ends = own.reject or own.backorder or own.substitute or own.dropped_rest
    if ends or own.figures(Day, Role.FINAL) or own.as_ordered or Event.NOW in own.events or Event.LATER in own.events:
        return named
    return [*named, *(each for each in general if each.facts.figures(Day, Role.FINAL))]


def merge(several: Iterable[Facts]) -> Facts:
    """All facts of one line together; figures said twice count once."""
    whole = Facts()
    for facts in several:
        whole.accept |= facts.accept
        whole.as_ordered |= facts.as_ordered
        whole.deliver |= facts.deliver
        whole.reject |= facts.reject
        whole.backorder |= facts.backorder
        whole.substitute |= facts.substitute
        whole.change |= facts.change
        whole.wants_figure |= facts.wants_figure
        whole.each |= facts.each
        whole.dropped_rest |= facts.dropped_rest
        whole.unknown_words += facts.unknown_words
        if facts.offered_code and whole.offered_code and facts.offered_code != whole.offered_code:
            whole.doubts.add(Doubt.UNEXPLAINED)
        whole.offered_code = whole.offered_code or facts.offered_code
        whole.offered_text = whole.offered_text or facts.offered_text
        whole.doubts |= facts.doubts
        if not _repeats(facts, whole):
            whole.events += facts.events
    return whole


def _repeats(facts: Facts, whole: Facts) -> bool:
    said = {_plain(each) for each in whole.events}
    return bool(said) and all(_plain(each) in said for each in facts.events)


def _plain(event: Figure | Event) -> tuple[object, ...]:
    if isinstance(event, Event):
        return (event,)
    value = event.value
    if isinstance(value, Quantity):
        return (value.value, value.unit, event.role)
    if isinstance(value, Price):
        return (value.amount, value.basis, value.basis_unit, event.role)
    return (value.value, event.role)
