"""The SMTP server delivers what it accepts and refuses what a real one refuses."""

import smtplib

import aiosmtplib
import pytest

from sandbox.mail.faults import Fault, Trouble
from sandbox.mail.playing import letters
from sandbox.mail.postboxes import SENT
from sandbox.mail.serving import RunningMail
from tests.makers.mail_servers import ANNA, MAREK, OURS, PASSWORD, letter_from, post

pytestmark = pytest.mark.servers


def subjects(mail: RunningMail, address: str, folder: str = "INBOX") -> list[str]:
    return mail.do(lambda office: [letter.subject for _, letter in letters(office, address, folder)])


def raw_newest(mail: RunningMail, address: str) -> bytes:
    def newest(office: object) -> bytes:
        boxes = mail.office.boxes
        return boxes.raw(boxes.messages(boxes.folder(address))[-1]) or b""

    return mail.do(newest)


def test_a_mail_reaches_every_recipient_and_the_writer_keeps_a_copy(mail: RunningMail) -> None:
    post(mail, letter_from(ANNA, f"{OURS}, {MAREK}", "To both"))
    assert subjects(mail, OURS) == subjects(mail, MAREK) == subjects(mail, ANNA, SENT) == ["To both"]


def test_an_address_with_a_token_leads_to_the_mailbox_before_the_plus(mail: RunningMail) -> None:
    token = OURS.replace("@", "+po-2026-0142.abc@")
    post(mail, letter_from(ANNA, token))
    assert f"Delivered-To: {token}".encode() in raw_newest(mail, OURS)


def test_what_arrives_is_what_was_sent_below_the_servers_own_lines(mail: RunningMail) -> None:
    message = letter_from(ANNA, OURS, text="Zażółć gęślą jaźń\n.\n..dots\n")
    post(mail, message)
    assert raw_newest(mail, OURS).endswith(message.as_bytes().replace(b"\n", b"\r\n"))


@pytest.mark.parametrize(("login", "verdict"), [(ANNA, b"dmarc=pass"), (MAREK, b"dmarc=fail")])
def test_the_server_vouches_for_a_sender_only_who_has_logged_in_as_himself(
    mail: RunningMail, login: str, verdict: bytes
) -> None:
    post(mail, letter_from(ANNA, OURS), login=login)
    head = raw_newest(mail, OURS)
    assert verdict + b" header.from=balticfoods.example" in head


def test_a_sender_cannot_write_the_servers_verdict_himself(mail: RunningMail) -> None:
    post(mail, letter_from(ANNA, OURS, Authentication_Results="mail.sandbox.example; dmarc=pass"), login=MAREK)
    verdicts = [line for line in raw_newest(mail, OURS).split(b"\r\n") if line.startswith(b"Authentication-Results")]
    assert b"dmarc=fail" in verdicts[0]


def test_an_unknown_recipient_is_refused_and_the_others_get_their_mail(mail: RunningMail) -> None:
    refused = post(mail, letter_from(ANNA, f"{OURS}, nobody@sklep.example"))
    assert list(refused) == ["nobody@sklep.example"]
    assert subjects(mail, OURS) == ["Hello"]


def test_a_wrong_password_is_refused(mail: RunningMail) -> None:
    with smtplib.SMTP("127.0.0.1", mail.smtp_port, timeout=5) as client, pytest.raises(smtplib.SMTPAuthenticationError):
        client.login(ANNA, "wrong")


def test_who_has_not_logged_in_cannot_send(mail: RunningMail) -> None:
    with (
        smtplib.SMTP("127.0.0.1", mail.smtp_port, timeout=5) as client,
        pytest.raises(smtplib.SMTPSenderRefused, match="530"),
    ):
        client.send_message(letter_from(ANNA, OURS))


def test_a_bearer_token_logs_in(mail: RunningMail) -> None:
    async def send() -> None:
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=mail.smtp_port, start_tls=False, timeout=5)
        async with client:
            await client.auth_xoauth2(ANNA, PASSWORD)
            await client.send_message(letter_from(ANNA, OURS))

    mail.run(send())
    assert subjects(mail, OURS) == ["Hello"]


def test_a_fault_refuses_the_text_as_often_as_asked(mail: RunningMail) -> None:
    mail.faults.add(Fault("smtp DATA", Trouble.REFUSE, times=1, code=451, text="4.7.1 greylisted"))
    with pytest.raises(smtplib.SMTPDataError, match="greylisted"):
        post(mail, letter_from(ANNA, OURS))
    post(mail, letter_from(ANNA, OURS))
    assert subjects(mail, OURS) == ["Hello"]


def test_a_cut_after_the_text_leaves_the_sender_in_doubt_though_the_mail_is_there(mail: RunningMail) -> None:
    mail.faults.add(Fault("smtp DATA", Trouble.CUT_AFTER))
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionResetError)):
        post(mail, letter_from(ANNA, OURS))
    assert subjects(mail, OURS) == ["Hello"]


def test_a_cut_before_the_text_is_taken_loses_nothing_silently(mail: RunningMail) -> None:
    mail.faults.add(Fault("smtp DATA", Trouble.CUT))
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionResetError)):
        post(mail, letter_from(ANNA, OURS))
    assert subjects(mail, OURS) == []


def test_a_silent_server_lets_the_sender_run_into_his_own_timeout(mail: RunningMail) -> None:
    mail.faults.add(Fault("smtp MAIL", Trouble.HANG))
    with smtplib.SMTP("127.0.0.1", mail.smtp_port, timeout=0.3) as client:
        client.login(ANNA, PASSWORD)
        with pytest.raises((TimeoutError, smtplib.SMTPServerDisconnected)):
            client.sendmail(ANNA, [OURS], b"Subject: x\r\n\r\n")
        client.close()
