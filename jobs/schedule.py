"""The clock: runs each job once for each slot of its schedule, and once for a slot that was missed.

APScheduler only wakes this room; the truth about what has run is the job_runs table.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger

from orders.clock import Clock
from store.runs import begin_run, end_run, has_run
from store.sessions import Store

log = structlog.get_logger()
LOOK_BACK = timedelta(days=8)  # a weekly slot that was missed is still found after a long week-end


@dataclass(frozen=True, slots=True)
class Job:
    """A named piece of work and when it is due, in the site's own time. `work` gets the slot."""

    name: str
    trigger: CronTrigger
    work: Callable[[datetime], object]


def latest_slot(trigger: CronTrigger, now: datetime) -> datetime | None:
    """The last moment not after `now` at which the trigger was due, within LOOK_BACK; None when there is none."""
    found: datetime | None = None
    due = trigger.get_next_fire_time(None, now - LOOK_BACK)
    while due is not None and due <= now:
        found = due
        due = trigger.get_next_fire_time(due, due + timedelta(microseconds=1))
    return found


def run_due(store: Store, clock: Clock, job: Job) -> bool:
    """Run the job for its latest slot unless that has run; earlier missed slots are not made up for.

    A job that is new here notes the slot that has passed and waits for the next one.
    """
    slot = latest_slot(job.trigger, clock.now())
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
    """Wake each job at its time, and all of them now and every minute, so that nothing missed stays missed."""
    scheduler = BackgroundScheduler(job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600})
    for job in jobs:
        scheduler.add_job(run_due, job.trigger, args=(store, clock, job), id=job.name)
        scheduler.add_job(
            run_due,
            "interval",
            minutes=1,
            args=(store, clock, job),
            id=f"{job.name}-catch-up",
            next_run_time=clock.now(),
        )
    scheduler.start()
    return scheduler
