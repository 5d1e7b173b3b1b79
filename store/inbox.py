"""The inbox: what comes in is written down, claimed by one worker, and closed, ignored or parked."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from store.doors import Door, InboxState
from store.tables.inbox import InboxRow

CLAIM = timedelta(minutes=5)
MOST_ATTEMPTS = 3  # then a human looks


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message as it came; for mail `raw` holds its bytes."""

    door: Door
    key: str
    received_at: datetime
    raw: bytes | None = None
    payload: dict[str, Any] | None = None
    message_id: str | None = None
    body_sha256: str | None = None
    subject: str = ""
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that a worker has taken."""

    id: int
    raw: bytes
    attempts: int = 1
    key: str = ""

    @property
    def is_beyond_hope(self) -> bool:
        """True when it has been claimed so often, without anybody saying how that ended, that it ends its readers."""
        return self.attempts > MOST_ATTEMPTS


def write_down(session: Session, incoming: Incoming) -> int | None:
    """Insert the message; None when it is here already, by its key or as the same mail by another route."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    known = {each.name: value for each in fields(incoming) if (value := getattr(incoming, each.name)) is not None}
    statement = dialect.insert(InboxRow).on_conflict_do_nothing().returning(InboxRow.id)
    inbox_id: int | None = session.scalar(statement, known)
    return inbox_id


def claim(session: Session, door: Door, *, now: datetime) -> Claimed | None:
    """Take the oldest open message of a door, or one whose claim ran out."""
    row = session.scalar(
        select(InboxRow)
        .where(
            InboxRow.door == door,
            or_(
                InboxRow.state == InboxState.NEW,
                (InboxRow.state == InboxState.CLAIMED) & (InboxRow.claimed_until < now),
            ),
        )
        .order_by(InboxRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None:
        return None
    row.state = InboxState.CLAIMED
    row.claimed_until = now + CLAIM
    row.attempts += 1
    session.flush()
    return Claimed(row.id, row.raw or b"", row.attempts, row.key)


def close(
    session: Session, inbox_id: int, *, now: datetime, state: InboxState = InboxState.DONE, reason: str = ""
) -> None:
    """The message has been dealt with."""
    row = session.get_one(InboxRow, inbox_id)
    row.state, row.closed_at, row.claimed_until, row.reason = state, now, None, reason


def release_key(session: Session, inbox_id: int) -> None:
    """Let a message with this key be taken again: the one that is kept was refused and did nothing."""
    row = session.get_one(InboxRow, inbox_id)
    row.key = f"{row.key}:{row.id}"


def keep_reading(session: Session, inbox_id: int, *, subject: str, text: str, reading: dict[str, Any]) -> object:
    """Keep what was read of a mail beside its bytes: the sender's own words, and what they were taken to mean.

    Whoever holds what comes back spares the transaction from loading the row again and again.
    """
    row = session.get_one(InboxRow, inbox_id)
    row.subject, row.payload = subject, {"text": text, "reading": reading}
    return row


def reopen(session: Session, inbox_id: int) -> None:
    """Let a parked message be dealt with anew."""
    row = session.get_one(InboxRow, inbox_id)
    row.state, row.attempts, row.closed_at, row.claimed_until = InboxState.NEW, 0, None, None


def fail(session: Session, inbox_id: int, reason: str, *, now: datetime) -> InboxState:
    """Dealing with the message failed: it is tried again, and parked for a human after the third time."""
    row = session.get_one(InboxRow, inbox_id)
    if row.attempts >= MOST_ATTEMPTS:
        close(session, inbox_id, now=now, state=InboxState.PARKED, reason=reason)
    else:
        row.state, row.claimed_until, row.reason = InboxState.NEW, None, reason
    return row.state
