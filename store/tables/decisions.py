"""What rules found and people decided: findings, approvals, and proposals made of suppliers' answers."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, RowId, enum_column, reference


class Verdict(StrEnum):
    """What an approver said."""

    APPROVED = "approved"
    REJECTED = "rejected"


class ProposalState(StrEnum):
    """Where a supplier's answer stands that a person must decide on."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    PARTLY = "partly"  # some lines were accepted, of the others the order stands
    REFUSED = "refused"
    BOOKED = "booked"  # by the program itself; a person may still say that it was wrong
    SUPERSEDED = "superseded"  # a newer answer or a newer revision of the order took its place


class FindingRow(Base):
    """A finding of the rules about one revision of an order; `facts` are the figures that were compared."""

    __tablename__ = "findings"
    __table_args__ = (UniqueConstraint("order_id", "revision", "key"),)

    id: Mapped[RowId]
    order_id: Mapped[int] = reference("purchase_orders.id")
    revision: Mapped[int]
    key: Mapped[str] = mapped_column(String(200))
    code: Mapped[str] = mapped_column(String(80), index=True)
    rule: Mapped[str] = mapped_column(String(20))
    severity: Mapped[str] = mapped_column(String(10))
    line: Mapped[int | None]
    facts: Mapped[dict[str, Any]]
    found_at: Mapped[datetime]


class ApprovalRow(Base):
    """A decision on exactly this content; a material edit sets `voided_at`."""

    __tablename__ = "approvals"
    __table_args__ = (Index("uq_approvals_decision", "order_id", "revision", "person_id", unique=True),)

    id: Mapped[RowId]
    order_id: Mapped[int] = reference("purchase_orders.id")
    person_id: Mapped[int] = reference("people.id")
    verdict: Mapped[Verdict] = mapped_column(enum_column(Verdict))
    content_hash: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, default="")
    shown: Mapped[dict[str, Any]]  # total and findings that stood on the card
    decided_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]


class ReplyProposalRow(Base):
    """A supplier's answer as read, waiting for a manager; bound to the order's revision."""

    __tablename__ = "reply_proposals"
    __table_args__ = (UniqueConstraint("order_id", "inbox_id"),)

    id: Mapped[RowId]
    order_id: Mapped[int] = reference("purchase_orders.id")
    inbox_id: Mapped[int] = reference("inbox.id")
    revision: Mapped[int]
    state: Mapped[ProposalState] = mapped_column(enum_column(ProposalState), default=ProposalState.PENDING)
    understood: Mapped[bool]
    response: Mapped[dict[str, Any]]  # orders.reply.OrderResponse as JSON, as the program read it; never changed
    reasons: Mapped[list[Any]]
    sort: Mapped[str] = mapped_column(String(20), default="unread", index=True)  # orders.answer_sorts.AnswerSort
    findings: Mapped[list[Any]] = mapped_column(default=list)  # what the rules said of it, as JSON
    order_then: Mapped[dict[str, Any] | None]  # the order that it was read against, as in a reading context
    created_at: Mapped[datetime]
    corrected: Mapped[dict[str, Any] | None]  # the response as a person read the mail
    corrected_by_id: Mapped[int | None] = reference("people.id")
    corrected_at: Mapped[datetime | None]
    question: Mapped[str] = mapped_column(Text, default="")  # what the supplier was asked last
    asked_by_id: Mapped[int | None] = reference("people.id")
    asked_at: Mapped[datetime | None]
    is_automatic: Mapped[bool] = mapped_column(default=False)  # the program booked it with nobody looking
    agreed: Mapped[bool | None]  # the person's verdict on the reading: booked just as it was read
    decided_by_id: Mapped[int | None] = reference("people.id")
    decided_at: Mapped[datetime | None]


class AutonomyRulingRow(Base):
    """What a person ruled about a supplier's answers of one sort: to be trusted, or held in shadow. Newest wins."""

    __tablename__ = "autonomy_rulings"
    __table_args__ = (UniqueConstraint("supplier_id", "sort"),)

    id: Mapped[RowId]
    supplier_id: Mapped[int] = reference("suppliers.id")
    sort: Mapped[str] = mapped_column(String(20))
    rung: Mapped[str] = mapped_column(String(20))  # orders.autonomy.Rung: granted or held
    who: Mapped[str] = mapped_column(String(300))
    ruled_at: Mapped[datetime]
