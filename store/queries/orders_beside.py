"""Orders that have not ended, for comparing and adding up: read with one query, without deliveries and words."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from orders.purchase import OrderLine, PurchaseOrder
from orders.states import ENDED
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.purchase import PurchaseOrderLineRow, PurchaseOrderRow
from store.tables.suppliers import SupplierRow


@dataclass(frozen=True, slots=True)
class OrderBeside:
    """An order and what tells whether it stands beside another one."""

    order_id: int
    supplier_id: int
    location_id: int
    requested_by_id: int | None
    submitted_at: datetime | None
    value: PurchaseOrder


def orders_beside(
    session: Session,
    *,
    suppliers: Collection[int],
    places: Collection[int],
    requesters: Collection[int],
    sent_since: datetime,
    submitted_since: datetime,
) -> list[OrderBeside]:
    """Orders to these suppliers that may be doubles of one, or were split from it.

    Those for one of the places that are not sent or were sent since a moment, and those that one of the requesters has
    submitted since another, whatever their place.
    """
    order, line = PurchaseOrderRow, PurchaseOrderLineRow
    is_near = order.location_id.in_(places) & (order.sent_at.is_(None) | (order.sent_at >= sent_since))
    is_late = order.requested_by_id.in_(requesters) & (order.submitted_at >= submitted_since)
    rows = session.execute(
        select(
            order.id, order.number, order.supplier_id, order.location_id, order.requested_by_id, order.submitted_at,
            order.currency, order.state, order.sent_at, SupplierRow.code.label("supplier"),
            LocationRow.code.label("place"), line.line, ProductRow.sku, line.quantity, line.unit_price,
            line.confirmed_quantity, line.confirmed_price,
        )
        .join(SupplierRow, SupplierRow.id == order.supplier_id)
        .join(LocationRow, LocationRow.id == order.location_id)
        .outerjoin(line, line.order_id == order.id)
        .outerjoin(ProductRow, ProductRow.id == line.product_id)
        .where(order.supplier_id.in_(suppliers), order.state.not_in(ENDED), or_(is_near, is_late))
        .order_by(order.id, line.line)
    )  # fmt: skip
    return list(_orders(rows))


def _orders(rows: Any) -> Iterator[OrderBeside]:
    for _, group in groupby(rows, key=lambda row: row.id):
        lines = list(group)
        row = lines[0]
        value = PurchaseOrder(
            number=row.number,
            supplier=row.supplier,
            currency=row.currency,
            state=row.state,
            location=row.place,
            sent_on=row.sent_at.date() if row.sent_at else None,
            lines=tuple(
                OrderLine(
                    line=each.line,
                    sku=each.sku,
                    quantity=each.quantity,
                    unit_price=each.unit_price,
                    confirmed_quantity=each.confirmed_quantity,
                    confirmed_price=each.confirmed_price,
                )
                for each in lines
                if each.line is not None
            ),
        )
        yield OrderBeside(row.id, row.supplier_id, row.location_id, row.requested_by_id, row.submitted_at, value)
