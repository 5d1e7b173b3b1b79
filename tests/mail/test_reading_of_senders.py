"""What is odd about a sender keeps a complete yes from being booked unseen, even where the address itself is trusted."""

from dataclasses import replace

from mail.reading.read import read
from orders.reply import Decision, Reading
from tests.makers.mails import make_context, make_mail
from tests.makers.purchase import make_line


def reading_of(**headers: str) -> Reading:
    shop = make_context("PO-2026-0142")
    orders = tuple(replace(order, lines=(make_line(1),)) for order in shop.orders)
    return read(make_mail("All confirmed as ordered.", **headers), replace(shop, orders=orders))


def test_a_complete_yes_of_a_trusted_sender_is_applied() -> None:
    assert reading_of().decision is Decision.APPLY


def test_answers_that_would_go_elsewhere_keep_it_from_being_applied() -> None:
    found = reading_of(reply_to="anna.balticfoods@gmail.com")
    assert (found.sender_trusted, found.decision) == (True, Decision.REVIEW)
    assert "sender-reply-to-elsewhere" in {reason.code for reason in found.reasons}


def test_a_failed_authentication_keeps_it_from_being_applied() -> None:
    found = reading_of(authentication_results="mx.sklep.example; dmarc=fail")
    assert (found.supplier, found.sender_trusted, found.decision) == ("BALTIC", False, Decision.REVIEW)
