"""The listener loses nothing and doubles nothing, whatever breaks."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from mail import mailbox
from mail.access import ServerAccess
from mail.listener import Listener
from mail.mailbox import opened
from sandbox.mail.faults import FOREVER, Fault, Trouble
from sandbox.mail.serving import RunningMail
from tests.mail.conftest import Inbox, imap_access, sandbox_inbox
from tests.makers.keepers import MemoryKeeper
from tests.makers.mail_servers import OURS

pytestmark = pytest.mark.servers


def raw(subject: str) -> bytes:
    return f"From: anna@balticfoods.example\r\nSubject: {subject}\r\n\r\ntext\r\n".encode()


@dataclass
class Heard:
    """What the listener tells its process."""

    arrived: threading.Event = field(default_factory=threading.Event)
    troubles: list[str] = field(default_factory=list)
    told: threading.Condition = field(default_factory=threading.Condition)

    def trouble(self, words: str) -> None:
        with self.told:
            self.troubles.append(words)
            self.told.notify_all()

    def wait_for_trouble(self, words: str) -> None:
        with self.told:
            assert self.told.wait_for(lambda: any(words in each for each in self.troubles if each or not words), 15)


def make_listener(access: ServerAccess, keeper: MemoryKeeper, heard: Heard | None = None, poll: float = 60) -> Listener:
    heard = heard or Heard()
    return Listener(access, "INBOX", keeper, heard.arrived.set, heard.trouble, poll, first_wait=0.02)


@contextmanager
def listening_to(listener: Listener) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=listener.run, args=[stop])
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive(), "the listener does not stop"


def test_mail_that_waited_and_mail_that_comes_are_both_kept(inbox: Inbox) -> None:
    inbox.deliver(raw("waited"))
    keeper, heard = MemoryKeeper(), Heard()
    with listening_to(make_listener(inbox.access, keeper, heard)):
        keeper.wait_for(1)
        heard.arrived.clear()
        inbox.deliver(raw("came"))
        keeper.wait_for(2)
        assert heard.arrived.wait(5)
    assert keeper.subjects() == ["waited", "came"]


def test_a_second_start_takes_only_what_is_new(inbox: Inbox) -> None:
    keeper = MemoryKeeper()
    inbox.deliver(raw("one"), raw("two"))
    with opened(inbox.access, "INBOX") as session:
        assert make_listener(inbox.access, keeper).take_new(session) == 2
    inbox.deliver(raw("three"))
    with opened(inbox.access, "INBOX") as session:
        assert make_listener(inbox.access, keeper).take_new(session) == 1
    assert keeper.subjects() == ["one", "two", "three"]


def test_after_a_failed_write_the_same_messages_are_taken_again(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "FETCH_MOST", 1)
    inbox.deliver(*(raw(f"mail {number}") for number in range(4)))
    keeper, heard = MemoryKeeper(fail_at={3}), Heard()
    with listening_to(make_listener(inbox.access, keeper, heard)):
        keeper.wait_for(4)
    assert keeper.subjects() == ["mail 0", "mail 1", "mail 2", "mail 3"]
    assert "database is locked" in heard.troubles[0]


def test_a_rebuilt_mailbox_is_read_anew(inbox: Inbox) -> None:
    inbox.deliver(raw("one"), raw("two"))
    keeper = MemoryKeeper()
    with opened(inbox.access, "INBOX") as session:
        make_listener(inbox.access, keeper).take_new(session)
    inbox.forget_uids()
    with opened(inbox.access, "INBOX") as session:
        assert make_listener(inbox.access, keeper).take_new(session) == 2
    assert len({mail.uid_validity for mail in keeper.kept}) == 2


def test_a_quiet_mailbox_is_looked_at_again_and_again(inbox: Inbox) -> None:
    keeper = MemoryKeeper()
    with listening_to(make_listener(inbox.access, keeper, poll=0.05)):
        keeper.wait_for_looks(3)


@pytest.mark.parametrize(
    "trouble", [Trouble.CUT, Trouble.CUT_AFTER, Trouble.CUT_MIDWAY, Trouble.BYE, Trouble.GARBLE, Trouble.REFUSE]
)
@pytest.mark.parametrize("step", ["LOGIN", "SELECT", "SEARCH", "FETCH", "IDLE"])
def test_no_break_of_the_line_loses_or_doubles_a_message(servers: RunningMail, step: str, trouble: Trouble) -> None:
    inbox = sandbox_inbox(servers)
    inbox.deliver(*(raw(f"mail {number}") for number in range(3)))
    servers.faults.add(Fault(f"imap {step}", trouble, times=2, at_byte=30))
    keeper, heard = MemoryKeeper(), Heard()
    with listening_to(make_listener(inbox.access, keeper, heard, poll=0.1)):
        keeper.wait_for(3)
        inbox.deliver(raw("after"))
        keeper.wait_for(4)
    assert keeper.subjects() == ["mail 0", "mail 1", "mail 2", "after"]
    assert servers.faults.struck


@pytest.mark.parametrize("step", ["CONNECT", "NOOP", "FETCH", "IDLE"])
def test_a_server_that_falls_silent_is_left_after_the_timeout(servers: RunningMail, step: str) -> None:
    servers.faults.add(Fault(f"imap {step}", Trouble.HANG))
    inbox = sandbox_inbox(servers)
    inbox.deliver(raw("one"))
    keeper, heard = MemoryKeeper(), Heard()
    with listening_to(make_listener(imap_access(servers.imap_port, timeout=0.3), keeper, heard, poll=0.1)):
        keeper.wait_for(1)
        heard.wait_for_trouble("")
    assert keeper.subjects() == ["one"]


def test_messages_that_vanish_do_not_stop_those_behind_them(servers: RunningMail) -> None:
    inbox = sandbox_inbox(servers)
    inbox.deliver(raw("gone"))
    servers.faults.add(Fault("imap FETCH", Trouble.VANISH))
    keeper = MemoryKeeper()
    with listening_to(make_listener(inbox.access, keeper)):
        keeper.wait_for_looks(1)
        inbox.deliver(raw("there"))
        keeper.wait_for(1)
    assert keeper.subjects() == ["there"]


def test_a_mailbox_rebuilt_under_an_open_session_is_found_again(servers: RunningMail) -> None:
    inbox = sandbox_inbox(servers)
    inbox.deliver(raw("one"))
    keeper = MemoryKeeper()
    with listening_to(make_listener(inbox.access, keeper)):
        keeper.wait_for(1)
        inbox.forget_uids()
        keeper.wait_for(2)
    assert keeper.subjects() == ["one", "one"]
    assert keeper.kept[0].uid_validity != keeper.kept[1].uid_validity


def test_a_server_without_idle_is_polled(servers: RunningMail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mail.mailbox._capabilities", lambda _: ("IMAP4REV1",))
    inbox, keeper = sandbox_inbox(servers), MemoryKeeper()
    with listening_to(make_listener(inbox.access, keeper, poll=0.05)):
        keeper.wait_for_looks(1)
        inbox.deliver(raw("polled"))
        keeper.wait_for(1)


def test_trouble_is_told_and_taken_back(servers: RunningMail) -> None:
    servers.faults.add(Fault("imap LOGIN", Trouble.REFUSE, text="[UNAVAILABLE] maintenance"))
    keeper, heard = MemoryKeeper(), Heard()
    with listening_to(make_listener(imap_access(servers.imap_port), keeper, heard)):
        keeper.wait_for_looks(1)
        heard.wait_for_trouble("")
    assert "maintenance" in heard.troubles[0]
    assert heard.troubles[-1] == ""


def test_waits_grow_from_try_to_try(servers: RunningMail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("random.uniform", lambda *_: 1.0)
    servers.faults.add(Fault("imap LOGIN", Trouble.REFUSE, times=FOREVER))
    waits: list[float] = []

    class Impatient(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.append(timeout or 0)
            if len(waits) == 5:
                self.set()
            return self.is_set()

    make_listener(imap_access(servers.imap_port), MemoryKeeper()).run(Impatient())
    assert [later / earlier for earlier, later in pairwise(waits)] == [2.0] * 4


def test_the_reading_of_a_long_backlog_begins_before_its_end(
    servers: RunningMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "FETCH_MOST", 2)
    inbox, keeper = sandbox_inbox(servers), MemoryKeeper()
    inbox.deliver(*(raw(f"mail {number}") for number in range(5)))
    arrivals: list[int] = []
    listener = Listener(
        inbox.access, "INBOX", keeper, lambda: arrivals.append(len(keeper.kept)), lambda _: None, poll_seconds=60
    )
    with opened(inbox.access, "INBOX") as session:
        listener.take_new(session)
    assert arrivals == [2, 4, 5]


def test_each_look_is_told_with_the_folders_uidvalidity(servers: RunningMail) -> None:
    inbox, keeper = sandbox_inbox(servers), MemoryKeeper()
    with opened(inbox.access, "INBOX") as session:
        make_listener(inbox.access, keeper).take_new(session)
    folder = servers.do(lambda office: office.boxes.folder(OURS))
    assert keeper.looked_at == [("INBOX", folder.uid_validity)]
