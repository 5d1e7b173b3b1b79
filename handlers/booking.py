"""Books a supplier's answer on the lines of a locked order: state, figures, promises, and the confirmation kept for ever."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.schema import Table

from handlers.loading import Loaded
from orders.changes import Change, booked, changes, contradicts
from orders.people import Actor
from orders.purchase import Delivery, LineState, PurchaseOrder
from orders.refusals import LineNotFound
from orders.reply import LineReading, OrderResponse, Outcome
from store.tables.purchase import ConfirmationRow, PromisedDeliveryRow, PurchaseOrderLineRow, PurchaseOrderRow

_COUNTED = (
    select(ConfirmationRow.line_id, func.max(ConfirmationRow.version))
    .where(ConfirmationRow.line_id.in_(bindparam("lines", expanding=True)))
    .group_by(ConfirmationRow.line_id)
)
_KEEP = insert(cast("Table", ConfirmationRow.__table__))
_STATES = {Outcome.BACKORDERED: LineState.BACKORDERED, Outcome.REJECTED: LineState.REJECTED}


def book_response(
    session: Session, loaded: Loaded, response: OrderResponse, *, inbox_id: int | None, actor: Actor, now: datetime
) -> tuple[Change, ...]:
    """Write every mentioned line as answered and return what changed.

    Raises LineNotFound before anything is written when the answer names a line that the order does not have.
    """
    told = changes(loaded.order, response)
    versions = _versions(session, loaded)
    decision = {"inbox_id": inbox_id, "decided_by_id": actor.person_id, "booked_at": now}
    kept = []
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
        kept.append(_confirmation(line, reading, versions.get(line.id, 0) + 1) | decision)
    session.flush()
    if kept:
        session.execute(_KEEP, kept)
    return told


def _versions(session: Session, loaded: Loaded) -> dict[int, int]:
    """How often each line was answered before."""
    lines = {"lines": [line.id for line in loaded.row.lines]}
    return {line: int(version) for line, version in session.execute(_COUNTED, lines)}


def is_answered_differently(order: PurchaseOrder, response: OrderResponse) -> bool:
    """A second answer that differs from the booked one goes to a person, and so does one for a line with goods in."""
    for reading in response.lines:
        try:
            line = order.line_at(reading.line)
        except LineNotFound:
            return True
        if line.state not in {LineState.OPEN, LineState.CONFIRMED} or line.received > 0:
            return True
    return contradicts(order, response)


def restore_lines(session: Session, row: PurchaseOrderRow, lines: Collection[int]) -> None:
    """Those of these lines that wait for a decision stand again as they were last booked."""
    standing = standing_confirmations(session, row)
    for line in row.lines:
        if line.line in lines and line.state is LineState.CHANGE_PENDING:
            kept = standing.get(line.id)
            line.state = LineState.OPEN if kept is None else _STATES.get(kept.outcome, LineState.CONFIRMED)


def take_back(session: Session, loaded: Loaded, lines: Collection[int], *, inbox_id: int) -> None:
    """Give these lines the figures that they had before this mail was booked, and let them wait for a decision."""
    standing = standing_confirmations(session, loaded.row, besides=inbox_id)
    for line in loaded.row.lines:
        if line.line not in lines:
            continue
        kept = standing.get(line.id)
        line.confirmed_quantity, line.confirmed_price, line.deliveries = None, None, []
        if kept is not None:
            promised = tuple(
                Delivery(date.fromisoformat(each["date"]) if each["date"] else None, each["quantity"])
                for each in kept.deliveries
            )
            reading = LineReading(line.line, kept.outcome, kept.quantity, kept.unit_price, promised)
            before = booked(loaded.order.line_at(line.line), reading)
            line.confirmed_quantity, line.confirmed_price = before.confirmed_quantity, before.confirmed_price
            line.deliveries = [PromisedDeliveryRow(day=each.date, quantity=each.quantity) for each in promised]
        line.state = LineState.CHANGE_PENDING


def standing_confirmations(
    session: Session, row: PurchaseOrderRow, *, besides: int | None = None
) -> dict[int, ConfirmationRow]:
    """The newest confirmation of each line by its key, leaving out those of one mail."""
    query = select(ConfirmationRow).where(ConfirmationRow.line_id.in_([line.id for line in row.lines]))
    if besides is not None:
        query = query.where(ConfirmationRow.inbox_id.is_distinct_from(besides))
    return {each.line_id: each for each in session.scalars(query.order_by(ConfirmationRow.version))}


def _confirmation(line: PurchaseOrderLineRow, reading: LineReading, version: int) -> dict[str, Any]:
    return {
        "line_id": line.id,
        "version": version,
        "outcome": reading.outcome,
        "quantity": reading.quantity,
        "unit_price": reading.unit_price,
        "deliveries": [
            {"date": each.date.isoformat() if each.date else None, "quantity": each.quantity}
            for each in reading.deliveries
        ],
        "evidence": [each.text for each in reading.evidence],
    }
