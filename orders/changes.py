"""What a supplier's answer changes on an order: the comparison that the card shows and the booking that follows it."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from orders.purchase import Delivery, LineState, OrderLine, PurchaseOrder
from orders.reply import LineReading, OrderResponse, Outcome, decimal_text


class ChangeKind(StrEnum):
    """Which figure of a line differs from the order."""

    CONFIRMED = "confirmed"  # as ordered
    QUANTITY = "quantity"
    PRICE = "price"
    DELIVERIES = "deliveries"
    BACKORDERED = "backordered"
    REJECTED = "rejected"
    SUBSTITUTE = "substitute"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference on one line, both sides as plain text values that a card or the journal can show."""

    line: int
    kind: ChangeKind
    before: str | None = None
    after: str | None = None


def changes(order: PurchaseOrder, response: OrderResponse) -> tuple[Change, ...]:
    """Every difference between the order and the answer, line by line; unmentioned lines give none.

    Raises LineNotFound when the answer names a line that the order does not have.
    """
    return tuple(change for reading in response.lines for change in _line_changes(order, reading))


def _line_changes(order: PurchaseOrder, reading: LineReading) -> list[Change]:
    if reading.outcome is Outcome.UNMENTIONED:
        return []
    line = order.line_at(reading.line)
    if reading.outcome is Outcome.REJECTED:
        return [Change(line.line, ChangeKind.REJECTED, str(line.quantity), "0")]
    if reading.outcome is Outcome.SUBSTITUTED:
        offered = reading.substitute.supplier_code or reading.substitute.description if reading.substitute else None
        return [Change(line.line, ChangeKind.SUBSTITUTE, line.supplier_code or line.sku, offered)]
    found = _figures(order, line, reading)
    if reading.outcome is Outcome.BACKORDERED:
        return [Change(line.line, ChangeKind.BACKORDERED, _day(order), None), *found]
    return found or [Change(line.line, ChangeKind.CONFIRMED, str(line.quantity), str(line.quantity))]


def _figures(order: PurchaseOrder, line: OrderLine, reading: LineReading) -> list[Change]:
    found = []
    if reading.quantity is not None and reading.quantity != line.quantity:
        found.append(Change(line.line, ChangeKind.QUANTITY, str(line.quantity), str(reading.quantity)))
    if reading.unit_price is not None and reading.unit_price != line.unit_price:
        found.append(
            Change(line.line, ChangeKind.PRICE, decimal_text(line.unit_price), decimal_text(reading.unit_price))
        )
    if reading.deliveries and any(each.date != order.delivery_date for each in reading.deliveries):
        found.append(Change(line.line, ChangeKind.DELIVERIES, _day(order), delivery_text(reading.deliveries)))
    return found


def contradicts(order: PurchaseOrder, response: OrderResponse) -> bool:
    """True when a line of this order is booked already with another quantity, price or day than the answer gives.

    An answer that names no day says that the order's own stands.
    """
    booked_lines = {line.line: line for line in order.lines if line.confirmed_quantity is not None}
    for reading in response.lines:
        line = booked_lines.get(reading.line)
        if line is None or reading.outcome is Outcome.UNMENTIONED:
            continue
        is_other_quantity = reading.quantity is not None and reading.quantity != line.confirmed_quantity
        is_other_price = reading.unit_price is not None and reading.unit_price != line.price
        if is_other_quantity or is_other_price or _days(order, line.deliveries) != _days(order, reading.deliveries):
            return True
    return False


def _days(order: PurchaseOrder, deliveries: tuple[Delivery, ...]) -> set[date | None]:
    return {each.date for each in deliveries} or {order.delivery_date}


def _day(order: PurchaseOrder) -> str | None:
    return order.delivery_date.isoformat() if order.delivery_date else None


def delivery_text(deliveries: tuple[Delivery, ...]) -> str:
    """Deliveries as plain text: "96 on 2026-12-03, 24 later"."""
    return ", ".join(
        f"{each.quantity} on {each.date.isoformat()}" if each.date else f"{each.quantity} later" for each in deliveries
    )


def booked(line: OrderLine, reading: LineReading) -> OrderLine:
    """The line after this answer is booked. A substitute or an unmentioned line changes nothing by itself."""
    if reading.outcome in {Outcome.UNMENTIONED, Outcome.SUBSTITUTED}:
        return line
    if reading.outcome is Outcome.REJECTED:
        return replace(line, state=LineState.REJECTED, confirmed_quantity=0, deliveries=())
    quantity = line.quantity if reading.quantity is None else reading.quantity
    price: Decimal | None = line.unit_price if reading.unit_price is None else reading.unit_price
    state = LineState.BACKORDERED if reading.outcome is Outcome.BACKORDERED else LineState.CONFIRMED
    if line.received:
        state = LineState.RECEIVED if line.received >= quantity else LineState.PARTLY_RECEIVED
    return replace(line, state=state, confirmed_quantity=quantity, confirmed_price=price, deliveries=reading.deliveries)
