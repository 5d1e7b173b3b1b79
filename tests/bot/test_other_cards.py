"""Answers of suppliers, mails, stock, sales, suppliers, the report and help as cards that Slack takes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.cards.blocks import clipped, escaped
from bot.cards.confirm import confirm_card
from bot.cards.daily_report import daily_report
from bot.cards.help import help_card
from bot.cards.home import home_card
from bot.cards.please_read import mail_modal, please_read
from bot.cards.problem import problem_modal, suggestions
from bot.cards.reply_review import reply_card
from bot.cards.sales import forecast_card, sales_card
from bot.cards.stock import low_stock_alert, stock_card, stockout_card
from bot.cards.supplier import supplier_card
from bot.charts import report_picture
from bot.language.intents import Intent
from bot.language.understanding import Slots, Understood
from orders.wording import LANGUAGES, wording
from sandbox.slack.client import texts_of
from store.queries.sales import Sold, SoldUnits
from tests.bot.test_order_cards import EN, HOSTILE, PL, WARSAW, buttons, shown
from tests.makers.blocks import taken, taken_home, taken_modal
from tests.makers.purchase import make_order
from tests.makers.views import make_level, make_mail, make_proposal, make_report, make_supplier_view

LONG = "n" * 2000


@settings(deadline=None)
@given(some.text(max_size=20_000), some.text(max_size=500))
def test_any_mail_can_be_shown(text: str, subject: str) -> None:
    mail = make_mail(text=text, subject=subject, sender=subject[:200] or "?")
    taken(please_read(mail, (text, subject), EN))
    taken_modal(mail_modal(mail, EN))
    taken(reply_card(make_proposal(mail=mail, reasons=(text,)), PL, WARSAW))


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_product_is_shown_in_full(language: str) -> None:
    words = wording(language)
    told = shown(taken(stock_card([make_level()], words)))
    assert words.say("stock.order-point") in told
    assert "PO-2026-0142" in told


def test_a_stock_out_is_a_window_and_not_a_day() -> None:
    assert "Fri 27 Nov – Mon 30 Nov" in shown(stock_card([make_level()], EN))


@pytest.mark.parametrize("count", [0, 2, 300])
def test_stock_cards_of_any_length_are_taken(count: int) -> None:
    levels = [make_level(f"SKU-{at}", LONG) for at in range(count)]
    for made in (
        stock_card(levels, EN),
        stockout_card(levels, PL),
        forecast_card(levels, date(2026, 11, 23), date(2026, 11, 29), EN),
    ):
        taken(made)


def test_an_alert_counts_what_finds_no_room() -> None:
    assert "and 288 more" in shown(taken(low_stock_alert([make_level()] * 300, EN)))


def test_a_product_that_runs_low_at_two_places_is_counted_once_and_each_place_is_named() -> None:
    levels = [make_level(), make_level(location="WAW", location_name="Warszawa")]
    told = shown(taken(low_stock_alert(levels, EN)))
    assert "1 product runs low" in told
    assert "Oat drink 1 l · Gdynia" in told
    assert "Oat drink 1 l · Warszawa" in told
    assert "1 product runs out" in shown(taken(stockout_card(levels, EN)))


def test_what_runs_out_is_counted_beyond_what_is_shown() -> None:
    told = shown(taken(stockout_card([make_level(f"SKU-{at}") for at in range(12)], EN, total=340)))
    assert "340 products run out" in told
    assert "and 328 more" in told


def test_stock_without_a_plan_says_so() -> None:
    assert "not planned yet" in shown(taken(stock_card([replace(make_level(), outlook=None)], EN)))


def test_sales_are_summed_up() -> None:
    most = (SoldUnits("OAT-1L", HOSTILE, 1200), SoldUnits("SOY-1L", LONG, 34))
    sold = Sold(1240, 3, most)
    told = shown(taken(sales_card(sold, date(2026, 11, 16), date(2026, 11, 22), EN)))
    assert "1,240 units of 3 products" in told
    assert "<!channel>" not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_shows_two_charts_and_what_needs_a_person(language: str) -> None:
    card = taken(daily_report(make_report(), wording(language), with_charts=True))
    assert [block["type"] for block in card.blocks].count("data_visualization") == 2
    assert "PO-2026-0142" in shown(card)


def test_a_report_of_an_empty_shop_is_taken() -> None:
    empty = make_report(waiting=(), late=(), low=(), proposals=0, to_read=0, sold=(), cover=())
    assert "data_visualization" not in str(taken(daily_report(empty, EN, with_charts=True)).blocks)


def test_the_charts_are_drawn_as_a_picture_too() -> None:
    assert report_picture(make_report(), PL).startswith(b"\x89PNG")


def test_a_supplier_that_is_blocked_says_why() -> None:
    view = make_supplier_view(is_blocked=True, blocked_because="unpaid credit note", minimum=None, lead_time_days=None)
    assert "unpaid credit note" in shown(taken(supplier_card(view, EN)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_offers_the_commonest_questions_as_buttons(language: str) -> None:
    assert len(buttons(taken(help_card(wording(language))))) == 3


def test_the_home_tab_is_taken_with_many_orders() -> None:
    orders = [make_order(number=f"PO-2026-{at:04d}", supplier_name=LONG) for at in range(40)]
    taken_home(home_card("Maya", orders, orders, EN))


def test_what_acts_is_repeated_before_it_is_done() -> None:
    said = Understood(Intent.DRAFT_ORDER, Slots(products=("OAT-1L",), quantity=120), sure=True)
    told = shown(taken(confirm_card(said, {"OAT-1L": "Oat drink 1 l"}, EN)))
    assert "Draft an order" in told
    assert "Oat drink 1 l (OAT-1L)" in told
    assert "120" in told


def test_a_sentence_that_names_more_than_a_button_can_carry_is_refused_kindly() -> None:
    said = Understood(
        Intent.DRAFT_ORDER, Slots(products=tuple(f"SKU-{at}" for at in range(400)), quantity=1), sure=True
    )
    card = taken(confirm_card(said, {"OAT-1L": "Oat drink 1 l"}, EN))
    assert buttons(card) == set()


def test_suggestions_are_at_most_five_and_fit_their_buttons() -> None:
    assert len(buttons(taken(suggestions("Which?", [(LONG, LONG * 2)] * 9)))) == 5


def test_a_refused_form_is_replaced_by_the_words() -> None:
    assert "no" in texts_of(taken_modal(problem_modal("no", PL)))


def test_a_code_with_an_underscore_can_be_copied_from_a_card() -> None:
    assert escaped("OAT_1L and M6*20") == "OAT_1L and M6*20"


@settings(deadline=None)
@given(some.text(max_size=400), some.integers(1, 50))
def test_a_clipped_text_is_no_longer_than_it_may_be(text: str, limit: int) -> None:
    assert len(clipped(text, limit)) <= limit
