"""Books a supplier's answer on the lines of a locked order: state, figures, promises, and the confirmation kept for ever."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from handlers.loading import Loaded
from orders.changes import Change, booked, changes
from orders.people import Actor
from orders.purchase import LineState, PurchaseOrder
from orders.refusals import LineNotFound
from orders.reply import LineReading, OrderResponse, Outcome
from store.tables.purchase import ConfirmationRow, PromisedDeliveryRow, PurchaseOrderLineRow, PurchaseOrderRow


def book_response(
    session: Session, loaded: Loaded, response: OrderResponse, *, inbox_id: int | None, actor: Actor, now: datetime
) -> tuple[Change, ...]:
    """Write every mentioned line as answered and return what changed.

    Raises LineNotFound before anything is written when the answer names a line that the order does not have.
    """
    told = changes(loaded.order, response)
    versions = _versions(session, loaded)
    for reading in response.lines:
        if reading.outcome is Outcome.UNMENTIONED:
            continue
        line = next(each for each in loaded.row.lines if each.line == reading.line)
        after = booked(loaded.order.line_at(reading.line), reading)
        line.state = after.state
        line.confirmed_quantity = after.confirmed_quantity
        line.confirmed_price = after.confirmed_price
        line.deliveries = [
            PromisedDeliveryRow(day=each.date, quantity=each.quantity) for each in after.deliveries if each.quantity > 0
        ]
        version = versions.get(line.id, 0) + 1
        _keep(session, line, reading, version, inbox_id=inbox_id, actor=actor, now=now)
    session.flush()
    return told


def _versions(session: Session, loaded: Loaded) -> dict[int, int]:
    """How often each line was answered before."""
    lines = [line.id for line in loaded.row.lines]
    counted = select(ConfirmationRow.line_id, func.max(ConfirmationRow.version)).group_by(ConfirmationRow.line_id)
    return {line: int(version) for line, version in session.execute(counted.where(ConfirmationRow.line_id.in_(lines)))}


def is_answered_differently(order: PurchaseOrder, response: OrderResponse) -> bool:
    """A second answer that differs from the booked one goes to a person, and so does one for a line with goods in."""
    for reading in response.lines:
        try:
            line = order.line_at(reading.line)
        except LineNotFound:
            return True
        answered = line.state not in {LineState.OPEN, LineState.CONFIRMED} or line.received > 0
        differs = line.confirmed_quantity is not None and line.confirmed_quantity != reading.quantity
        if answered or differs:
            return True
    return False


def restore_lines(row: PurchaseOrderRow) -> None:
    """Lines that waited for a decision and were not booked stand again as they did before the answer came."""
    for line in row.lines:
        if line.state is LineState.CHANGE_PENDING:
            line.state = LineState.OPEN if line.confirmed_quantity is None else LineState.CONFIRMED


def _keep(
    session: Session,
    line: PurchaseOrderLineRow,
    reading: LineReading,
    version: int,
    *,
    inbox_id: int | None,
    actor: Actor,
    now: datetime,
) -> None:
    session.add(
        ConfirmationRow(
            line_id=line.id,
            version=version,
            outcome=reading.outcome,
            quantity=reading.quantity,
            unit_price=reading.unit_price,
            deliveries=[
                {"date": each.date.isoformat() if each.date else None, "quantity": each.quantity}
                for each in reading.deliveries
            ],
            evidence=[each.text for each in reading.evidence],
            inbox_id=inbox_id,
            decided_by_id=actor.person_id,
            booked_at=now,
        )
    )
