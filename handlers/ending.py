"""How an order ends, and how an ended one comes back: cancel, ask the supplier to cancel, close, reopen."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from handlers.announcing import happened, show_card
from handlers.loading import load, move, require_permission
from orders.clock import Clock
from orders.events import Event
from orders.people import Actor, Permission
from orders.purchase import LINE_ENDED, LineState, OrderState, PurchaseOrder
from orders.refusals import ReasonMissing, Refusal
from orders.states import Act
from store.outbox import enqueue, withdraw
from store.queries.orders import order_row, order_values


class GoodsAlreadyReceived(Refusal):
    """Goods of this order have come in; end its open lines short instead of cancelling it."""

    code = "goods-already-received"

    def __init__(self, number: str) -> None:
        super().__init__(number=number)


@dataclass(frozen=True, slots=True)
class CancelOrder:
    """Cancel an order; one that the supplier has is asked for, not cancelled by us alone."""

    order: str
    reason: str
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class CloseOrder:
    """End an order whose open lines will not come any more."""

    order: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReopenOrder:
    """Bring a closed order back for a late receipt, or one whose cancelling the supplier refused."""

    order: str
    reason: str


def cancel(session: Session, command: CancelOrder, *, actor: Actor, clock: Clock) -> PurchaseOrder:
    """Cancel before sending; afterwards mail the supplier and wait for its answer.

    Raises NotAllowed, ReasonMissing, GoodsAlreadyReceived, OrderAlreadyDecided, ActForbidden.
    """
    require_permission(session, actor, Permission.CANCEL)
    if not command.reason.strip():
        raise ReasonMissing(Act.CANCEL.value)
    is_out = order_row(session, command.order, lock=True).state is OrderState.SENT
    loaded = load(session, command.order, Act.REQUEST_CANCEL if is_out else Act.CANCEL, revision=command.revision)
    row, now = loaded.row, clock.now()
    if any(line.received for line in row.lines):
        raise GoodsAlreadyReceived(command.order)
    move(session, loaded)
    if is_out:
        happened(session, row, Event.CANCEL_REQUESTED, actor=actor, now=now, reason=command.reason)
        payload = {"order": row.number, "reason": command.reason}
        enqueue(session, "cancel_mail", f"cancel_mail:{row.number}:{row.revision}", payload, now=now, order_id=row.id)
    else:
        for line in row.lines:
            line.state = LineState.CANCELLED
        withdraw(session, "order_mail", row.id, now=now)
        happened(session, row, Event.ORDER_CANCELLED, actor=actor, now=now, reason=command.reason)
    show_card(session, row, now=now)
    return order_values(session, [row])[0]


def close(session: Session, command: CloseOrder, *, actor: Actor, clock: Clock) -> PurchaseOrder:
    """End the open lines short and close. Raises NotAllowed, ReasonMissing, ActForbidden."""
    require_permission(session, actor, Permission.CANCEL)
    if not command.reason.strip():
        raise ReasonMissing(Act.CLOSE.value)
    loaded = load(session, command.order, Act.CLOSE)
    for line in loaded.row.lines:
        if line.state not in LINE_ENDED:
            line.state = LineState.SHORT_CLOSED
    loaded.row.closed_at = clock.now()
    move(session, loaded)
    happened(session, loaded.row, Event.ORDER_CLOSED, actor=actor, now=clock.now(), reason=command.reason)
    show_card(session, loaded.row, now=clock.now())
    return order_values(session, [loaded.row])[0]


def reopen(session: Session, command: ReopenOrder, *, actor: Actor, clock: Clock) -> PurchaseOrder:
    """Bring the order back to sent; lines that ended short are open again. Raises NotAllowed, ReasonMissing."""
    require_permission(session, actor, Permission.CANCEL)
    if not command.reason.strip():
        raise ReasonMissing(Act.REOPEN.value)
    loaded = load(session, command.order, Act.REOPEN)
    for line in loaded.row.lines:
        if line.state is LineState.SHORT_CLOSED:
            line.state = LineState.PARTLY_RECEIVED if line.received else LineState.OPEN
    loaded.row.closed_at = None
    move(session, loaded)
    happened(session, loaded.row, Event.ORDER_REOPENED, actor=actor, now=clock.now(), reason=command.reason)
    show_card(session, loaded.row, now=clock.now())
    return order_values(session, [loaded.row])[0]
