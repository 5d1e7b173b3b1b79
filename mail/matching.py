"""Which of our orders a message speaks of, and how we know."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mail.message import Message
from mail.order_mentions import Closeness, Mention, NumberBook, book_of
from mail.segments.segment import Label, Segment
from orders.context import ReadingContext
from orders.purchase import PurchaseOrder
from orders.reply import MatchedBy


class MatchDoubt(StrEnum):
    """What makes a match less than certain; each one sends the reply to a person."""

    THREAD_DISAGREES = "thread-disagrees"  # the thread or the subject belongs to another order; the text wins
    LOOSELY_TYPED = "loosely-typed"  # the number was incomplete, and only one order fits
    MISTYPED = "mistyped"  # the number was wrong, and only one order is near
    OTHER_SUPPLIER = "other-supplier"  # the order is not the sender's
    AMBIGUOUS = "ambiguous"  # several orders fit what is said
    UNKNOWN_NUMBER = "unknown-number"  # a number in our form that no order has


@dataclass(frozen=True, slots=True)
class Match:
    """An order that the message speaks of; `order` None when which one cannot be decided. `found` quotes the number."""

    order: str | None
    matched_by: MatchedBy | None
    found: str = ""
    doubts: tuple[MatchDoubt, ...] = ()


Verifier = Callable[[str], str | None]
"""Our own id or address token to an order number; None when it is not ours or was tampered with."""

_RANK = (MatchedBy.THREAD, MatchedBy.ADDRESS, MatchedBy.SUBJECT, MatchedBy.BODY, MatchedBy.ATTACHMENT)


@dataclass(frozen=True, slots=True)
class _Clue:
    """One thing that points to orders."""

    by: MatchedBy
    orders: tuple[str, ...]
    found: str
    closeness: Closeness = Closeness.WHOLE


def match_orders(
    message: Message,
    segments: Sequence[Segment],
    context: ReadingContext,
    *,
    supplier: str | None,
    attachment_texts: Sequence[str] = (),
    verify: Verifier | None = None,
) -> tuple[Match, ...]:
    """Every order that the message speaks of, in the order in which it names them; empty when nothing points to one.

    What the author says beats the thread, which is often an old mail that somebody pressed Reply on.
    """
    orders = _candidates(context.orders, supplier)
    everything = book_of(context.orders)
    loose = book_of(orders)
    envelope = [*_thread(message, context, verify, everything), *_address(message, context, verify, everything)]
    subject = _clues(message.subject, MatchedBy.SUBJECT, everything, loose)
    body = [clue for text in _supplier_texts(segments) for clue in _clues(text, MatchedBy.BODY, everything, loose)]
    attached = [clue for text in attachment_texts for clue in _whole(text, MatchedBy.ATTACHMENT, everything)]
    quoted = [clue for text in _quoted_texts(segments) for clue in _whole(text, MatchedBy.BODY, everything)]
    said = _said(body, subject, envelope, attached, quoted)
    matches = _matches(said, [*envelope, *subject, *body, *attached])
    if not matches and supplier is not None and len(orders) == 1:
        matches = [Match(orders[0].number, MatchedBy.SENDER)]
    return tuple(_checked(match, context.orders, supplier) for match in matches)


def _candidates(orders: Iterable[PurchaseOrder], supplier: str | None) -> tuple[PurchaseOrder, ...]:
    """The orders that an incomplete number may mean: the sender's, or all when the sender is nobody's."""
    return tuple(order for order in orders if supplier is None or order.supplier == supplier)


def _thread(message: Message, context: ReadingContext, verify: Verifier | None, book: NumberBook) -> list[_Clue]:
    """The newest mail of ours that the message answers: In-Reply-To, then References from the end."""
    known = {_bare(order.message_id): order.number for order in context.orders if order.message_id}
    ours = context.mailbox.rpartition("@")[2].lower()
    for each in (*message.in_reply_to, *reversed(message.references)):
        number = known.get(_bare(each)) or (verify(each) if verify is not None else None)
        if number is None and ours and _bare(each).endswith(f"@{ours}"):
            named = [
                mention.orders for mention in book.mentions(each, loosely=False) if mention.closeness is Closeness.WHOLE
            ]
            number = named[0][0] if named else None
        if number is not None:
            return [_Clue(MatchedBy.THREAD, (number,), each)]
    return []


def _address(message: Message, context: ReadingContext, verify: Verifier | None, book: NumberBook) -> list[_Clue]:
    """The token behind the plus of our own address."""
    name, _, domain = context.mailbox.lower().partition("@")
    found = []
    for each in (*message.to, *message.cc):
        local, plus, token = each.address.partition("@")[0].partition("+")
        if not plus or each.domain != domain or local != name.partition("+")[0]:
            continue
        number = verify(token) if verify is not None else None
        named = [one.orders for one in book.mentions(token, loosely=False) if one.closeness is Closeness.WHOLE]
        if number is not None or named:
            found.append(_Clue(MatchedBy.ADDRESS, (number,) if number is not None else named[0], each.address))
    return found[:1]


def _clues(text: str, by: MatchedBy, everything: NumberBook, loose: NumberBook) -> list[_Clue]:
    """What a text names: whole numbers of any order, incomplete ones of the sender's."""
    whole = [each for each in everything.mentions(text, loosely=False) if each.closeness is Closeness.WHOLE]
    named = {order for each in whole for order in each.orders}
    quoted = {each.found for each in whole}
    rest = [each for each in loose.mentions(text, loosely=True) if each.closeness is not Closeness.WHOLE]
    others = [each for each in rest if not named & set(each.orders) and each.found not in quoted]
    return [_Clue(by, each.orders, each.found, each.closeness) for each in (*whole, *others)]


def _whole(text: str, by: MatchedBy, book: NumberBook) -> list[_Clue]:
    mentions: list[Mention] = book.mentions(text, loosely=False)
    return [_Clue(by, each.orders, each.found) for each in mentions if each.closeness is Closeness.WHOLE]


def _said(
    body: list[_Clue], subject: list[_Clue], envelope: list[_Clue], attached: list[_Clue], quoted: list[_Clue]
) -> list[_Clue]:
    """The clues that decide: the author's words, else the subject, else the thread, the address, the files, the quote."""
    for clues in (body, subject):
        if any(clue.orders for clue in clues):
            return clues
    unknown = [*body, *subject]
    if attached and not envelope:
        return attached
    for clues in (envelope[:1], attached, quoted[:1]):
        if clues:
            return [*clues, *unknown]
    return unknown


def _matches(said: list[_Clue], clues: list[_Clue]) -> list[Match]:
    sure = dict.fromkeys(clue.orders[0] for clue in said if len(clue.orders) == 1)
    found = []
    for number in sure:
        naming = [clue for clue in (*clues, *said) if clue.orders == (number,)]
        best = min(naming, key=lambda clue: _RANK.index(clue.by))
        words = min((clue for clue in said if clue.orders == (number,)), key=lambda clue: clue.closeness)
        found.append(Match(number, best.by, words.found, _doubts(number, naming, clues)))
    unsure = [clue for clue in said if len(clue.orders) != 1 and not set(clue.orders) & set(sure)]
    if unsure and not found:
        doubt = MatchDoubt.AMBIGUOUS if unsure[0].orders else MatchDoubt.UNKNOWN_NUMBER
        return [Match(None, unsure[0].by, unsure[0].found, (doubt,))]
    if any(not clue.orders for clue in unsure):
        found = [
            Match(each.order, each.matched_by, each.found, (*each.doubts, MatchDoubt.UNKNOWN_NUMBER)) for each in found
        ]
    return found


def _doubts(number: str, naming: list[_Clue], clues: list[_Clue]) -> tuple[MatchDoubt, ...]:
    doubts = []
    closeness = min(clue.closeness for clue in naming)
    if closeness is Closeness.LOOSE:
        doubts.append(MatchDoubt.LOOSELY_TYPED)
    if closeness is Closeness.MISTYPED:
        doubts.append(MatchDoubt.MISTYPED)
    thread = {
        clue.orders
        for clue in clues
        if clue.by in {MatchedBy.THREAD, MatchedBy.ADDRESS, MatchedBy.SUBJECT} and clue.orders
    }
    if any(number not in orders for orders in thread):
        doubts.append(MatchDoubt.THREAD_DISAGREES)
    return tuple(doubts)


def _checked(match: Match, orders: Iterable[PurchaseOrder], supplier: str | None) -> Match:
    """Tell when the order belongs to another supplier than the sender."""
    owner = next((order.supplier for order in orders if order.number == match.order), None)
    if owner is None or supplier is None or owner == supplier:
        return match
    return Match(match.order, match.matched_by, match.found, (*match.doubts, MatchDoubt.OTHER_SUPPLIER))


def _supplier_texts(segments: Iterable[Segment]) -> list[str]:
    return [segment.text for segment in segments if segment.label is Label.SUPPLIER]


def _quoted_texts(segments: Iterable[Segment]) -> list[str]:
    return [segment.text for segment in segments if segment.label in {Label.OURS, Label.HEADER, Label.UNKNOWN}]


def _bare(message_id: str) -> str:
    return message_id.strip().strip("<>").lower()
