"""The journal: appends events in the transaction that makes them true, and hands each to the order's thread."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from orders.events import Event
from orders.people import Actor
from store.tables.journal import JournalRow
from store.tables.purchase import PurchaseOrderRow


def record(
    session: Session,
    order: PurchaseOrderRow,
    event: Event,
    *,
    actor: Actor,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    inbox_id: int | None = None,
) -> int:
    """Append one event of an order; `before` and `after` hold JSON values. Returns the entry's key."""
    session.flush()
    row = entry_of(order, event, actor, at, before, after)
    row.reason, row.inbox_id = reason, inbox_id
    session.add(row)
    session.flush()
    return row.id


def entry_of(
    order: PurchaseOrderRow,
    event: Event,
    actor: Actor,
    at: datetime,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> JournalRow:
    """An entry about an order that has its key, not yet added to the session."""
    return JournalRow(
        order_id=order.id,
        at=at,
        kind=event.value,
        person_id=actor.person_id,
        who=actor.name,
        before=before,
        after=after,
        revision=order.revision,
    )
