"""What a reader needs to have at hand: an order's lines, a calendar, a desk."""

from datetime import date
from decimal import Decimal

from mail.reading.articles import articles_of
from mail.reading.dates import Calendar
from mail.reading.scan import Desk
from orders.purchase import OrderLine, PurchaseOrder

TODAY = date(2026, 11, 23)  # a Monday
DELIVERY = date(2026, 12, 1)


def order_lines(prefix: str) -> tuple[OrderLine, ...]:
    return (
        OrderLine(1, "OAT-1L", 120, "Oat drink 1 l", f"{prefix}-1001", 12, Decimal("4.20")),
        OrderLine(2, "RICE-1L", 60, "Rice drink 1 l", f"{prefix}-1002", 6, Decimal("3.10")),
        OrderLine(3, "GRAN-500", 48, "Granola nuts 500 g", f"{prefix}-1003", 8, Decimal("11.90")),
    )


def make_calendar(written: date = TODAY, country: str | None = "PL") -> Calendar:
    return Calendar(written, country)


def make_desk(country: str | None = "PL") -> Desk:
    order = PurchaseOrder("PO-2026-0142", "BALTIC", "PLN", order_lines("BF"), delivery_date=DELIVERY)
    return Desk(articles_of(order, (), ()), make_calendar(country=country), "PLN", frozenset({1, 2, 3}))
