"""Deciding on orders: approve and reject. An approval covers the hash of exactly what the card showed."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.announcing import happened, show_card
from handlers.house import House
from handlers.judging import findings_of, judge_order
from handlers.loading import load, move, require_permission
from handlers.purchasing import OrderBlocked
from handlers.stopping import enqueue_order_mail
from handlers.voiding import void_approvals
from orders.clock import Clock
from orders.events import Event
from orders.people import Actor, Permission
from orders.purchase import PurchaseOrder, content_hash
from orders.refusals import ReasonMissing, Refusal
from orders.reply import decimal_text
from orders.states import Act
from rules.findings import blocking
from store.queries.orders import last_changed_by, order_values
from store.tables.decisions import ApprovalRow, Verdict
from store.tables.purchase import PurchaseOrderRow


class OwnOrder(Refusal):
    """The one who asked for an order does not approve it (separation of duties, policy A6)."""

    code = "own-order"

    def __init__(self, number: str) -> None:
        super().__init__(number=number)


class OwnChange(Refusal):
    """The one who changed quantity, price, day or articles last does not approve the order (policy A6)."""

    code = "own-change"

    def __init__(self, number: str) -> None:
        super().__init__(number=number)


class ContentChanged(Refusal):
    """The order is no longer what the card showed; nothing was approved."""

    code = "content-changed"

    def __init__(self, number: str) -> None:
        super().__init__(number=number)


class AlreadyYours(Refusal):
    """This person has approved the order before; a second approver is needed."""

    code = "already-yours"

    def __init__(self, number: str) -> None:
        super().__init__(number=number)


@dataclass(frozen=True, slots=True)
class ApproveOrder:
    """Approve what the card showed: its revision and the hash of its content."""

    order: str
    revision: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class RejectOrder:
    """Send an order back to its requester, with a reason."""

    order: str
    revision: int
    reason: str


@dataclass(frozen=True, slots=True)
class Decided:
    """The order after the decision; `is_final` False while a second approver is awaited."""

    order: PurchaseOrder
    is_final: bool


def approve(session: Session, command: ApproveOrder, *, actor: Actor, clock: Clock, house: House) -> Decided:
    """Approve an order and put its mail into the outbox once enough people have.

    Writes the approval with what the card showed, the journal, the card's update and, after the last approval, the
    order mail. Raises NotAllowed, OwnOrder, OwnChange, OrderAlreadyDecided, ContentChanged, OrderBlocked, AlreadyYours.
    """
    require_permission(session, actor, Permission.APPROVE)
    loaded = load(session, command.order, Act.APPROVE, revision=command.revision)
    row, order, now = loaded.row, loaded.order, clock.now()
    present = content_hash(order)
    if not present == command.content_hash == row.content_hash:
        raise ContentChanged(command.order)
    if not house.shop.may_approve_own:
        _refuse_own(session, row, actor)
    stopping = blocking(judge_order(session, row, order, now=now, house=house), actor.roles)
    if stopping:
        raise OrderBlocked(command.order, stopping)
    earlier = _standing_approvals(session, row)
    if any(approval.person_id == actor.person_id for approval in earlier):
        raise AlreadyYours(command.order)
    session.add(
        ApprovalRow(
            order_id=row.id,
            person_id=_person(actor),
            verdict=Verdict.APPROVED,
            content_hash=present,
            revision=row.revision,
            shown=_shown(session, row, order),
            decided_at=now,
        )
    )
    is_final = len(earlier) + 1 >= _approvers_needed(order, house)
    if is_final:
        move(session, loaded)
        row.approved_at = now
        enqueue_order_mail(session, row, clock=clock, wait=timedelta(minutes=house.shop.undo_minutes))
    else:
        row.revision += 1
    happened(session, row, Event.ORDER_APPROVED, actor=actor, now=now, after={"final": is_final})
    show_card(session, row, now=now)
    return Decided(order_values(session, [row])[0], is_final)


def reject(session: Session, command: RejectOrder, *, actor: Actor, clock: Clock) -> Decided:
    """Return an order to draft with the reason; one no is enough.

    Raises NotAllowed, ReasonMissing, OrderAlreadyDecided, ActForbidden.
    """
    require_permission(session, actor, Permission.APPROVE)
    if not command.reason.strip():
        raise ReasonMissing(Act.REJECT.value)
    loaded = load(session, command.order, Act.REJECT, revision=command.revision)
    row, now = loaded.row, clock.now()
    session.add(
        ApprovalRow(
            order_id=row.id,
            person_id=_person(actor),
            verdict=Verdict.REJECTED,
            content_hash=content_hash(loaded.order),
            revision=row.revision,
            reason=command.reason.strip(),
            shown=_shown(session, row, loaded.order),
            decided_at=now,
        )
    )
    void_approvals(session, row, now=now)
    move(session, loaded)
    happened(session, row, Event.ORDER_REJECTED, actor=actor, now=now, reason=command.reason.strip())
    show_card(session, row, now=now)
    return Decided(order_values(session, [row])[0], is_final=True)


def _refuse_own(session: Session, row: PurchaseOrderRow, actor: Actor) -> None:
    """Separation of duties: neither the requester nor the last one to change the content decides on it."""
    if row.requested_by_id == actor.person_id:
        raise OwnOrder(row.number)
    if last_changed_by(session, row.id) == actor.person_id:
        raise OwnChange(row.number)


def _approvers_needed(order: PurchaseOrder, house: House) -> int:
    """Two above the shop's limit in its own currency; an order in another currency is not compared and needs two."""
    if house.shop.needs_two_above is None:
        return 1
    if order.currency != house.shop.currency or order.has_unpriced_lines:
        return 2
    return 2 if order.total.amount > house.shop.needs_two_above else 1


def _standing_approvals(session: Session, row: PurchaseOrderRow) -> list[ApprovalRow]:
    return list(
        session.scalars(
            select(ApprovalRow).where(
                ApprovalRow.order_id == row.id,
                ApprovalRow.verdict == Verdict.APPROVED,
                ApprovalRow.voided_at.is_(None),
                ApprovalRow.content_hash == row.content_hash,
            )
        )
    )


def _shown(session: Session, row: PurchaseOrderRow, order: PurchaseOrder) -> dict[str, Any]:
    return {
        "total": decimal_text(order.total.amount),
        "currency": order.currency,
        "findings": [found.code for found in findings_of(session, row)],
    }


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise TypeError("only a person decides on an order")
    return actor.person_id
