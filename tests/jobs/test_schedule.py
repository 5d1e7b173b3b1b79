"""The clock: each slot once, a missed one caught up once, in the site's own time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger

from jobs.schedule import Job, latest_slot, run_due
from store.sessions import Store
from store.tables.jobs import JobRunRow, RunState
from tests.makers.clock import StandingClock

WARSAW = ZoneInfo("Europe/Warsaw")
EIGHT = CronTrigger(hour=8, timezone=WARSAW)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        ("2026-11-23T07:00", "2026-11-23T07:00"),  # winter: 8:00 in Warsaw is 7:00 UTC
        ("2026-11-23T06:59", "2026-11-22T07:00"),
        ("2026-07-01T06:30", "2026-07-01T06:00"),  # summer
        ("2026-10-25T09:00", "2026-10-25T07:00"),  # the night in which an hour comes twice
        ("2026-03-29T09:00", "2026-03-29T06:00"),  # the night in which one is missing
    ],
)
def test_a_slot_is_meant_in_the_sites_own_time(now: str, slot: str) -> None:
    assert latest_slot(EIGHT, at(now)) == at(slot)


def test_a_weekly_slot_is_found_after_a_long_week_end() -> None:
    mondays = CronTrigger(day_of_week="mon", hour=8, timezone=WARSAW)
    assert latest_slot(mondays, at("2026-11-29T12:00")) == at("2026-11-23T07:00")


class Work:
    """Counts the slots that it was run for."""

    def __init__(self) -> None:
        self.slots: list[datetime] = []
        self.trouble: Exception | None = None

    def __call__(self, slot: datetime) -> None:
        self.slots.append(slot)
        if self.trouble is not None:
            raise self.trouble


def known_job(store: Store, work: Work) -> Job:
    """A job that has run before: the shop has been open for a while."""
    job = Job("report", EIGHT, work)
    run_due(store, StandingClock(at("2026-11-20T08:00")), job)
    work.slots.clear()
    return job


@pytest.mark.store
def test_a_slot_is_run_once(store: Store) -> None:
    work = Work()
    job, clock = known_job(store, work), StandingClock(at("2026-11-23T08:00"))
    assert [run_due(store, clock, job) for _ in range(3)] == [True, False, False]
    assert [slot.astimezone(UTC) for slot in work.slots] == [at("2026-11-23T07:00")]


@pytest.mark.store
def test_of_several_missed_slots_only_the_last_is_caught_up(store: Store) -> None:
    work = Work()
    job = known_job(store, work)
    run_due(store, StandingClock(at("2026-11-23T12:00")), job)
    assert len(work.slots) == 1


@pytest.mark.store
def test_a_new_shop_starts_with_the_next_slot(store: Store) -> None:
    work = Work()
    assert not run_due(store, StandingClock(at("2026-11-23T12:00")), Job("report", EIGHT, work))
    assert work.slots == []


@pytest.mark.store
def test_a_failed_run_is_tried_again_three_times_and_then_left(store: Store) -> None:
    work = Work()
    job, clock = known_job(store, work), StandingClock(at("2026-11-23T08:00"))
    work.trouble = ZeroDivisionError("oops")
    assert [run_due(store, clock, job) for _ in range(5)] == [True, True, True, False, False]
    with store.reading() as session:
        row = session.get_one(JobRunRow, ("report", at("2026-11-23T07:00")))
    assert (row.state, row.detail) == (RunState.FAILED, "ZeroDivisionError: oops")


@pytest.mark.store
def test_a_run_whose_process_died_is_taken_over(store: Store) -> None:
    work = Work()
    job, clock = known_job(store, work), StandingClock(at("2026-11-23T08:00"))
    work.trouble = KeyboardInterrupt()  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        run_due(store, clock, job)
    work.trouble = None
    assert not run_due(store, clock, job)
    clock.move(hours=1)
    assert run_due(store, clock, job)
