"""An order is found by thread, address, subject, body, attachment or by being the only one; the text beats the thread."""

import pytest

from mail.matching import Match, MatchDoubt, match_orders
from mail.message import Message
from mail.order_mentions import Closeness, NumberBook
from mail.segments.dividing import segments
from orders.context import ReadingContext
from orders.reply import MatchedBy
from tests.makers.mails import make_context, make_mail, make_sent_order

SHOP = make_context("PO-2026-0142", "PO-2026-0150", "PO-2026-0553")


def matched(
    message: Message, context: ReadingContext = SHOP, supplier: str | None = "BALTIC", **more: object
) -> tuple[Match, ...]:
    return match_orders(message, segments(message, None), context, supplier=supplier, **more)  # type: ignore[arg-type]


def test_the_thread_finds_the_order() -> None:
    mail = make_mail("ok", subject="Re: hello", in_reply_to="<po-2026-0142.1@mailer.example>")
    assert matched(mail) == (Match("PO-2026-0142", MatchedBy.THREAD, "<po-2026-0142.1@mailer.example>"),)


def test_the_newest_of_the_references_counts() -> None:
    mail = make_mail(
        "ok", subject="Re:", references="<po-2026-0142.1@mailer.example> <po-2026-0150.1@mailer.example> <other@x>"
    )
    assert [each.order for each in matched(mail)] == ["PO-2026-0150"]


def test_a_verifier_may_know_an_id_that_was_not_stored() -> None:
    mail = make_mail("ok", subject="Re:", in_reply_to="<po.7.abc@sklep.example>")
    found = matched(mail, verify=lambda text: "PO-2026-0553" if text == "<po.7.abc@sklep.example>" else None)
    assert found[0].matched_by is MatchedBy.THREAD


def test_the_token_behind_the_plus_finds_the_order() -> None:
    mail = make_mail("ok", subject="Re:", to="orders+tok123@sklep.example")
    found = matched(mail, verify=lambda text: "PO-2026-0142" if text == "tok123" else None)
    assert [(each.order, each.matched_by) for each in found] == [("PO-2026-0142", MatchedBy.ADDRESS)]


def test_a_token_that_does_not_verify_finds_nothing() -> None:
    mail = make_mail("ok", subject="Re:", to="orders+forged@sklep.example")
    assert matched(mail, verify=lambda _: None) == ()


@pytest.mark.parametrize(
    "subject", ["Re: [PO-2026-0142]", "potwierdzenie po 2026/142", "PO2026-0142 ok", "ＰＯ－２０２６－０１４２"]
)
def test_the_subject_finds_the_order(subject: str) -> None:
    assert [(each.order, each.matched_by) for each in matched(make_mail(subject=subject))] == [
        ("PO-2026-0142", MatchedBy.SUBJECT)
    ]


def test_the_body_finds_the_order() -> None:
    found = matched(make_mail("PO-2026-0142: all confirmed", subject="confirmation"))
    assert found == (Match("PO-2026-0142", MatchedBy.BODY, "PO-2026-0142"),)


def test_the_text_of_an_attachment_finds_the_order() -> None:
    found = matched(make_mail("see attachment", subject="hello"), attachment_texts=("Your order PO-2026-0142",))
    assert [(each.order, each.matched_by) for each in found] == [("PO-2026-0142", MatchedBy.ATTACHMENT)]


def test_the_only_open_order_of_the_sender_is_meant_when_none_is_named() -> None:
    found = matched(make_mail("ok", subject="hello"), make_context("PO-2026-0142"))
    assert found == (Match("PO-2026-0142", MatchedBy.SENDER),)


def test_nothing_is_guessed_among_several() -> None:
    assert matched(make_mail("ok", subject="hello")) == ()


def test_the_text_beats_an_old_thread() -> None:
    mail = make_mail("Regarding PO-2026-0150: all confirmed.", in_reply_to="<po-2026-0142.1@mailer.example>")
    assert matched(mail) == (Match("PO-2026-0150", MatchedBy.BODY, "PO-2026-0150", (MatchDoubt.THREAD_DISAGREES,)),)


def test_two_orders_in_one_mail_are_two_matches() -> None:
    found = matched(make_mail("PO-2026-0142 ok. PO-2026-0150 only half."))
    assert [each.order for each in found] == ["PO-2026-0142", "PO-2026-0150"]


def test_an_order_that_several_clues_name_is_matched_by_the_strongest() -> None:
    mail = make_mail("PO-2026-0142 ok", in_reply_to="<po-2026-0142.1@mailer.example>")
    assert [(each.matched_by, each.doubts) for each in matched(mail)] == [(MatchedBy.THREAD, ())]


def test_a_number_in_the_quote_counts_only_when_nothing_else_does() -> None:
    quote = "ok\n\nOn Mon, 23 Nov 2026 Shop <orders@sklep.example> wrote:\n> PO-2026-0150\n"
    assert [each.order for each in matched(make_mail(quote, subject="Re:"))] == ["PO-2026-0150"]
    assert [each.order for each in matched(make_mail(quote))] == ["PO-2026-0142"]


@pytest.mark.parametrize(
    "words",
    ["the 553 is fine", "die 553 ist bestätigt", "zamówienie nr 553", "order no. 0553", "PO 553", "2026/0553", "#553"],
)
def test_the_end_of_a_number_is_enough_when_one_order_fits(words: str) -> None:
    found = matched(make_mail(words, subject="hello"))
    assert [(each.order, each.doubts) for each in found] == [("PO-2026-0553", (MatchDoubt.LOOSELY_TYPED,))]


@pytest.mark.parametrize(
    "words",
    [
        "553 pcs",
        "we send the 553 pcs",
        "tel. 553 142 150",
        "art. nr 553",
        "price 5,53",
        "order of 142 pcs",
        "1.553,00 EUR",
    ],
)
def test_other_numbers_are_no_orders(words: str) -> None:
    assert matched(make_mail(words, subject="hello")) == ()


def test_an_end_that_fits_several_orders_decides_nothing() -> None:
    context = make_context("PO-2026-1553", "PO-2026-2553")
    assert matched(make_mail("order 553 ok", subject="hello"), context) == (
        Match(None, MatchedBy.BODY, "order 553", (MatchDoubt.AMBIGUOUS,)),
    )


def test_swapped_figures_are_taken_for_the_one_order_that_is_near() -> None:
    found = matched(make_mail("PO-2026-0124 ok", subject="hello"))
    assert [(each.order, each.doubts) for each in found] == [("PO-2026-0142", (MatchDoubt.MISTYPED,))]


def test_a_number_that_we_never_gave_is_told() -> None:
    assert matched(make_mail("PO-2026-0999 ok", subject="hello"))[0].doubts == (MatchDoubt.UNKNOWN_NUMBER,)


def test_an_order_of_another_supplier_is_told() -> None:
    other = make_sent_order("PO-2026-0777", supplier="OTHER")
    context = ReadingContext(today=SHOP.today, mailbox=SHOP.mailbox, orders=(*SHOP.orders, other))
    assert matched(make_mail("PO-2026-0777 ok", subject=""), context)[0].doubts == (MatchDoubt.OTHER_SUPPLIER,)


@pytest.mark.parametrize("number", ["ZAM/11/2026/77", "4500012345", "B-77/26"])
def test_numbers_of_any_form_are_found(number: str) -> None:
    (mention,) = NumberBook([number]).mentions(f"Confirming {number.lower()}, thanks", loosely=False)
    assert (mention.orders, mention.closeness) == ((number,), Closeness.WHOLE)
