"""A message to a reading: the one function that the mailbox listener and the command line both call."""

from collections.abc import Sequence
from dataclasses import replace

from mail.machine import Machine, MachineKind, machine
from mail.matching import Match, MatchDoubt, Verifier, match_orders
from mail.message import Message
from mail.reading.answering import Evidenced, respond
from mail.reading.opened import Opened
from mail.reading.verdict import Circumstance, kind_of
from mail.segments.dividing import segments
from mail.segments.segment import Segment
from mail.segments.sent import SentMail
from mail.trust import Sender, judge_sender
from orders.context import ReadingContext
from orders.policy import decide
from orders.reply import Kind, MatchedBy, OrderResponse, Reading, Reason

_SERIOUS = (MatchDoubt.OTHER_SUPPLIER, MatchDoubt.AMBIGUOUS, MatchDoubt.UNKNOWN_NUMBER)


def read(
    message: Message,
    context: ReadingContext,
    *,
    attachments: Sequence[Opened] = (),
    sent: SentMail | None = None,
    divided: Sequence[Segment] | None = None,
    verify: Verifier | None = None,
) -> Reading:
    """Tell what a message says of our orders. Never raises on anything that a sender can write.

    `sent` is our own mail that it answers; `divided` its segments, where somebody has needed them before.
    """
    origin = machine(message)
    sender = judge_sender(message, context)
    if origin.kind is MachineKind.BOUNCE:
        return _bounce(message, origin, sender, context)
    divided = segments(message, sent) if divided is None else divided
    matches = match_orders(
        message,
        divided,
        context,
        supplier=sender.supplier,
        attachment_texts=[text for each in attachments for text in (each.order_key, each.text) if text],
        verify=verify,
    )
    orders = {order.number: order for order in context.orders}
    known = [match for match in matches if match.order in orders]
    found = respond(message, context, divided, known, attachments, sender)
    keys = [each.order_key for each in attachments if each.order_key]
    return _judged(message, origin, sender, context, matches, found, keys)


def _bounce(message: Message, origin: Machine, sender: Sender, context: ReadingContext) -> Reading:
    """A delivery report: the order whose mail came back is named, nothing is read."""
    returned = [order for order in context.orders if order.message_id and order.message_id == origin.returned_id]
    responses = tuple(OrderResponse(order.number, None, understood=False) for order in returned)
    decision, reasons = decide(Kind.BOUNCE, responses, context.orders, trusted=sender.trusted, ignorable=False)
    return Reading(message.message_id, Kind.BOUNCE, sender.supplier, sender.trusted, responses, decision, reasons)


def _judged(
    message: Message,
    origin: Machine,
    sender: Sender,
    context: ReadingContext,
    matches: Sequence[Match],
    found: Evidenced,
    keys: Sequence[str],
) -> Reading:
    """Kind, decision and reasons."""
    kind = kind_of(
        found.heard,
        Circumstance(
            origin,
            matched=bool(found.responses),
            named=any(match.matched_by is not MatchedBy.SENDER for match in matches),
            speaks=found.speaks,
            names_lines=found.names_lines,
            is_invoice=found.is_invoice,
            is_notice=found.is_notice,
        ),
    )
    ignorable = kind is Kind.OTHER and (origin.kind is MachineKind.NEWSLETTER or (found.heard.promotes and not matches))
    responses = () if ignorable else _responses(kind, found, matches)
    reasons = [Reason(f"doubt-{doubt.value}", (("order", order),)) for order, doubt in found.doubts]
    reasons += [
        Reason(f"match-{doubt.value}", (("order", match.order or match.found),))
        for match in matches
        for doubt in match.doubts
        if doubt is not MatchDoubt.LOOSELY_TYPED  # the contract takes an end that only one order has
    ]
    named = {match.order for match in matches}
    reasons += [Reason("match-file-disagrees", (("order", key),)) for key in dict.fromkeys(keys) if key not in named]
    reasons += [Reason(f"sender-{reason.value}") for reason in sender.reasons]
    if found.heard.replaces:
        reasons.append(Reason("replaces-earlier"))
    decision, told = decide(
        kind,
        responses,
        context.orders,
        trusted=sender.trusted,
        ignorable=ignorable,
        doubts=tuple(reasons),
        terms=context.terms,
    )
    return Reading(message.message_id, kind, sender.supplier, sender.trusted, responses, decision, told)


def _responses(kind: Kind, found: Evidenced, matches: Sequence[Match]) -> tuple[OrderResponse, ...]:
    """The responses as the kind allows: an automatic reply has none, a question is never understood."""
    if kind is Kind.AUTO_REPLY:
        return ()
    if kind is Kind.OTHER and all(match.matched_by is MatchedBy.SENDER for match in matches):
        return ()
    undecided = any(match.order is None for match in matches)
    if not found.responses:
        if undecided or (found.speaks and kind in (Kind.ORDER_RESPONSE, Kind.SHIP_NOTICE)):
            return (OrderResponse(None, None, understood=False),)
        return ()
    certain = kind in (Kind.ORDER_RESPONSE, Kind.SHIP_NOTICE)
    responses = found.responses if certain else tuple(replace(each, understood=False) for each in found.responses)
    serious = {match.order for match in matches if any(doubt in _SERIOUS for doubt in match.doubts)}
    return tuple(replace(each, understood=each.understood and each.order not in serious) for each in responses)
