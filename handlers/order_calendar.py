"""When a supplier can be ordered from next, and after that: its order days, its cut-off hour, its country's public holidays."""

from datetime import date, time, timedelta

import polars as pl
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from handlers.facts import weekdays
from rules.calendar import SiteCalendar
from store.tables.suppliers import SupplierRow

_EVERY_DAY = frozenset(range(1, 8))
_WEEKEND = frozenset({6, 7})
CHANCES = {"supplier": pl.String, "wait": pl.Int64, "gap": pl.Int64}


def order_chances(session: Session, today: date, *, at: time | None = None) -> pl.DataFrame:
    """By supplier with order days or a cut-off: days until the next chance (0 is today), and from that to the one after it.

    A plan of today can only be ordered then, and what is ordered must last until the order after it arrives. `at` is the
    hour at which it is asked; None is before every cut-off. Without order days, a cut-off holds for working days.
    """
    suppliers = session.execute(
        select(SupplierRow.id, SupplierRow.order_weekdays, SupplierRow.order_cutoff, SupplierRow.country).where(
            or_(SupplierRow.order_weekdays != "", SupplierRow.order_cutoff != "")
        )
    )
    found = []
    for key, text, cutoff, country in suppliers:
        calendar = SiteCalendar(country, _EVERY_DAY - weekdays(text) if text else _WEEKEND)
        is_late = bool(cutoff) and at is not None and at >= time.fromisoformat(cutoff)
        chances = next_chances(calendar, today, is_late=is_late)
        if chances is not None:
            found.append((str(key), *chances))
    return pl.DataFrame(found, schema=CHANCES, orient="row")


def next_chances(calendar: SiteCalendar, today: date, *, is_late: bool) -> tuple[int, int] | None:
    """Days until the next open day, and from that to the one after it; an order that comes late counts as tomorrow's.

    None when the supplier takes no orders for as far as the calendar looks.
    """
    first = calendar.open_day_from(today + timedelta(days=int(is_late)))
    second = calendar.open_day_from(first + timedelta(days=1)) if first else None
    return ((first - today).days, (second - first).days) if first and second else None
