"""Orders as values: one by number, lists by state, and an order's story."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from rapidfuzz import process
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders.events import Event
from orders.numbers import typed_number
from orders.purchase import Delivery, OrderLine, OrderState, PurchaseOrder
from orders.refusals import OrderNotFound
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.journal import JournalRow
from store.tables.people import PersonRow
from store.tables.purchase import PurchaseOrderLineRow, PurchaseOrderRow
from store.tables.suppliers import SupplierRow

# What an approval covers was changed by these.
_CHANGES = (Event.LINE_ADDED, Event.LINE_CHANGED, Event.LINE_REMOVED, Event.ORDER_CHANGED)
_BY_ITSELF = (Event.SENDING_STARTED, Event.ORDER_SENT)


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """One entry of an order's journal."""

    id: int
    at: datetime
    event: str
    who: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str
    revision: int | None


def order_row(session: Session, number: str, *, lock: bool = False) -> PurchaseOrderRow:
    """The row behind an order number, locked against other writers when asked; raises OrderNotFound."""
    query = select(PurchaseOrderRow).where(PurchaseOrderRow.number == number).execution_options(populate_existing=lock)
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise OrderNotFound(number, nearest_numbers(session, number))
    return row


def order_by_number(session: Session, number: str) -> PurchaseOrder:
    """The order with exactly this number; raises OrderNotFound with the nearest numbers."""
    return order_values(session, [order_row(session, number)])[0]


def numbers_mentioned(session: Session, text: str, *, this_year: int) -> tuple[str, ...]:
    """Orders whose numbers stand in a sentence, in whatever state they are."""
    typed = [typed_number(word.strip(".,;:!?()#"), this_year=this_year) for word in text.split()]
    meant = {str(each) for each in typed if each is not None}
    found = session.scalars(select(PurchaseOrderRow.number).where(PurchaseOrderRow.number.in_(meant))).all()
    return tuple(sorted(found))


def orders_in(
    session: Session,
    states: Collection[OrderState],
    *,
    supplier: str | None = None,
    limit: int = 1000,
) -> tuple[PurchaseOrder, ...]:
    """Orders in any of these states, newest first; optionally those of one supplier."""
    query = select(PurchaseOrderRow).where(PurchaseOrderRow.state.in_(states))
    if supplier is not None:
        query = query.join(SupplierRow, SupplierRow.id == PurchaseOrderRow.supplier_id).where(
            SupplierRow.code == supplier
        )
    rows = session.scalars(query.order_by(PurchaseOrderRow.id.desc()).limit(limit)).all()
    return order_values(session, rows)


def story_of(session: Session, number: str) -> tuple[StoryEntry, ...]:
    """An order's journal from the first entry on."""
    rows = session.scalars(
        select(JournalRow)
        .join(PurchaseOrderRow, PurchaseOrderRow.id == JournalRow.order_id)
        .where(PurchaseOrderRow.number == number)
        .order_by(JournalRow.id)
    )
    return tuple(_entry(row) for row in rows)


def story_entry(session: Session, journal_id: int) -> tuple[str, StoryEntry]:
    """One journal entry and the number of its order."""
    row = session.get_one(JournalRow, journal_id)
    number = session.scalar(select(PurchaseOrderRow.number).where(PurchaseOrderRow.id == row.order_id)) or ""
    return number, _entry(row)


def last_decision(session: Session, order_id: int) -> tuple[str, datetime] | None:
    """Who acted on the order last, and when; the sending that follows an approval by itself is nobody's act."""
    row = session.scalar(
        select(JournalRow)
        .where(JournalRow.order_id == order_id, JournalRow.kind.not_in(_BY_ITSELF))
        .order_by(JournalRow.id.desc())
        .limit(1)
    )
    return None if row is None else (row.who, row.at)


def last_changed_by(session: Session, order_id: int) -> int | None:
    """The person who changed the order's content last; None when nobody has since it was drafted or computed."""
    return session.scalar(
        select(JournalRow.person_id)
        .where(JournalRow.order_id == order_id, JournalRow.kind.in_(_CHANGES))
        .order_by(JournalRow.id.desc())
        .limit(1)
    )


def nearest_numbers(session: Session, typed: str, limit: int = 3) -> tuple[str, ...]:
    """Order numbers that look like what was typed, for a helpful no."""
    numbers = session.scalars(select(PurchaseOrderRow.number).order_by(PurchaseOrderRow.id.desc()).limit(2000)).all()
    return tuple(found for found, score, _ in process.extract(typed, numbers, limit=limit) if score >= 60)


def order_values(session: Session, rows: Collection[PurchaseOrderRow]) -> tuple[PurchaseOrder, ...]:
    """Rows as values, with the names behind their keys fetched once for all of them."""
    if not rows:
        return ()
    suppliers = {row.id: row for row in _by_id(session, SupplierRow, {row.supplier_id for row in rows})}
    locations = {row.id: row for row in _by_id(session, LocationRow, {row.location_id for row in rows})}
    people = {row.id: row.name for row in _by_id(session, PersonRow, {row.requested_by_id for row in rows})}
    products = {
        row.id: row.sku for row in _by_id(session, ProductRow, {ln.product_id for row in rows for ln in row.lines})
    }
    return tuple(
        PurchaseOrder(
            number=row.number,
            supplier=suppliers[row.supplier_id].code,
            supplier_name=suppliers[row.supplier_id].name,
            currency=row.currency,
            state=row.state,
            revision=row.revision,
            location=locations[row.location_id].code,
            delivery_date=row.delivery_date,
            sent_on=row.sent_at.date() if row.sent_at else None,
            message_id=row.message_id,
            requested_by=people.get(row.requested_by_id) if row.requested_by_id else None,
            note=row.note,
            on_hold=row.on_hold,
            lines=tuple(line_value(line, products[line.product_id]) for line in row.lines),
        )
        for row in rows
    )


def order_as_now(row: PurchaseOrderRow, before: PurchaseOrder) -> PurchaseOrder:
    """The row as a value with the names that its older value has; the lines must be those of that value."""
    skus = {line.line: line.sku for line in before.lines}
    return replace(
        before,
        currency=row.currency,
        state=row.state,
        revision=row.revision,
        delivery_date=row.delivery_date,
        sent_on=row.sent_at.date() if row.sent_at else None,
        message_id=row.message_id,
        note=row.note,
        on_hold=row.on_hold,
        lines=tuple(line_value(line, skus[line.line]) for line in row.lines),
    )


def line_value(row: PurchaseOrderLineRow, sku: str) -> OrderLine:
    """One line row as a value."""
    return OrderLine(
        line=row.line,
        sku=sku,
        quantity=row.quantity,
        description=row.description,
        supplier_code=row.supplier_code,
        pack_size=row.pack_size,
        unit_price=row.unit_price,
        state=row.state,
        confirmed_quantity=row.confirmed_quantity,
        confirmed_price=row.confirmed_price,
        deliveries=tuple(Delivery(each.day, each.quantity) for each in row.deliveries),
        received=row.received,
        reason=row.reason,
    )


_Row = TypeVar("_Row", SupplierRow, LocationRow, PersonRow, ProductRow)


def _by_id(session: Session, table: type[_Row], keys: Collection[int | None]) -> list[_Row]:
    """Rows by key; those of names are held as long as the session, so that one transaction asks for each only once."""
    held: dict[tuple[type, int], _Row] = session.info.setdefault("named rows", {})
    wanted = {key for key in keys if key is not None}
    missing = [key for key in wanted if (table, key) not in held]
    if missing:
        held |= {(table, row.id): row for row in session.scalars(select(table).where(table.id.in_(missing)))}
    return [held[table, key] for key in wanted if (table, key) in held]


def _entry(row: JournalRow) -> StoryEntry:
    return StoryEntry(row.id, row.at, row.kind, row.who, row.before, row.after, row.reason, row.revision)
