"""A supplier's answer put before a manager, or booked by the program and kept to be judged: one row an order and mail."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.announcing import happened, show_card, show_proposal
from orders.answer_sorts import AnswerSort, sort_of
from orders.changes import Change, changes
from orders.context import order_as_json
from orders.events import Event
from orders.people import Actor
from orders.purchase import LineState, PurchaseOrder
from orders.refusals import LineNotFound
from orders.reply import OrderResponse, Outcome, response_as_json, response_from_json
from rules.findings import Finding, as_json
from store.queries.orders import order_values
from store.tables.decisions import ProposalState, ReplyProposalRow
from store.tables.purchase import PurchaseOrderRow


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer with all that was found of it before anybody decided."""

    response: OrderResponse
    sort: AnswerSort
    findings: tuple[Finding, ...] = ()
    reasons: tuple[str, ...] = ()


def propose(
    session: Session, row: PurchaseOrderRow, judged: Judged, *, inbox_id: int, actor: Actor, now: datetime
) -> ReplyProposalRow:
    """Keep the answer for a manager; both stay in the journal.

    An older answer that waits is superseded when the new one speaks of all its lines; else both wait.
    """
    mentioned = lines_mentioned(judged.response)
    for older in pending_proposals(session, row.id):
        if lines_mentioned(response_from_json(older.corrected or older.response)) <= mentioned:
            older.state, older.decided_at = ProposalState.SUPERSEDED, now
            show_proposal(session, older, row, now=now)
    (order,) = order_values(session, [row])
    proposal = keep(session, row, order, judged, inbox_id=inbox_id, now=now)
    wait_for_decision(row, mentioned)
    row.revision += 1
    session.flush()
    event = Event.ANSWER_RECEIVED if judged.response.understood else Event.MAIL_NOT_UNDERSTOOD
    told = [change_json(change, "after") for change in differences(order, judged.response)]
    happened(session, row, event, actor=actor, now=now, after={"changes": told}, inbox_id=inbox_id)
    show_card(session, row, now=now)
    return proposal


def wait_for_decision(row: PurchaseOrderRow, lines: Collection[int]) -> None:
    """Mark these lines as waiting for a person, unless goods or an end have come."""
    for line in row.lines:
        if line.line in lines and line.state in {LineState.OPEN, LineState.CONFIRMED, LineState.BACKORDERED}:
            line.state = LineState.CHANGE_PENDING


def lines_mentioned(response: OrderResponse) -> set[int]:
    """The lines that an answer says something of."""
    return {reading.line for reading in response.lines if reading.outcome is not Outcome.UNMENTIONED}


def keep(
    session: Session,
    row: PurchaseOrderRow,
    order: PurchaseOrder,
    judged: Judged,
    *,
    inbox_id: int,
    now: datetime,
    state: ProposalState = ProposalState.PENDING,
) -> ReplyProposalRow:
    """Write the answer down with the order as it was read against."""
    proposal = ReplyProposalRow(
        order_id=row.id,
        inbox_id=inbox_id,
        revision=row.revision + 1,
        state=state,
        understood=judged.response.understood,
        response=response_as_json(judged.response),
        reasons=list(judged.reasons),
        sort=judged.sort.value,
        findings=[as_json(finding) for finding in judged.findings],
        order_then=order_as_json(order),
        created_at=now,
        is_automatic=state is ProposalState.BOOKED,
        decided_at=None if state is ProposalState.PENDING else now,
    )
    session.add(proposal)
    session.flush()
    return proposal


def sort_as_read(order: PurchaseOrder, response: OrderResponse) -> AnswerSort:
    """The sort of an answer; one that names a line which is not there counts as not understood."""
    try:
        return sort_of(order, response)
    except LineNotFound:
        return AnswerSort.UNREAD


def differences(order: PurchaseOrder, response: OrderResponse) -> Sequence[Change]:
    """What the answer changes; nothing when it names a line that the order does not have."""
    try:
        return changes(order, response)
    except LineNotFound:
        return ()


def pending_proposals(session: Session, order_id: int) -> list[ReplyProposalRow]:
    """Answers to this order that wait for a person."""
    return list(
        session.scalars(
            select(ReplyProposalRow).where(
                ReplyProposalRow.order_id == order_id, ReplyProposalRow.state == ProposalState.PENDING
            )
        )
    )


def change_json(change: Change, side: str) -> dict[str, Any]:
    """One side of a change for the journal."""
    return {"line": change.line, "kind": change.kind.value, "value": getattr(change, side)}


def both_sides(told: Sequence[Change]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Booked changes as the journal keeps them: before and after."""
    before, after = ({"changes": [change_json(change, side) for change in told]} for side in ("before", "after"))
    return before, after
