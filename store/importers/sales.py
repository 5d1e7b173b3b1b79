"""Imports daily sales, by the million: rows go into a temporary table, and the database adds up and merges them.

A product, place and day may stand on many rows (one a receipt); they are added up. What a file says of a day replaces what
was known of it, so that a second import of the same file changes nothing.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Integer,
    MetaData,
    Table,
    case,
    func,
    insert,
    or_,
    select,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from store.column_types import ExactDecimal
from store.importers import values
from store.importers.cells import BadCell
from store.importers.codes import Codes
from store.importers.outcome import Change, Outcome
from store.importers.record import Circumstances, Field, ImportKind, Record, Writing
from store.tables.sales import DailySalesRow

_SHOWN = 50  # changed days that a report names


def _temporary(name: str, *, is_key: bool) -> Table:
    return Table(
        name,
        MetaData(),
        Column("product_id", BigInteger, primary_key=is_key, nullable=False, autoincrement=False),
        Column("location_id", BigInteger, primary_key=is_key, nullable=False),
        Column("day", Date, primary_key=is_key, nullable=False),
        Column("quantity", ExactDecimal, nullable=False),
        Column("price", ExactDecimal),
        Column("is_promotion", Integer),
        Column("stocked_out", Integer),
        prefixes=["TEMPORARY"],
    )


_staged = _temporary("staged_sales", is_key=False)
_days = _temporary("staged_days", is_key=True)
_KEY = ("product_id", "location_id", "day")


class _Sales:
    def __init__(self, session: Session, outcome: Outcome, around: Circumstances) -> None:
        self._session = session
        self._outcome = outcome
        self._around = around
        self._codes = Codes(session)
        self._tomorrow = around.now.date() + timedelta(days=1)  # the day may be one ahead east of Greenwich
        self._staged_rows, self._is_settled = 0, False
        _staged.create(session.connection())

    def write(self, records: Sequence[Record]) -> None:
        """Put the records into the temporary table."""
        rows = [row for record in records if (row := self._row(record))]
        if rows:
            self._session.connection().execute(insert(_staged), rows)
            self._staged_rows += len(rows)

    def settle(self) -> None:
        """Add up the rows of each product, place and day."""
        connection = self._session.connection()
        _days.create(connection)
        connection.execute(insert(_days).from_select([column.name for column in _days.columns], _added_up()))
        _staged.drop(connection)
        self._is_settled = True

    def finish(self) -> None:
        """Count what differs, and merge."""
        if not self._is_settled:
            self.settle()
        known = DailySalesRow.__table__
        joined = _days.outerjoin(known, *_same_key(known))
        differs = or_(*(value.is_distinct_from(known.c[name]) for name, value in _values(known).items()))
        is_new = known.c.product_id.is_(None)
        total, new, changed = self._session.execute(
            select(
                func.count(),
                func.coalesce(func.sum(case((is_new, 1), else_=0)), 0),
                func.coalesce(func.sum(case((~is_new & differs, 1), else_=0)), 0),
            ).select_from(joined)
        ).one()
        self._outcome.created += new
        self._outcome.changed += changed
        self._outcome.unchanged += total - new - changed
        self._outcome.added_up += self._staged_rows - total
        self._show(joined, known, ~is_new & differs)
        if new or changed:
            self._merge(joined)
        _days.drop(self._session.connection())

    def _row(self, record: Record) -> dict[str, Any] | None:
        column = "product"
        try:
            product = self._codes.product(record.values["product"])
            column = "location"
            place, _ = self._codes.place(record.values.get("location", self._around.location))
        except BadCell as bad:
            self._outcome.refuse(record.row, bad.code, column, **bad.facts)
            return None
        day: date = record.values["day"]
        if day > self._tomorrow:
            self._outcome.refuse(record.row, "day-ahead", "day", shown=day.isoformat())
            return None
        return {
            "product_id": product,
            "location_id": place,
            "day": day,
            "quantity": record.values["quantity"],
            "price": record.values.get("price"),
            "is_promotion": record.values.get("is_promotion"),
            "stocked_out": record.values.get("stocked_out"),
        }

    def _show(self, joined: Any, known: Any, is_changed: Any) -> None:
        found = self._session.execute(
            select(_days.c.day, known.c.quantity, _days.c.quantity).select_from(joined).where(is_changed).limit(_SHOWN)
        )
        for day, before, after in found:
            self._outcome.add_change(Change(0, day.isoformat(), "quantity", str(before), str(after)))

    def _merge(self, joined: Any) -> None:
        dialect = postgresql if self._session.get_bind().dialect.name == "postgresql" else sqlite
        known = DailySalesRow.__table__
        values = _values(known)
        source = (
            select(*(_days.c[name] for name in _KEY), *(value.label(name) for name, value in values.items()))
            .select_from(joined)
            .where(true())  # SQLite cannot else tell ON CONFLICT from a join's ON (sqlite.org/lang_upsert.html)
        )
        statement = dialect.insert(DailySalesRow).from_select([*_KEY, *values], source)
        new = {name: statement.excluded[name] for name in values}
        differs = or_(*(value.is_distinct_from(known.c[name]) for name, value in new.items()))
        self._session.execute(statement.on_conflict_do_update(index_elements=list(_KEY), set_=new, where=differs))


def _added_up() -> Any:
    """The staged rows added up; of several prices the highest, of several marks the gravest."""
    return select(
        *(_staged.c[name] for name in _KEY),
        func.sum(_staged.c.quantity, type_=ExactDecimal()),
        func.max(_staged.c.price, type_=ExactDecimal()),
        func.max(_staged.c.is_promotion),
        func.max(_staged.c.stocked_out),
    ).group_by(*(_staged.c[name] for name in _KEY))


def _values(known: Any) -> dict[str, Any]:
    """The values after the merge: what the file does not say stays as it was."""
    days = _days
    promoted = case((days.c.is_promotion.is_(None), None), (days.c.is_promotion > 0, true()), else_=~true())
    return {
        "quantity": days.c.quantity,
        "price": func.coalesce(days.c.price, known.c.price),
        "is_promotion": func.coalesce(promoted, known.c.is_promotion, ~true(), type_=Boolean()),
        "stocked_out": func.coalesce(days.c.stocked_out, known.c.stocked_out, 0),
    }


def _same_key(known: Any) -> tuple[Any]:
    first, *others = (_days.c[name] == known.c[name] for name in _KEY)
    for other in others:
        first &= other
    return (first,)


SALES = ImportKind(
    "sales",
    (
        Field("product", lambda cell, _: values.code(cell), is_required=True),
        Field("day", values.day, Writing.DAY, is_required=True),
        Field("quantity", values.decimal, Writing.NUMBER, is_required=True),
        Field("location", lambda cell, _: values.code(cell)),
        Field("price", lambda cell, style: values.decimal(cell, style, least=0), Writing.NUMBER),
        Field("is_promotion", lambda cell, _: int(values.yes(cell))),
        Field("stocked_out", lambda cell, _: _stock_out(cell)),
    ),
    _Sales,
    _Sales,
)


def _stock_out(cell: Any) -> int:
    """0 in stock, 1 sold out during the day, 2 empty from the opening on; yes means 1."""
    if cell in (2.0, "2") and not isinstance(cell, bool):
        return 2
    return int(values.yes(cell))
