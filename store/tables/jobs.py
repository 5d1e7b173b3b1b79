"""What the clock did: one row for each run of a scheduled job, and each long-running process's heartbeat."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, enum_column


class RunState(StrEnum):
    """How a run ended."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class JobRunRow(Base):
    """One run of a job for one slot of its schedule; the key makes a slot run once, on however many machines."""

    __tablename__ = "job_runs"

    job: Mapped[str] = mapped_column(String(60), primary_key=True)
    slot: Mapped[datetime] = mapped_column(primary_key=True)  # when it was due
    state: Mapped[RunState] = mapped_column(enum_column(RunState))
    attempts: Mapped[int] = mapped_column(default=1)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    detail: Mapped[str] = mapped_column(Text, default="")


class HeartbeatRow(Base):
    """When a process was last alive and what it is waiting for; `doctor` reads it."""

    __tablename__ = "heartbeats"

    process: Mapped[str] = mapped_column(String(60), primary_key=True)
    beat_at: Mapped[datetime]
    trouble: Mapped[str] = mapped_column(Text, default="")
