"""Orders by when they went out, and by when their goods are due."""

from datetime import date, datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from orders.purchase import LINE_ENDED, PurchaseOrder
from orders.states import ORDERED
from store.queries.orders import order_values
from store.tables.purchase import PromisedDeliveryRow, PurchaseOrderLineRow, PurchaseOrderRow
from store.tables.suppliers import SupplierRow

_MOST = 200


def orders_sent(
    session: Session, starts: datetime, ends: datetime, *, supplier: str | None = None
) -> tuple[PurchaseOrder, ...]:
    """Orders that were mailed at or after `starts` and before `ends`, whatever became of them, newest first."""
    query = select(PurchaseOrderRow).where(PurchaseOrderRow.sent_at >= starts, PurchaseOrderRow.sent_at < ends)
    return _found(session, query.order_by(PurchaseOrderRow.sent_at.desc()), supplier)


def orders_due(session: Session, since: date, until: date, *, supplier: str | None = None) -> tuple[PurchaseOrder, ...]:
    """Orders of which goods are to arrive from `since` to `until`, both included, the soonest first.

    What is promised for a line counts on its day; a line without a promise counts on the order's.
    """
    promised = select(PromisedDeliveryRow.line_id).where(PromisedDeliveryRow.line_id == PurchaseOrderLineRow.id)
    open_line = (
        select(PurchaseOrderLineRow.id)
        .where(PurchaseOrderLineRow.order_id == PurchaseOrderRow.id, PurchaseOrderLineRow.state.not_in(LINE_ENDED))
        .where(
            or_(
                promised.where(PromisedDeliveryRow.day >= since, PromisedDeliveryRow.day <= until).exists(),
                ~promised.exists()
                & (PurchaseOrderRow.delivery_date >= since)
                & (PurchaseOrderRow.delivery_date <= until),
            )
        )
    )
    query = select(PurchaseOrderRow).where(PurchaseOrderRow.state.in_(ORDERED), open_line.exists())
    return _found(session, query.order_by(PurchaseOrderRow.delivery_date, PurchaseOrderRow.id), supplier)


def _found(session: Session, query: Select[PurchaseOrderRow], supplier: str | None) -> tuple[PurchaseOrder, ...]:
    if supplier is not None:
        query = query.join(SupplierRow, SupplierRow.id == PurchaseOrderRow.supplier_id).where(
            SupplierRow.code == supplier
        )
    return order_values(session, session.scalars(query.limit(_MOST)).all())
