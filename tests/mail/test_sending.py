"""What became of a mail is told truly, whatever the server does."""

from pathlib import Path

import pytest

from mail.access import Security, ServerAccess
from mail.sending import Fate, Sent, send, try_login
from sandbox.mail.faults import FOREVER, Fault, Trouble
from sandbox.mail.playing import letters
from sandbox.mail.serving import RunningMail, running_mail
from tests.makers.certificates import make_certificate, server_context
from tests.makers.mail_servers import ANNA, MAREK, OURS, PASSWORD, make_mail_settings

pytestmark = pytest.mark.servers

RAW = b"From: orders@sklep.example\r\nSubject: Order\r\nMessage-ID: <po.1@sklep.example>\r\n\r\nLine one\r\n.dot\r\n"


def smtp_access(mail: RunningMail, **more: object) -> ServerAccess:
    values = {"security": Security.NONE, "username": OURS, "password": PASSWORD, "timeout": 5.0}
    return ServerAccess(host="127.0.0.1", port=mail.smtp_port, **(values | more))  # type: ignore[arg-type]  # a test knows the fields


def sent(mail: RunningMail, *recipients: str, **more: object) -> Sent:
    return send(RAW, OURS, recipients or (ANNA,), smtp_access(mail, **more))


def arrived(mail: RunningMail, address: str = ANNA) -> list[str]:
    return mail.do(lambda office: [letter.message_id for _, letter in letters(office, address)])


def test_an_accepted_mail_arrives_byte_for_byte(servers: RunningMail) -> None:
    assert sent(servers).fate is Fate.ACCEPTED
    raw = servers.do(lambda office: office.boxes.raw(office.boxes.messages(office.boxes.folder(ANNA))[0]))
    assert raw is not None
    assert raw.endswith(RAW)


def test_one_refused_recipient_of_two_is_named(servers: RunningMail) -> None:
    result = sent(servers, ANNA, "nobody@sklep.example")
    assert (result.fate, [who for who, _ in result.refused]) == (Fate.ACCEPTED, ["nobody@sklep.example"])
    assert "550" in result.refused[0][1]


def test_when_nobody_is_taken_the_mail_is_refused_for_good(servers: RunningMail) -> None:
    result = sent(servers, "nobody@sklep.example")
    assert result.fate is Fate.REFUSED
    assert "no such mailbox" in result.said


@pytest.mark.parametrize(
    ("step", "code", "fate"),
    [
        ("DATA", 451, Fate.LATER),
        ("DATA", 554, Fate.REFUSED),
        ("MAIL", 452, Fate.LATER),
        ("MAIL", 550, Fate.REFUSED),
        ("MAIL", 530, Fate.LATER),
        ("RCPT", 450, Fate.LATER),
        ("RCPT", 550, Fate.REFUSED),
    ],
)
def test_codes_that_begin_with_four_are_tried_again(servers: RunningMail, step: str, code: int, fate: Fate) -> None:
    servers.faults.add(Fault(f"smtp {step}", Trouble.REFUSE, code=code, text="no"))
    assert sent(servers).fate is fate
    assert arrived(servers) == []


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
@pytest.mark.parametrize("trouble", [Trouble.CUT, Trouble.HANG, Trouble.BYE])
def test_a_break_before_the_text_means_later(servers: RunningMail, step: str, trouble: Trouble) -> None:
    servers.faults.add(Fault(f"smtp {step}", trouble))
    assert sent(servers, timeout=0.3).fate is Fate.LATER


@pytest.mark.parametrize("trouble", [Trouble.CUT_AFTER, Trouble.HANG_AFTER])
def test_a_break_after_the_text_is_unknown_for_the_mail_may_be_there(servers: RunningMail, trouble: Trouble) -> None:
    servers.faults.add(Fault("smtp DATA", trouble))
    assert sent(servers, timeout=0.3).fate is Fate.UNKNOWN
    assert arrived(servers) == ["<po.1@sklep.example>"]


def test_a_retry_after_the_unknown_carries_the_same_message_id(servers: RunningMail) -> None:
    servers.faults.add(Fault("smtp DATA", Trouble.CUT_AFTER))
    assert [sent(servers).fate, sent(servers).fate] == [Fate.UNKNOWN, Fate.ACCEPTED]
    assert arrived(servers) == ["<po.1@sklep.example>"] * 2


def test_a_slow_server_is_waited_for(servers: RunningMail) -> None:
    servers.faults.add(Fault("smtp DATA", Trouble.DELAY, seconds=0.2))
    assert sent(servers).fate is Fate.ACCEPTED


def test_a_server_that_is_away_means_later(servers: RunningMail) -> None:
    access = smtp_access(servers)
    nowhere = ServerAccess(host="127.0.0.1", port=1, security=Security.NONE, timeout=1.0)
    assert send(RAW, OURS, [ANNA], nowhere).fate is Fate.LATER
    assert send(RAW, OURS, [ANNA], access).fate is Fate.ACCEPTED


def test_a_wrong_password_waits_for_a_human(servers: RunningMail) -> None:
    result = sent(servers, password="wrong")
    assert (result.fate, "535" in result.said or "Auth" in result.said) == (Fate.LATER, True)


class OneToken:
    def __init__(self, token: str) -> None:
        self.token, self.is_forgotten = token, False

    def __call__(self) -> str:
        return self.token

    def forget(self) -> None:
        self.is_forgotten = True


@pytest.mark.parametrize(("token", "fate"), [(PASSWORD, Fate.ACCEPTED), ("revoked", Fate.LATER)])
def test_a_token_logs_in_and_is_forgotten_when_it_does_not(servers: RunningMail, token: str, fate: Fate) -> None:
    tokens = OneToken(token)
    assert sent(servers, password="", token=tokens).fate is fate
    assert tokens.is_forgotten is (fate is Fate.LATER)


def test_starttls_is_demanded_and_the_certificate_verified(tmp_path: Path) -> None:
    certificate, private = make_certificate(tmp_path)
    with running_mail(make_mail_settings(tls=server_context(certificate, private))) as mail:
        assert sent(mail, security=Security.STARTTLS, ca_file=certificate).fate is Fate.ACCEPTED
        distrusted = sent(mail, security=Security.STARTTLS)
    assert distrusted.fate is Fate.LATER
    assert "CERTIFICATE_VERIFY_FAILED" in distrusted.said


def test_a_server_without_starttls_gets_nothing_when_it_is_demanded(servers: RunningMail) -> None:
    assert sent(servers, security=Security.STARTTLS).fate is Fate.LATER
    assert arrived(servers) == []


def test_many_mails_go_out_while_the_server_refuses_some(servers: RunningMail) -> None:
    servers.faults.add(Fault("smtp RCPT", Trouble.REFUSE, times=FOREVER, skip=3, code=450))
    fates = [sent(servers, MAREK).fate for _ in range(5)]
    assert fates == [Fate.ACCEPTED] * 3 + [Fate.LATER] * 2


@pytest.mark.parametrize(("password", "trouble"), [(PASSWORD, ""), ("wrong", "SMTPAuthenticationError")])
def test_a_login_can_be_tried_without_sending(servers: RunningMail, password: str, trouble: str) -> None:
    assert try_login(smtp_access(servers, password=password)).startswith(trouble)
    assert arrived(servers) == []
