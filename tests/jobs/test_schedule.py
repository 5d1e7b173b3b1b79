"""The clock: each slot once, a missed one caught up once, in the site's own time."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from jobs.daily import Daily, weekdays_of
from jobs.schedule import Job, run_due
from store.runs import failed_runs
from store.sessions import Store
from store.tables.jobs import JobRunRow, RunState
from tests.makers.clock import StandingClock

WARSAW = ZoneInfo("Europe/Warsaw")
EIGHT = Daily(time(8), WARSAW)


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
    assert EIGHT.latest(at(now)) == at(slot)


def test_a_weekly_slot_is_found_after_a_long_week_end() -> None:
    mondays = Daily(time(8), WARSAW, frozenset({1}))
    assert mondays.latest(at("2026-11-29T12:00")) == at("2026-11-23T07:00")


@pytest.mark.parametrize("hour", [time(0), time(1, 59), time(2), time(2, 30), time(3), time(8), time(23, 59)])
@pytest.mark.parametrize("first", ["2026-10-23T00:00", "2027-03-26T00:00"])
def test_around_a_change_of_the_clocks_each_day_has_one_slot(hour: time, first: str) -> None:
    daily, begun = Daily(hour, WARSAW), at(first)
    looked = (daily.latest(begun + timedelta(minutes=5 * step)) for step in range(12 * 24 * 5))
    slots = sorted({slot for slot in looked if slot is not None and slot >= begun})
    days = [slot.astimezone(WARSAW).date() for slot in slots]
    assert days == [days[0] + timedelta(days=step) for step in range(len(days))]
    assert len(days) >= 4


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        ("2026-10-25T00:30", "2026-10-25T00:30"),  # 2:30 comes twice: the first counts
        ("2026-10-25T01:30", "2026-10-25T00:30"),
        ("2027-03-28T01:30", "2027-03-28T01:30"),  # 2:30 is left out: 3:30 summer time is the same moment
        ("2027-03-28T01:29", "2027-03-27T01:30"),
    ],
)
def test_an_hour_that_comes_twice_or_never_still_has_its_moment(now: str, slot: str) -> None:
    assert Daily(time(2, 30), WARSAW).latest(at(now)) == at(slot)


@pytest.mark.parametrize(
    ("text", "days"),
    [("mon-sun", {1, 2, 3, 4, 5, 6, 7}), ("mon-sat", {1, 2, 3, 4, 5, 6}), ("sat-mon", {6, 7, 1}), ("wed,fri", {3, 5})],
)
def test_weekdays_are_read_from_the_settings(text: str, days: set[int]) -> None:
    assert weekdays_of(text) == days


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
        (failed,) = failed_runs(session)
    assert (row.state, row.detail) == (RunState.FAILED, "ZeroDivisionError: oops")
    assert (failed.name, failed.why) == ("report", "ZeroDivisionError: oops")


@pytest.mark.store
def test_a_job_that_runs_well_again_has_not_failed(store: Store) -> None:
    work = Work()
    job, clock = known_job(store, work), StandingClock(at("2026-11-23T08:00"))
    work.trouble = ZeroDivisionError("oops")
    run_due(store, clock, job)
    work.trouble = None
    clock.move(days=1)
    run_due(store, clock, job)
    with store.reading() as session:
        assert failed_runs(session) == ()


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
