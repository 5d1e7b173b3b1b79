"""Suppliers' answers: booked when policy and rules allow it, otherwise put before a manager as a proposal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.announcing import happened, show_card
from handlers.booking import book_response
from handlers.house import House
from handlers.judging import judge_reply
from handlers.loading import load, move
from orders.changes import Change, changes
from orders.clock import Clock
from orders.events import Event
from orders.people import Actor
from orders.purchase import LineState, PurchaseOrder
from orders.refusals import LineNotFound, OrderNotFound
from orders.reply import Decision, Kind, OrderResponse, Reading, response_as_json
from orders.states import Act, may
from store.outbox import enqueue
from store.queries.orders import order_row, order_values
from store.tables.decisions import ProposalState, ReplyProposalRow
from store.tables.purchase import PurchaseOrderRow


@dataclass(frozen=True, slots=True)
class RecordReply:
    """What the reader understood of one message in the inbox; `reasons` are words for the manager's card."""

    inbox_id: int
    reading: Reading
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyRecorded:
    """What became of the message: orders booked at once, orders that wait for a person, or a mail to read."""

    booked: tuple[str, ...] = ()
    proposed: tuple[str, ...] = ()
    is_shown_whole: bool = False
    is_ignored: bool = False


def record_reply(session: Session, command: RecordReply, *, actor: Actor, clock: Clock, house: House) -> ReplyRecorded:
    """Book, propose or show one read message.

    Each order is decided alone, but nothing of a message is applied unless the reading as a whole says apply and no
    rule objects. What names no order of ours becomes a card with the mail's text.
    """
    reading = command.reading
    if reading.decision is Decision.IGNORE:
        return ReplyRecorded(is_ignored=True)
    if reading.kind is Kind.BOUNCE:
        return _bounced(session, command, actor=actor, clock=clock)
    booked: list[str] = []
    proposed: list[str] = []
    for response in reading.responses:
        row = _order_of(session, response)
        if row is None:
            continue
        if _may_book(session, row, command, response, now=clock.now(), house=house):
            _book(session, row.number, response, command, actor=actor, clock=clock)
            booked.append(row.number)
        else:
            _propose(session, row, response, command, actor=actor, clock=clock)
            proposed.append(row.number)
    if booked or proposed:
        return ReplyRecorded(tuple(booked), tuple(proposed))
    _show_whole(session, command, clock=clock)
    return ReplyRecorded(is_shown_whole=True)


def _order_of(session: Session, response: OrderResponse) -> PurchaseOrderRow | None:
    if response.order is None:
        return None
    try:
        return order_row(session, response.order, lock=True)
    except OrderNotFound:
        return None


def _may_book(
    session: Session,
    row: PurchaseOrderRow,
    command: RecordReply,
    response: OrderResponse,
    *,
    now: datetime,
    house: House,
) -> bool:
    if command.reading.decision is not Decision.APPLY or not response.understood:
        return False
    if not may(row.state, Act.BOOK_ANSWER) or row.on_hold or _pending(session, row.id):
        return False
    order = order_values(session, [row])[0]
    if _is_answered_differently(order, response):
        return False
    return not judge_reply(session, row, order, command.reading, response, now=now, house=house).is_against_booking


def _is_answered_differently(order: PurchaseOrder, response: OrderResponse) -> bool:
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


def _book(
    session: Session, number: str, response: OrderResponse, command: RecordReply, *, actor: Actor, clock: Clock
) -> None:
    loaded = load(session, number, Act.BOOK_ANSWER)
    told = book_response(session, loaded, response, inbox_id=command.inbox_id, actor=actor, now=clock.now())
    move(session, loaded)
    happened(
        session,
        loaded.row,
        Event.ANSWER_BOOKED,
        actor=actor,
        now=clock.now(),
        before={"changes": [change_json(change, "before") for change in told]},
        after={"changes": [change_json(change, "after") for change in told]},
        inbox_id=command.inbox_id,
    )
    show_card(session, loaded.row, now=clock.now())


def _propose(
    session: Session,
    row: PurchaseOrderRow,
    response: OrderResponse,
    command: RecordReply,
    *,
    actor: Actor,
    clock: Clock,
) -> None:
    """Keep the answer for a manager; an older one that waits is superseded, both stay in the journal."""
    now = clock.now()
    for older in _pending(session, row.id):
        older.state, older.decided_at = ProposalState.SUPERSEDED, now
        _show_proposal(session, older, row, now=now)
    proposal = ReplyProposalRow(
        order_id=row.id,
        inbox_id=command.inbox_id,
        revision=row.revision + 1,
        understood=response.understood,
        response=response_as_json(response),
        reasons=list(command.reasons),
        created_at=now,
        state=ProposalState.PENDING,
    )
    session.add(proposal)
    for reading in response.lines:
        line = next((each for each in row.lines if each.line == reading.line), None)
        if line is not None and line.state in {LineState.OPEN, LineState.CONFIRMED, LineState.BACKORDERED}:
            line.state = LineState.CHANGE_PENDING
    row.revision += 1
    session.flush()
    event = Event.ANSWER_RECEIVED if response.understood else Event.MAIL_NOT_UNDERSTOOD
    told = _told(session, row, response)
    happened(session, row, event, actor=actor, now=now, after={"changes": told}, inbox_id=command.inbox_id)
    _show_proposal(session, proposal, row, now=now)
    show_card(session, row, now=now)


def _told(session: Session, row: PurchaseOrderRow, response: OrderResponse) -> list[dict[str, Any]]:
    try:
        found = changes(order_values(session, [row])[0], response)
    except LineNotFound:
        return []
    return [change_json(change, "after") for change in found]


def _show_proposal(session: Session, proposal: ReplyProposalRow, row: PurchaseOrderRow, *, now: datetime) -> None:
    session.flush()
    enqueue(
        session,
        "reply_card",
        f"reply_card:{proposal.id}:{proposal.state.value}",
        {"proposal": proposal.id},
        now=now,
        order_id=row.id,
        surface=f"reply:{proposal.id}",
    )


def _pending(session: Session, order_id: int) -> list[ReplyProposalRow]:
    return list(
        session.scalars(
            select(ReplyProposalRow).where(
                ReplyProposalRow.order_id == order_id, ReplyProposalRow.state == ProposalState.PENDING
            )
        )
    )


def _bounced(session: Session, command: RecordReply, *, actor: Actor, clock: Clock) -> ReplyRecorded:
    """The order did not arrive: it goes back to approved and its card says so."""
    proposed = []
    for response in command.reading.responses:
        row = _order_of(session, response)
        if row is None or not may(row.state, Act.RECORD_SEND_FAILURE):
            continue
        loaded = load(session, row.number, Act.RECORD_SEND_FAILURE)
        move(session, loaded)
        row.message_id, row.sent_at = None, None
        happened(
            session,
            row,
            Event.SENDING_FAILED,
            actor=actor,
            now=clock.now(),
            reason=command.reading.kind.value,
            inbox_id=command.inbox_id,
        )
        show_card(session, row, now=clock.now())
        proposed.append(row.number)
    if not proposed:
        _show_whole(session, command, clock=clock)
    return ReplyRecorded(proposed=tuple(proposed), is_shown_whole=not proposed)


def _show_whole(session: Session, command: RecordReply, *, clock: Clock) -> None:
    """Nobody's order, or none that can be told: a person reads the mail."""
    enqueue(
        session,
        "please_read",
        f"please_read:{command.inbox_id}",
        {"inbox": command.inbox_id, "reasons": list(command.reasons)},
        now=clock.now(),
        surface=f"mail:{command.inbox_id}",
    )


def change_json(change: Change, side: str) -> dict[str, Any]:
    """One side of a change for the journal."""
    return {"line": change.line, "kind": change.kind.value, "value": getattr(change, side)}
