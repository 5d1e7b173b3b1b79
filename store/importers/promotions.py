"""Imports planned promotions: which product is offered where, from which day to which."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from store.importers import values
from store.importers.cells import BadCell
from store.importers.codes import Codes
from store.importers.outcome import Change, Outcome
from store.importers.record import Circumstances, Field, ImportKind, Record, Writing
from store.importers.upsert import Repeats, count, set_values
from store.tables.promotions import PlannedPromotionRow

_Key = tuple[int, int, date]  # product, place and first day


class _Promotions:
    """A promotion is known by product, place and first day; without a place it is held at all of them."""

    def __init__(self, session: Session, outcome: Outcome, around: Circumstances) -> None:
        self._session = session
        self._outcome = outcome
        self._around = around
        self._codes = Codes(session)
        self._repeats = Repeats()

    def write(self, records: Sequence[Record]) -> None:
        """Upsert, and take away what was called off."""
        found = [(key, record) for record in records for key in self._keys(record)]
        row = PlannedPromotionRow
        rows = self._session.scalars(
            select(row).where(
                tuple_(row.product_id, row.location_id, row.first_day).in_([key for key, _ in found]),
            )
        )
        known = {(each.product_id, each.location_id, each.first_day): each for each in rows}
        for key, record in found:
            self._write(key, record, known.get(key))
        self._session.flush()

    def finish(self) -> None:
        """Nothing is left to do."""

    def _keys(self, record: Record) -> list[_Key]:
        first, last = record.values["first_day"], record.values["last_day"]
        column = "product"
        try:
            product = self._codes.product(record.values["product"])
            column = "location"
            named = record.values.get("location", self._around.location)
            places = self._codes.every_place() if named is None else [self._codes.place(named)[0]]
        except BadCell as bad:
            self._outcome.refuse(record.row, bad.code, column, **bad.facts)
            return []
        if last < first:
            self._outcome.refuse(record.row, "ends-before-it-begins", "last_day", first=first, last=last)
            return []
        fresh = []
        for place in places:
            is_same, row = self._repeats.first((product, place, first), record)
            if row and not is_same:
                self._outcome.refuse(record.row, "repeated", "product", shown=_thing(record), first=row)
            elif not row:
                fresh.append((product, place, first))
        return fresh

    def _write(self, key: _Key, record: Record, row: PlannedPromotionRow | None) -> None:
        last = record.values["last_day"]
        if record.values.get("is_cancelled"):
            if row is not None:
                self._outcome.add_change(Change(record.row, _thing(record), "last_day", row.last_day.isoformat(), ""))
                self._session.delete(row)
            count(self._outcome, is_new=False, is_changed=row is not None)
        elif row is None:
            product_id, location_id, first_day = key
            self._session.add(
                PlannedPromotionRow(product_id=product_id, location_id=location_id, first_day=first_day, last_day=last)
            )
            self._outcome.add_change(Change(record.row, _thing(record), "", "", last.isoformat()))
            count(self._outcome, is_new=True, is_changed=False)
        else:
            is_changed = set_values(row, {"last_day": last}, record, _thing(record), self._outcome)
            count(self._outcome, is_new=False, is_changed=is_changed)


def _thing(record: Record) -> str:
    return f"{record.values['product']} {record.values['first_day'].isoformat()}"


PROMOTIONS = ImportKind(
    "promotions",
    (
        Field("product", lambda cell, _: values.code(cell), is_required=True),
        Field("first_day", values.day, Writing.DAY, is_required=True),
        Field("last_day", values.day, Writing.DAY, is_required=True),
        Field("location", lambda cell, _: values.code(cell)),
        Field("is_cancelled", lambda cell, _: values.yes(cell)),
    ),
    _Promotions,
)
