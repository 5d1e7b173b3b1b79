"""What could not be sent: set aside, told to people, and sent again when one of them says so."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from handlers.announcing import happened, show_card
from handlers.dispatch import RecordSendFailure, record_send_failure
from handlers.loading import load, require_permission
from handlers.stopping import ORDER_MAIL, enqueue_order_mail
from orders.clock import Clock
from orders.events import Event
from orders.people import SCHEDULER, Actor, Permission
from orders.purchase import OrderState, PurchaseOrder, content_hash
from orders.refusals import Refusal
from orders.states import Act
from store.outbox import Outgoing, enqueue, park, release
from store.queries.orders import order_values
from store.tables.outbox import OutboxRow, OutboxState
from store.tables.purchase import PurchaseOrderRow

TROUBLE = "trouble"


class NotParked(Refusal):
    """Somebody has tried it again already, or it has gone out."""

    code = "not-parked"

    def __init__(self, outbox: int) -> None:
        super().__init__(outbox=outbox)


class NothingToSendAgain(Refusal):
    """The order's mail has not failed, or the order is no longer what was approved."""

    code = "nothing-to-send-again"

    def __init__(self, number: str) -> None:
        super().__init__(number=number)


@dataclass(frozen=True, slots=True)
class RetryDelivery:
    """Try a message again that was set aside."""

    outbox: int


@dataclass(frozen=True, slots=True)
class SendAgain:
    """Mail an approved order whose mail failed; `revision` is what the card showed."""

    order: str
    revision: int


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that was set aside, as its card shows it."""

    id: int
    kind: str
    order: str | None
    why: str
    attempts: int
    is_parked: bool
    written_at: datetime


def give_up(session: Session, outgoing: Outgoing, why: str, *, clock: Clock) -> None:
    """Set a message aside and tell people.

    An order whose mail did not leave goes back to approved and says so on its card: nobody may believe that the
    supplier has it. Trouble with telling trouble is left to the log and to `quartermaster doctor`.
    """
    park(session, outgoing.id, why)
    row = session.get_one(OutboxRow, outgoing.id)
    order = session.get(PurchaseOrderRow, row.order_id) if row.order_id else None
    if outgoing.kind == ORDER_MAIL and order is not None and order.state is OrderState.SENDING:
        record_send_failure(session, RecordSendFailure(order.number, why), actor=SCHEDULER, clock=clock)
    _tell(session, row, f"parked:{clock.now().isoformat()}", now=clock.now())


def retry_delivery(session: Session, command: RetryDelivery, *, actor: Actor, clock: Clock) -> None:
    """Put a message back to be sent. Raises NotAllowed, NotParked, and for an order's mail what `send_again` raises."""
    if not actor.may(Permission.MANAGE):
        require_permission(session, actor, Permission.APPROVE)
    row = session.get_one(OutboxRow, command.outbox, with_for_update=True)
    if row.state is not OutboxState.PARKED:
        raise NotParked(command.outbox)
    now = clock.now()
    order = session.get(PurchaseOrderRow, row.order_id) if row.order_id else None
    if row.kind == ORDER_MAIL and order is not None:
        send_again(session, SendAgain(order.number, order.revision), actor=actor, clock=clock)
        row.state, row.sent_at = OutboxState.SUPERSEDED, now  # a new mail goes out in its place
    else:
        release(session, row.id, now=now)
    _tell(session, row, f"retried:{now.isoformat()}", now=now, retried_by=actor.name)


def send_again(session: Session, command: SendAgain, *, actor: Actor, clock: Clock) -> PurchaseOrder:
    """Write the order's mail anew, to the addresses that the supplier has now.

    Raises NotAllowed, OrderAlreadyDecided when the card is stale, NothingToSendAgain.
    """
    require_permission(session, actor, Permission.APPROVE)
    loaded = load(session, command.order, Act.START_SENDING, revision=command.revision)
    row, now = loaded.row, clock.now()
    is_waiting = session.query(OutboxRow).filter(
        OutboxRow.order_id == row.id,
        OutboxRow.kind == ORDER_MAIL,
        OutboxRow.state.in_((OutboxState.WAITING, OutboxState.CLAIMED)),
    )
    if is_waiting.first() is not None or content_hash(loaded.order) != row.content_hash:
        raise NothingToSendAgain(command.order)
    row.revision += 1
    enqueue_order_mail(session, row, clock=clock, wait=timedelta(0))
    happened(session, row, Event.SENDING_RETRIED, actor=actor, now=now)
    show_card(session, row, now=now)
    return order_values(session, [row])[0]


def undelivered_view(session: Session, outbox: int) -> Undelivered:
    """A message of the outbox with the reason for which it waits."""
    row = session.get_one(OutboxRow, outbox)
    order = session.get(PurchaseOrderRow, row.order_id) if row.order_id else None
    return Undelivered(
        id=row.id,
        kind=row.kind,
        order=order.number if order else None,
        why=row.last_error,
        attempts=row.attempts,
        is_parked=row.state is OutboxState.PARKED,
        written_at=row.created_at,
    )


def _tell(session: Session, row: OutboxRow, occasion: str, *, now: datetime, retried_by: str = "") -> None:
    if row.kind == TROUBLE:
        return
    surface = f"{TROUBLE}:{row.id}"
    payload = {"outbox": row.id, "retried_by": retried_by}
    enqueue(session, TROUBLE, f"{surface}:{occasion}", payload, now=now, order_id=row.order_id, surface=surface)
