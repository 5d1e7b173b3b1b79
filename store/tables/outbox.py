"""The outbox: everything that goes out is a row here, written in the transaction that decided it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, RowId, enum_column, reference


class OutboxState(StrEnum):
    """Where a row stands on its way out."""

    WAITING = "waiting"
    CLAIMED = "claimed"  # a worker has it until `claimed_until`
    SENT = "sent"
    SUPERSEDED = "superseded"  # a newer state of the same surface went out instead
    PARKED = "parked"  # given up; a human must look; `last_error` says why


class OutboxRow(Base):
    """One thing to send. `key` is unique: the same effect is never written twice."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "state", "due_at"),)

    id: Mapped[RowId]
    kind: Mapped[str] = mapped_column(String(60))  # chooses the deliverer: order_card, order_mail, report …
    key: Mapped[str] = mapped_column(String(300), unique=True)
    payload: Mapped[dict[str, Any]]
    order_id: Mapped[int | None] = reference("purchase_orders.id")
    surface: Mapped[str | None] = mapped_column(String(200), index=True)  # the living message that it updates
    state: Mapped[OutboxState] = mapped_column(enum_column(OutboxState), default=OutboxState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(Text, default="")


class PostedMessageRow(Base):
    """The one living Slack message of a surface (an order's card, a day's report): where it stands."""

    __tablename__ = "posted_messages"

    surface: Mapped[str] = mapped_column(String(200), primary_key=True)
    channel: Mapped[str] = mapped_column(String(40))
    ts: Mapped[str] = mapped_column(String(40))
    outbox_id: Mapped[int | None] = reference("outbox.id")


class SentMailRow(Base):
    """The exact bytes of a mail that we sent; answers are matched by its id and aligned with its text."""

    __tablename__ = "sent_mails"
    __table_args__ = (Index("uq_sent_mails_outbox", "outbox_id", unique=True),)

    id: Mapped[RowId]
    order_id: Mapped[int | None] = reference("purchase_orders.id")
    outbox_id: Mapped[int | None] = reference("outbox.id")
    kind: Mapped[str] = mapped_column(String(60))
    message_id: Mapped[str] = mapped_column(String(500), unique=True)
    token: Mapped[str | None] = mapped_column(String(80), unique=True)
    recipients: Mapped[list[Any]]
    raw: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    bounced_at: Mapped[datetime | None]
