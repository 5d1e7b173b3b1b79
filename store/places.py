"""Enters locations."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.tables.catalogue import LocationRow


def add_place(
    session: Session, code: str, name: str, *, timezone: str, country: str | None = None, address: str = ""
) -> int:
    """Enter a location, or bring the one with this code up to date; returns the key."""
    row = session.scalar(select(LocationRow).where(LocationRow.code == code))
    if row is None:
        row = LocationRow(code=code, name=name)
        session.add(row)
    row.name, row.timezone, row.country, row.address = name, timezone, country, address
    session.flush()
    return row.id
