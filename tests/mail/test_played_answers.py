"""The ready answers of the mailbox page are understood, whatever mail program they are written with."""

from datetime import UTC, date, datetime
from email.policy import SMTP

import pytest

from mail.message import read_message
from mail.outgoing.letter import Envelope, compose
from mail.reading.read import read
from mail.segments.sent import sent_mail
from orders.context import KnownSupplier, ReadingContext
from orders.purchase import OrderState, PurchaseOrder
from orders.reply import Reading
from sandbox.mail.answering import Answer, signed, write
from sandbox.mail.postboxes import Stored
from sandbox.mail.quick_replies import quick_replies
from sandbox.mail.quoting import Style
from sandbox.mail.settings import Account
from sandbox.mail.showing import Letter, open_letter
from tests.makers.purchase import make_line, make_order

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANNA = Account("anna@balticfoods.example", "Anna Nowak")
BALTIC = KnownSupplier("BALTIC", "Baltic Foods", (ANNA.address,), country="PL", language="pl", currency="PLN")
VERDICT = b"Authentication-Results: mail.sandbox.example; dmarc=pass header.from=balticfoods.example\r\n"
MEANT = {
    "all-confirmed": ("order_response", "apply"),
    "fewer": ("order_response", "review"),
    "sold-out": ("order_response", "review"),
    "later": ("order_response", "review"),
    "dearer": ("question", "review"),
    "question": ("question", "review"),
    "away": ("auto_reply", "ignore"),
}


def order() -> PurchaseOrder:
    lines = (
        make_line(1),
        make_line(2, description="Almond drink", quantity=96),
        make_line(3, description="Rye cream", quantity=240, pack_size=24),
    )
    return make_order(*lines, state=OrderState.SENT, message_id="<po.1@sklep.example>")


def order_mail(language: str) -> bytes:
    envelope = Envelope(
        "orders@sklep.example", "Sklep", (ANNA.address,), "orders+x@sklep.example", "<po.1@sklep.example>", NOW
    )
    facts = {"order": order(), "shop": "Sklep", "place": "Gdynia", "contact": "", "signature": "Magda"}
    return compose("purchase_order", language, facts, envelope)


def letter_of(raw: bytes) -> Letter:
    return open_letter(Stored(1, 1, 1, frozenset(), NOW, len(raw)), raw)


def read_answer(language: str, style: Style, which: str) -> Reading:
    """What the program makes of this ready answer to its own order mail."""
    ours = order_mail(language)
    letter = letter_of(ours)
    (ready,) = [each for each in quick_replies(letter.text, language, NOW.date()) if each.id == which]
    words = signed(ready.text, ANNA.name, language)
    answer = Answer(ANNA, words, letter, style=style, language=language, automatic=ready.automatic)
    context = ReadingContext(
        today=date(2026, 11, 23),
        timezone="Europe/Warsaw",
        mailbox="orders@sklep.example",
        authserv_id="mail.sandbox.example",
        suppliers=(BALTIC,),
        orders=(order(),),
    )
    raw = VERDICT + write(answer, NOW).as_bytes(policy=SMTP)
    return read(read_message(raw), context, sent=sent_mail(read_message(ours)))


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("which", MEANT)
def test_a_ready_answer_is_taken_for_what_it_is(language: str, style: Style, which: str) -> None:
    reading = read_answer(language, style, which).as_json()
    assert (reading["kind"], reading["decision"]) == MEANT[which]


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_sold_out_line_is_rejected_and_the_others_are_not(language: str, style: Style) -> None:
    (response,) = read_answer(language, style, "sold-out").as_json()["responses"]
    assert [(line["line"], line["outcome"]) for line in response["lines"]] == [
        (1, "accepted"),
        (2, "accepted"),
        (3, "rejected"),
    ]


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_later_day_is_that_of_every_line(language: str, style: Style) -> None:
    (response,) = read_answer(language, style, "later").as_json()["responses"]
    assert {part["date"] for line in response["lines"] for part in line["deliveries"]} == {"2026-12-07"}


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("language", ["en", "pl"])
def test_fewer_cartons_become_pieces(language: str, style: Style) -> None:
    (response,) = read_answer(language, style, "fewer").as_json()["responses"]
    assert [line["quantity"] for line in response["lines"]] == [84, 96, 240]
