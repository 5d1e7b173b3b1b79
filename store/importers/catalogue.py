"""Imports products and locations."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.importers import values, words
from store.importers.outcome import Change, Outcome
from store.importers.record import Circumstances, Field, ImportKind, Record, Writing
from store.importers.upsert import Repeats, count, set_values
from store.tables.catalogue import LocationRow, ProductRow


class _ByCode:
    """Creates and changes rows of a table that has a code and a name."""

    def __init__(self, session: Session, outcome: Outcome, table: Any, code: str) -> None:
        self._session = session
        self._outcome = outcome
        self._table = table
        self._code = code
        self._repeats = Repeats()

    def write(self, records: Sequence[Record]) -> None:
        """Upsert by code; a new thing needs a name."""
        column = getattr(self._table, self._code)
        codes = [record.values[self._code] for record in records]
        known = {
            getattr(row, self._code): row for row in self._session.scalars(select(self._table).where(column.in_(codes)))
        }
        for record in records:
            if self._is_fit(record, known):
                self._write(record, known)
        self._session.flush()

    def finish(self) -> None:
        """Nothing is left to do."""

    def _is_fit(self, record: Record, known: dict[str, Any]) -> bool:
        code = record.values[self._code]
        is_same, first = self._repeats.first(code, record)
        if first:
            if not is_same:
                self._outcome.refuse(record.row, "repeated", self._code, shown=code, first=first)
            return False
        if code not in known and "name" not in record.values:
            self._outcome.refuse(record.row, "new-without", "name", shown=code, field="name")
            return False
        return True

    def _write(self, record: Record, known: dict[str, Any]) -> None:
        code = record.values[self._code]
        row = known.get(code)
        if row is None:
            known[code] = row = self._table(**record.values)
            self._session.add(row)
            self._outcome.add_change(Change(record.row, code, "", "", str(record.values["name"])))
            count(self._outcome, is_new=True, is_changed=False)
        else:
            is_changed = set_values(row, record.values, record, code, self._outcome)
            count(self._outcome, is_new=False, is_changed=is_changed)


class _Products(_ByCode):
    """Products, whose GTIN no other product may have."""

    def __init__(self, session: Session, outcome: Outcome, _around: Circumstances) -> None:
        super().__init__(session, outcome, ProductRow, "sku")
        self._owners: dict[str, str] = {}

    def write(self, records: Sequence[Record]) -> None:
        """Look up whose the GTINs are, then upsert."""
        gtins = [record.values["gtin"] for record in records if "gtin" in record.values]
        found = self._session.execute(select(ProductRow.gtin, ProductRow.sku).where(ProductRow.gtin.in_(gtins)))
        self._owners |= {gtin: sku for gtin, sku in found if gtin}
        super().write(records)

    def _is_fit(self, record: Record, known: dict[str, Any]) -> bool:
        if not super()._is_fit(record, known):
            return False
        gtin, sku = record.values.get("gtin"), record.values["sku"]
        owner = self._owners.setdefault(gtin, sku) if gtin else sku
        if owner != sku:
            self._outcome.refuse(record.row, "gtin-of-another", "gtin", shown=gtin, owner=owner)
        return bool(owner == sku)


class _Locations(_ByCode):
    """Locations; which of them supplies which is settled when all of the file are there."""

    def __init__(self, session: Session, outcome: Outcome, _around: Circumstances) -> None:
        super().__init__(session, outcome, LocationRow, "code")
        self._sources: list[Record] = []

    def finish(self) -> None:
        """Set who is supplied from where. One step is understood: a source buys for itself."""
        rows = {row.code: row for row in self._session.scalars(select(LocationRow))} if self._sources else {}
        wanted = {record.values["code"]: record.values["supplied_from"] for record in self._sources}
        sources = {row.id: row.code for row in rows.values()}
        standing = {code: sources.get(row.supplied_from_id or 0, code) for code, row in rows.items()} | wanted
        for record in self._sources:
            code, source = record.values["code"], record.values["supplied_from"]
            if source not in rows:
                self._outcome.refuse(record.row, "unknown-place", "supplied_from", shown=source)
            elif source != code and (standing[source] != source or code in _filling(standing)):
                self._outcome.refuse(record.row, "source-is-supplied", "supplied_from", shown=source)
            else:
                self._link(record, rows[code], None if source == code else rows[source])
        self._session.flush()

    def _write(self, record: Record, known: dict[str, Any]) -> None:
        own = {name: value for name, value in record.values.items() if name != "supplied_from"}
        super()._write(Record(record.row, own), known)
        if "supplied_from" in record.values:
            self._sources.append(record)

    def _link(self, record: Record, row: LocationRow, source: LocationRow | None) -> None:
        if row.supplied_from_id == (source.id if source else None):
            return
        self._outcome.add_change(Change(record.row, row.code, "supplied_from", "", source.code if source else ""))
        row.supplied_from_id = source.id if source else None


def _filling(standing: Mapping[str, str]) -> set[str]:
    """The locations that fill others."""
    return {source for code, source in standing.items() if source != code}


PRODUCTS = ImportKind(
    "products",
    (
        Field("sku", lambda cell, _: values.code(cell), is_required=True),
        Field("name", lambda cell, _: values.text(cell, 300)),
        Field("gtin", lambda cell, _: values.gtin(cell)),
        Field("unit", lambda cell, _: values.text(cell, 20)),
        Field("category", lambda cell, _: values.text(cell, 120)),
        Field("state", lambda cell, _: words.product_state(cell)),
        Field("selling_price", lambda cell, style: values.decimal(cell, style, least=0), Writing.NUMBER),
        Field("service_level", words.service_level, Writing.NUMBER),
        Field("max_stock", lambda cell, style: values.whole(cell, style, least=0), Writing.NUMBER),
        Field("shelf_life_days", lambda cell, style: values.whole(cell, style, least=1), Writing.NUMBER),
        Field("launched_on", values.day, Writing.DAY),
    ),
    _Products,
)
LOCATIONS = ImportKind(
    "locations",
    (
        Field("code", lambda cell, _: values.code(cell), is_required=True),
        Field("name", lambda cell, _: values.text(cell, 300)),
        Field("timezone", lambda cell, _: words.timezone(cell)),
        Field("country", lambda cell, _: words.country(cell)),
        Field("address", lambda cell, _: values.text(cell, 500)),
        Field("closed_weekdays", lambda cell, _: words.weekdays(cell)),
        Field("supplied_from", lambda cell, _: values.code(cell)),
        Field("transfer_days", lambda cell, style: values.whole(cell, style, least=0), Writing.NUMBER),
        Field("transfer_every_days", lambda cell, style: values.whole(cell, style, least=1), Writing.NUMBER),
        Field("monthly_budget", lambda cell, style: values.decimal(cell, style, least=0), Writing.NUMBER),
    ),
    _Locations,
)
