"""An approved order between approval and supplier: its mail waits, and can be stopped as long as it does."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from handlers.announcing import happened, show_card
from handlers.loading import load, move, require_permission
from handlers.voiding import void_approvals
from orders.clock import Clock
from orders.events import Event
from orders.people import Actor, Permission
from orders.purchase import PurchaseOrder
from orders.states import Act
from store.outbox import enqueue
from store.queries.orders import order_values
from store.tables.purchase import PurchaseOrderRow

ORDER_MAIL = "order_mail"


@dataclass(frozen=True, slots=True)
class StopOrder:
    """Keep an approved order from leaving; it is a draft again. `revision` is what the person saw."""

    order: str
    revision: int | None = None


def stop(session: Session, command: StopOrder, *, actor: Actor, clock: Clock) -> PurchaseOrder:
    """Take an approved order back before its mail leaves; the approval is void (policy A15).

    Raises NotAllowed, OrderAlreadyDecided, and ActForbidden once the mail is being sent.
    """
    require_permission(session, actor, Permission.DRAFT)
    loaded = load(session, command.order, Act.STOP, revision=command.revision)
    void_approvals(session, loaded.row, now=clock.now())
    move(session, loaded)
    happened(session, loaded.row, Event.SENDING_STOPPED, actor=actor, now=clock.now())
    show_card(session, loaded.row, now=clock.now())
    return order_values(session, [loaded.row])[0]


def enqueue_order_mail(session: Session, row: PurchaseOrderRow, *, clock: Clock, wait: timedelta) -> None:
    """The mail of the order as it now stands, bound to its revision; it waits as long as it can still be stopped."""
    now = clock.now()
    enqueue(
        session,
        ORDER_MAIL,
        f"order_mail:{row.number}:{row.revision}",
        {"order": row.number, "revision": row.revision},
        now=now,
        order_id=row.id,
        due_at=now + wait,
    )
