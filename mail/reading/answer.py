"""What is said of one order: of each line, of all, of the rest; and what was heard besides."""

from dataclasses import dataclass, field
from decimal import Decimal

from mail.reading.chunks import Target
from mail.reading.claims import Claim
from mail.reading.concepts import Concept
from mail.reading.doubts import Doubt
from mail.reading.facts import Facts
from mail.reading.figures import Other, OtherKind, Phrase, Price
from mail.reading.sentences import Sentence
from mail.reading.talk import points_on
from orders.reply import Evidence


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
    pressed: bool = False  # asked something that must be answered first, more than "let me know if that is fine"
    accepted: bool = False  # somewhere a yes was said
    refuses: bool = False  # somewhere a no, or a later
    received: bool = False
    future: bool = False
    shipped: bool = False
    invoiced: bool = False
    replaces: bool = False
    mumbles: bool = False  # a sentence of words that nobody knows, before the sign-off
    offers: bool = False  # another article is offered
    proposes: bool = False  # a substitute has its price, whether or not it is clear which
    away: bool = False
    promotes: bool = False
    attached: bool = False
    attached_answer: bool = False  # an attachment holds the answer
    below: bool = False
    totals: list[Decimal] = field(default_factory=list)  # sums that the mail names
    spoke: bool = False  # any claim at all

    def note(self, sentence: Sentence) -> None:
        """Note the words of any sentence, whatever it says of lines."""
        self.received |= sentence.has(Concept.RECEIVED)
        self.future |= sentence.has(Concept.FUTURE)
        self.shipped |= sentence.has(Concept.SHIPPED)
        self.invoiced |= sentence.has(Concept.INVOICE)
        self.replaces |= sentence.has(Concept.PREVIOUS)
        self.proposes |= sentence.has(Concept.SUBSTITUTE) and any(isinstance(a, Price) for a in sentence.atoms)
        self.away |= sentence.has(Concept.AWAY)
        self.promotes |= sentence.has(Concept.PROMOTION)
        self.attached |= sentence.has(Concept.ATTACHED)
        self.below |= points_on(sentence)
        self.mumbles |= sentence.has(Concept.THREAT)


def only_tells_of_shipping(sentence: Sentence) -> bool:
    """We gave the complete consignment to the carrier: a word said of what has left is no yes to the order."""
    said = [atom.concept for atom in sentence.atoms if isinstance(atom, Phrase)]
    return Concept.SHIPPED in said and Concept.ACCEPT not in said[: said.index(Concept.SHIPPED)]


@dataclass(frozen=True, slots=True)
class Spoken:
    """Facts with the sentence they come from; `attached` when an attachment says so, `shared` when several orders are meant."""

    facts: Facts
    evidence: Evidence
    claim: Claim = field(default_factory=lambda: Claim(Target.NAMED))
    attached: bool = False
    shared: bool = False

    @property
    def has_strange_subject(self) -> bool:
        """True when the claim begins with a word that nobody knows, and says no yes to the order."""
        known = (a for a in self.claim.atoms if not (isinstance(a, Other) and a.kind is OtherKind.KNOWN))
        first = next(known, None)
        return isinstance(first, Other) and first.kind is OtherKind.WORD and not self.facts.accept


@dataclass(slots=True)
class Answer:
    """What is said of each line, what is said of all, and what was heard besides."""

    heard: Heard = field(default_factory=Heard)
    named: dict[int, list[Spoken]] = field(default_factory=dict)
    general: list[Spoken] = field(default_factory=list)
    others: list[Spoken] = field(default_factory=list)  # said of the lines that nobody names
    excepts_below: bool = False  # all but a few things, named further down
    announces: bool = False  # nearly all: the lines that differ have to be named
    changes: bool = False  # one change, two changes: what they are has to be said
    blanket: bool = False  # a word for all or for the rest, with nothing said of them that we know
    edited: bool = False  # figures of our own table were changed

    def note(self, claim: Claim) -> None:
        """Remember what the claim says will be told further down."""
        self.excepts_below = self.excepts_below or claim.excepts_below
        self.announces = self.announces or claim.announces

    @property
    def refuses_all(self) -> bool:
        """True when the whole order was said not to come."""
        return any(each.facts.reject for each in self.general)

    @property
    def speaks_of_lines(self) -> bool:
        """True when anything was said that could be booked."""
        return bool(self.named or self.general or self.others)
