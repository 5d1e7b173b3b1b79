"""The IMAP server, spoken to by imap-tools and by the standard library."""

import imaplib
from datetime import UTC, date, datetime

import pytest
from imap_tools import AND, NOT, OR, H, MailMessageFlags

from sandbox.mail.serving import RunningMail
from sandbox.mail.settings import Account
from tests.makers.mail_servers import ANNA, OURS, PASSWORD, lay_in, letter_from, mailbox

pytestmark = pytest.mark.servers


def test_messages_come_with_subject_text_size_and_uid(mail: RunningMail) -> None:
    uids = lay_in(mail, "Zamówienie żółte", "second")
    with mailbox(mail) as box:
        found = list(box.fetch(mark_seen=False, bulk=50))
    assert [(message.uid, message.subject) for message in found] == [
        (str(uids[0]), "Zamówienie żółte"),
        (str(uids[1]), "second"),
    ]
    assert found[0].text.strip() == "A few words"
    expected = letter_from(ANNA, OURS, "Zamówienie żółte").as_bytes().replace(b"\n", b"\r\n")
    assert found[0].size_rfc822 == len(expected)


def test_headers_alone_can_be_fetched(mail: RunningMail) -> None:
    lay_in(mail, "one")
    with mailbox(mail) as box:
        (message,) = box.fetch(headers_only=True, mark_seen=False)
    assert (message.subject, message.text) == ("one", "")


def test_looking_leaves_no_trace_and_reading_does(mail: RunningMail) -> None:
    lay_in(mail, "one")
    with mailbox(mail) as box:
        list(box.fetch(mark_seen=False))
        assert len(box.uids(AND(seen=False))) == 1
        list(box.fetch(mark_seen=True))
        assert box.uids(AND(seen=False)) == []


def test_a_folder_that_was_only_examined_cannot_be_changed(mail: RunningMail) -> None:
    (uid,) = lay_in(mail, "one")
    with mailbox(mail, folder=None) as box:
        box.folder.set("INBOX", readonly=True)
        status, words = box.client.uid("STORE", str(uid), "+FLAGS", "(\\Seen)")
    assert (status, b"READ-ONLY" in words[0]) == ("NO", True)


@pytest.mark.parametrize(
    ("criteria", "subjects"),
    [
        (AND(subject="two"), ["line two"]),
        (AND(from_="balticfoods"), ["line one", "line two", "LINE three"]),
        (OR(subject=["one", "three"]), ["line one", "LINE three"]),
        (NOT(AND(subject="line")), []),
        (AND(flagged=True), ["line two"]),
        (AND(keyword="$Booked"), ["line two"]),
        (AND(no_keyword="$Booked", flagged=False), ["line one", "LINE three"]),
        (AND(uid="2:3"), ["line two", "LINE three"]),
        (AND(date_gte=date(2026, 11, 23), date_lt=date(2026, 11, 24)), ["line one", "line two", "LINE three"]),
        (AND(sent_date_lt=date(2026, 11, 23)), []),
        (AND(body="few words"), ["line one", "line two", "LINE three"]),
        (AND(header=[H("Subject", "THREE")]), ["LINE three"]),
        (AND(size_gt=1_000_000), []),
    ],
)
def test_search_finds(mail: RunningMail, criteria: str, subjects: list[str]) -> None:
    uids = lay_in(mail, "line one", "line two", "LINE three")
    with mailbox(mail) as box:
        box.flag(str(uids[1]), [MailMessageFlags.FLAGGED, "$Booked"], True)
        assert [message.subject for message in box.fetch(criteria, mark_seen=False)] == subjects


def test_an_unknown_search_key_is_a_bad_command(mail: RunningMail) -> None:
    with mailbox(mail) as box, pytest.raises(imaplib.IMAP4.error, match="Unknown search key PLEASE"):
        box.client.uid("SEARCH", "PLEASE")


def test_above_the_last_uid_the_star_still_names_the_last_message(mail: RunningMail) -> None:
    lay_in(mail, "one", "two")
    with mailbox(mail) as box:
        assert box.client.uid("SEARCH", "UID", "100:*")[1] == [b"2"]


def test_keywords_of_our_own_survive_the_session(mail: RunningMail) -> None:
    (uid,) = lay_in(mail, "one")
    with mailbox(mail) as box:
        box.flag(str(uid), "$Quartermaster-Booked", True)
    with mailbox(mail) as box:
        (message,) = box.fetch(mark_seen=False)
    assert message.flags == ("$Quartermaster-Booked",)


def test_a_move_is_one_step_and_tells_the_new_uid(mail: RunningMail) -> None:
    uids = lay_in(mail, "one", "two")
    with mailbox(mail) as box:
        box.folder.create("Done")
        assert "MOVE" in box.client.capabilities
        box.move(str(uids[0]), "Done")
        assert [message.subject for message in box.fetch(mark_seen=False)] == ["two"]
        box.folder.set("Done")
        assert [message.subject for message in box.fetch(mark_seen=False)] == ["one"]


def test_a_copy_stays_in_both_folders(mail: RunningMail) -> None:
    (uid,) = lay_in(mail, "one")
    with mailbox(mail) as box:
        box.copy(str(uid), "Sent")
        assert box.folder.status("INBOX")["MESSAGES"] == box.folder.status("Sent")["MESSAGES"] == 1


def test_deletion_takes_only_the_named_messages(mail: RunningMail) -> None:
    uids = lay_in(mail, "one", "two", "three")
    with mailbox(mail) as box:
        box.client.uid("STORE", f"{uids[0]},{uids[2]}", "+FLAGS", "(\\Deleted)")
        box.client.uid("EXPUNGE", str(uids[0]))
        assert [message.subject for message in box.fetch(mark_seen=False)] == ["two", "three"]


def test_an_appended_message_keeps_flags_and_date(mail: RunningMail) -> None:
    at = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
    with mailbox(mail) as box:
        box.append(letter_from(OURS, ANNA, "kept").as_bytes(), "Sent", dt=at, flag_set=["\\Seen", "$Ours"])
        box.folder.set("Sent")
        (message,) = box.fetch(mark_seen=False)
        answer = box.client.uid("FETCH", message.uid or "", "(INTERNALDATE)")[1][0]
    assert (set(message.flags), b'"02-Nov-2026 08:30:00 +0000"' in answer) == ({"\\Seen", "$Ours"}, True)


def test_append_answers_with_the_uid(mail: RunningMail) -> None:
    with mailbox(mail) as box:
        _, words = box.client.append("INBOX", "", "", b"Subject: x\r\n\r\nbody\r\n")
    assert b"APPENDUID" in words[0]


def test_a_part_of_the_bytes_can_be_fetched(mail: RunningMail) -> None:
    (uid,) = lay_in(mail, "one", text="0123456789")
    with mailbox(mail) as box:
        answer = box.client.uid("FETCH", str(uid), "(BODY.PEEK[TEXT]<2.4>)")[1]
    assert answer[0][0].endswith(b"BODY[TEXT]<2> {4}")
    assert answer[0][1] == b"2345"


def test_only_the_named_header_fields_come(mail: RunningMail) -> None:
    (uid,) = lay_in(mail, "one")
    with mailbox(mail) as box:
        answer = box.client.uid("FETCH", str(uid), "(BODY.PEEK[HEADER.FIELDS (Subject TO)])")[1]
    assert answer[0][1] == b"To: orders@sklep.example\r\nSubject: one\r\n\r\n"


def test_folders_are_listed_and_made_and_removed(mail: RunningMail) -> None:
    with mailbox(mail) as box:
        box.folder.create("Done/2026")
        assert [folder.name for folder in box.folder.list()] == ["INBOX", "Done/2026", "Sent"]
        assert [folder.name for folder in box.folder.list(search_args="%")] == ["INBOX", "Sent"]
        box.folder.delete("Done/2026")
        assert not box.folder.exists("Done/2026")


def test_a_missing_folder_is_refused(mail: RunningMail) -> None:
    with mailbox(mail) as box:
        assert box.client.select("Nowhere")[0] == "NO"


def test_most_is_offered_only_after_the_login(mail: RunningMail) -> None:
    client = imaplib.IMAP4("127.0.0.1", mail.imap_port, timeout=5)
    assert "IDLE" not in client.capabilities
    client.login(OURS, PASSWORD)
    assert b"IDLE" in client.capability()[1][0]
    client.logout()


def test_a_wrong_password_is_refused(mail: RunningMail) -> None:
    client = imaplib.IMAP4("127.0.0.1", mail.imap_port, timeout=5)
    with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
        client.login(OURS, "wrong")
    client.shutdown()


@pytest.mark.parametrize("token", [PASSWORD, "stale"])
def test_a_bearer_token_logs_in_when_it_is_good(mail: RunningMail, token: str) -> None:
    client = imaplib.IMAP4("127.0.0.1", mail.imap_port, timeout=5)
    answer = f"user={OURS}\1auth=Bearer {token}\1\1".encode()
    if token == "stale":
        with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
            client.authenticate("XOAUTH2", lambda challenge: b"" if challenge else answer)
    else:
        assert client.authenticate("XOAUTH2", lambda _: answer)[0] == "OK"
    client.shutdown()


def test_plain_authentication_logs_in(mail: RunningMail) -> None:
    client = imaplib.IMAP4("127.0.0.1", mail.imap_port, timeout=5)
    assert client.authenticate("PLAIN", lambda _: f"\0{OURS}\0{PASSWORD}".encode())[0] == "OK"
    client.logout()


def test_everybody_sees_only_his_own_mail(mail: RunningMail) -> None:
    lay_in(mail, "one")
    with mailbox(mail, ANNA) as box:
        assert box.uids() == []


def test_a_new_account_can_be_added_while_the_servers_run(mail: RunningMail) -> None:
    mail.do(lambda office: office.boxes.add_account(Account("new@supplier.example", "New")))
    with mailbox(mail, "new@supplier.example") as box:
        assert box.uids() == []


def test_a_command_that_is_none_is_answered_and_the_session_goes_on(mail: RunningMail) -> None:
    with mailbox(mail) as box:
        with pytest.raises(imaplib.IMAP4.error, match="closed"):
            box.client.uid("SEARCH", '"half')
        assert box.uids() == []
