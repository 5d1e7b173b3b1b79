"""The inbox: what comes in is written down, claimed by one worker, and closed, ignored or parked."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.schema import Table

from store.doors import Door, InboxState
from store.tables.inbox import InboxRow

CLAIM = timedelta(minutes=5)
MOST_ATTEMPTS = 3  # then a human looks
_NOW = bindparam("now", type_=InboxRow.closed_at.type)
_OLDEST = (
    select(InboxRow.id)
    .where(
        InboxRow.door == bindparam("door_of"),
        or_(
            InboxRow.state == InboxState.NEW,
            (InboxRow.state == InboxState.CLAIMED) & (InboxRow.claimed_until < _NOW),
        ),
    )
    .order_by(InboxRow.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_TABLE = cast("Table", InboxRow.__table__)
_CLAIM = (
    update(_TABLE)
    .where(InboxRow.id == _OLDEST.scalar_subquery())
    .values(state=InboxState.CLAIMED, claimed_until=bindparam("until"), attempts=_TABLE.c.attempts + 1)
    .returning(_TABLE.c.id, _TABLE.c.raw, _TABLE.c.attempts, _TABLE.c.key)
)
_THIS = update(_TABLE).where(_TABLE.c.id == bindparam("of"))
_CLOSE = _THIS.values({name: bindparam(name) for name in ("state", "closed_at", "reason")} | {"claimed_until": None})
_CLOSE_READ = _CLOSE.values({name: bindparam(name) for name in ("subject", "payload")})


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
    session.flush()
    row = session.execute(_CLAIM, {"door_of": door, "now": now, "until": now + CLAIM}).one_or_none()
    if row is None:
        return None
    return Claimed(row.id, row.raw or b"", row.attempts, row.key)


def close(
    session: Session, inbox_id: int, *, now: datetime, state: InboxState = InboxState.DONE, reason: str = ""
) -> None:
    """The message has been dealt with."""
    changed = {"of": inbox_id, "state": state, "closed_at": now, "reason": reason}
    session.execute(_CLOSE, changed)


def release_key(session: Session, inbox_id: int) -> None:
    """Let a message with this key be taken again: the one that is kept was refused and did nothing."""
    row = session.get_one(InboxRow, inbox_id)
    row.key = f"{row.key}:{row.id}"


def close_read(
    session: Session,
    inbox_id: int,
    *,
    now: datetime,
    state: InboxState,
    subject: str,
    text: str,
    reading: dict[str, Any],
) -> None:
    """The mail has been dealt with: keep the sender's own words and what they were taken to mean beside its bytes."""
    kept = {"subject": subject, "payload": {"text": text, "reading": reading}}
    session.execute(_CLOSE_READ, {"of": inbox_id, "state": state, "closed_at": now, "reason": ""} | kept)


def reopen(session: Session, inbox_id: int) -> None:
    """Let a parked message be dealt with anew."""
    row = session.get_one(InboxRow, inbox_id)
    row.state, row.attempts, row.closed_at, row.claimed_until = InboxState.NEW, 0, None, None


def fail(session: Session, inbox_id: int, reason: str, *, now: datetime) -> InboxState:
    """Dealing with the message failed: it is tried again, and parked for a human after the third time."""
    row = session.get_one(InboxRow, inbox_id)
    if row.attempts >= MOST_ATTEMPTS:
        row.state, row.closed_at, row.claimed_until, row.reason = InboxState.PARKED, now, None, reason
    else:
        row.state, row.claimed_until, row.reason = InboxState.NEW, None, reason
    return row.state
