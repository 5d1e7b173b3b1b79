"""One session with a mailbox, on the sandbox's IMAP server and on Dovecot."""

import imaplib
import ssl
import threading
import time
from pathlib import Path

import pytest
from imap_tools.errors import UnexpectedCommandStatusError

from mail import mailbox
from mail.access import Security, ServerAccess
from mail.mailbox import RawMail, Session, address_of, header_of, opened
from sandbox.mail.faults import Fault, Trouble
from sandbox.mail.serving import RunningMail, running_mail
from tests.mail.conftest import Inbox, imap_access, sandbox_inbox
from tests.makers.certificates import make_certificate, server_context
from tests.makers.dovecot import USER, Dovecot
from tests.makers.mail_servers import OURS, PASSWORD, make_mail_settings


def raw(subject: str, body: bytes = b"text") -> bytes:
    return f"From: anna@balticfoods.example\r\nSubject: {subject}\r\n\r\n".encode() + body + b"\r\n"


pytestmark = pytest.mark.servers


def subjects(access: ServerAccess, last: int = 0) -> list[str]:
    with opened(access, "INBOX") as session:
        return [header_of(mail.raw, "Subject") for mail in fetched(session, session.uids_above(last))]


def fetched(session: Session, uids: list[int]) -> list[RawMail]:
    return [mail for mails in session.fetch(uids) for mail in mails]


def test_messages_come_oldest_first_with_every_byte(inbox: Inbox) -> None:
    body = bytes(range(128, 256)).replace(b"\r", b"").replace(b"\n", b"")
    inbox.deliver(raw("one", body), raw("two"))
    with opened(inbox.access, "INBOX") as session:
        first, second = fetched(session, session.uids_above(0))
    assert first.raw.endswith(body + b"\r\n")
    assert (header_of(second.raw, "Subject"), second.uid_validity) == ("two", first.uid_validity)
    assert first.uid < second.uid


def test_only_what_is_above_the_last_uid_comes(inbox: Inbox) -> None:
    inbox.deliver(raw("one"), raw("two"))
    with opened(inbox.access, "INBOX") as session:
        first, second = session.uids_above(0)
        assert session.uids_above(first) == [second]
        assert session.uids_above(second) == []


def test_fetching_leaves_the_mailbox_as_it_was(inbox: Inbox) -> None:
    inbox.deliver(raw("one"))
    subjects(inbox.access)
    client = imaplib.IMAP4(inbox.access.host, inbox.access.port, timeout=5)
    client.login(inbox.access.username, PASSWORD)
    client.select("INBOX", readonly=True)
    assert client.search(None, "SEEN")[1] == [b""]
    client.logout()


def test_new_mail_is_seen_within_one_session(inbox: Inbox) -> None:
    with opened(inbox.access, "INBOX") as session:
        assert session.uids_above(0) == []
        inbox.deliver(raw("late"))
        assert len(session.uids_above(0)) == 1


def test_idle_ends_when_mail_comes(inbox: Inbox) -> None:
    with opened(inbox.access, "INBOX") as session:
        assert session.can_idle
        threading.Timer(0.2, inbox.deliver, [raw("wake")]).start()
        session.wait(30, threading.Event())
        assert len(session.uids_above(0)) == 1


def test_mail_told_of_beside_another_answer_is_not_waited_for(inbox: Inbox) -> None:
    with opened(inbox.access, "INBOX") as session:
        assert session.uids_above(0) == []
        inbox.deliver(raw("between"))
        session._box.client.noop()  # the server tells of it here, and never again
        began = time.monotonic()
        session.wait(60, threading.Event())
        assert time.monotonic() - began < 30
        assert len(session.uids_above(0)) == 1


def test_idle_ends_after_its_time(inbox: Inbox) -> None:
    with opened(inbox.access, "INBOX") as session:
        session.wait(0.1, threading.Event())
        assert session.uids_above(0) == []


def test_idle_ends_when_told_to_stop(inbox: Inbox) -> None:
    stop = threading.Event()
    with opened(inbox.access, "INBOX") as session:
        stop.set()
        session.wait(600, stop)


def test_a_rebuilt_mailbox_shows_another_uidvalidity(inbox: Inbox) -> None:
    inbox.deliver(raw("one"))
    with opened(inbox.access, "INBOX") as session:
        before = session.uid_validity
    inbox.forget_uids()
    with opened(inbox.access, "INBOX") as session:
        assert session.uid_validity != before


def test_of_a_mail_that_is_too_large_only_the_head_comes(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "SIZE_LIMIT", 3_000)
    inbox.deliver(raw("small"), raw("large", b"x" * 4_000), raw("small again"))
    with opened(inbox.access, "INBOX") as session:
        found = fetched(session, session.uids_above(0))
    assert [mail.is_head_only for mail in found] == [False, True, False]
    assert header_of(found[1].raw, "Subject") == "large"
    assert b"xxxx" not in found[1].raw


def test_a_long_backlog_comes_in_order_and_in_pieces(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "FETCH_MOST", 4)
    monkeypatch.setattr(mailbox, "FETCH_BYTES", 700)
    names = [f"mail {number:02}" for number in range(15)]
    inbox.deliver(*(raw(name, b"y" * 300) for name in names))
    assert subjects(inbox.access) == names


def test_a_very_large_folder_is_searched_in_windows(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "SEARCH_WINDOW", 4)
    names = [f"mail {number:02}" for number in range(11)]
    inbox.deliver(*(raw(name) for name in names))
    assert subjects(inbox.access) == names


def test_what_vanishes_between_list_and_fetch_is_passed_over(servers: RunningMail) -> None:
    inbox = sandbox_inbox(servers)
    inbox.deliver(raw("one"), raw("two"))
    with opened(inbox.access, "INBOX") as session:
        uids = session.uids_above(0)
        servers.faults.add(Fault("imap FETCH", Trouble.VANISH))
        assert fetched(session, uids) == []


@pytest.mark.parametrize("step", ["SEARCH", "FETCH"])
def test_a_no_is_never_taken_for_an_empty_mailbox(servers: RunningMail, step: str) -> None:
    inbox = sandbox_inbox(servers)
    inbox.deliver(raw("one"))
    servers.faults.add(Fault(f"imap {step}", Trouble.REFUSE))
    with pytest.raises(UnexpectedCommandStatusError), opened(inbox.access, "INBOX") as session:
        fetched(session, session.uids_above(0))


def test_a_half_open_connection_ends_in_a_timeout(servers: RunningMail) -> None:
    servers.faults.add(Fault("imap NOOP", Trouble.HANG))
    access = imap_access(servers.imap_port, timeout=0.3)
    with pytest.raises(TimeoutError), opened(access, "INBOX") as session:
        session.uids_above(0)


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_an_encrypted_connection_is_verified(tmp_path: Path, security: Security) -> None:
    certificate, private = make_certificate(tmp_path)
    with running_mail(make_mail_settings(tls=server_context(certificate, private))) as mail:
        port = mail.imap_port if security is Security.STARTTLS else mail.imap.tls_port or 0
        trusting = imap_access(port, security=security, ca_file=certificate)
        with opened(trusting, "INBOX") as session:
            assert session.uids_above(0) == []
        with pytest.raises(ssl.SSLCertVerificationError), opened(imap_access(port, security=security), "INBOX"):
            pass


def test_dovecots_certificate_is_verified_too(dovecot_server: Dovecot) -> None:
    access = imap_access(
        dovecot_server.imaps_port, USER, security=Security.TLS, ca_file=dovecot_server.folder / "cert.pem"
    )
    with opened(access, "INBOX") as session:
        assert session.uid_validity > 0


def test_nothing_unencrypted_leaves_this_machine() -> None:
    with pytest.raises(ValueError, match=r"unencrypted connection to imap\.example\.com is refused"):
        ServerAccess("imap.example.com", 143, Security.NONE)


class OneToken:
    """Gives one token and remembers whether it was refused."""

    def __init__(self, token: str) -> None:
        self.token, self.is_forgotten = token, False

    def __call__(self) -> str:
        return self.token

    def forget(self) -> None:
        self.is_forgotten = True


@pytest.mark.parametrize("token", [PASSWORD, "revoked"])
def test_a_token_that_the_server_refuses_is_forgotten(servers: RunningMail, token: str) -> None:
    tokens = OneToken(token)
    access = imap_access(servers.imap_port, password="", token=tokens)
    if token == PASSWORD:
        with opened(access, "INBOX") as session:
            assert session.uids_above(0) == []
    else:
        with pytest.raises(Exception, match="AUTHENTICATIONFAILED"), opened(access, "INBOX"):
            pass
    assert tokens.is_forgotten is (token != PASSWORD)


@pytest.mark.parametrize(
    ("head", "subject"),
    [
        (b"Subject: one\r\n two\r\nX: y\r\n\r\nSubject: body", "one two"),
        (b"subject:plain\n\nbody", "plain"),
        (b"X: y\r\n\r\nSubject: body", ""),
        (b"", ""),
    ],
)
def test_a_header_is_found_in_the_head_only(head: bytes, subject: str) -> None:
    assert header_of(head, "Subject") == subject


def test_the_address_is_taken_out_of_from() -> None:
    assert address_of(f'"Sklep" <{OURS}>') == OURS
