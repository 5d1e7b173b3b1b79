"""Imports the terms on which suppliers sell products."""

from collections.abc import Sequence

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from store.importers import values, words
from store.importers.cells import BadCell
from store.importers.codes import Codes
from store.importers.outcome import Change, Outcome
from store.importers.record import Circumstances, Field, ImportKind, Record, Writing
from store.importers.upsert import Repeats, count, set_values
from store.tables.suppliers import SupplierTermRow

_Key = tuple[int, int]


class _Terms:
    def __init__(self, session: Session, outcome: Outcome, _around: Circumstances) -> None:
        self._session = session
        self._outcome = outcome
        self._codes = Codes(session)
        self._repeats = Repeats()

    def write(self, records: Sequence[Record]) -> None:
        """Upsert by supplier and product; new terms without a currency get the supplier's."""
        fit = [
            (key, currency, record) for record in records if (found := self._find(record)) for key, currency in [found]
        ]
        keys = [key for key, _, _ in fit]
        rows = self._session.scalars(
            select(SupplierTermRow).where(tuple_(SupplierTermRow.supplier_id, SupplierTermRow.product_id).in_(keys))
        )
        known = {(row.supplier_id, row.product_id): row for row in rows}
        for key, currency, record in fit:
            self._write(key, currency, record, known.get(key))
        self._session.flush()

    def finish(self) -> None:
        """Nothing is left to do."""

    def _find(self, record: Record) -> tuple[_Key, str] | None:
        try:
            supplier, currency = self._codes.supplier(record.values["supplier"])
        except BadCell as bad:
            self._outcome.refuse(record.row, bad.code, "supplier", **bad.facts)
            return None
        try:
            key = (supplier, self._codes.product(record.values["product"]))
        except BadCell as bad:
            self._outcome.refuse(record.row, bad.code, "product", **bad.facts)
            return None
        first, last = record.values.get("valid_from"), record.values.get("valid_until")
        if first and last and last < first:
            self._outcome.refuse(record.row, "ends-before-it-begins", "valid_until", first=first, last=last)
            return None
        is_same, row = self._repeats.first(key, record)
        if row and not is_same:
            self._outcome.refuse(record.row, "repeated", "product", shown=_thing(record), first=row)
        return None if row else (key, currency)

    def _write(self, key: _Key, currency: str, record: Record, row: SupplierTermRow | None) -> None:
        own = {name: value for name, value in record.values.items() if name not in {"supplier", "product"}}
        if row is None:
            supplier_id, product_id = key
            self._session.add(
                SupplierTermRow(supplier_id=supplier_id, product_id=product_id, **({"currency": currency} | own))
            )
            self._outcome.add_change(Change(record.row, _thing(record), "", "", str(own.get("unit_price", ""))))
            count(self._outcome, is_new=True, is_changed=False)
        else:
            is_changed = set_values(row, own, record, _thing(record), self._outcome)
            count(self._outcome, is_new=False, is_changed=is_changed)


def _thing(record: Record) -> str:
    return f"{record.values['supplier']} {record.values['product']}"


TERMS = ImportKind(
    "terms",
    (
        Field("supplier", lambda cell, _: values.code(cell), is_required=True),
        Field("product", lambda cell, _: values.code(cell), is_required=True),
        Field("supplier_code", lambda cell, _: values.code(cell)),
        Field("unit_price", lambda cell, style: values.decimal(cell, style, least=0), Writing.NUMBER),
        Field("currency", lambda cell, _: words.currency(cell)),
        Field("pack_size", lambda cell, style: values.whole(cell, style, least=1), Writing.NUMBER),
        Field("moq", lambda cell, style: values.whole(cell, style, least=0), Writing.NUMBER),
        Field("lead_time_days", lambda cell, style: values.whole(cell, style, least=0), Writing.NUMBER),
        Field("lead_time_sd_days", lambda cell, style: values.decimal(cell, style, least=0), Writing.NUMBER),
        Field("valid_from", values.day, Writing.DAY),
        Field("valid_until", values.day, Writing.DAY),
        Field("is_preferred", lambda cell, _: values.yes(cell)),
    ),
    _Terms,
)
