"""The short form at the foot of an order mail: filled in, it is read beside the supplier's own words, and held against them."""

from email import message_from_bytes
from email.policy import default

import pytest

from mail.message import read_message
from mail.outgoing.letter import compose
from mail.outgoing.workbook import order_workbook
from mail.reading.read import read
from mail.segments.sent import sent_mail
from orders.reply import Decision, Reading
from orders.wording import LETTER_LANGUAGES, letter_wording
from tests.mail.outgoing.test_letter import make_envelope
from tests.mail.outgoing.test_papers import pages_of, pdf_of
from tests.makers.supplier_mail import line_of, make_context, make_mail, make_order

PLACES = ["quoted", "below"]
YES = {1: "ok", 2: "ok", 3: "ok"}


def order_mail(language: str = "en") -> bytes:
    facts = {"order": make_order(), "shop": "Shop", "place": "Gdynia", "contact": "", "signature": "Magda"}
    return compose("purchase_order", language, facts, make_envelope(message_id="<po-2026-0142@shop.example>"))


def text_of(raw: bytes) -> str:
    part = message_from_bytes(raw, policy=default).get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def answered(form: dict[int, str], words: str = "", *, place: str = "quoted") -> Reading:
    """The order mail come back with the form filled in, quoted or below a head of Outlook's."""
    raw = order_mail()
    text = text_of(raw)
    for line, typed in form.items():
        assert f"\n{line}:\n" in text
        text = text.replace(f"\n{line}:\n", f"\n{line}: {typed}\n", 1)
    if place == "quoted":
        quoted = "".join(f"> {each}\n" for each in text.splitlines())
        body = f"{words}\n\nOn Mon, 23 Nov 2026 at 09:01, Shop wrote:\n{quoted}"
    else:
        head = "From: Shop <orders@shop.example>\nSent: Monday, November 23, 2026 9:01 AM\nTo: Sales\nSubject: Order\n"
        body = f"{words}\n\n{head}\n{text}"
    return read(read_message(make_mail(body)), make_context(), sent=sent_mail(read_message(raw)))


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_every_order_mail_has_a_row_for_each_line(language: str) -> None:
    assert "\n\n1:\n2:\n3:\n" in text_of(order_mail(language))


@pytest.mark.parametrize("place", PLACES)
def test_an_empty_form_says_nothing(place: str) -> None:
    assert answered({}, "All confirmed.", place=place).decision is Decision.APPLY
    assert answered({}, place=place).decision is Decision.REVIEW


@pytest.mark.parametrize("place", PLACES)
def test_a_form_of_yeses_accepts_the_order(place: str) -> None:
    assert answered(YES, place=place).decision is Decision.APPLY


@pytest.mark.parametrize("place", PLACES)
def test_figures_in_the_form_are_read(place: str) -> None:
    reading = answered(YES | {2: "48, 3.12."}, place=place)
    assert reading.responses[0].understood
    assert line_of(reading, 2)[1::2] == (48, ["2026-12-03:48"])


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("typed", ["48", "120", "20", "0"])
def test_a_blanket_yes_never_hides_a_row_that_says_otherwise(place: str, typed: str) -> None:
    reading = answered({2: typed}, "All confirmed.", place=place)
    assert reading.decision is Decision.REVIEW
    assert line_of(reading, 2)[1] != 60


@pytest.mark.parametrize("place", PLACES)
def test_words_and_form_that_contradict_each_other_are_for_a_person_who_sees_both(place: str) -> None:
    reading = answered(YES | {2: "48"}, "Line 2: 36 pcs.", place=place)
    assert not reading.responses[0].understood
    told = " ".join(each.text for each in reading.responses[0].lines[1].evidence)
    assert "36" in told
    assert "48" in told


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_the_papers_are_written_in_every_language_s_letters(language: str) -> None:
    words = letter_wording(language)
    (text,) = pages_of(pdf_of(language=language))
    assert all(words.say(f"paper.{key}") in text for key in ("supplier", "deliver-to", "article"))
    assert order_workbook(make_order(), "Sklep", words)
