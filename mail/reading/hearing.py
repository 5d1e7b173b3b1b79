"""The supplier's words about one order to what is said of its lines; whatever finds no line becomes a doubt."""

from collections.abc import Iterable, Sequence

from mail.reading.answer import Answer, Passage, Spoken, only_tells_of_shipping
from mail.reading.beside_yes import weigh
from mail.reading.chunks import Target
from mail.reading.claims import Claim, claims_of, matters
from mail.reading.closing_day import closes_with_day
from mail.reading.concepts import Concept
from mail.reading.counting import exceeds, makes_the_whole
from mail.reading.curt import with_curt_yes
from mail.reading.doubts import Doubt
from mail.reading.facts import Event, Facts, Role
from mail.reading.figures import Day, Lines, Other, OtherKind, Phrase, Price, Quantity
from mail.reading.offers import REFUSING, with_description
from mail.reading.open_ends import is_unsettled
from mail.reading.questions import hear_question
from mail.reading.receipts import merely_received, only_received, promises_answer, promises_paper
from mail.reading.scan import Desk
from mail.reading.sentence_doubts import doubts_of_sentence
from mail.reading.sentences import Sentence, sentences
from mail.reading.side_business import OWN_SUBJECTS, SideBusiness
from mail.reading.small_talk import without_small_talk
from mail.reading.sorting import facts_of
from mail.reading.talk import (
    available,
    day_is_shared,
    has_figures,
    has_unknown,
    is_aside,
    is_reference,
    is_strange,
    is_whole_yes,
    mentions_delivery,
    names_company,
    points,
    says,
    withdraws,
    without_announcements,
    without_previous,
)
from mail.reading.unheard import mumbles, mumbles_beside
from orders.purchase import PurchaseOrder
from orders.reply import Evidence


def hear(passages: Iterable[Passage], order: PurchaseOrder, desk: Desk, prior: str) -> Answer:
    """Read every passage against one order."""
    answer = Answer()
    listeners = [_Listener(passage, order, desk, answer) for passage in passages]
    for listener in listeners:
        listener.listen(prior)
    if not answer.speaks_of_lines:
        for listener in listeners:
            listener.hear_side_business()
    return answer


_BOTH = 2  # lines
_UNTOLD = (Concept.PRICE, Concept.DATE, Concept.QUANTITY, *OWN_SUBJECTS)  # of them something unknown is said
_CURT = 3  # atoms: so short a sentence with "probably" in it is no small talk


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
        self.beside: list[Sentence] = []
        self.unheard = False  # words under a quoted line that came to nothing
        if passage.about:
            self.topic = Claim(Target.NAMED, passage.about, row=-1)

    def listen(self, prior: str) -> None:
        beside = SideBusiness(self.passage, prior, self.beside)
        for sentence in sentences(self.passage.text, self.desk, prior):
            self._note_row(sentence)
            if self._is_over(sentence):
                continue
            if beside.takes(sentence):
                self.heard.mumbles |= is_unsettled(sentence, self.passage.text)
                continue
            self._hear(with_curt_yes(available(sentence) if self.passage.about else sentence))
        told = self.answer.general or any(self.answer.named.get(line) for line in self.passage.about)
        if self.unheard and not told:
            self.heard.doubts.add(Doubt.UNKNOWN_WORDS)  # an answer to the quoted line, and nobody knows which

    def hear_side_business(self) -> None:
        """Hear what was passed over, because the mail says nothing else."""
        for sentence in self.beside:
            self._hear(with_curt_yes(sentence))

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
        spoke = self.heard.spoke  # below an answer the company's name begins the signature
        if not self.closed and spoke and names_company(sentence, self.passage.text, self.desk.supplier):
            self.closed = True
        if not self.closed:
            return False
        named = any(isinstance(a, Lines) and a.by in ("code", "number") for a in sentence.atoms)
        return not (named and matters(sentence))

    def _hear(self, sentence: Sentence) -> None:
        self.heard.note(sentence)
        if sentence.asked or sentence.has(Concept.QUESTION, Concept.ASK):
            hear_question(self.heard, sentence)
            return
        weigh(self.heard, sentence, self.passage.text, self.order.delivery_date, self.desk.calendar.written)
        told = without_small_talk(sentence, self.passage.text, accepted=self.heard.accepted)
        if told is None or self._is_about_mails(told) or merely_received(told, self.passage.text):
            return
        sentence = told
        if self._is_sum(sentence) or is_aside(sentence) or points(sentence) or is_reference(sentence):
            return
        if not matters(sentence):
            self._hear_talk(sentence)
            return
        sentence = with_description(
            sentence, self.passage.text, refused=self.topic is not None and self.topic.has(*REFUSING)
        )
        self.heard.mumbles |= mumbles_beside(sentence, self.passage.text)
        self.heard.doubts |= set(doubts_of_sentence(sentence, self.passage.text))
        previous: Claim | None = None
        if sentence.has(Concept.ONLY_CHANGE):
            self._lay_others_as_ordered(sentence)
        claims = without_announcements(claims_of(without_previous(sentence)))
        if day_is_shared(claims, self.order.delivery_date):
            self.heard.doubts.add(Doubt.WHICH_LINE)
        said = any(is_whole_yes(claim) for claim in claims) or any(each.facts.accept for each in self.answer.general)
        if sentence.has(Concept.EXCEPT) and not said:
            self.heard.doubts.add(Doubt.EXCEPTED)
        for claim in claims:
            self._take(claim, sentence, previous)
            previous = claim

    def _is_about_mails(self, sentence: Sentence) -> bool:
        """An earlier mail that no longer counts, or a paper that will come."""
        if withdraws(sentence) and not self.passage.about:
            self.heard.replaces = True
            return True
        if promises_answer(sentence) or only_received(sentence):
            self.heard.doubts.add(Doubt.FUTURE)
            return True
        if promises_paper(sentence):
            self.heard.future = True
            self.heard.doubts.add(Doubt.FUTURE)
            return True
        return False

    def _lay_others_as_ordered(self, sentence: Sentence) -> None:
        """The only change is …: everything that it does not name is as ordered."""
        self.answer.changes = True
        said = Spoken(Facts(as_ordered=True), self._evidence(sentence), shared=self.passage.shared)
        self.answer.others.append(said)
        self.heard.spoke = True

    def _is_sum(self, sentence: Sentence) -> bool:
        """A sum over lines is kept to be checked; it says nothing of a line."""
        if not sentence.has(Concept.TOTAL) or any(isinstance(a, Lines) for a in sentence.atoms):
            return False
        sums = [a.amount for a in sentence.atoms if isinstance(a, Price)]
        if not sums and sentence.has(Concept.SURCHARGE):
            return False  # 3.5 % on the value of the goods
        self.heard.totals += sums
        return not any(isinstance(a, Quantity) and a.unit is not None for a in sentence.atoms)

    def _hear_talk(self, sentence: Sentence) -> None:
        """What holds no figure, line or answer is talk, unless it could hide one."""
        if sentence.has(Concept.ONLY_CHANGE):
            self._lay_others_as_ordered(sentence)
        if is_strange(sentence) or (self.passage.about and has_unknown(sentence)):
            self.heard.doubts.add(Doubt.UNKNOWN_WORDS)
        self.unheard |= bool(self.passage.about) and not sentence.has(
            Concept.FILLER, Concept.GREETING, Concept.SIGN_OFF
        )
        self.heard.mumbles |= sentence.has(*OWN_SUBJECTS) or mumbles(sentence, self.passage.text)
        if sentence.has(Concept.HEDGE, Concept.HALF):
            self.heard.mumbles = True
            if sentence.has(Concept.HEDGE) and len(sentence.atoms) <= _CURT:
                self.heard.doubts.add(Doubt.HEDGE)

    def _take(self, claim: Claim, sentence: Sentence, previous: Claim | None) -> None:
        before = previous or self.topic
        if claim.has(Concept.DITTO) and before is not None and not has_figures(claim):
            claim.atoms = [*before.atoms]
        facts = facts_of(claim, self.passage.text)
        self.answer.note(claim)
        facts.doubts -= {Doubt.SEE_ATTACHMENT, Doubt.SEE_BELOW}  # judged by what else the mail holds
        said = Spoken(facts, self._evidence(sentence), claim, shared=self.passage.shared)
        if not says(facts):
            self._without_facts(claim, facts)
            return
        self.heard.spoke = True
        self.heard.accepted |= facts.accept and not only_tells_of_shipping(sentence)
        self.heard.offers |= facts.substitute and facts.offered_code is not None
        self.heard.refuses |= facts.reject or facts.backorder or facts.dropped_rest
        if sentence.has(Concept.AWAY) and facts.figures(Day, *Role):
            self.heard.doubts.add(Doubt.VAGUE_DATE)  # on leave until the 4th: a person comes back, or goods come
        if claim.target is not Target.NAMED:
            self.heard.doubts |= facts.doubts - {Doubt.TEMPORARY}
            if facts.bare_no or facts.short:
                self.heard.doubts.add(Doubt.UNEXPLAINED)
        if self._only_mentions_delivery(said):
            return
        self._lay(said, previous)
        if claim.target is Target.NAMED:
            self.topic = claim

    def _only_mentions_delivery(self, said: Spoken) -> bool:
        """True where no line is meant, neither here nor just before, and nothing is said but a word for coming."""
        if said.claim.target not in (Target.NONE, Target.ALL) or self.passage.about:
            return False
        return mentions_delivery(said.facts) and self._topic_for(said) is None

    def _without_facts(self, claim: Claim, facts: Facts) -> None:
        """Lines or words with nothing said of them: an exception to explain, or a number left over."""
        if claim.target is Target.NAMED:
            self.topic = claim
            if not self.desk.line_numbers.issuperset(claim.lines):
                self.heard.doubts.add(Doubt.NO_SUCH_LINE)
            for line in claim.lines:
                self.answer.named.setdefault(line, [])
            self.heard.doubts |= facts.doubts
            if not self.passage.quoted and claim.by not in ("name", "family"):
                claim.excepted = True
            return
        self.heard.doubts |= facts.doubts
        self.heard.mumbles |= claim.has(*_UNTOLD) and not (claim.has(Concept.NET) and not facts.unknown_words)
        if claim.has(Concept.BOTH) and len(self.desk.line_numbers) != _BOTH:
            self.heard.doubts.add(Doubt.WHICH_LINE)
        unsaid = claim.target is Target.ALL and (bool(facts.unknown_words) or claim.has(Concept.NEARLY_ALL))
        self.answer.blanket = self.answer.blanket or unsaid
        if claim.target in (Target.REST, Target.REST_LINES) and not claim.has(Concept.INVOICE):
            self.heard.doubts.add(Doubt.UNEXPLAINED)
        if Doubt.FUTURE not in facts.doubts and has_figures(claim):
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
            if said.facts.reject and previous is not None and previous.target is Target.NAMED:
                self._lay_rest(said, previous)  # only 12 cartons, the others we cancel: the other cartons
            else:
                self.answer.others.append(said)
        elif claim.target is Target.ALL:
            self._lay_general(said)
        else:
            self._lay_unnamed(said, closes=previous is None and closes_with_day(said, self.answer.named))

    def _lay_named(self, said: Spoken, lines: Sequence[int]) -> None:
        known = self.desk.line_numbers
        for line in lines:
            if line not in known:
                self.heard.doubts.add(Doubt.NO_SUCH_LINE)
            else:
                self.answer.named.setdefault(line, []).append(said)
        if len(lines) > 1 and any(exceeds(said.facts, self.order.line_at(line)) for line in lines if line in known):
            self.heard.doubts.add(Doubt.WHICH_LINE)  # 60 of both helmets, 40 of each ordered: in sum, it seems
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
        lines = before.lines or self._lines_in_hand() or tuple(self.desk.line_numbers)
        dated = any(isinstance(a, Day) for a in before.atoms) or before.has(Concept.NOW, Concept.AS_ORDERED)
        if len(lines) == 1 and lines[0] in self.desk.line_numbers:
            dated = dated or makes_the_whole(self.order.line_at(lines[0]), before.atoms, said.facts)
        dated = dated or bool(self.passage.about)  # below one quoted line there are no other lines to speak of
        facts = said.facts
        undated = len(self.desk.line_numbers) > 1 and not dated
        if len(lines) != 1 or (undated and not (facts.reject or facts.dropped_rest)):
            self.heard.doubts.add(Doubt.WHICH_LINE)
            return
        facts.rest_of_what = undated
        if facts.reject:
            facts.reject, facts.dropped_rest = False, True
        told = any(each is Event.REST for each in facts.events) or facts.figures(Quantity, Role.FINAL)
        if not told and not facts.dropped_rest:
            facts.events.insert(0, Event.REST)
        self._lay_named(said, lines)

    def _lines_in_hand(self) -> tuple[int, ...]:
        """The line under which the words stand in the quoted order."""
        return self.topic.lines if self.topic is not None and self.topic.row == -1 else ()

    def _lay_general(self, said: Spoken) -> None:
        if len(self.desk.line_numbers) == 1:
            self._lay_named(said, tuple(self.desk.line_numbers))
            return
        topic = self.topic
        if said.facts.all_follows and topic is not None and topic.row == said.claim.row and not said.facts.accept:
            self._lay_named(said, topic.lines)  # the hose is sold out; we will send all of it later
            return
        both = said.claim.has(Concept.BOTH) and not said.claim.has(Concept.BELOW)  # the two next ones are others
        if both and topic is not None and len(topic.lines) == _BOTH:
            self._lay_named(said, topic.lines)  # the helmets, M and L: bad news. Both are sold out
            return
        if any(
            isinstance(a, Phrase) and a.concept is Concept.ALL and a.count not in (0, len(self.desk.line_numbers))
            for a in said.claim.atoms
        ):
            self.heard.doubts.add(Doubt.WHICH_LINE)  # all three, and there are four
        self._need_line_for(said.facts)
        if said.claim.has(Concept.BOTH) and len(self.desk.line_numbers) != _BOTH:
            self.heard.doubts.add(Doubt.WHICH_LINE)
        self.answer.general.append(said)

    def _need_line_for(self, facts: Facts) -> None:
        """Quantities and prices for all lines at once can be told only when each line is to have them."""
        if facts.figures(Quantity, *Role) or facts.figures(Price, *Role) or facts.substitute:
            self.heard.doubts.add(Doubt.WHICH_LINE)

    def _lay_unnamed(self, said: Spoken, *, closes: bool) -> None:
        if len(self.desk.line_numbers) == 1:
            self._lay_named(said, tuple(self.desk.line_numbers))
            return
        facts = said.facts
        topic = self._topic_for(said)
        if closes and topic is not None and topic.row != -1:
            if any(day != self.order.delivery_date for day in facts.days):
                self.heard.doubts.add(Doubt.WHICH_LINE)  # 96 of the oat. 60 of the rice. Delivery 15 December: of both?
            self.answer.general.append(said)
            return
        if topic is not None:
            if said.has_strange_subject and topic.row != -1:
                self.heard.doubts.add(Doubt.UNKNOWN_WORDS)  # no granola; "the zwieback in time" may be another line
            self._lay_named(said, topic.lines)
            return
        refuses = facts.reject and not self.answer.refuses_all  # we cannot fill the order; cancel it, please
        if facts.figures(Quantity, *Role) or facts.figures(Price, *Role) or refuses or facts.backorder:
            self.heard.doubts.add(Doubt.WHICH_LINE)
            return
        if not (
            facts.accept
            or facts.as_ordered
            or facts.deliver
            or facts.reject
            or facts.facets
            or facts.wants_figure
            or said.claim.has(Concept.DATE, Concept.NEW)
        ):
            self.heard.doubts.add(Doubt.UNEXPLAINED)
            return
        own_day = {*facts.days} == {self.order.delivery_date}  # is that of every line
        others = own_day or (self.answer.others and not facts.events)  # the other lines have had their own words
        near = self.topic if self.topic is not None and self.topic.row == said.claim.row else None
        if near and not (facts.accept or facts.facets or others or self.desk.line_numbers <= {*near.lines}):
            self.heard.doubts.add(Doubt.WHICH_LINE)
        if said.has_strange_subject and any(day != self.order.delivery_date for day in facts.days):
            self.heard.doubts.add(Doubt.UNKNOWN_WORDS)  # what nobody knows may be an article: the day is its day only
        self.answer.general.append(said)

    def _topic_for(self, said: Spoken) -> Claim | None:
        """The lines spoken of just before, where the words must go on about them."""
        topic = self.topic
        if topic is None:
            return None
        if topic.row == -1 or (topic.excepted and not topic.says_something):
            return topic
        if topic.row != said.claim.row or (said.facts.accept and not said.facts.all_follows):
            return None  # "it will follow in full" is no yes to the order
        if self.row_subject.get(said.claim.row):
            return topic
        figures = said.facts.figures(Quantity, *Role) or said.facts.figures(Price, *Role)
        return topic if figures or said.facts.reject or said.facts.backorder else None
