"""What the last plan wants moved between places."""

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from orders.stock import ProposedTransfer
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.planning import ProposedTransferRow


def proposed_transfers(session: Session, *, location: str | None = None) -> tuple[ProposedTransfer, ...]:
    """By source, place that is filled, and product; of one place that is filled, or of all."""
    row, source, target = ProposedTransferRow, aliased(LocationRow), aliased(LocationRow)
    query = (
        select(row.id, ProductRow, source.code, target.code, row.quantity, row.reason)
        .join(row, row.product_id == ProductRow.id)
        .join(source, source.id == row.source_id)
        .join(target, target.id == row.location_id)
        .order_by(source.code, target.code, ProductRow.sku)
    )
    if location is not None:
        query = query.where(target.code == location)
    return tuple(
        ProposedTransfer(key, product.sku, product.name, product.unit, from_code, to_code, quantity, reason)
        for key, product, from_code, to_code, quantity, reason in session.execute(query)
    )
