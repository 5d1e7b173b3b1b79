"""What a sentence is before its claims are heard: an aside, a pointer, a withdrawal, small talk."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from mail.reading.chunks import FACTS, Target
from mail.reading.claims import Claim
from mail.reading.concepts import Concept
from mail.reading.doubts import Doubt
from mail.reading.facts import Facts
from mail.reading.figures import Atom, Day, Lines, Other, OtherKind, Phrase, Price, Quantity
from mail.reading.sentences import Sentence
from mail.reading.tokens import tokenise


def has_figures_or_lines(sentence: Sentence) -> bool:
    """True when the sentence names lines, quantities of something, prices or days; a bare number may be a telephone's."""
    return any(
        isinstance(a, (Lines, Price, Day)) or (isinstance(a, Quantity) and a.unit is not None) for a in sentence.atoms
    )


_DENYING = (Concept.NEGATION, Concept.NOT_DELIVER, Concept.REJECT)


def without_announcements(claims: list[Claim]) -> list[Claim]:
    """The claims without "one small change:" in front of the change itself."""
    told = any(has_figures(claim) or claim.has(Concept.REJECT, Concept.BACKORDER) for claim in claims[1:])
    first = claims[0] if claims else None
    if first is None or not told or first.target is Target.NAMED or has_figures(first):
        return claims
    facts = [a for a in first.atoms if isinstance(a, Phrase) and a.concept in FACTS]
    rejects = any(claim.has(Concept.REJECT, Concept.BACKORDER) for claim in claims[1:])
    if facts and rejects and all(a.concept in _DENYING for a in facts):
        return claims[1:]  # we no longer do furniture, so the chairs are cancelled
    return claims[1:] if facts and all(a.concept is Concept.CHANGE for a in facts) else claims


def withdraws(sentence: Sentence) -> bool:
    """As in "please disregard my mail of this morning": an earlier answer no longer counts."""
    if not sentence.has(Concept.IGNORE):
        return False
    return not any(isinstance(a, (Lines, Quantity, Price)) for a in sentence.atoms) and not sentence.has(
        Concept.ACCEPT,
        Concept.REJECT,
        Concept.AS_ORDERED,
        Concept.NEGATION,
        Concept.MORE,
        Concept.DELIVER,
        Concept.HAVE,
    )


def is_aside(sentence: Sentence) -> bool:
    """Holidays, or an invoice that comes by itself: nothing of the order's lines."""
    if not sentence.has(Concept.CLOSED, Concept.INVOICE, Concept.AWAY):
        return False
    unknown = sum(isinstance(a, Other) and a.kind is OtherKind.WORD for a in sentence.atoms)
    if sentence.has(Concept.INVOICE) and (unknown > 1 or sentence.has(Concept.OLD)):
        return False  # a bill that is still open is no aside
    kinds = (Lines, Price) if sentence.has(Concept.AWAY, Concept.CLOSED) else (Lines, Quantity, Price)
    figures = any(isinstance(a, kinds) for a in sentence.atoms)
    return not figures and not sentence.has(
        Concept.ACCEPT,
        Concept.REJECT,
        Concept.NEGATION,
        Concept.CONDITION,
        Concept.PREPAY,
        Concept.BANK,
        Concept.DELIVER,
        Concept.DATE,
        Concept.HEDGE,
        Concept.REASON,
    )


_LABELLING = frozenset(
    {Concept.LINE, Concept.OR, Concept.OF, Concept.FILLER, Concept.DATE_HINT, Concept.PRICE_HINT, Concept.CONFIRMATION,
     Concept.ORDER}
)  # fmt: skip
_PLAIN = (OtherKind.KNOWN, OtherKind.MARK, OtherKind.ORDER)
_LONGEST_LABEL = 8  # atoms


def is_reference(sentence: Sentence) -> bool:
    """Our number: CV26/4471. The row of a document that gives it a number, and says nothing of the goods."""
    atoms = sentence.atoms
    colon = next((n for n, a in enumerate(atoms) if isinstance(a, Other) and a.text == ":"), None)
    if colon is None or not colon or len(atoms) > _LONGEST_LABEL:
        return False
    label, number = atoms[:colon], atoms[colon + 1 :]
    named = all(
        a.concept in _LABELLING if isinstance(a, Phrase) else isinstance(a, Other) and a.kind in _PLAIN for a in label
    )
    return named and bool(number) and _is_paper_number(number)


def _is_paper_number(atoms: Sequence[Atom]) -> bool:
    """OP-26-08813, ZS/8841: a code, or letters and digits behind them."""
    kinds = (OtherKind.CODE, OtherKind.NUMBER, OtherKind.WORD, OtherKind.MARK, OtherKind.ORDER)
    coded = any(isinstance(a, Other) and a.kind in (OtherKind.CODE, OtherKind.NUMBER) for a in atoms)
    lettered = isinstance(atoms[0], Other) and atoms[0].kind is OtherKind.WORD
    bare = [a for a in atoms if isinstance(a, Quantity) and a.unit is None]
    rest = [a for a in atoms if a not in bare and not (isinstance(a, Phrase) and a.concept is Concept.PER)]
    return (coded or (lettered and bool(bare))) and all(isinstance(a, Other) and a.kind in kinds for a in rest)


def is_whole_yes(claim: Claim) -> bool:
    """All is well, that something is excepted from; without it nobody knows what the exception is to."""
    return claim.says_something and (claim.target is not Target.NAMED or not claim.excepted)


def points_on(sentence: Sentence) -> bool:
    """True when the sentence points below and says nothing itself behind that: "as follows: all lines are fine" does."""
    at = max(
        (n for n, a in enumerate(sentence.atoms) if isinstance(a, Phrase) and a.concept is Concept.BELOW), default=None
    )
    if at is None:
        return False
    behind = sentence.atoms[at + 1 :]
    return not any(
        isinstance(a, (Lines, Quantity, Day))
        or (isinstance(a, Phrase) and a.concept in (Concept.DELIVER, Concept.AS_ORDERED))
        for a in behind
    )


def points(sentence: Sentence) -> bool:
    """A sentence that only points: see my changes in the table below."""
    if not sentence.has(Concept.BELOW, Concept.ATTACHED) or sentence.has(Concept.ACCEPT, Concept.AS_ORDERED):
        return False
    return not any(isinstance(a, (Lines, Quantity, Price, Day)) for a in sentence.atoms) and not sentence.has(
        Concept.CONDITION, Concept.REJECT, Concept.BACKORDER, Concept.NEGATION, Concept.BANK, Concept.PREPAY
    )


def has_figures(claim: Claim) -> bool:
    """True when the claim names quantities, prices or days."""
    return any(isinstance(atom, (Quantity, Price, Day)) for atom in claim.atoms)


def day_is_shared(claims: Sequence[Claim], own_day: date | None) -> bool:
    """Several lines and one day, last: the day may be that of the last line or of them all."""
    named = [claim for claim in claims if claim.target is Target.NAMED]
    days = [[a.value for a in claim.atoms if isinstance(a, Day)] for claim in claims]
    if len(named) < 2 or not days[-1] or any(days[:-1]) or days[-1] == [own_day]:
        return False
    last = claims[-1]
    if not any(isinstance(a, (Quantity, Price)) for a in last.atoms):
        return False  # the pens are 500, the binders come on the 11th: without the day nothing is said of them
    return last.target is Target.NAMED and any(isinstance(a, (Quantity, Price)) for c in claims[:-1] for a in c.atoms)


def says(facts: Facts) -> bool:
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
        or facts.bare_no
        or facts.short
        or facts.dropped_rest
        or facts.facets
        or facts.events
    )


def mentions_delivery(facts: Facts) -> bool:
    """A pleasure to deliver to you, our delivery team will call: a word for coming, and nothing said to come."""
    conditioned = bool(facts.doubts & {Doubt.CONDITION, Doubt.PREPAY})  # we deliver when you have paid: an answer
    return not (facts.delivers_all or conditioned or says(replace(facts, deliver=False)))


def without_previous(sentence: Sentence) -> Sentence:
    """The sentence behind "please ignore my previous mail"."""
    last = max(
        (at for at, a in enumerate(sentence.atoms) if isinstance(a, Phrase) and a.concept is Concept.PREVIOUS),
        default=-1,
    )
    before = sentence.atoms[: last + 1]
    answers = any(
        isinstance(a, (Lines, Quantity, Price)) or (isinstance(a, Phrase) and a.concept in _ANSWERING) for a in before
    )
    return sentence if last < 0 or answers else replace(sentence, atoms=sentence.atoms[last + 1 :])


_ANSWERING = (Concept.ACCEPT, Concept.REJECT, Concept.AS_ORDERED, Concept.BACKORDER, Concept.NEGATION)


def available(sentence: Sentence) -> Sentence:
    """We have it, and nothing else, below a line that was asked for: it can be had."""
    telling = [a for a in sentence.atoms if not (isinstance(a, Other) and a.kind in (OtherKind.KNOWN, OtherKind.MARK))]
    if len(telling) != 1 or not (isinstance(telling[0], Phrase) and telling[0].concept is Concept.HAVE):
        return sentence
    return replace(sentence, atoms=(Phrase(Concept.DELIVER, telling[0].span),))


def is_only_filler(sentence: Sentence) -> bool:
    """True for thanks and greetings with nothing else in them."""
    return all(
        (isinstance(a, Phrase) and a.concept in (Concept.FILLER, Concept.GREETING))
        or (isinstance(a, Other) and a.kind in (OtherKind.KNOWN, OtherKind.MARK))
        for a in sentence.atoms
    ) and sentence.has(Concept.FILLER, Concept.GREETING)


def has_unknown(sentence: Sentence) -> bool:
    """True when some word is in no list of the language."""
    return any(isinstance(a, Other) and a.kind is OtherKind.WORD for a in sentence.atoms)


def is_strange(sentence: Sentence) -> bool:
    """Many words of which the language knows next to none: it may say anything."""
    unknown = sum(isinstance(a, Other) and a.kind is OtherKind.WORD for a in sentence.atoms)
    words = sum(not (isinstance(a, Other) and a.kind is OtherKind.MARK) for a in sentence.atoms)
    return unknown >= 4 and unknown * 4 > words * 3


_UNSIGNED = (
    Concept.ACCEPT,
    Concept.REJECT,
    Concept.BACKORDER,
    Concept.NEGATION,
    Concept.EXCEPT,
    Concept.CONDITION,
    Concept.PREPAY,
    Concept.SURCHARGE,
    Concept.BANK,
)  # fmt: skip  what no signature says


def names_company(sentence: Sentence, text: str, supplier: frozenset[str]) -> bool:
    """The supplier's own name, and no answer beside it; `supplier` holds the name's words, folded."""
    if not supplier or sentence.has(*_UNSIGNED):
        return False
    words = {token.folded for token in tokenise(text[sentence.span.start : sentence.span.end])}
    return len(words & supplier) >= min(2, len(supplier))
