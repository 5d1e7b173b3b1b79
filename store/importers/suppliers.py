"""Imports suppliers with their mail addresses, domains and contact person."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.importers import values, words
from store.importers.outcome import Change, Outcome
from store.importers.record import Circumstances, Field, ImportKind, Record, Writing
from store.importers.upsert import Repeats, count, set_values
from store.tables.suppliers import AddressKind, SupplierAddressRow, SupplierPersonRow, SupplierRow

_NEEDED = ("name", "currency")  # by a new supplier
_ADDRESSES = {
    "domains": AddressKind.DOMAIN,
    "other_emails": AddressKind.PERSON,
    "order_email": AddressKind.ORDERS,  # last, so that it wins when an address stands in two columns
}
_OWN = frozenset({*_ADDRESSES, "contact", "phone"})


class _Suppliers:
    def __init__(self, session: Session, outcome: Outcome, around: Circumstances) -> None:
        self._session = session
        self._outcome = outcome
        self._now = around.now
        self._repeats = Repeats()

    def write(self, records: Sequence[Record]) -> None:
        """Upsert by code; the addresses of a kind that the file names become exactly those."""
        codes = [record.values["code"] for record in records]
        found = self._session.scalars(select(SupplierRow).where(SupplierRow.code.in_(codes)))
        known = {row.code: row for row in found}
        wanted = {address for record in records for address in _addresses(record)}
        owned = self._session.execute(
            select(SupplierAddressRow.value, SupplierRow.code)
            .join(SupplierRow, SupplierRow.id == SupplierAddressRow.supplier_id)
            .where(SupplierAddressRow.value.in_(wanted))
        )
        owners = dict(owned.all())
        for record in records:
            if self._is_fit(record, known, owners):
                self._write(record, known)

    def finish(self) -> None:
        """Nothing is left to do."""

    def _is_fit(self, record: Record, known: dict[str, SupplierRow], owners: dict[str, str]) -> bool:
        code = record.values["code"]
        is_same, first = self._repeats.first(code, record)
        if first:
            if not is_same:
                self._outcome.refuse(record.row, "repeated", "code", shown=code, first=first)
            return False
        lacking = [name for name in _NEEDED if code not in known and name not in record.values]
        if lacking:
            self._outcome.refuse(record.row, "new-without", lacking[0], shown=code, field=lacking[0])
            return False
        for address in _addresses(record):
            owner = owners.setdefault(address, code)
            if owner != code:
                self._outcome.refuse(record.row, "address-of-another", "order_email", shown=address, owner=owner)
                return False
        return True

    def _write(self, record: Record, known: dict[str, SupplierRow]) -> None:
        code = record.values["code"]
        own = {name: value for name, value in record.values.items() if name not in _OWN}
        row = known.get(code)
        is_new = row is None
        is_changed = False
        if row is None:
            known[code] = row = SupplierRow(**own, created_at=self._now)
            self._session.add(row)
            self._outcome.add_change(Change(record.row, code, "", "", str(own["name"])))
        else:
            is_changed = set_values(row, own, record, code, self._outcome)
        self._session.flush()
        is_changed |= self._set_addresses(row, record)
        is_changed |= self._set_contact(row, record)
        self._session.flush()
        count(self._outcome, is_new=is_new, is_changed=is_changed)

    def _set_addresses(self, supplier: SupplierRow, record: Record) -> bool:
        stated = {kind for name, kind in _ADDRESSES.items() if name in record.values}
        wanted = _addresses(record)
        rows = self._session.scalars(select(SupplierAddressRow).where(SupplierAddressRow.supplier_id == supplier.id))
        known = {row.value: row for row in rows}
        is_changed = False
        for value, row in known.items():
            if row.kind in stated and value not in wanted:
                self._session.delete(row)
                self._outcome.add_change(Change(record.row, supplier.code, row.kind.value, value, ""))
                is_changed = True
        for value, kind in wanted.items():
            if value in known:
                is_changed |= set_values(known[value], {"kind": kind}, record, value, self._outcome)
            else:
                self._session.add(SupplierAddressRow(supplier_id=supplier.id, kind=kind, value=value))
                self._outcome.add_change(Change(record.row, supplier.code, kind.value, "", value))
                is_changed = True
        return is_changed

    def _set_contact(self, supplier: SupplierRow, record: Record) -> bool:
        name = record.values.get("contact")
        if name is None:
            return False
        phone = {"phone": record.values["phone"]} if "phone" in record.values else {}
        row = self._session.scalar(
            select(SupplierPersonRow).where(
                SupplierPersonRow.supplier_id == supplier.id, SupplierPersonRow.name == name
            )
        )
        if row is not None:
            return set_values(row, phone, record, name, self._outcome)
        self._session.add(SupplierPersonRow(supplier_id=supplier.id, name=name, **phone))
        self._outcome.add_change(Change(record.row, supplier.code, "contact", "", name))
        return True


def _addresses(record: Record) -> dict[str, AddressKind]:
    return {value: kind for name, kind in _ADDRESSES.items() for value in record.values.get(name, ())}


SUPPLIERS = ImportKind(
    "suppliers",
    (
        Field("code", lambda cell, _: values.code(cell), is_required=True),
        Field("name", lambda cell, _: values.text(cell, 300)),
        Field("country", lambda cell, _: words.country(cell)),
        Field("language", lambda cell, _: words.language(cell)),
        Field("currency", lambda cell, _: words.currency(cell)),
        Field("minimum_order_value", lambda cell, style: values.decimal(cell, style, least=0), Writing.NUMBER),
        Field("order_weekdays", lambda cell, _: words.weekdays(cell)),
        Field("delivery_weekdays", lambda cell, _: words.weekdays(cell)),
        Field("order_cutoff", lambda cell, _: words.time_of_day(cell)),
        Field("monthly_budget", lambda cell, style: values.decimal(cell, style, least=0), Writing.NUMBER),
        Field("review_period_days", lambda cell, style: values.whole(cell, style, least=1), Writing.NUMBER),
        Field("is_blocked", lambda cell, _: values.yes(cell)),
        Field("blocked_reason", lambda cell, _: values.text(cell, 300)),
        Field("order_email", lambda cell, _: words.emails(cell)),
        Field("other_emails", lambda cell, _: words.emails(cell)),
        Field("domains", lambda cell, _: words.domains(cell)),
        Field("contact", lambda cell, _: values.text(cell, 300)),
        Field("phone", lambda cell, _: values.text(cell, 60)),
    ),
    _Suppliers,
)
