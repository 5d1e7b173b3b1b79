"""Runs of scheduled jobs: a slot of a schedule is run once, however many machines and restarts there are."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from store.tables.jobs import HeartbeatRow, JobRunRow, RunState

MOST_ATTEMPTS = 3
STALE = timedelta(minutes=30)  # a run that never ended: its process died


def has_run(session: Session, job: str) -> bool:
    """True when any slot of the job is known."""
    return session.scalar(select(JobRunRow.job).where(JobRunRow.job == job).limit(1)) is not None


def begin_run(session: Session, job: str, slot: datetime, *, now: datetime) -> bool:
    """Take a slot; False when it has run, is running, or has failed too often."""
    row = session.get(JobRunRow, (job, slot), with_for_update=True)
    if row is None:
        try:
            with session.begin_nested():
                session.add(JobRunRow(job=job, slot=slot, state=RunState.RUNNING, started_at=now, attempts=1))
        except IntegrityError:  # another machine took it a moment before
            return False
        return True
    is_dead = row.state is RunState.RUNNING and row.started_at < now - STALE
    if (row.state is RunState.FAILED or is_dead) and row.attempts < MOST_ATTEMPTS:
        row.state, row.started_at, row.attempts = RunState.RUNNING, now, row.attempts + 1
        return True
    return False


def end_run(session: Session, job: str, slot: datetime, *, now: datetime, error: str = "") -> None:
    """Note how the run ended."""
    row = session.get_one(JobRunRow, (job, slot))
    row.state = RunState.FAILED if error else RunState.DONE
    row.finished_at, row.detail = now, error


@dataclass(frozen=True, slots=True)
class FailedRun:
    """The last run of a job, when it failed."""

    name: str
    started_at: datetime
    why: str


def failed_runs(session: Session) -> tuple[FailedRun, ...]:
    """Jobs whose last run failed: nobody has what it should have made."""
    last = select(JobRunRow.job, func.max(JobRunRow.slot).label("slot")).group_by(JobRunRow.job).subquery()
    rows = session.scalars(
        select(JobRunRow)
        .join(last, (last.c.job == JobRunRow.job) & (last.c.slot == JobRunRow.slot))
        .where(JobRunRow.state == RunState.FAILED)
        .order_by(JobRunRow.job)
    )
    return tuple(FailedRun(row.job, row.started_at, row.detail) for row in rows)


def beat(session: Session, process: str, *, now: datetime, trouble: str = "") -> None:
    """Note that a process is alive, and what it is waiting for, if anything."""
    row = session.get(HeartbeatRow, process)
    if row is None:
        session.add(HeartbeatRow(process=process, beat_at=now, trouble=trouble))
    else:
        row.beat_at, row.trouble = now, trouble


def heartbeats(session: Session) -> dict[str, tuple[datetime, str]]:
    """When each process was last alive and what troubled it."""
    return {row.process: (row.beat_at, row.trouble) for row in session.query(HeartbeatRow)}
