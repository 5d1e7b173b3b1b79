"""Files suppliers' e-invoices at their orders, in their threads and details; an invoice never changes an order."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.announcing import happened, show_card
from handlers.judging import keep_finding
from orders.events import Event
from orders.invoice import EInvoice
from orders.people import Actor
from orders.refusals import OrderNotFound
from rules.findings import Finding, Severity, Source
from store.queries.orders import order_row
from store.tables.documents import OrderDocumentRow
from store.tables.purchase import PurchaseOrderRow
from store.tables.suppliers import SupplierRow

ACCOUNT_RULE = "bank-account-named"
ACCOUNT_RULE_ID = "R-M15"


@dataclass(frozen=True, slots=True)
class FileInvoices:
    """E-invoices of one mail from a trusted sender; `named` are orders that the mail itself speaks of."""

    inbox_id: int
    supplier: str
    invoices: tuple[EInvoice, ...]
    named: tuple[str, ...] = ()


def file_invoices(session: Session, command: FileInvoices, *, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Keep each invoice at the orders that it names, else at those of the mail; returns the orders' numbers.

    Only orders of the sender's own supplier are filed at. An account that the supplier has not named before is an alarm.
    """
    filed: dict[str, None] = {}
    for invoice in command.invoices:
        for number in invoice.orders or command.named:
            row = _order(session, number, command.supplier)
            if row is not None:
                _file(session, row, invoice, command, actor=actor, now=now)
                filed[row.number] = None
    return tuple(filed)


def _order(session: Session, number: str, supplier: str) -> PurchaseOrderRow | None:
    try:
        row = order_row(session, number.strip().upper(), lock=True)
    except OrderNotFound:
        return None
    return row if session.get_one(SupplierRow, row.supplier_id).code == supplier else None


def _file(
    session: Session, row: PurchaseOrderRow, invoice: EInvoice, command: FileInvoices, *, actor: Actor, now: datetime
) -> None:
    name = _free_name(session, row, invoice, command.inbox_id)
    if name is None:
        return
    known = _accounts(session, row.supplier_id)
    session.add(
        OrderDocumentRow(
            order_id=row.id,
            inbox_id=command.inbox_id,
            format=invoice.format,
            name=name,
            number=invoice.number,
            issued_on=invoice.issued_on,
            currency=invoice.currency,
            total=invoice.total,
            account=invoice.account,
            filed_at=now,
        )
    )
    document = invoice.number or invoice.name
    happened(
        session, row, Event.INVOICE_FILED, actor=actor, now=now, after={"document": document}, inbox_id=command.inbox_id
    )
    if invoice.account and known and invoice.account not in known:
        _alarm(session, row, invoice, command, actor=actor, now=now)
    show_card(session, row, now=now)


def _free_name(session: Session, row: PurchaseOrderRow, invoice: EInvoice, inbox_id: int) -> str | None:
    """A name that no other document of this mail has at the order; None when this very invoice is filed already."""
    filed = session.scalars(
        select(OrderDocumentRow).where(OrderDocumentRow.order_id == row.id, OrderDocumentRow.inbox_id == inbox_id)
    ).all()
    if any((each.number, each.total) == (invoice.number, invoice.total) for each in filed):
        return None
    taken = {each.name for each in filed}
    return invoice.name if invoice.name not in taken else f"{invoice.name[:280]} ({len(filed) + 1})"


def _accounts(session: Session, supplier_id: int) -> set[str | None]:
    """Accounts on earlier invoices of the supplier."""
    return set(
        session.scalars(
            select(OrderDocumentRow.account)
            .join(PurchaseOrderRow, PurchaseOrderRow.id == OrderDocumentRow.order_id)
            .where(PurchaseOrderRow.supplier_id == supplier_id, OrderDocumentRow.account.is_not(None))
        )
    )


def _alarm(
    session: Session, row: PurchaseOrderRow, invoice: EInvoice, command: FileInvoices, *, actor: Actor, now: datetime
) -> None:
    finding = Finding(
        code=ACCOUNT_RULE,
        rule=ACCOUNT_RULE,
        rule_id=ACCOUNT_RULE_ID,
        severity=Severity.BLOCK,
        line=None,
        source=Source.MESSAGE,
        dedupe_key=f"{ACCOUNT_RULE}/{command.inbox_id}/{invoice.number or invoice.name}/{invoice.account}"[:200],
        currency=row.currency,
    )
    keep_finding(session, row, finding, now=now)
    row.revision += 1
    session.flush()
    document = invoice.number or invoice.name
    happened(
        session,
        row,
        Event.ACCOUNT_CHANGED,
        actor=actor,
        now=now,
        after={"document": document},
        inbox_id=command.inbox_id,
    )
