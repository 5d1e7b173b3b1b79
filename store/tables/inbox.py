"""The inbox: everything that comes in is a row here before anything is done about it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.doors import Door, InboxState
from store.tables.base import Base, RowId, enum_column


class InboxRow(Base):
    """One message. `key` is what makes it the same message when it comes twice."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("door", "key"),
        Index(
            "uq_inbox_same_mail",
            "message_id",
            "body_sha256",
            unique=True,
            sqlite_where=text("message_id IS NOT NULL"),
            postgresql_where=text("message_id IS NOT NULL"),
        ),
        Index("ix_inbox_open", "door", "state"),
    )

    id: Mapped[RowId]
    door: Mapped[Door] = mapped_column(enum_column(Door))
    key: Mapped[str] = mapped_column(String(300))  # mail: account/uidvalidity/uid; slack: event id or click
    received_at: Mapped[datetime]
    state: Mapped[InboxState] = mapped_column(enum_column(InboxState), default=InboxState.NEW)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_until: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    raw: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    payload: Mapped[dict[str, Any] | None]
    message_id: Mapped[str | None] = mapped_column(String(500), index=True)
    body_sha256: Mapped[str | None] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(Text, default="")
    sender: Mapped[str] = mapped_column(String(400), default="")


class MailboxCursorRow(Base):
    """How far a mailbox folder has been read."""

    __tablename__ = "mailbox_cursors"

    account: Mapped[str] = mapped_column(String(200), primary_key=True)
    folder: Mapped[str] = mapped_column(String(200), primary_key=True)
    uid_validity: Mapped[int]
    last_uid: Mapped[int]
    polled_at: Mapped[datetime | None]
