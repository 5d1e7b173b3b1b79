"""What cards and answers show of an order, a supplier's answer and a mail: values only, read in one session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from handlers.judging import findings_of
from handlers.learning import changes_of_lines
from orders.money import Money
from orders.purchase import PurchaseOrder
from orders.states import ENDED, ORDERED
from orders.stock import QuantityChange
from rules.findings import Finding
from store.queries.catalogue import supplier_row
from store.queries.orders import StoryEntry, order_row, order_values, story_of
from store.tables.documents import OrderDocumentRow
from store.tables.inbox import InboxRow
from store.tables.purchase import PurchaseOrderRow
from store.tables.suppliers import AddressKind, SupplierAddressRow, SupplierPersonRow, SupplierTermRow


@dataclass(frozen=True, slots=True)
class DocumentView:
    """An invoice that is filed at an order."""

    inbox: int
    number: str
    issued_on: date | None
    total: Money | None
    format: str


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with what the rules found and its story."""

    order: PurchaseOrder
    findings: tuple[Finding, ...]
    story: tuple[StoryEntry, ...]
    approved_hash: str | None
    traces: Mapping[int, Sequence[dict[str, Any]]]  # by line: the steps by which the plan came to its quantity
    documents: tuple[DocumentView, ...] = ()
    remembered: Mapping[int, tuple[QuantityChange, ...]] = field(
        default_factory=dict
    )  # by line: what people chose before
    proposed: Mapping[int, int] = field(default_factory=dict)  # by line: what the plan asked for


@dataclass(frozen=True, slots=True)
class MailView:
    """A mail as a person reads it: the supplier's own words first."""

    inbox: int
    sender: str
    subject: str
    text: str
    received_at: datetime


def order_view(session: Session, number: str) -> OrderView:
    """An order as its card shows it; raises OrderNotFound."""
    row = order_row(session, number)
    order = order_values(session, [row])[0]
    traces = {line.line: line.trace for line in row.lines if line.trace}
    found, story = findings_of(session, row), story_of(session, number)
    remembered = changes_of_lines(session, row)
    proposed = {line.line: line.proposed_quantity for line in row.lines if line.proposed_quantity is not None}
    return OrderView(order, found, story, row.content_hash, traces, _documents(session, row), remembered, proposed)


def _documents(session: Session, row: PurchaseOrderRow) -> tuple[DocumentView, ...]:
    rows = session.scalars(
        select(OrderDocumentRow).where(OrderDocumentRow.order_id == row.id).order_by(OrderDocumentRow.id)
    )
    return tuple(
        DocumentView(
            each.inbox_id,
            each.number or each.name,
            each.issued_on,
            None if each.total is None else Money(each.total, each.currency or row.currency),
            each.format,
        )
        for each in rows
    )


def mail_view(session: Session, inbox_id: int) -> MailView:
    """A mail of the inbox."""
    row = session.get_one(InboxRow, inbox_id)
    text = str((row.payload or {}).get("text", ""))
    return MailView(row.id, row.sender, row.subject, text, row.received_at)


@dataclass(frozen=True, slots=True)
class SupplierView:
    """A supplier with its terms in figures; the lead time is the longest among its products."""

    code: str
    name: str
    contact: str
    email: str
    currency: str
    minimum: Decimal | None
    lead_time_days: int | None
    products: int
    open_orders: int
    sent_orders: int
    is_blocked: bool
    blocked_because: str


def supplier_view(session: Session, code: str) -> SupplierView:
    """A supplier at a glance; raises SupplierNotFound."""
    row = supplier_row(session, code)
    products, lead_time = session.execute(
        select(func.count(), func.max(SupplierTermRow.lead_time_days)).where(SupplierTermRow.supplier_id == row.id)
    ).one()
    orders = dict(
        session.execute(
            select(PurchaseOrderRow.state, func.count())
            .where(PurchaseOrderRow.supplier_id == row.id)
            .group_by(PurchaseOrderRow.state)
        ).all()
    )
    email = session.scalar(
        select(SupplierAddressRow.value).where(
            SupplierAddressRow.supplier_id == row.id, SupplierAddressRow.kind == AddressKind.ORDERS
        )
    )
    contact = session.scalar(select(SupplierPersonRow.name).where(SupplierPersonRow.supplier_id == row.id))
    return SupplierView(
        code=row.code,
        name=row.name,
        contact=contact or "",
        email=email or "",
        currency=row.currency,
        minimum=row.minimum_order_value,
        lead_time_days=lead_time,
        products=products,
        open_orders=sum(count for state, count in orders.items() if state not in ENDED),
        sent_orders=sum(count for state, count in orders.items() if state in ORDERED),
        is_blocked=row.is_blocked,
        blocked_because=row.blocked_reason,
    )
