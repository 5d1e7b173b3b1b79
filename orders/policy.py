"""Whether a reading may be booked with nobody looking: apply, review or ignore, and why."""

from collections.abc import Iterable, Sequence

from orders.answer_sorts import AnswerSort, sort_of
from orders.booking_terms import DEFAULT_TERMS, BookingTerms
from orders.purchase import OrderLine, PurchaseOrder
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
    terms: BookingTerms = DEFAULT_TERMS,
) -> tuple[Decision, tuple[Reason, ...]]:
    """Only a trusted, understood answer that accepts every line as ordered is applied, unless `terms` allow more.

    `doubts` are the reader's own reasons against booking; `ignorable` says that there is nothing to do (newsletters,
    automatic replies). Nothing that comes after this can turn a review into an apply.
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
        reasons += _about(response, by_number.get(response.order or ""), terms)
    reasons = list(dict.fromkeys(reasons))
    if kind is Kind.ORDER_RESPONSE and responses and not reasons:
        return Decision.APPLY, ()
    return Decision.REVIEW, tuple(reasons or [Reason("nothing-to-book")])


def _about(response: OrderResponse, order: PurchaseOrder | None, terms: BookingTerms) -> Iterable[Reason]:
    """What one response holds that a person must see."""
    if response.order is None:
        return (Reason("order-undecided"),)
    if order is None:
        return (Reason("order-unknown", (("order", response.order),)),)
    found: list[Reason] = []
    if not response.understood:
        found.append(Reason("not-understood", (("order", response.order),)))
    if not response.lines:
        return [*found, Reason("no-lines", (("order", response.order),))]
    sort, bookable = sort_of(order, response), terms.sorts_of(order.supplier)
    if sort is AnswerSort.ACCEPTED and sort not in bookable:
        found.append(Reason("autonomy-lost"))
    if sort not in bookable:
        for line in response.lines:
            found += _differences(line, order, terms)
        said = {reading.line for reading in response.lines}
        found += [Reason("line-unmentioned", (("line", each.line),)) for each in order.lines if each.line not in said]
    return found


def _differences(reading: LineReading, order: PurchaseOrder, terms: BookingTerms) -> Iterable[Reason]:
    """How a line's reading differs from what was ordered, as far as no tolerance covers it."""
    at = (("line", reading.line),)
    if reading.outcome is Outcome.ACCEPTED:
        return ()
    if reading.outcome is not Outcome.CHANGED:
        return (Reason(f"line-{reading.outcome.value}", at),)
    ordered, allowed = order.line_at(reading.line), terms.tolerances
    codes = [
        (
            _quantity_code(ordered, reading),
            reading.quantity is None or allowed.allow_quantity(ordered, reading.quantity),
        ),
        (_price_code(ordered, reading), allowed.allow_price(ordered, reading.unit_price)),
        (_days_code(order, reading), _are_days_allowed(order, reading, terms)),
    ]
    differing = [(code, is_allowed) for code, is_allowed in codes if code is not None]
    if not differing:
        return (Reason("line-changed", at),)
    return [Reason(code, at) for code, is_allowed in differing if not is_allowed]


def _quantity_code(ordered: OrderLine, reading: LineReading) -> str | None:
    if reading.quantity is None or reading.quantity == ordered.quantity:
        return None
    return "quantity-below" if reading.quantity < ordered.quantity else "quantity-above"


def _price_code(ordered: OrderLine, reading: LineReading) -> str | None:
    if reading.unit_price == ordered.unit_price:
        return None
    if reading.unit_price is None or ordered.unit_price is None:
        return "price-differs"
    return "price-higher" if reading.unit_price > ordered.unit_price else "price-differs"


def _days_code(order: PurchaseOrder, reading: LineReading) -> str | None:
    if len(reading.deliveries) > 1:
        return "split"
    return "date-differs" if any(each.date != order.delivery_date for each in reading.deliveries) else None


def _are_days_allowed(order: PurchaseOrder, reading: LineReading, terms: BookingTerms) -> bool:
    """Several deliveries of one line are always a person's business."""
    return len(reading.deliveries) <= 1 and all(terms.tolerances.allow_day(order, each) for each in reading.deliveries)
