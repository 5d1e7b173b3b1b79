"""Mails to suppliers: what they say, and the headers by which their answers are known."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

import pytest

from mail.outgoing.letter import Attached, Envelope, compose
from orders.purchase import PurchaseOrder
from orders.wording import LETTER_LANGUAGES
from tests.makers.purchase import make_line, make_order

LONG_ID = f"<AM0PR01MB{'0123456789' * 8}@AM0PR01MB5555.eurprd01.prod.exchangelabs.com>"
TEMPLATES = ["purchase_order", "cancel_order", "answer_accepted", "answer_partly", "answer_refused", "question"]


def make_envelope(**more: Any) -> Envelope:
    values: dict[str, Any] = {
        "sender": "orders@sklep.example",
        "sender_name": "Zielony Sklep",
        "recipients": ("anna@balticfoods.example",),
        "reply_to": "orders+po-2026-0142.abcdefghijklmnop@sklep.example",
        "message_id": "<po.PO-2026-0142.1.abcdef123456.abcdefgh1234@sklep.example>",
        "written_at": datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    }
    return Envelope(**(values | more))


def written(
    template: str = "purchase_order",
    language: str = "en",
    *,
    order: PurchaseOrder | None = None,
    envelope: Envelope | None = None,
    attachments: tuple[Attached, ...] = (),
    **facts: Any,
) -> bytes:
    known: dict[str, Any] = {"shop": "Zielony Sklep", "place": "Gdynia", "contact": "", "signature": "Magda"}
    known |= {"reason": "", "lines": [1], "others": [2], "question": "When?"} | facts
    return compose(
        template, language, known | {"order": order or make_order()}, envelope or make_envelope(), attachments
    )


def opened(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=default)


def text_of(raw: bytes, kind: str = "plain") -> str:
    part = opened(raw).get_body((cast("Any", kind),))
    assert part is not None
    return str(part.get_content())


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_every_mail_names_its_order_in_subject_text_and_html(template: str, language: str) -> None:
    raw = written(template, language)
    assert "[PO-2026-0142]" in opened(raw)["subject"]
    assert "PO-2026-0142" in text_of(raw)
    assert "PO-2026-0142" in text_of(raw, "html")


def test_text_and_html_show_the_same_lines() -> None:
    order = make_order(make_line(1), make_line(2, description="Żółty ser", quantity=96))
    raw = written("purchase_order", "pl", order=order)
    for word in ("BF-1001", "BF-1002", "Żółty ser", "96", "4,20\xa0zł"):
        assert word in text_of(raw)
        assert word in text_of(raw, "html")


def test_packs_are_told_only_where_they_come_out_even() -> None:
    text = text_of(written(order=make_order(make_line(1, quantity=120), make_line(2, quantity=125))))
    assert "120 pcs (10 x 12)" in text
    assert "125 pcs   Price" in text


def test_a_total_says_when_it_is_not_the_whole() -> None:
    text = text_of(written(order=make_order(make_line(1), make_line(2, unit_price=None))))
    assert "Total of the priced lines (net): PLN" in text


def test_a_supplier_whose_language_we_do_not_write_gets_english() -> None:
    assert "Kind regards" in text_of(written(language="hu"))


@pytest.mark.parametrize("template", ["cancel_order", "answer_refused"])
def test_a_reason_stands_in_a_sentence_of_its_own_and_only_when_there_is_one(template: str) -> None:
    assert "\nReason: too dear\n" in text_of(written(template, reason="too dear")).replace("\r\n", "\n")
    assert "Reason" not in text_of(written(template))


def test_what_people_typed_cannot_become_html() -> None:
    raw = written(order=make_order(make_line(1, description="<b>Oat</b> & milk"), note="<script>"))
    assert "&lt;b&gt;Oat&lt;/b&gt; &amp; milk" in text_of(raw, "html")
    assert "<script>" not in text_of(raw, "html")


def test_the_headers_are_those_by_which_an_answer_is_known() -> None:
    head = opened(written())
    assert head["message-id"] == "<po.PO-2026-0142.1.abcdef123456.abcdefgh1234@sklep.example>"
    assert head["reply-to"] == "orders+po-2026-0142.abcdefghijklmnop@sklep.example"
    assert head["x-auto-response-suppress"] == "OOF, AutoReply"
    assert head["auto-submitted"] is None  # it would make out-of-office programs and filters swallow useful answers
    assert head["date"] == "Mon, 23 Nov 2026 09:00:00 +0000"


def test_a_mail_that_follows_another_joins_its_thread() -> None:
    head = opened(
        written("answer_accepted", envelope=make_envelope(in_reply_to="<b@x>", references=("<a@x>", "<b@x>")))
    )
    assert (head["in-reply-to"], head["references"]) == ("<b@x>", "<a@x> <b@x>")


def test_a_long_message_id_is_never_broken_nor_encoded() -> None:
    raw = written("answer_accepted", envelope=make_envelope(in_reply_to=LONG_ID, references=(LONG_ID, "<b@x>")))
    assert f"In-Reply-To: {LONG_ID}\r\n".encode() in raw
    assert f"References: {LONG_ID}\r\n <b@x>\r\n".encode() in raw


@pytest.mark.parametrize("name", ["Zielony Sklep", 'Sklep "Łąka", sp. z o.o.', "a@b", ""])
def test_any_name_of_a_shop_can_stand_in_from(name: str) -> None:
    (sender,) = opened(written(envelope=make_envelope(sender_name=name)))["from"].addresses
    assert (sender.display_name, sender.addr_spec) == (name, "orders@sklep.example")


def test_every_byte_is_plain_ascii_with_whole_line_ends_so_that_no_server_rewrites_it() -> None:
    raw = written("purchase_order", "pl", order=make_order(make_line(1, description="Źdźbło żółte")))
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 78


def test_a_line_break_in_a_name_cannot_add_a_header() -> None:
    raw = written(shop="Sklep\r\nBcc: thief@x.example")
    assert opened(raw)["bcc"] is None


def test_attachments_keep_name_kind_and_content() -> None:
    raw = written(attachments=(Attached.pdf("PO-2026-0142.pdf", b"%PDF"), Attached.spreadsheet("ż.xlsx", b"PK")))
    found = [
        (part.get_filename(), part.get_content_subtype(), part.get_content()) for part in opened(raw).iter_attachments()
    ]
    assert found == [
        ("PO-2026-0142.pdf", "pdf", b"%PDF"),
        ("ż.xlsx", "vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ]
