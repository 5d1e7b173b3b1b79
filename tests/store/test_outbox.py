"""What goes out is written down first, sent at least once, and never written twice."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from store.outbox import (
    CLAIM,
    LONGEST_WAIT,
    Outgoing,
    claim,
    close,
    enqueue,
    park,
    posted_at,
    release,
    remember_posted,
    retry_later,
    supersede_older,
)
from store.sessions import Store
from store.tables.outbox import OutboxRow, OutboxState

pytestmark = pytest.mark.store
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def put(store: Store, key: str = "card:1", kind: str = "card", surface: str | None = None) -> int | None:
    with store.transaction() as session:
        return enqueue(session, kind, key, {"n": 1}, now=NOW, surface=surface)


def take(store: Store, now: datetime = NOW, kind: str = "card") -> Outgoing | None:
    with store.transaction() as session:
        return claim(session, [kind], now=now)


def state_of(store: Store, outbox_id: int) -> OutboxRow:
    with store.reading() as session:
        return session.get_one(OutboxRow, outbox_id)


def test_the_same_effect_is_written_once(store: Store) -> None:
    assert put(store) is not None
    assert put(store) is None


def test_a_claimed_row_is_nobody_elses(store: Store) -> None:
    put(store)
    assert take(store) is not None
    assert take(store) is None


def test_a_claim_of_a_worker_that_died_runs_out(store: Store) -> None:
    put(store)
    take(store)
    again = take(store, NOW + CLAIM + timedelta(seconds=1))
    assert again is not None
    assert again.attempts == 2


def test_a_worker_takes_only_its_own_kinds(store: Store) -> None:
    put(store, kind="mail")
    assert take(store, kind="card") is None


def test_two_workers_never_take_the_same_row(store: Store) -> None:
    for number in range(20):
        put(store, f"card:{number}")
    taken: list[int] = []

    def work() -> None:
        while (outgoing := take(store)) is not None:
            taken.append(outgoing.id)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(taken) == len(set(taken)) == 20


def test_a_failed_row_waits_longer_each_time(store: Store) -> None:
    outbox_id = put(store)
    assert outbox_id
    waits = []
    now = NOW
    for _ in range(4):
        outgoing = take(store, now)
        assert outgoing
        with store.transaction() as session:
            retry_later(session, outgoing, "away", now=now)
        due = state_of(store, outbox_id).due_at
        waits.append(due - now)
        now = due
    assert waits == sorted(waits)
    assert waits[0] < waits[-1] <= LONGEST_WAIT


def test_the_other_side_may_say_how_long_to_wait(store: Store) -> None:
    outbox_id = put(store)
    outgoing = take(store)
    assert outgoing
    assert outbox_id
    with store.transaction() as session:
        retry_later(session, outgoing, "ratelimited", now=NOW, wait=timedelta(seconds=30))
    assert state_of(store, outbox_id).due_at == NOW + timedelta(seconds=30)


def test_a_parked_row_can_be_released(store: Store) -> None:
    outbox_id = put(store)
    assert outbox_id
    with store.transaction() as session:
        park(session, outbox_id, "gone")
    assert take(store) is None
    with store.transaction() as session:
        release(session, outbox_id, now=NOW)
    assert take(store) is not None


def test_a_sent_row_stays_as_proof(store: Store) -> None:
    outbox_id = put(store)
    assert outbox_id
    with store.transaction() as session:
        close(session, outbox_id, now=NOW)
    assert state_of(store, outbox_id).sent_at == NOW
    assert take(store) is None


def test_older_states_of_a_surface_need_not_go_out(store: Store) -> None:
    older, newer = put(store, "card:1:1", surface="order:1"), put(store, "card:1:2", surface="order:1")
    assert older
    assert newer
    with store.transaction() as session:
        supersede_older(session, Outgoing(newer, "card", "card:1:2", {}, "order:1", 1, NOW), now=NOW)
    assert state_of(store, older).state is OutboxState.SUPERSEDED


def test_the_living_message_goes_out_before_what_is_said_below_it(store: Store) -> None:
    put(store, "note:1")
    put(store, "card:1", surface="order:1")
    keys = [each.key for each in (take(store), take(store)) if each is not None]
    assert keys == ["card:1", "note:1"]


def test_what_is_due_later_waits(store: Store) -> None:
    later = NOW + timedelta(minutes=2)
    with store.transaction() as session:
        enqueue(session, "mail", "mail:1", {}, now=NOW, due_at=later)
    assert take(store, NOW, "mail") is None
    assert take(store, later, "mail") is not None


def test_the_living_message_of_a_surface_is_remembered(store: Store) -> None:
    outbox_id = put(store)
    assert outbox_id
    for ts in ("1.0", "2.0"):
        with store.transaction() as session:
            remember_posted(session, "order:1", "C1", ts, outbox_id)
    with store.reading() as session:
        assert posted_at(session, "order:1") == ("C1", "2.0")
        assert posted_at(session, "order:2") is None
