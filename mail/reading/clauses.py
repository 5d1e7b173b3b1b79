"""What a clause is: the explanation of a no, a yes to what came, a holiday that says why, words that fit several lines."""

from collections.abc import Sequence
from itertools import pairwise

from mail.reading.concepts import Concept
from mail.reading.facts import Event, Facts, Role
from mail.reading.figures import Atom, Day, Other, OtherKind, Phrase, Price, Quantity, is_mark

_COLON = frozenset({":"})


def explains_no(chunk: Sequence[Atom], atom: Atom) -> bool:
    """Sold out: we shall not be able to deliver it. The colon behind a no begins a sentence of its own."""
    return is_mark(atom, _COLON) and any(
        isinstance(a, Phrase) and a.concept in (Concept.REJECT, Concept.BACKORDER) for a in chunk
    )


_WHICH = frozenset({"que", "qu'", "che", "cui", "quale"})


def confirms_what_came(chunk: Sequence[Atom]) -> bool:
    """We received your order, which we confirm."""
    return any(
        isinstance(one, Other)
        and one.text.lower() in _WHICH
        and isinstance(other, Phrase)
        and other.concept is Concept.ACCEPT
        for one, other in pairwise(chunk)
    )


def tells_of_closing(chunk: Sequence[Atom], concepts: Sequence[Concept]) -> bool:
    """Because the 8th is a holiday: the day of that is no delivery day."""
    if Concept.CLOSED not in concepts or not _HOLIDAY.issuperset(concepts):
        return False
    return all(
        (isinstance(a, Other) and a.kind not in (OtherKind.CODE, OtherKind.NUMBER))
        or isinstance(a, (Phrase, Day))
        or (isinstance(a, Quantity) and a.unit is None and a.value <= _LAST_OF_MONTH)
        for a in chunk
    )


_LAST_OF_MONTH = 31
_HOLIDAY = frozenset(
    {
        Concept.CLOSED, Concept.DATE_HINT, Concept.REASON, Concept.FILLER, Concept.AND, Concept.OF, Concept.PER,
        Concept.COMING, Concept.AWAY, Concept.BUT, Concept.PLEASE_NOTE, Concept.ALL, Concept.BETWEEN,
        Concept.HEDGE, Concept.UNTIL, Concept.TILL, Concept.OPEN_START,
    }
)  # fmt: skip


def only_accepts(facts: Facts) -> bool:
    """A yes may be said of a family of lines at once; a figure or a no would have to say of which."""
    says_no = facts.reject or facts.backorder or facts.substitute or facts.change or facts.wants_figure
    return (facts.accept or facts.as_ordered or facts.deliver) and not says_no and not facts.events


def fits_all(facts: Facts) -> bool:
    """The soaps come on the 10th, the lipsticks cost 4.75 instead of 4.60: a day, or a price with the old one, is that of each."""
    says_no = facts.reject or facts.backorder or facts.substitute or facts.wants_figure
    if says_no or not facts.events or facts.figures(Quantity, *Role) or Event.REST in facts.events:
        return False
    return not facts.figures(Price, Role.FINAL) or bool(facts.figures(Price, Role.OLD))
