"""What a mailbox does to a listener over weeks, on real servers: silence, huge mails, deletions, folders that go away."""

import imaplib
import threading
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from types import SimpleNamespace

import pytest

from mail import mailbox
from mail.access import ServerAccess
from mail.intake import MailIntake
from mail.keeping import MailKeeper
from mail.listener import Listener
from mail.mailbox import RawMail, header_of, opened
from mail.taken import Aftermath, Mark
from mail.tokens import TokenKeys
from tests.mail.conftest import Inbox, imap_access
from tests.mail.test_intake import mail
from tests.makers.dovecot import PASSWORD, USER, Dovecot
from tests.makers.keepers import MemoryKeeper
from tests.makers.story import sent
from tests.makers.world import World

pytestmark = pytest.mark.servers
MINUTES_29 = 29 * 60.0  # RFC 2177: a server may end a connection that idles for longer
MIB = 1 << 20


def raw(subject: str, size: int = 0) -> bytes:
    body = b"".join([b"x" * 76 + b"\r\n"] * (size // 78))
    return f"From: anna@balticfoods.example\r\nSubject: {subject}\r\n\r\ntext\r\n".encode() + body


@contextmanager
def listening(
    access: ServerAccess, keeper: MemoryKeeper, *, poll: float = 3600, folder: str = "INBOX"
) -> Iterator[list[str]]:
    troubles: list[str] = []
    listener = Listener(access, folder, keeper, lambda: None, troubles.append, poll, first_wait=0.02)
    stop = threading.Event()
    thread = threading.Thread(target=listener.run, args=[stop])
    thread.start()
    try:
        yield troubles
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive(), "the listener does not stop"


@contextmanager
def client_of(server: Dovecot) -> Iterator[imaplib.IMAP4]:
    with imaplib.IMAP4("127.0.0.1", server.imap_port, timeout=5) as client:
        client.login(USER, PASSWORD)
        yield client


@dataclass
class QuickClock:
    """Half a minute goes by each time that somebody looks."""

    seconds: float = 0.0

    def __call__(self) -> float:
        self.seconds += 30
        return self.seconds


@dataclass
class TimedKeeper(MemoryKeeper):
    """Remembers when the folder was looked at."""

    clock: Callable[[], float] = field(default_factory=QuickClock)
    times: list[float] = field(default_factory=list)

    def looked(self, folder: str, uid_validity: int) -> None:
        self.times.append(self.clock())
        super().looked(folder, uid_validity)


def test_idle_is_renewed_long_before_29_minutes(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = QuickClock()
    monkeypatch.setattr(mailbox, "time", SimpleNamespace(monotonic=clock))
    monkeypatch.setattr(mailbox, "IDLE_SLICE", 0.001)
    keeper = TimedKeeper(clock=clock)
    with listening(inbox.access, keeper):
        keeper.wait_for_looks(5)
        inbox.deliver(raw("still heard"))
        keeper.wait_for(1)
    assert max(later - earlier for earlier, later in pairwise(keeper.times)) < MINUTES_29 / 2


def test_a_server_that_cannot_idle_is_polled(dovecot_server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mail.mailbox._capabilities", lambda _: ("IMAP4REV1",))
    dovecot_server.empty()
    keeper = MemoryKeeper()
    with listening(imap_access(dovecot_server.imap_port, USER), keeper, poll=0.05):
        keeper.wait_for_looks(2)
        dovecot_server.deliver(raw("polled"))
        keeper.wait_for(1)


def test_of_a_mail_of_40_mb_never_more_than_the_head_is_in_memory(dovecot_server: Dovecot) -> None:
    dovecot_server.empty()
    put(dovecot_server, raw("drawings", 40 * MIB), raw("behind it"))
    with opened(imap_access(dovecot_server.imap_port, USER), "INBOX") as session:
        tracemalloc.start()
        found = [each for mails in session.fetch(session.uids_above(0)) for each in mails]
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert [(header_of(each.raw, "Subject"), each.is_head_only) for each in found] == [
        ("drawings", True),
        ("behind it", False),
    ]
    assert peak < MIB


def test_however_many_large_mails_wait_memory_holds_one(dovecot_server: Dovecot) -> None:
    dovecot_server.empty()
    put(dovecot_server, *(raw(f"plan {number}", 9 * MIB) for number in range(4)))
    with opened(imap_access(dovecot_server.imap_port, USER), "INBOX") as session:
        tracemalloc.start()
        sizes = [len(each.raw) // MIB for mails in session.fetch(session.uids_above(0)) for each in mails]
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert sizes == [9] * 4
    assert peak < 3 * 9 * MIB  # the line's buffer, the answer and its copy


def put(server: Dovecot, *mails: bytes) -> None:
    """Lay mails into the mailbox by IMAP, which is quick for large ones."""
    with client_of(server) as client:
        for each in mails:
            client.append("INBOX", None, None, each)


def test_a_mail_deleted_while_being_read_does_not_stop_those_behind_it(dovecot_server: Dovecot) -> None:
    dovecot_server.empty()
    dovecot_server.deliver(raw("deleted"), raw("there"))
    with opened(imap_access(dovecot_server.imap_port, USER), "INBOX") as session, client_of(dovecot_server) as other:
        first, second = session.uids_above(0)
        other.select("INBOX")
        other.uid("STORE", str(first), "+FLAGS", "(\\Deleted)")
        other.expunge()
        found = [each for mails in session.fetch([first, second]) for each in mails]
    assert [header_of(each.raw, "Subject") for each in found] == ["there"]


def test_a_mail_deleted_before_it_can_be_marked_is_kept_all_the_same(dovecot_server: Dovecot) -> None:
    dovecot_server.empty()
    dovecot_server.deliver(raw("kept"))

    class Deleting(MemoryKeeper):
        def keep(self, folder: str, mails: Sequence[RawMail]) -> None:
            super().keep(folder, mails)
            dovecot_server.empty()

    keeper, access = Deleting(), imap_access(dovecot_server.imap_port, USER)
    listener = Listener(
        access, "INBOX", keeper, lambda: None, lambda _: None, 60, aftermath=Aftermath(Mark.FLAG, "Done")
    )
    with opened(access, "INBOX") as session:
        assert listener.take_new(session) == 1
    assert keeper.subjects() == ["kept"]


def test_a_folder_that_is_moved_away_is_missed_and_read_on_when_it_is_back(dovecot_server: Dovecot) -> None:
    keeper, access = MemoryKeeper(), imap_access(dovecot_server.imap_port, USER)
    with client_of(dovecot_server) as client:
        client.create("Orders")
        client.append("Orders", None, None, raw("before"))
        with listening(access, keeper, poll=0.05, folder="Orders") as troubles:
            keeper.wait_for(1)
            client.rename("Orders", "Elsewhere")
            client.append("Elsewhere", None, None, raw("meanwhile"))
            client.rename("Elsewhere", "Orders")
            keeper.wait_for(2)
        client.delete("Orders")
    assert keeper.subjects() == ["before", "meanwhile"]
    assert troubles[-1] == ""


@pytest.mark.store
def test_the_same_mail_delivered_twice_is_booked_once(world: World, dovecot_server: Dovecot) -> None:
    dovecot_server.empty()
    order = sent(world)
    dovecot_server.deliver(*[mail(order, "All confirmed, thank you.\n")] * 2)
    keeper, access = MailKeeper(world.store, world.clock, "orders@imap"), imap_access(dovecot_server.imap_port, USER)
    with opened(access, "INBOX") as session:
        assert Listener(access, "INBOX", keeper, lambda: None, lambda _: None, 60).take_new(session) == 2
    MailIntake(world.store, world.clock, world.house, TokenKeys((b"key",))).read_waiting(threading.Event())
    assert world.story(order.number).count("answer-booked") == 1
