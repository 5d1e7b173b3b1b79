"""Voids what people approved once the order is no longer what they saw, and keeps its mail from leaving (policy A7)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.outbox import withdraw
from store.tables.decisions import ApprovalRow, Verdict
from store.tables.purchase import PurchaseOrderRow


def void_approvals(session: Session, order: PurchaseOrderRow, *, now: datetime) -> None:
    """No approval of this order stands any more, its content is not frozen, and a mail that waits does not go out."""
    order.content_hash = None
    standing = select(ApprovalRow).where(
        ApprovalRow.order_id == order.id,
        ApprovalRow.verdict == Verdict.APPROVED,
        ApprovalRow.voided_at.is_(None),
    )
    for approval in session.scalars(standing):
        approval.voided_at = now
    withdraw(session, "order_mail", order.id, now=now)
