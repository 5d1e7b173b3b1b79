"""Tells the channel: the order's living card, and the notes in its thread. Writes outbox rows, sends nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders.events import Event
from orders.people import Actor
from store.journal import entry_of, record
from store.outbox import enqueue
from store.tables.decisions import ProposalState, ReplyProposalRow
from store.tables.purchase import PurchaseOrderRow

# These events are on the card already, or are steps of editing: a note in the thread for each would be noise.
_SILENT = frozenset(
    {
        Event.ORDER_PROPOSED,
        Event.LINE_ADDED,
        Event.LINE_CHANGED,
        Event.LINE_REMOVED,
        Event.ORDER_DRAFTED,
        Event.PROPOSAL_ADOPTED,
        Event.SENDING_STARTED,
    }
)


def order_surface(number: str) -> str:
    """The name of an order's living card."""
    return f"order:{number}"


def happened(
    session: Session,
    order: PurchaseOrderRow,
    event: Event,
    *,
    actor: Actor,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    inbox_id: int | None = None,
) -> int:
    """Journal an event of an order and, when it matters to readers of the thread, announce it. Returns the entry."""
    entry = record(
        session, order, event, actor=actor, at=now, before=before, after=after, reason=reason, inbox_id=inbox_id
    )
    if event not in _SILENT:
        enqueue(session, "order_note", f"order_note:{entry}", {"entry": entry}, now=now, order_id=order.id)
    return entry


@dataclass(frozen=True, slots=True)
class Happening:
    """What one event did to one order."""

    order: PurchaseOrderRow
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


def all_happened(
    session: Session, event: Event, happenings: Sequence[Happening], *, actor: Actor, now: datetime
) -> None:
    """Journal one event of many orders with one statement, and announce it as `happened` does."""
    entries = [entry_of(each.order, event, actor, now, each.before, each.after) for each in happenings]
    session.add_all(entries)
    session.flush()
    if event not in _SILENT:
        for entry in entries:
            enqueue(
                session, "order_note", f"order_note:{entry.id}", {"entry": entry.id}, now=now, order_id=entry.order_id
            )


def show_card(
    session: Session, order: PurchaseOrderRow, *, now: datetime, waiting: Sequence[ReplyProposalRow] | None = None
) -> None:
    """Post the order's card, or bring the one that is there up to date: one living message an order.

    The cards of answers that wait follow: their buttons carry the order's revision, and would else be stale for ever.
    `waiting` is for who knows them already.
    """
    enqueue(
        session,
        "order_card",
        f"order_card:{order.number}:{order.revision}",
        {"order": order.number},
        now=now,
        order_id=order.id,
        surface=order_surface(order.number),
    )
    if waiting is None:
        pending = select(ReplyProposalRow).where(
            ReplyProposalRow.order_id == order.id, ReplyProposalRow.state == ProposalState.PENDING
        )
        waiting = session.scalars(pending).all()
    for proposal in waiting:
        show_proposal(session, proposal, order, now=now)


def show_plan_picture(
    session: Session, order: PurchaseOrderRow, *, now: datetime, place: tuple[str, str] | None = None
) -> None:
    """Put the plan's picture into the thread of the order's card, or below the message at `place` (channel, timestamp).

    An order that the plan did not propose has none.
    """
    if all(line.proposed_quantity is None for line in order.lines):
        return
    where = "" if place is None else f":{place[0]}:{place[1]}"
    enqueue(
        session,
        "plan_picture",
        f"plan_picture:{order.number}:{order.revision}{where}",
        {"order": order.number, "place": None if place is None else list(place)},
        now=now,
        order_id=order.id,
    )


def show_proposal(session: Session, proposal: ReplyProposalRow, order: PurchaseOrderRow, *, now: datetime) -> None:
    """Post the card of a supplier's answer, or bring it up to date."""
    session.flush()
    enqueue(
        session,
        "reply_card",
        f"reply_card:{proposal.id}:{proposal.state.value}:{order.revision}",
        {"proposal": proposal.id},
        now=now,
        order_id=order.id,
        surface=f"reply:{proposal.id}",
    )
