"""Every fault that a listener must bear can be switched on."""

import imaplib

import pytest
from imap_tools import MailBoxUnencrypted
from imap_tools.errors import MailboxLoginError

from sandbox.mail.faults import FOREVER, Fault, Faults, Trouble
from sandbox.mail.serving import RunningMail
from tests.makers.mail_servers import OURS, lay_in, mailbox

pytestmark = pytest.mark.servers

BROKEN = (imaplib.IMAP4.abort, OSError)


@pytest.mark.parametrize("trouble", [Trouble.CUT, Trouble.CUT_AFTER, Trouble.CUT_MIDWAY, Trouble.BYE])
def test_a_broken_line_surfaces_in_the_client(mail: RunningMail, trouble: Trouble) -> None:
    lay_in(mail, "one")
    mail.faults.add(Fault("imap FETCH", trouble, at_byte=40))
    with pytest.raises(BROKEN), mailbox(mail) as box:
        list(box.fetch(mark_seen=False))
    assert mail.faults.struck == [("imap FETCH", trouble)]


def test_what_was_done_before_the_cut_stays_done(mail: RunningMail) -> None:
    (uid,) = lay_in(mail, "one")
    mail.faults.add(Fault("imap STORE", Trouble.CUT_AFTER))
    with pytest.raises(BROKEN), mailbox(mail) as box:
        box.client.uid("STORE", str(uid), "+FLAGS", "($Booked)")
    with mailbox(mail) as box:
        assert [message.flags for message in box.fetch(mark_seen=False)] == [("$Booked",)]


def test_a_half_open_connection_answers_nothing(mail: RunningMail) -> None:
    mail.faults.add(Fault("imap SEARCH", Trouble.HANG))
    with pytest.raises(TimeoutError), mailbox(mail) as box:
        box.client.sock.settimeout(0.3)
        box.uids()


def test_a_delayed_answer_comes(mail: RunningMail) -> None:
    lay_in(mail, "one")
    mail.faults.add(Fault("imap SEARCH", Trouble.DELAY, seconds=0.2))
    with mailbox(mail) as box:
        assert box.uids() == ["1"]


def test_a_refused_login_is_refused_as_often_as_asked(mail: RunningMail) -> None:
    mail.faults.add(Fault("imap LOGIN", Trouble.REFUSE, times=2, text="[UNAVAILABLE] Try later"))
    for _ in range(2):
        with pytest.raises(MailboxLoginError), mailbox(mail):
            pass
    with mailbox(mail) as box:
        assert box.uids() == []


def test_a_server_that_babbles_breaks_the_session(mail: RunningMail) -> None:
    mail.faults.add(Fault("imap SEARCH", Trouble.GARBLE))
    with pytest.raises(BROKEN), mailbox(mail) as box:
        box.uids()


def test_messages_can_vanish_between_search_and_fetch(mail: RunningMail) -> None:
    lay_in(mail, "one", "two")
    with mailbox(mail) as box:
        uids = box.uids()
        mail.faults.add(Fault("imap FETCH", Trouble.VANISH))
        status, found = box.client.uid("FETCH", ",".join(uids), "(BODY.PEEK[])")
    assert (status, found) == ("OK", [None])


def test_a_rebuilt_mailbox_ends_the_sessions_and_starts_its_uids_anew(mail: RunningMail) -> None:
    lay_in(mail, "one", "two", "three")
    with mailbox(mail) as box:
        box.delete("1")
        before = box.folder.status("INBOX")["UIDVALIDITY"]
    with pytest.raises(imaplib.IMAP4.abort, match="deleted under us"), mailbox(mail) as box:
        mail.do(lambda office: office.boxes.renumber(office.boxes.folder(OURS)))
        box.client.noop()
    with mailbox(mail) as box:
        assert box.folder.status("INBOX")["UIDVALIDITY"] == before + 1
        assert [(message.uid, message.subject) for message in box.fetch(mark_seen=False)] == [
            ("1", "two"),
            ("2", "three"),
        ]


def test_no_greeting_at_all_is_a_fault_too(mail: RunningMail) -> None:
    mail.faults.add(Fault("imap CONNECT", Trouble.HANG))
    with pytest.raises(TimeoutError):
        MailBoxUnencrypted("127.0.0.1", mail.imap_port, timeout=0.3)


def test_an_endless_command_line_is_refused_as_real_servers_do(mail: RunningMail) -> None:
    with pytest.raises(BROKEN, match="Too long argument"), mailbox(mail) as box:
        box.client.uid("FETCH", ",".join(map(str, range(1, 40_000, 2))), "(UID)")


def test_the_servers_stop_while_clients_hang(mail: RunningMail) -> None:
    mail.faults.add(Fault("imap *", Trouble.HANG, times=FOREVER))
    with pytest.raises(TimeoutError), mailbox(mail, timeout=0.2):
        pass


def test_a_fault_waits_for_its_turn_and_ends_when_it_is_used_up() -> None:
    faults = Faults()
    faults.add(Fault("imap FETCH", Trouble.CUT, times=1, skip=1))
    assert [faults.take("imap FETCH") is not None for _ in range(3)] == [False, True, False]


def test_lifted_faults_strike_no_more() -> None:
    faults = Faults()
    faults.add(Fault("smtp *", Trouble.CUT, times=FOREVER))
    assert faults.take("smtp DATA") is not None
    faults.lift()
    assert faults.take("smtp DATA") is None
