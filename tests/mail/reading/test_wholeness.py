"""A mail of which a part could not be read is not understood, however clear the rest is."""

import base64

import pytest

from mail.message import read_message
from mail.mime.structure import LARGEST_ATTACHMENT
from mail.reading.read import read
from orders.reply import Decision, Reading
from tests.makers.supplier_mail import make_context, make_mail

HEAD, _, _ = make_mail("x").partition(b"\n\n")
HEAD = b"\n".join(
    line for line in HEAD.split(b"\n") if not line.lower().startswith((b"content-", b"mime-version", b" charset"))
)
YES = b"Content-Type: text/plain; charset=utf-8\n\nAll confirmed as ordered.\n"


def reading_of(rest: bytes) -> Reading:
    return read(read_message(HEAD + b"\nMIME-Version: 1.0\n" + rest), make_context())


def reasons(reading: Reading) -> set[str]:
    return {reason.code for reason in reading.reasons}


def mixed(*parts: bytes) -> bytes:
    return (
        b"Content-Type: multipart/mixed; boundary=x\n\n"
        + b"".join(b"--x\n" + part + b"\n" for part in parts)
        + b"--x--\n"
    )


def test_a_whole_mail_is_applied() -> None:
    assert reading_of(YES).decision is Decision.APPLY


@pytest.mark.parametrize(
    "part",
    [
        b"Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(bytes(LARGEST_ATTACHMENT + 1)),
        b"Content-Type: application/ms-tnef; name=winmail.dat\n\nnothing that can be unpacked",
        b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\nContent-Transfer-Encoding: base64\n\nAAAA",
        b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nZXhjZXB0IGxpbmUgMw!!",
        b"Content-Type: message/rfc822\n\n" * 8 + b"\nExcept line 3.",
    ],
    ids=["a file too large", "a winmail.dat", "something encrypted", "broken base64", "a forward within forwards"],
)
def test_what_could_not_be_read_may_say_otherwise(part: bytes) -> None:
    reading = reading_of(mixed(YES, part))
    assert reading.decision is Decision.REVIEW
    assert "doubt-unread-parts" in reasons(reading)


def test_a_mail_that_breaks_off_may_go_on() -> None:
    reading = reading_of(b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" + YES + b"\n--x\nContent-Type: text/pl")
    assert "doubt-unread-parts" in reasons(reading)


def test_two_forms_that_differ_are_for_a_person() -> None:
    html = b"Content-Type: text/html; charset=utf-8\n\n<p>All confirmed as ordered, line 3 only 12 pcs.</p>"
    both = mixed(YES, html).replace(b"multipart/mixed", b"multipart/alternative")
    reading = reading_of(both)
    assert reading.decision is Decision.REVIEW
    assert "doubt-forms-differ" in reasons(reading)
