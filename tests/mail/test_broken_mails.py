"""However a mail is broken on its way, it ends in a reading or before a person, and never in an exception."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.machine import machine
from mail.message import read_message
from mail.reading.read import read
from mail.segments.dividing import reply_text, segments
from orders.context import context_from_json
from orders.reply import Decision
from tests.makers.corpus import FOLDER

CONTEXT = context_from_json((FOLDER / "context.json").read_text(encoding="utf-8"))
MAILS = [
    path.read_bytes()
    for folder in (Path(__file__).parents[1] / "corpus" / "division", FOLDER)
    for path in sorted(folder.glob("*.eml"))[::7]
]
SPLINTERS = [
    b"\r\n", b"\n\n", b"--", b"\x00", b"\xff\xfe", b'boundary="', b'Content-Type: multipart/mixed; boundary="x"\n\n', b"=?utf-8?B?",
    b"=?x?Q?=ff?=", b"charset=utf-7", b"charset=idna", b"charset=unicode_escape", b"((((", b'"', b"<<<<", b"message/rfc822\n\n",
    b"Date: Mon, 99 Foo 99999 99:99:99 +9999\n", b"Content-Transfer-Encoding: base64\n", b"<blockquote>", b"<table><tr><td>", b"</div>", b">",
    b"On 1/1/2026, a <b@c> wrote:\n", b"-- \n", b"From: ",
]  # fmt: skip
WOUNDS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.sampled_from(["insert", "cut", "repeat", "end"]),
        st.sampled_from(SPLINTERS),
        st.integers(1, 300),
    ),
    min_size=1,
    max_size=10,
)


def wounded(mail: bytes, wounds: list[tuple[float, str, bytes, int]]) -> bytes:
    for where, how, splinter, size in wounds:
        at = int(where * len(mail))
        if how == "insert":
            mail = mail[:at] + splinter + mail[at:]
        elif how == "cut":
            mail = mail[:at] + mail[at + size :]
        elif how == "repeat":
            mail = mail[:at] + mail[at : at + size] * 3 + mail[at:]
        else:
            mail = mail[: max(at, size)]
    return mail


@pytest.mark.timeout(120)
@settings(max_examples=150, deadline=None)
@given(st.sampled_from(MAILS), WOUNDS)
def test_a_wounded_mail_ends_in_a_reading_or_before_a_person(
    mail: bytes, wounds: list[tuple[float, str, bytes, int]]
) -> None:
    message = read_message(wounded(mail, wounds))
    machine(message)
    reply_text(segments(message, None))
    assert read(message, CONTEXT).decision in set(Decision)


@pytest.mark.timeout(20)
@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_end_before_a_person(raw: bytes) -> None:
    assert read(read_message(raw), CONTEXT).decision is not Decision.APPLY
