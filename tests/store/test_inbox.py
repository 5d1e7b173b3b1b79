"""What comes in is written down once, before anything is done about it."""

from datetime import UTC, datetime, timedelta

import pytest

from store.doors import Door, InboxState
from store.inbox import CLAIM, MOST_ATTEMPTS, Incoming, claim, close, fail, write_down
from store.sessions import Store
from store.tables.inbox import InboxRow

pytestmark = pytest.mark.store
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def mail(key: str = "orders/1/7", message_id: str | None = "<a@b>", body: str = "x") -> Incoming:
    return Incoming(Door.MAIL, key, NOW, raw=b"raw", message_id=message_id, body_sha256=body)


def put(store: Store, incoming: Incoming) -> int | None:
    with store.transaction() as session:
        return write_down(session, incoming)


def take(store: Store, now: datetime = NOW) -> int | None:
    with store.transaction() as session:
        taken = claim(session, Door.MAIL, now=now)
        return None if taken is None else taken.id


def test_a_message_is_written_down_once(store: Store) -> None:
    assert put(store, mail()) is not None
    assert put(store, mail()) is None


def test_the_same_mail_by_another_route_is_the_same(store: Store) -> None:
    put(store, mail("orders/1/7"))
    assert put(store, mail("orders/1/8")) is None


def test_the_same_message_id_with_another_text_is_new(store: Store) -> None:
    put(store, mail("orders/1/7", body="x"))
    assert put(store, mail("orders/1/8", body="y")) is not None


def test_mails_without_an_id_are_told_apart_by_their_place(store: Store) -> None:
    assert put(store, mail("orders/1/7", message_id=None)) is not None
    assert put(store, mail("orders/1/8", message_id=None)) is not None


def test_the_bytes_are_kept_as_they_came(store: Store) -> None:
    inbox_id = put(store, mail())
    with store.reading() as session:
        assert session.get_one(InboxRow, inbox_id).raw == b"raw"


def test_a_claimed_message_comes_back_when_its_worker_died(store: Store) -> None:
    inbox_id = put(store, mail())
    assert take(store) == inbox_id
    assert take(store) is None
    assert take(store, NOW + CLAIM + timedelta(seconds=1)) == inbox_id


def test_a_message_that_fails_three_times_is_parked_with_its_reason(store: Store) -> None:
    inbox_id = put(store, mail())
    assert inbox_id
    states = []
    for _ in range(MOST_ATTEMPTS):
        take(store)
        with store.transaction() as session:
            states.append(fail(session, inbox_id, "broken", now=NOW))
    assert states == [InboxState.NEW, InboxState.NEW, InboxState.PARKED]
    with store.reading() as session:
        assert session.get_one(InboxRow, inbox_id).reason == "broken"


def test_a_closed_message_is_not_taken_again(store: Store) -> None:
    put(store, mail())
    with store.transaction() as session:
        taken = claim(session, Door.MAIL, now=NOW)
        assert taken
        close(session, taken.id, now=NOW)
    assert take(store, NOW + timedelta(days=1)) is None
