"""What waits or was given up, in and out."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.doors import InboxState
from store.tables.inbox import InboxRow
from store.tables.outbox import OutboxRow, OutboxState


@dataclass(frozen=True, slots=True)
class Stuck:
    """Counts of messages; `last_error` is the newest reason for which one waits."""

    waiting_out: int
    parked_out: int
    parked_in: int
    last_error: str


def stuck_messages(session: Session) -> Stuck:
    """Count them."""
    retried = (OutboxRow.state == OutboxState.WAITING) & (OutboxRow.attempts > 0)
    error = session.scalar(select(OutboxRow.last_error).where(retried).order_by(OutboxRow.id.desc()).limit(1))
    return Stuck(
        waiting_out=session.scalar(select(func.count()).select_from(OutboxRow).where(retried)) or 0,
        parked_out=session.scalar(
            select(func.count()).select_from(OutboxRow).where(OutboxRow.state == OutboxState.PARKED)
        )
        or 0,
        parked_in=session.scalar(select(func.count()).select_from(InboxRow).where(InboxRow.state == InboxState.PARKED))
        or 0,
        last_error=error or "",
    )
