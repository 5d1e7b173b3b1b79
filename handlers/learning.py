"""What people chose instead of what the plan proposed: remembered with the reason, shown when the product is proposed again."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders.people import Actor
from orders.stock import QuantityChange
from store.tables.planning import QuantityChangeRow
from store.tables.purchase import PurchaseOrderLineRow, PurchaseOrderRow

SHOWN = 2  # of each product, the newest


def remember_change(
    session: Session,
    order: PurchaseOrderRow,
    line: PurchaseOrderLineRow,
    chosen: int,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Remember that somebody chose another quantity than was proposed; choosing the proposed one again forgets it.

    A line that nobody proposed has nothing to differ from. An empty reason leaves the one that was given before.
    """
    if line.proposed_quantity is None:
        return
    row = session.scalar(
        select(QuantityChangeRow).where(
            QuantityChangeRow.order_id == order.id, QuantityChangeRow.product_id == line.product_id
        )
    )
    if chosen == line.proposed_quantity:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = QuantityChangeRow(
            order_id=order.id,
            product_id=line.product_id,
            location_id=order.location_id,
            proposed=line.proposed_quantity,
            reason="",
        )
        session.add(row)
    row.chosen, row.reason = chosen, reason or row.reason
    row.person_id, row.who, row.at = actor.person_id, actor.name, now


def changes_of_lines(session: Session, order: PurchaseOrderRow) -> dict[int, tuple[QuantityChange, ...]]:
    """By line, what people chose of the product at this place in other orders before, the newest first."""
    found = changes_of_products(session, {line.product_id for line in order.lines}, order.location_id, apart=order.id)
    return {line.line: found[line.product_id] for line in order.lines if line.product_id in found}


def changes_of_products(
    session: Session, products: Collection[int], place: int, *, apart: int | None = None
) -> dict[int, tuple[QuantityChange, ...]]:
    """By product, what people chose at this place, the newest first."""
    if not products:
        return {}
    rows = session.scalars(
        select(QuantityChangeRow)
        .where(
            QuantityChangeRow.product_id.in_(products),
            QuantityChangeRow.location_id == place,
            QuantityChangeRow.order_id != (apart or 0),
        )
        .order_by(QuantityChangeRow.at.desc(), QuantityChangeRow.id.desc())
    )
    found: dict[int, tuple[QuantityChange, ...]] = {}
    for row in rows:
        known = found.get(row.product_id, ())
        if len(known) < SHOWN:
            found[row.product_id] = (*known, QuantityChange(row.proposed, row.chosen, row.reason, row.who, row.at))
    return found
