"""When a supplier can be ordered from next, and after that: its order days, less the public holidays of its country."""

from datetime import date, timedelta

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.facts import weekdays
from rules.calendar import SiteCalendar
from store.tables.suppliers import SupplierRow

_EVERY_DAY = frozenset(range(1, 8))
CHANCES = {"supplier": pl.String, "wait": pl.Int64, "gap": pl.Int64}


def order_chances(session: Session, today: date) -> pl.DataFrame:
    """By supplier that keeps order days: days until the next one (0 is today), and from that to the one after it.

    A plan of today can only be ordered on that day, and what is ordered then must last until the order after it arrives.
    """
    suppliers = session.execute(
        select(SupplierRow.id, SupplierRow.order_weekdays, SupplierRow.country).where(SupplierRow.order_weekdays != "")
    )
    found = []
    for key, text, country in suppliers:
        calendar = SiteCalendar(country, _EVERY_DAY - weekdays(text))
        first = calendar.open_day_from(today)
        second = calendar.open_day_from(first + timedelta(days=1)) if first else None
        if first and second:
            found.append((str(key), (first - today).days, (second - first).days))
    return pl.DataFrame(found, schema=CHANCES, orient="row")
