"""Small talk and curt words beside an answer: what is passed over, and what never is."""

import pytest

from orders.reply import Decision, Kind
from tests.makers.supplier_mail import line_of, make_mail, read_mail


@pytest.mark.parametrize(
    "talk",
    [
        "It's freezing here, by the way!",
        "Tom's driving, he knows the back gate.",
        "Wrapped in film on two pallets.",
        "Wishing you a merry Christmas and a happy new year.",
        "Hope the snow isn't too bad over there!",
        "30 cm of snow last night!",
    ],
)
def test_talk_beside_a_yes_leaves_it_a_yes(talk: str) -> None:
    assert read_mail(make_mail(f"All lines confirmed. {talk}\n")).decision is Decision.APPLY


@pytest.mark.parametrize(
    "talk",
    [
        "The driver is ill though, so it might be a few days late.",
        "The driver can't take line 2.",
        "Our truck comes on 8 December.",
        "My colleague is still checking the quantities.",
        "The lorry only holds 96 pcs.",
        "If the snow melts, that is.",
    ],
)
def test_what_could_change_the_answer_is_no_talk(talk: str) -> None:
    assert read_mail(make_mail(f"All lines confirmed. {talk}\n")).decision is Decision.REVIEW


@pytest.mark.parametrize("words", ["Done.", "Booked, thanks!", "Line 1: done, line 2: done, line 3: done."])
def test_a_curt_word_by_itself_is_a_yes(words: str) -> None:
    assert read_mail(make_mail(f"{words}\n")).decision is Decision.APPLY


@pytest.mark.parametrize(
    "words", ["Our stocktake is done.", "Done with the audit.", "Is it done?", "Deal with customs first."]
)
def test_a_curt_word_beside_others_is_none(words: str) -> None:
    assert not any(response.understood for response in read_mail(make_mail(f"{words}\n")).responses)


@pytest.mark.parametrize(
    "words",
    [
        "Got your order, I'll have a word with the warehouse and let you know first thing tomorrow.",
        "Your order has reached us, the planners sit together on Thursday.",
        "Order received, back to you once I have spoken to production on 3 December.",
    ],
)
def test_the_day_of_a_promised_answer_is_no_delivery_day(words: str) -> None:
    reading = read_mail(make_mail(f"{words}\n"))
    assert reading.kind is Kind.OTHER
    assert not any(response.understood for response in reading.responses)


def test_an_article_that_the_order_does_not_know_lends_its_day_to_no_other_line() -> None:
    reading = read_mail(make_mail("Zwieback comes on 4 December.\n"))
    assert not reading.responses[0].understood


def test_is_not_and_will_not_be_is_a_no() -> None:
    assert line_of(read_mail(make_mail("Line 3 není a nebude, ostatní platí.\n")), 3)[0] == "rejected"


@pytest.mark.parametrize(
    ("words", "day"),
    [("Wszystko dojedzie na pierwszego.", "2026-12-01"), ("All of it comes on the first of December.", "2026-12-01")],
)
def test_a_day_of_the_month_may_be_written_out(words: str, day: str) -> None:
    reading = read_mail(make_mail(f"{words}\n"))
    assert reading.responses[0].understood
    assert all(str(each.deliveries[0].date) == day for each in reading.responses[0].lines)


def test_the_first_box_or_the_last_time_is_no_line() -> None:
    assert (
        read_mail(make_mail("All confirmed. The papers are in the first box, as last time.\n")).decision
        is Decision.APPLY
    )


@pytest.mark.parametrize(
    "talk", ["we pack it on Thursday.", "the invoice comes on Friday.", "we'll ring you on Monday."]
)
def test_the_day_of_packing_of_an_invoice_or_of_a_call_is_no_delivery_day(talk: str) -> None:
    assert read_mail(make_mail(f"All confirmed, {talk}\n")).decision is Decision.APPLY


@pytest.mark.parametrize("talk", ["on Friday we have a frobnication.", "I'm frobnicating on Friday."])
def test_a_day_beside_words_that_nobody_knows_is_left_to_a_person(talk: str) -> None:
    assert not read_mail(make_mail(f"All confirmed, {talk}\n")).responses[0].understood


@pytest.mark.parametrize(
    "trouble",
    [
        "Production is having trouble.",
        "The port is on strike.",
        "It'll be tight.",
        "Prices are going up.",
        "Fingers crossed!",
    ],
)
def test_trouble_beside_a_yes_lets_nothing_be_booked_unseen(trouble: str) -> None:
    assert read_mail(make_mail(f"Order confirmed. {trouble}\n")).decision is Decision.REVIEW


@pytest.mark.parametrize("words", ["In case of any problems give me a ring.", "No problem at all."])
def test_trouble_that_is_none_leaves_a_yes(words: str) -> None:
    assert read_mail(make_mail(f"Order confirmed. {words}\n")).decision is Decision.APPLY


def test_a_yes_to_something_strange_behind_a_line_is_no_word_of_that_line() -> None:
    reading = read_mail(make_mail("BF-1003 comes on 10 December, the zwieback on schedule.\n"))
    assert not reading.responses[0].understood
