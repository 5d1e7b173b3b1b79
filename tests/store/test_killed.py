"""Processes that are killed outright, with a real database: nothing is lost, and what went out is known by its key."""

import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from jobs.delivery import Delivery
from store.doors import Door
from store.inbox import Incoming, write_down
from store.outbox import Outgoing, enqueue
from store.sessions import Store
from store.tables.inbox import InboxRow
from store.tables.outbox import OutboxRow, OutboxState
from tests.makers.clock import StandingClock

pytestmark = pytest.mark.store

# A worker of its own process that dies, as a machine dies, before or after its message has left.
WORKER = """
import os, signal, sys
from pathlib import Path
from jobs.delivery import Delivery
from store.sessions import open_store
from tests.makers.clock import StandingClock

url, sent, moment = sys.argv[1:]

def deliver(outgoing):
    if moment == "after":
        with Path(sent).open("a") as file:
            file.write(outgoing.key + "\\n")
            os.fsync(file.fileno())
    os.kill(os.getpid(), signal.SIGKILL)

Delivery(open_store(url), StandingClock(), {"order_mail": deliver}).deliver_next()
"""


@pytest.mark.parametrize(("moment", "copies"), [("before", 1), ("after", 2)])
def test_a_worker_killed_around_sending_leaves_a_row_that_goes_out_under_the_same_key(
    store: Store, database_url: str, tmp_path: Path, moment: str, copies: int
) -> None:
    clock, sent = StandingClock(), tmp_path / "sent"
    with store.transaction() as session:
        enqueue(session, "order_mail", "order_mail:PO-2026-0001:3", {}, now=clock.now())
    killed = subprocess.run([sys.executable, "-c", WORKER, database_url, str(sent), moment], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL

    def deliver(outgoing: Outgoing) -> None:
        with sent.open("a") as file:
            file.write(outgoing.key + "\n")

    worker = Delivery(store, clock, {"order_mail": deliver})
    assert worker.deliver_due() == 0  # the dead worker's claim still stands
    clock.move(minutes=3)
    assert worker.deliver_due() == 1
    assert sent.read_text().splitlines() == ["order_mail:PO-2026-0001:3"] * copies
    with store.reading() as session:
        assert session.query(OutboxRow).one().state is OutboxState.SENT


WRITER = """
import os, signal, sys
import store.tables.every
from store.outbox import enqueue
from store.sessions import open_store
from tests.makers.clock import StandingClock

with open_store(sys.argv[1]).transaction() as session:
    enqueue(session, "order_mail", "order_mail:1", {}, now=StandingClock().now())
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_not_committed_when_its_process_was_killed_is_not_there(store: Store, database_url: str) -> None:
    killed = subprocess.run([sys.executable, "-c", WRITER, database_url], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    with store.transaction() as session:
        assert session.query(OutboxRow).count() == 0
        enqueue(session, "order_mail", "order_mail:1", {}, now=StandingClock().now() + timedelta(0))


def test_the_same_mail_seen_by_two_listeners_at_the_same_moment_is_written_down_once(store: Store) -> None:
    together, kept = threading.Barrier(4), []
    mail = {"received_at": StandingClock().now(), "raw": b"raw", "message_id": "<a@b>", "body_sha256": "0" * 64}

    def listen(place: int) -> None:
        together.wait()
        with store.transaction() as session:
            key = "orders/1/7" if place % 2 else f"copy/1/{place}"  # by the same route, and by another one
            kept.append(write_down(session, Incoming(Door.MAIL, key, **mail)))  # type: ignore[arg-type]

    listeners = [threading.Thread(target=listen, args=(place,)) for place in range(4)]
    for listener in listeners:
        listener.start()
    for listener in listeners:
        listener.join()
    assert len([each for each in kept if each is not None]) == 1
    with store.reading() as session:
        assert session.query(InboxRow).count() == 1
