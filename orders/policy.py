"""Whether a reading may be booked with nobody looking: apply, review or ignore, and why."""

from collections.abc import Iterable, Sequence

from orders.purchase import PurchaseOrder
from orders.reply import Decision, Kind, LineReading, OrderResponse, Outcome, Reason

_TOLD_BY_KIND = {
    Kind.BOUNCE: "kind-bounce",
    Kind.QUESTION: "kind-question",
    Kind.SHIP_NOTICE: "kind-ship-notice",
    Kind.INVOICE: "kind-invoice",
    Kind.OTHER: "kind-other",
}


def decide(
    kind: Kind,
    responses: Sequence[OrderResponse],
    orders: Sequence[PurchaseOrder],
    *,
    trusted: bool,
    ignorable: bool,
    doubts: Sequence[Reason] = (),
) -> tuple[Decision, tuple[Reason, ...]]:
    """The default policy: only a trusted, understood answer that accepts every line as ordered is applied.

    `doubts` are the reader's own reasons against booking; `ignorable` says that there is nothing to do (newsletters,
    automatic replies). Nothing here can turn a review into an apply.
    """
    if kind is Kind.AUTO_REPLY or ignorable:
        return Decision.IGNORE, (Reason("ignorable"),)
    reasons = list(doubts)
    if kind in _TOLD_BY_KIND:
        reasons.append(Reason(_TOLD_BY_KIND[kind]))
    if not trusted:
        reasons.append(Reason("sender-untrusted"))
    by_number = {order.number: order for order in orders}
    for response in responses:
        reasons += _about(response, by_number.get(response.order or ""))
    reasons = list(dict.fromkeys(reasons))
    if kind is Kind.ORDER_RESPONSE and responses and not reasons:
        return Decision.APPLY, ()
    return Decision.REVIEW, tuple(reasons or [Reason("nothing-to-book")])


def _about(response: OrderResponse, order: PurchaseOrder | None) -> Iterable[Reason]:
    """What one response holds that a person must see."""
    if response.order is None:
        return (Reason("order-undecided"),)
    if order is None:
        return (Reason("order-unknown", (("order", response.order),)),)
    found: list[Reason] = []
    if not response.understood:
        found.append(Reason("not-understood", (("order", response.order),)))
    for line in response.lines:
        found += _differences(line, order)
    if not response.lines:
        found.append(Reason("no-lines", (("order", response.order),)))
    return found


def _differences(reading: LineReading, order: PurchaseOrder) -> Iterable[Reason]:
    """How a line's reading differs from what was ordered."""
    at = (("line", reading.line),)
    if reading.outcome is Outcome.ACCEPTED:
        return ()
    if reading.outcome is not Outcome.CHANGED:
        return (Reason(f"line-{reading.outcome.value}", at),)
    ordered = order.line_at(reading.line)
    found: list[Reason] = []
    if reading.quantity is not None and reading.quantity < ordered.quantity:
        found.append(Reason("quantity-below", at))
    if reading.quantity is not None and reading.quantity > ordered.quantity:
        found.append(Reason("quantity-above", at))
    if reading.unit_price != ordered.unit_price:
        higher = None not in (reading.unit_price, ordered.unit_price) and reading.unit_price > ordered.unit_price  # type: ignore[operator]
        found.append(Reason("price-higher" if higher else "price-differs", at))
    if len(reading.deliveries) > 1:
        found.append(Reason("split", at))
    elif any(each.date != order.delivery_date for each in reading.deliveries):
        found.append(Reason("date-differs", at))
    return found or (Reason("line-changed", at),)
