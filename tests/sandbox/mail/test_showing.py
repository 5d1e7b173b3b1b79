"""Any mail can be shown, however odd."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.mail.postboxes import Stored
from sandbox.mail.showing import Letter, open_letter

CORPUS = sorted((Path(__file__).parents[2]).rglob("*.eml"))[::8]
ARRIVED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

HEAD = b"From: Anna <anna@x.example>\r\nSubject: =?utf-8?q?Zam=C3=B3wienie?=\r\n"
ODD = {
    "unknown charset": b"Content-Type: text/plain; charset=klingon\r\n\r\nword",
    "broken base64": b"Content-Transfer-Encoding: base64\r\n\r\n%%%",
    "no body at all": b"",
    "group without addresses": b"To: undisclosed-recipients:;\r\n\r\nword",
    "endless comments": b"To: " + b"(" * 5_000 + b"\r\n\r\nword",
    "a date that is none": b"Date: yesterday\r\n\r\nword",
    "multipart without a boundary": b"Content-Type: multipart/mixed\r\n\r\nword",
    "parts in parts": b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (depth, depth) for depth in range(1_200)
    ),
}


def opened(raw: bytes) -> Letter:
    return open_letter(Stored(1, 1, 1, frozenset(), ARRIVED, len(raw)), raw)


@pytest.mark.parametrize("name", ODD)
def test_an_odd_mail_still_has_a_sender_and_a_subject(name: str) -> None:
    letter = opened(HEAD + ODD[name])
    assert (letter.sender.address, letter.subject) == ("anna@x.example", "Zamówienie")


@given(st.binary(max_size=400))
def test_any_bytes_can_be_shown(raw: bytes) -> None:
    assert opened(raw).sent_at.tzinfo is not None


def test_every_eighth_mail_of_the_corpus_can_be_shown() -> None:
    assert CORPUS
    assert all(opened(path.read_bytes()).sender.address for path in CORPUS)


def test_a_mail_without_plain_text_shows_the_words_of_its_html() -> None:
    raw = HEAD + b"Content-Type: text/html\r\n\r\n<style>p{}</style><p>one &amp; <b>two</b></p><p>three</p>"
    assert opened(raw).text == "one & two\nthree"


def test_a_picture_that_came_along_is_put_into_the_text() -> None:
    raw = HEAD + (
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<img src="cid:logo">\r\n'
        b"--b\r\nContent-Type: image/png\r\nContent-ID: <logo>\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n"
    )
    assert opened(raw).html == '<img src="data:image/png;base64,AAAA">'
