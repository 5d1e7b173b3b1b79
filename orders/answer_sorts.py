"""What sort of answer a supplier gave, taken as a whole: the ladder of autonomy is climbed for each sort alone."""

from enum import StrEnum

from orders.purchase import OrderLine, PurchaseOrder
from orders.reply import LineReading, OrderResponse, Outcome


class AnswerSort(StrEnum):
    """How an understood answer differs from the order; `MIXED` when it differs in several ways."""

    ACCEPTED = "accepted"  # every line as ordered
    FEWER = "fewer"  # less of some lines
    MORE = "more"
    CHEAPER = "cheaper"
    DEARER = "dearer"
    EARLIER = "earlier"
    LATER = "later"
    SPLIT = "split"  # a line comes in several deliveries
    BACKORDERED = "backordered"
    REJECTED = "rejected"
    SUBSTITUTED = "substituted"
    PARTIAL = "partial"  # some lines are not mentioned
    MIXED = "mixed"
    UNREAD = "unread"  # not understood


# Never booked with nobody looking, whatever was earned: more goods, a higher price, another article, less than nothing.
EARNABLE = (AnswerSort.FEWER, AnswerSort.LATER, AnswerSort.EARLIER, AnswerSort.CHEAPER)
_BY_OUTCOME = {
    Outcome.BACKORDERED: AnswerSort.BACKORDERED,
    Outcome.REJECTED: AnswerSort.REJECTED,
    Outcome.SUBSTITUTED: AnswerSort.SUBSTITUTED,
    Outcome.UNMENTIONED: AnswerSort.PARTIAL,
}
# What the rules find of an answer of this sort by its very nature; any other finding still asks for a person.
FINDINGS_OF_SORT = {
    AnswerSort.FEWER: frozenset({"quantity-below"}),
    AnswerSort.LATER: frozenset({"date-later"}),
    AnswerSort.EARLIER: frozenset({"date-earlier"}),
    AnswerSort.CHEAPER: frozenset({"price-lowered"}),
}


def sort_of(order: PurchaseOrder, response: OrderResponse) -> AnswerSort:
    """The sort of an answer. Raises LineNotFound when it names a line that the order does not have."""
    if not response.understood or not response.lines:
        return AnswerSort.UNREAD
    found = {sort for reading in response.lines for sort in _of_line(order, order.line_at(reading.line), reading)}
    if {line.line for line in order.lines} - {reading.line for reading in response.lines}:
        found.add(AnswerSort.PARTIAL)
    if not found:
        return AnswerSort.ACCEPTED
    return found.pop() if len(found) == 1 else AnswerSort.MIXED


def _of_line(order: PurchaseOrder, line: OrderLine, reading: LineReading) -> set[AnswerSort]:
    if reading.outcome in _BY_OUTCOME:
        return {_BY_OUTCOME[reading.outcome]}
    if reading.outcome is Outcome.ACCEPTED:
        return set()
    found = set()
    if reading.quantity is not None and reading.quantity != line.quantity:
        found.add(AnswerSort.FEWER if reading.quantity < line.quantity else AnswerSort.MORE)
    if reading.unit_price is not None and reading.unit_price != line.unit_price:
        is_lower = line.unit_price is not None and reading.unit_price < line.unit_price
        found.add(AnswerSort.CHEAPER if is_lower else AnswerSort.DEARER)
    if len(reading.deliveries) > 1:
        found.add(AnswerSort.SPLIT)
    for each in reading.deliveries:
        if each.date is not None and each.date != order.delivery_date:
            is_earlier = order.delivery_date is not None and each.date < order.delivery_date
            found.add(AnswerSort.EARLIER if is_earlier else AnswerSort.LATER)
        elif each.date is None:
            found.add(AnswerSort.BACKORDERED)
    return found or {AnswerSort.MIXED}
