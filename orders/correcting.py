"""Figures that a person types beside what was read: the same line, as the person understands the supplier."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from orders.purchase import Delivery, OrderLine, PurchaseOrder
from orders.refusals import Refusal
from orders.reply import Evidence, LineReading, Outcome, decimal_text

_PART = re.compile(r"(?:(\d+)\s*=\s*)?(\d{4}-\d{2}-\d{2}|\?)")
_BETWEEN = re.compile(r"\s*[,;\n]\s*")


class FigureUnreadable(Refusal):
    """A typed figure cannot be used; `field` is quantity, price or deliveries."""

    code = "figure-unreadable"

    def __init__(self, line: int, field: str, typed: str) -> None:
        super().__init__(line=line, field=field, typed=typed)


@dataclass(frozen=True, slots=True)
class TypedLine:
    """What stands in a line's fields: pieces, price of one, and deliveries as `deliveries_text` writes them."""

    line: int
    quantity: str = ""
    price: str = ""
    deliveries: str = ""


def typed_line(line: OrderLine, reading: LineReading | None) -> TypedLine:
    """The fields as they stand before anything is typed: what was read of the line."""
    if reading is None or reading.outcome is Outcome.UNMENTIONED:
        return TypedLine(line.line)
    if reading.outcome is Outcome.REJECTED:
        return TypedLine(line.line, "0")
    quantity = line.quantity if reading.quantity is None else reading.quantity
    price = decimal_text(reading.unit_price) or ""
    told = "?" if reading.outcome is Outcome.BACKORDERED else deliveries_text(reading.deliveries, quantity)
    return TypedLine(line.line, str(quantity), price, told)


def deliveries_text(deliveries: Sequence[Delivery], quantity: int) -> str:
    """One day for all of it, else parts: "60 = 2026-12-03, 24 = ?"; a question mark stands for no firm date."""
    days = [each.date.isoformat() if each.date else "?" for each in deliveries]
    if len(deliveries) == 1 and deliveries[0].quantity == quantity:
        return days[0]
    return ", ".join(f"{each.quantity} = {day}" for each, day in zip(deliveries, days, strict=True))


def corrected(order: PurchaseOrder, typed: TypedLine, evidence: tuple[Evidence, ...] = ()) -> LineReading:
    """The line's reading as typed; an empty quantity means that the supplier said nothing of it.

    Raises FigureUnreadable, LineNotFound.
    """
    line = order.line_at(typed.line)
    quantity = _quantity(typed)
    if quantity is None:
        return LineReading(line.line, Outcome.UNMENTIONED)
    if quantity == 0:
        return LineReading(line.line, Outcome.REJECTED, 0, evidence=evidence)
    price = _price(typed)
    if typed.deliveries.strip() == "?":
        return LineReading(line.line, Outcome.BACKORDERED, quantity, evidence=evidence)
    deliveries = _deliveries(typed, quantity)
    agreed_price = line.unit_price if price is None else price
    is_as_ordered = (
        quantity == line.quantity
        and agreed_price == line.unit_price
        and all(each.date == order.delivery_date for each in deliveries)
    )
    outcome = Outcome.ACCEPTED if is_as_ordered else Outcome.CHANGED
    return LineReading(line.line, outcome, quantity, agreed_price, deliveries, None, evidence)


def _quantity(typed: TypedLine) -> int | None:
    text = typed.quantity.strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise FigureUnreadable(typed.line, "quantity", text)
    return int(text)


def _price(typed: TypedLine) -> Decimal | None:
    text = typed.price.strip().replace(",", ".")
    if not text:
        return None
    try:
        price = Decimal(text)
    except InvalidOperation as error:
        raise FigureUnreadable(typed.line, "price", typed.price) from error
    if not price.is_finite() or price < 0:
        raise FigureUnreadable(typed.line, "price", typed.price)
    return price


def _deliveries(typed: TypedLine, quantity: int) -> tuple[Delivery, ...]:
    """Deliveries that sum to the quantity, else the text cannot be meant."""
    text = typed.deliveries.strip()
    if not text:
        return ()
    found = [_delivery(typed, part, quantity) for part in _BETWEEN.split(text) if part]
    if sum(each.quantity for each in found) != quantity:
        raise FigureUnreadable(typed.line, "deliveries", text)
    return tuple(found)


def _delivery(typed: TypedLine, part: str, quantity: int) -> Delivery:
    match = _PART.fullmatch(part)
    if match is None:
        raise FigureUnreadable(typed.line, "deliveries", part)
    try:
        day = None if match[2] == "?" else date.fromisoformat(match[2])
    except ValueError as error:
        raise FigureUnreadable(typed.line, "deliveries", part) from error
    return Delivery(day, int(match[1]) if match[1] else quantity)
