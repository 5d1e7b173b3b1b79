"""The outbox: rows are written in the transaction that decides them, claimed by a worker, and closed or retried.

Delivery is at least once: a worker that dies between sending and closing leaves a claim that runs out, and the
deliverer recognises by the row's key what has already gone out.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.schema import Table
from sqlalchemy.sql.dml import ReturningInsert

from store.tables.outbox import OutboxRow, OutboxState, PostedMessageRow

CLAIM = timedelta(minutes=2)
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=15)
SHORTEST_TURN = timedelta(milliseconds=200)
MOST_ATTEMPTS = 30  # some six hours of waiting; then a human must be asked


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One claimed row, as a deliverer sees it."""

    id: int
    kind: str
    key: str
    payload: dict[str, Any]
    surface: str | None
    attempts: int
    created_at: datetime


class NotYet(Exception):
    """Its turn has not come: what it follows has not gone out. Nothing was tried, so this is no attempt."""


class TryLater(Exception):
    """The other side cannot take it now; `wait` is what it asked for, None for our own back-off."""

    def __init__(self, why: str, wait: timedelta | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class GiveUp(Exception):
    """The other side will never take it as it is: a human must look."""


def enqueue(
    session: Session,
    kind: str,
    key: str,
    payload: dict[str, Any],
    *,
    now: datetime,
    order_id: int | None = None,
    surface: str | None = None,
    due_at: datetime | None = None,
) -> int | None:
    """Write one thing to send; None when a row with this key is there already: the effect is never doubled."""
    written = {
        "kind": kind, "key": key, "payload": payload, "order_id": order_id, "surface": surface, "created_at": now,
        "due_at": due_at or now,
    }  # fmt: skip
    session.flush()
    outbox_id: int | None = session.scalar(_insertion(session.get_bind().dialect.name), written)
    return outbox_id


@cache
def _insertion(dialect: str) -> ReturningInsert[int]:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    table = cast("Table", OutboxRow.__table__)
    return insert(table).on_conflict_do_nothing(index_elements=["key"]).returning(table.c.id)


def claim(session: Session, kinds: Collection[str], *, now: datetime) -> Outgoing | None:
    """Take the oldest due row of these kinds, or one whose claim ran out; None when nothing is due.

    Rows of one surface go out in the order in which they were written. Of rows that became due together, those that
    change a living message come first: who pressed its button looks at it, and notes stand below it.
    """
    due = (
        select(OutboxRow)
        .where(
            OutboxRow.kind.in_(kinds),
            or_(
                OutboxRow.state == OutboxState.WAITING,
                (OutboxRow.state == OutboxState.CLAIMED) & (OutboxRow.claimed_until < now),
            ),
            OutboxRow.due_at <= now,
        )
        .order_by(OutboxRow.due_at, OutboxRow.surface.is_(None), OutboxRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = session.scalar(due)
    if row is None:
        return None
    row.state = OutboxState.CLAIMED
    row.claimed_until = now + CLAIM
    row.attempts += 1
    session.flush()
    return Outgoing(row.id, row.kind, row.key, row.payload, row.surface, row.attempts, row.created_at)


def is_overtaking(session: Session, outgoing: Outgoing) -> bool:
    """True while an older row of the same kind and order has not gone out: a story is told in its order."""
    this = select(OutboxRow.order_id).where(OutboxRow.id == outgoing.id).scalar_subquery()
    older = select(OutboxRow.id).where(
        OutboxRow.kind == outgoing.kind,
        OutboxRow.order_id == this,
        OutboxRow.id < outgoing.id,
        OutboxRow.state.in_((OutboxState.WAITING, OutboxState.CLAIMED)),
    )
    return session.scalar(older.limit(1)) is not None


def close(session: Session, outbox_id: int, *, now: datetime) -> None:
    """The row has gone out."""
    _set(session, outbox_id, state=OutboxState.SENT, sent_at=now, claimed_until=None, last_error="")


def supersede_older(session: Session, outgoing: Outgoing, *, now: datetime) -> None:
    """Older waiting rows of the same surface need not go out: what went out shows the newest state."""
    if outgoing.surface is None:
        return
    session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.surface == outgoing.surface,
            OutboxRow.kind == outgoing.kind,
            OutboxRow.id < outgoing.id,
            OutboxRow.state == OutboxState.WAITING,
        )
        .values(state=OutboxState.SUPERSEDED, sent_at=now)
    )


def retry_later(
    session: Session, outgoing: Outgoing, error: str, *, now: datetime, wait: timedelta | None = None
) -> None:
    """Put the row back with a growing wait. `wait` is what the other side asked for."""
    pause = wait or min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(outgoing.attempts - 1, 20))
    _set(session, outgoing.id, state=OutboxState.WAITING, claimed_until=None, due_at=now + pause, last_error=error)


def put_back(session: Session, outgoing: Outgoing, why: str, *, now: datetime) -> None:
    """Let the row wait for its turn, the longer the older it is; however long that takes, it is never parked for it."""
    pause = max(SHORTEST_TURN, min(LONGEST_WAIT, (now - outgoing.created_at) / 4))
    _set(
        session,
        outgoing.id,
        state=OutboxState.WAITING,
        claimed_until=None,
        due_at=now + pause,
        attempts=outgoing.attempts - 1,
        last_error=why,
    )


def withdraw(session: Session, kind: str, order_id: int, *, now: datetime) -> None:
    """Waiting rows of this kind and order must not go out any more; one that a worker has taken is past stopping."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.kind == kind, OutboxRow.order_id == order_id, OutboxRow.state == OutboxState.WAITING)
        .values(state=OutboxState.SUPERSEDED, sent_at=now)
    )


def park(session: Session, outbox_id: int, error: str) -> None:
    """Give the row to a human: it will not be tried again by itself."""
    _set(session, outbox_id, state=OutboxState.PARKED, claimed_until=None, last_error=error)


def release(session: Session, outbox_id: int, *, now: datetime) -> None:
    """Try a parked row again."""
    _set(session, outbox_id, state=OutboxState.WAITING, attempts=0, due_at=now)


def posted_at(session: Session, surface: str) -> tuple[str, str] | None:
    """Channel and timestamp of the living message of a surface, or None when it has none yet."""
    row = session.get(PostedMessageRow, surface)
    return None if row is None else (row.channel, row.ts)


def remember_posted(session: Session, surface: str, channel: str, ts: str, outbox_id: int) -> None:
    """Keep where the living message of a surface stands."""
    row = session.get(PostedMessageRow, surface)
    if row is None:
        session.add(PostedMessageRow(surface=surface, channel=channel, ts=ts, outbox_id=outbox_id))
    else:
        row.channel, row.ts, row.outbox_id = channel, ts, outbox_id


def _set(session: Session, outbox_id: int, **values: Any) -> None:
    session.execute(update(OutboxRow).where(OutboxRow.id == outbox_id).values(**values))
