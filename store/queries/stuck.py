"""What waits or was given up, in and out."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.doors import InboxState
from store.tables.inbox import InboxRow
from store.tables.outbox import OutboxRow, OutboxState
from store.tables.purchase import PurchaseOrderRow


@dataclass(frozen=True, slots=True)
class Stuck:
    """Counts of messages; `last_error` is the newest reason for which one waits."""

    waiting_out: int
    parked_out: int
    parked_in: int
    last_error: str


@dataclass(frozen=True, slots=True)
class Parked:
    """One message that was given up."""

    id: int
    is_outgoing: bool
    what: str
    why: str
    since: datetime

    @property
    def ref(self) -> str:
        """Its name at the command line."""
        return f"{'out' if self.is_outgoing else 'in'}-{self.id}"


def parked_messages(session: Session) -> tuple[Parked, ...]:
    """Everything that was given up, outgoing first, the oldest first."""
    out = (
        select(OutboxRow, PurchaseOrderRow.number)
        .outerjoin(PurchaseOrderRow, PurchaseOrderRow.id == OutboxRow.order_id)
        .where(OutboxRow.state == OutboxState.PARKED)
        .order_by(OutboxRow.id)
    )
    incoming = select(InboxRow).where(InboxRow.state == InboxState.PARKED).order_by(InboxRow.id)
    return (
        *(
            Parked(row.id, True, f"{row.kind} {number or row.key}", row.last_error, row.created_at)
            for row, number in session.execute(out)
        ),
        *(
            Parked(
                row.id,
                False,
                f"{row.door.value} from {row.sender or 'nobody'}: {row.subject}",
                row.reason,
                row.received_at,
            )
            for row in session.scalars(incoming)
        ),
    )


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
