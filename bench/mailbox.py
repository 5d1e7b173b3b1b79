"""From the mailbox to the order, measured on a real Dovecot: python -m bench.mailbox [--mails N] [--folder N] [--orders N].

Each figure stands beside raw fetching (imaplib, 200 a command) and the standard library's parsing of the same mails in the
same run, as a ratio, so that runs on different machines can be compared. Needs Debian's dovecot-imapd and dovecot-lmtpd.
"""

import argparse
import imaplib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import compat32

from bench.mails import supplier_mail
from bench.quiet import quiet
from mail.access import Security, ServerAccess
from mail.intake import MailIntake
from mail.keeping import MailKeeper
from mail.listener import Listener
from mail.mailbox import opened
from mail.reading.lexicon import LANGUAGES, language
from mail.tokens import TokenKeys
from orders.purchase import PurchaseOrder
from store.migrating import migrate
from store.sessions import Store, open_store
from tests.makers.dovecot import PASSWORD, USER, Dovecot, running_dovecot
from tests.makers.story import sent
from tests.makers.world import World, make_world

BATCH = 200
RAW_GOAL, CHANGE_GOAL, MEMORY_GOAL, WAKE_GOAL = 1_000, 100, 150, 2.0


@dataclass(frozen=True, slots=True)
class Base:
    """What the same mails cost without us, in mails a second."""

    fetching: float
    parsing: float

    def told(self, rate: float) -> str:
        """A rate beside both."""
        return f"{rate:>9,.0f} mails/s  {rate / self.fetching:>6.2f} of raw fetch  {rate / self.parsing:>6.2f} of stdlib parsing"


def main() -> None:
    options = _options()
    quiet()
    print(f"{options.mails} mails of {len(supplier_mail(1, html=True)) / 1024:.0f} kB, SQLite, Dovecot over loopback")
    with running_dovecot() as server, shop() as world:
        put(server, (supplier_mail(number, html=True) for number in range(options.mails)))
        base = without_us(server)
        print(f"raw fetch          {base.fetching:>9,.0f} mails/s")
        print(f"stdlib parsing     {base.parsing:>9,.0f} mails/s")
        report("stored raw", base, stored(server, world), RAW_GOAL)
    with running_dovecot() as server, shop() as world:
        orders = [sent(world) for _ in range(options.orders)]
        put(server, (acceptance(order) for order in orders))
        for code in LANGUAGES:  # a listener runs for weeks: it reads them once
            language(code)
        report("to order change", without_us(server), changed(server, world, orders), CHANGE_GOAL)
        put(server, [acceptance(sent(world), later=True)])
        seconds = woken(server, world)
        print(f"wake-up to card    {seconds:>9.2f} s         goal {WAKE_GOAL} s {verdict(seconds <= WAKE_GOAL)}")
    with running_dovecot() as server:
        put(server, (supplier_mail(number) for number in range(options.folder)))
        ready, most, with_papers = walked(server)
        print(f"memory             {most:>9,.0f} MB at most on {options.folder:,} mails, {ready:.0f} when ready, "
              f"{with_papers:.0f} after a PDF, goal {MEMORY_GOAL} MB {verdict(most <= MEMORY_GOAL)}")  # fmt: skip


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mails", type=int, default=5_000, help="backlog that is stored raw (default: %(default)s)")
    parser.add_argument(
        "--orders", type=int, default=200, help="orders whose answers are booked (default: %(default)s)"
    )
    parser.add_argument(
        "--folder",
        type=int,
        default=100_000,
        help="mails of the folder that memory is measured on (default: %(default)s)",
    )
    return parser.parse_args()


def report(what: str, base: Base, rate: float, goal: float) -> None:
    print(f"{what:<19}{base.told(rate)}  goal {goal:,} {verdict(rate >= goal)}")


def verdict(is_reached: bool) -> str:
    return "reached" if is_reached else "MISSED"


@contextmanager
def shop() -> Iterator[World]:
    """A small shop on a fresh SQLite file."""
    with tempfile.TemporaryDirectory() as folder:
        store: Store = open_store(f"sqlite:///{folder}/shop.db")
        migrate(store.engine)
        yield make_world(store)
        store.close()


def put(server: Dovecot, mails: Iterator[bytes] | list[bytes]) -> None:
    """Lay mails into the mailbox's own folder, which is faster than delivering them."""
    new = server.folder / "home" / USER / "Maildir" / "new"
    if not new.exists():
        server.deliver(b"Subject: makes the folder\r\n\r\n")
        server.empty()
    owner = new.stat()
    staging = new.parent / "tmp"
    for number, raw in enumerate(mails):
        path = staging / f"{time.time_ns()}.{number}.bench"
        path.write_bytes(raw)
        os.chown(path, owner.st_uid, owner.st_gid)
        path.rename(new / path.name)


def access(server: Dovecot) -> ServerAccess:
    return ServerAccess("127.0.0.1", server.imap_port, Security.NONE, USER, PASSWORD)


def without_us(server: Dovecot) -> Base:
    """Fetch raw and parse, as anybody would; the first look makes Dovecot's index, so it is not timed."""
    with imaplib.IMAP4("127.0.0.1", server.imap_port) as line:
        line.login(USER, PASSWORD)
        line.select("INBOX", readonly=True)
        uids = line.uid("SEARCH", "ALL")[1][0].split()
        began = time.perf_counter()
        raws = []
        for at in range(0, len(uids), BATCH):
            answer = line.uid("FETCH", b",".join(uids[at : at + BATCH]).decode(), "(UID BODY.PEEK[])")[1]
            raws += [part[1] for part in answer if isinstance(part, tuple)]
        fetched = time.perf_counter() - began
    parser = BytesParser(policy=compat32)
    began = time.perf_counter()
    for raw in raws:
        for part in parser.parsebytes(raw).walk():
            part.get_payload(decode=True)
    return Base(len(raws) / fetched, len(raws) / (time.perf_counter() - began))


def intake_of(world: World) -> MailIntake:
    return MailIntake(world.store, world.clock, world.house, TokenKeys((b"key",)))


def listener_on(server: Dovecot, world: World, arrived: threading.Event) -> Listener:
    keeper = MailKeeper(world.store, world.clock, "orders@bench")
    return Listener(access(server), "INBOX", keeper, arrived.set, lambda _: None, poll_seconds=60)


def stored(server: Dovecot, world: World) -> float:
    """A backlog until every raw mail is committed."""
    listener = listener_on(server, world, threading.Event())
    began = time.perf_counter()
    with opened(access(server), "INBOX") as session:
        taken = listener.take_new(session)
    return taken / (time.perf_counter() - began)


def acceptance(order: PurchaseOrder, *, later: bool = False) -> bytes:
    """A supplier's whole yes, or one with another day, which a manager must see."""
    words = "All confirmed, delivery on 9 December." if later else "All confirmed, thank you."
    return (
        f"From: Jan Kowalski <jan@baltic.example>\r\nTo: orders@shop.example\r\nSubject: Re: Purchase order {order.number}\r\n"
        f"Date: Tue, 24 Nov 2026 10:00:00 +0100\r\nMessage-ID: <{order.number}@baltic.example>\r\n"
        f"In-Reply-To: {order.message_id}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello,\r\n\r\n{words}\r\n\r\nJan\r\n"
    ).encode()


def changed(server: Dovecot, world: World, orders: list[PurchaseOrder]) -> float:
    """From the first fetch until the last order's answer is booked and committed, in one process."""
    intake = intake_of(world)
    listener = listener_on(server, world, threading.Event())
    began = time.perf_counter()
    with opened(access(server), "INBOX") as session:
        listener.take_new(session)
    intake.read_waiting(threading.Event())
    seconds = time.perf_counter() - began
    left = [order.number for order in orders if world.order(order.number).lines[0].confirmed_quantity is None]
    if left:
        raise SystemExit(f"{len(left)} answers were not booked, the first of {left[0]}")
    return len(orders) / seconds


def woken(server: Dovecot, world: World) -> float:
    """From the moment a mail lies in the mailbox until the card's row waits in the outbox, with everything running."""
    intake, arrived, stop = intake_of(world), threading.Event(), threading.Event()
    listener = listener_on(server, world, arrived)
    threads = [
        threading.Thread(target=listener.run, args=[stop]),
        threading.Thread(target=intake.run, args=[stop, arrived], kwargs={"every": 5.0}),
    ]
    for thread in threads:
        thread.start()
    try:
        wait_until(lambda: len(world.outbox("reply_card")) >= 1, "the first card")
        order = sent(world)
        stop.wait(2.0)  # the listener is back in IDLE
        cards = len(world.outbox("reply_card"))
        began = time.perf_counter()
        put(server, [acceptance(order, later=True)])
        wait_until(lambda: len(world.outbox("reply_card")) > cards, "the card")
        return time.perf_counter() - began
    finally:
        stop.set()
        for thread in threads:
            thread.join(10)


def wait_until(holds: Callable[[], bool], what: str) -> None:
    pause = threading.Event()
    for _ in range(3_000):
        if holds():
            return
        pause.wait(0.01)
    raise SystemExit(f"{what} did not come within 30 seconds")


def walked(server: Dovecot) -> tuple[float, ...]:
    """What bench.listening says of its memory in MB: ready, at its most in a whole folder, and after a PDF."""
    with shop() as world:
        url = world.store.engine.url.render_as_string()
        command = [sys.executable, "-m", "bench.listening", str(server.imap_port), url]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return tuple(float(word) for word in told.split())


if __name__ == "__main__":
    main()
