"""Delivering the outbox: what fails waits, what can never go out is parked, and one deliverer's defect stops no other."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from jobs.delivery import Delivery
from store.outbox import MOST_ATTEMPTS, GiveUp, NotYet, Outgoing, TryLater, enqueue
from store.sessions import Store
from store.tables.outbox import OutboxRow, OutboxState
from tests.makers.clock import StandingClock

pytestmark = pytest.mark.store


class Recorder:
    """A deliverer that keeps what it was given and does as told."""

    def __init__(self, outcome: Exception | None = None) -> None:
        self.sent: list[str] = []
        self.outcome = outcome

    def __call__(self, outgoing: Outgoing, /) -> None:
        self.sent.append(outgoing.key)
        if self.outcome is not None:
            raise self.outcome


def put(store: Store, clock: StandingClock, *keys: str, kind: str = "card", surface: str | None = None) -> None:
    with store.transaction() as session:
        for key in keys:
            enqueue(session, kind, key, {}, now=clock.now(), surface=surface)


def rows(store: Store) -> list[OutboxRow]:
    with store.reading() as session:
        return list(session.query(OutboxRow).order_by(OutboxRow.id))


def worker(store: Store, clock: StandingClock, **deliverers: Callable[[Outgoing], None]) -> Delivery:
    return Delivery(store, clock, deliverers)


def test_everything_due_is_sent_in_the_order_in_which_it_was_written(store: Store) -> None:
    clock, card = StandingClock(), Recorder()
    put(store, clock, "a", "b", "c")
    assert worker(store, clock, card=card).deliver_due() == 3
    assert card.sent == ["a", "b", "c"]
    assert {row.state for row in rows(store)} == {OutboxState.SENT}


def test_what_cannot_go_out_now_waits_and_is_tried_again(store: Store) -> None:
    clock, card = StandingClock(), Recorder(TryLater("away"))
    put(store, clock, "a")
    delivery = worker(store, clock, card=card)
    delivery.deliver_due()
    card.outcome = None
    assert delivery.deliver_due() == 0
    clock.move(minutes=1)
    assert delivery.deliver_due() == 1
    assert [(row.state, row.attempts, row.last_error) for row in rows(store)] == [(OutboxState.SENT, 2, "")]


def test_what_waits_for_its_turn_is_never_parked_and_counts_no_attempt(store: Store) -> None:
    clock, note = StandingClock(), Recorder(NotYet("its card has not gone out"))
    put(store, clock, "a")
    delivery = worker(store, clock, card=note)
    for _ in range(MOST_ATTEMPTS + 1):
        delivery.deliver_due()
        clock.move(minutes=15)
    assert [(row.state, row.attempts) for row in rows(store)] == [(OutboxState.WAITING, 0)]
    note.outcome = None
    delivery.deliver_due()
    assert [(row.state, row.attempts) for row in rows(store)] == [(OutboxState.SENT, 1)]


def test_what_has_waited_long_for_its_turn_looks_less_often(store: Store) -> None:
    clock, note = StandingClock(), Recorder(NotYet("its card has not gone out"))
    put(store, clock, "a")
    delivery = worker(store, clock, card=note)
    delivery.deliver_due()
    assert rows(store)[0].due_at - clock.now() < timedelta(seconds=1)
    clock.move(minutes=20)
    delivery.deliver_due()
    assert rows(store)[0].due_at - clock.now() == timedelta(minutes=5)


def test_the_other_side_may_say_how_long_to_wait(store: Store) -> None:
    clock, card = StandingClock(), Recorder(TryLater("ratelimited", timedelta(seconds=30)))
    put(store, clock, "a")
    worker(store, clock, card=card).deliver_due()
    assert rows(store)[0].due_at == clock.now() + timedelta(seconds=30)


def test_what_can_never_go_out_is_parked_with_its_reason(store: Store) -> None:
    clock = StandingClock()
    put(store, clock, "a")
    worker(store, clock, card=Recorder(GiveUp("no such channel"))).deliver_due()
    parked, trouble = rows(store)
    assert (parked.state, parked.last_error) == (OutboxState.PARKED, "no such channel")
    assert (trouble.kind, trouble.payload["outbox"]) == ("trouble", parked.id)


def test_what_has_failed_often_enough_is_given_to_a_person(store: Store) -> None:
    clock = StandingClock()
    put(store, clock, "a")
    delivery = worker(store, clock, card=Recorder(TryLater("away")))
    for _ in range(MOST_ATTEMPTS):
        delivery.deliver_due()
        clock.move(minutes=20)
    parked, trouble = rows(store)
    assert (parked.state, parked.attempts, trouble.kind) == (OutboxState.PARKED, MOST_ATTEMPTS, "trouble")


def test_trouble_about_trouble_is_not_told(store: Store) -> None:
    clock = StandingClock()
    put(store, clock, "a", kind="trouble")
    worker(store, clock, trouble=Recorder(GiveUp("no such channel"))).deliver_due()
    assert [row.state for row in rows(store)] == [OutboxState.PARKED]


def test_a_defect_of_one_deliverer_stops_no_other(store: Store) -> None:
    clock, mail = StandingClock(), Recorder()
    put(store, clock, "a")
    put(store, clock, "b", kind="mail")
    worker(store, clock, card=Recorder(ZeroDivisionError("oops")), mail=mail).deliver_due()
    assert mail.sent == ["b"]
    assert rows(store)[0].last_error == "ZeroDivisionError: oops"


def test_when_a_newer_state_of_a_surface_went_out_older_ones_need_not(store: Store) -> None:
    clock, card = StandingClock(), Recorder(TryLater("away"))
    put(store, clock, "order:1", surface="order")
    delivery = worker(store, clock, card=card)
    delivery.deliver_due()
    card.outcome = None
    put(store, clock, "order:2", surface="order")
    delivery.deliver_due()
    assert [row.state for row in rows(store)] == [OutboxState.SUPERSEDED, OutboxState.SENT]


def test_a_worker_that_dies_before_closing_leaves_a_row_that_goes_out_again(store: Store) -> None:
    clock, card = StandingClock(), Recorder(KeyboardInterrupt())  # type: ignore[arg-type]
    put(store, clock, "a")
    with pytest.raises(KeyboardInterrupt):
        worker(store, clock, card=card).deliver_due()
    card.outcome = None
    clock.move(minutes=5)
    assert worker(store, clock, card=card).deliver_due() == 1
