"""News reaches a waiting client at once, and everybody sees what the others do."""

import ssl
import threading
from pathlib import Path

import pytest
from imap_tools import MailBox, MailBoxStartTls, MailMessageFlags

from sandbox.mail.serving import RunningMail, running_mail
from tests.makers.certificates import make_certificate, server_context
from tests.makers.clock import StandingClock
from tests.makers.mail_servers import ANNA, OURS, PASSWORD, lay_in, letter_from, mailbox, make_mail_settings, post

pytestmark = pytest.mark.servers


def test_a_mail_sent_over_smtp_wakes_who_waits_in_idle(mail: RunningMail) -> None:
    with mailbox(mail) as box, box.idle as idle:
        sending = threading.Thread(target=post, args=(mail, letter_from(ANNA, OURS)))
        sending.start()
        told = idle.poll(timeout=5)
        sending.join()
    assert told == [b"* 1 EXISTS"]


def test_idle_also_tells_of_deletion_and_of_flags(mail: RunningMail) -> None:
    _, second = lay_in(mail, "one", "two")
    with mailbox(mail) as waiting, mailbox(mail) as other, waiting.idle as idle:
        other.client.uid("STORE", str(second), "+FLAGS", "(\\Flagged)")
        assert idle.poll(timeout=5) == [f"* 2 FETCH (UID {second} FLAGS (\\Flagged))".encode()]
        mail.do(lambda office: office.boxes.remove(office.boxes.messages(office.boxes.folder(OURS))[:1]))
        assert idle.poll(timeout=5) == [b"* 1 EXPUNGE"]


def test_a_quiet_idle_ends_when_the_client_says_so(mail: RunningMail) -> None:
    with mailbox(mail) as box:
        assert box.idle.wait(timeout=0.1) == []
        assert box.uids() == []


def test_message_numbers_hold_while_a_fetch_by_number_runs(mail: RunningMail) -> None:
    lay_in(mail, "one", "two")
    with mailbox(mail) as box, mailbox(mail) as other:
        other.delete("1")
        status, found = box.client.fetch("2", "(UID)")
        assert (status, found) == ("OK", [b"2 (UID 2)"])
        assert box.client.noop()[0] == "OK"
        assert box.client.fetch("1", "(UID)")[1] == [b"1 (UID 2)"]


def test_mail_survives_a_restart_and_uids_are_not_used_again(tmp_path: Path) -> None:
    settings = make_mail_settings(state=tmp_path / "mail.db")
    with running_mail(settings) as mail:
        lay_in(mail, "one", "two")
        with mailbox(mail) as box:
            box.flag("1", [MailMessageFlags.FLAGGED, "$Booked"], True)
            before = box.folder.status("INBOX")["UIDVALIDITY"]
            box.delete("2")
    with running_mail(settings) as mail, mailbox(mail) as box:
        assert lay_in(mail, "three") == [3]
        assert box.folder.status("INBOX")["UIDVALIDITY"] == before
        flags = {message.subject: set(message.flags) for message in box.fetch(mark_seen=False)}
    assert flags == {"one": {"\\Flagged", "$Booked"}, "three": set()}


def test_mail_in_memory_has_another_uidvalidity_at_each_start() -> None:
    clock = StandingClock()
    seen = []
    for _ in range(2):
        with running_mail(make_mail_settings(now=clock.now)) as mail, mailbox(mail) as box:
            seen.append(box.folder.status("INBOX")["UIDVALIDITY"])
        clock.move(seconds=5)
    assert seen[0] < seen[1]


@pytest.mark.parametrize("how", ["starttls", "tls"])
def test_tls_is_spoken_with_a_certificate_that_can_be_verified(tmp_path: Path, how: str) -> None:
    certificate, private = make_certificate(tmp_path)
    trusted = ssl.create_default_context(cafile=str(certificate))
    with running_mail(make_mail_settings(tls=server_context(certificate, private))) as mail:
        box = (
            MailBoxStartTls("localhost", mail.imap_port, timeout=5, ssl_context=trusted)
            if how == "starttls"
            else MailBox("localhost", mail.imap.tls_port or 0, timeout=5, ssl_context=trusted)
        )
        with box.login(OURS, PASSWORD):
            assert box.uids() == []
