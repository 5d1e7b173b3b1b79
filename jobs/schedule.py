"""The clock: runs each job once for each slot of its schedule, and once for a slot that was missed.

APScheduler only wakes this room; the truth about what has run is the job_runs table.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from jobs.daily import Daily
from orders.clock import Clock
from store.runs import begin_run, end_run, has_run
from store.sessions import Store

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Job:
    """A named piece of work and when it is due, in the site's own time. `work` gets the slot."""

    name: str
    due: Daily
    work: Callable[[datetime], object]


def run_due(store: Store, clock: Clock, job: Job) -> bool:
    """Run the job for its latest slot unless that has run; earlier missed slots are not made up for.

    A job that is new here notes the slot that has passed and waits for the next one.
    """
    slot = job.due.latest(clock.now())
    if slot is None:
        return False
    with store.transaction() as session:
        if not has_run(session, job.name):  # a shop that begins today missed nothing yesterday
            begin_run(session, job.name, slot, now=clock.now())
            end_run(session, job.name, slot, now=clock.now())
            return False
        if not begin_run(session, job.name, slot, now=clock.now()):
            return False
    error = ""
    try:
        job.work(slot)
    except Exception as failure:  # a job's defect must not stop the other jobs; it is logged and tried again
        log.exception("job failed", job=job.name, slot=slot.isoformat())
        error = f"{type(failure).__name__}: {failure}"
    with store.transaction() as session:
        end_run(session, job.name, slot, now=clock.now(), error=error)
    log.info("job ran", job=job.name, slot=slot.isoformat(), failed=bool(error))
    return True


def start_clock(store: Store, clock: Clock, jobs: Sequence[Job]) -> BackgroundScheduler:
    """Look at each job now and as every minute begins, so that each runs in time and nothing missed stays missed."""
    scheduler = BackgroundScheduler(job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600})
    for job in jobs:
        look = {"args": (store, clock, job), "next_run_time": clock.now()}
        scheduler.add_job(run_due, "cron", second=0, id=job.name, timezone=UTC, **look)
    scheduler.start()
    return scheduler
