"""The card of a supplier's answer and its forms: what they say, and that Slack takes them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.cards.answer_modals import edit_modal, part_modal
from bot.cards.home import home_card
from bot.cards.ids import ActionId
from bot.cards.reply_review import reply_card
from handlers.answer_view import Deed
from handlers.autonomy import CLIMBING, SupplierStanding
from orders.autonomy import Rung, Standing
from orders.cover import Effect
from orders.purchase import Delivery, OrderState
from orders.reply import Evidence, LineReading, MatchedBy, OrderResponse, Outcome
from orders.wording import LANGUAGES, wording
from sandbox.slack.client import texts_of
from tests.bot.test_order_cards import EN, HOSTILE, WARSAW, buttons, shown
from tests.makers.blocks import taken, taken_home, taken_modal
from tests.makers.facts import ReplyCase
from tests.makers.purchase import make_line, make_order
from tests.makers.views import NINE, make_mail, make_proposal

LONG = "n" * 2000
DECIDING = {ActionId.ASK_SUPPLIER, ActionId.REFUSE_ANSWER, ActionId.EDIT_ANSWER}
LOOKING = {ActionId.READ_MAIL, ActionId.DETAILS}
ORDER = make_order(make_line(1), make_line(2), supplier_name="Baltic Foods", state=OrderState.SENT)


def answer(*readings: LineReading, understood: bool = True) -> OrderResponse:
    return OrderResponse(ORDER.number, MatchedBy.THREAD, understood, readings)


FEWER = LineReading(1, Outcome.CHANGED, 96, Decimal("4.20"), evidence=(Evidence("only 96"),))
LATER = LineReading(2, Outcome.CHANGED, 120, Decimal("4.20"), (Delivery(date(2026, 12, 3), 120),))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_shows_ordered_answered_and_the_difference_line_by_line(language: str) -> None:
    told = shown(taken(reply_card(make_proposal(), wording(language), WARSAW)))
    assert "*96* (−24)" in told
    assert "ML-2" in told
    assert "only send 96" in told
    assert "3" in told


def test_a_changed_price_tells_its_share_and_a_changed_day_its_distance() -> None:
    told = shown(reply_card(make_proposal(), EN, WARSAW))
    assert "(+3.6%)" in told
    assert "2 days later" in told


def test_the_words_that_a_figure_rests_on_stand_beside_it() -> None:
    card = reply_card(make_proposal(ORDER, response=answer(FEWER, LATER)), EN, WARSAW)
    (paragraph,) = (each for each in card.blocks if "(−24)" in str(each))
    assert "“only 96”" in paragraph["text"]["text"]


def test_lines_as_ordered_are_told_together() -> None:
    accepted = tuple(LineReading(line, Outcome.ACCEPTED, 120) for line in (1, 2))
    assert "Everything as ordered" in shown(reply_card(make_proposal(ORDER, response=answer(*accepted)), EN, WARSAW))
    assert "line 2 as ordered" in shown(
        reply_card(make_proposal(ORDER, response=answer(FEWER, accepted[1])), EN, WARSAW)
    )


@pytest.mark.parametrize(
    ("effect", "told"),
    [
        (Effect(1, date(2026, 12, 7), date(2026, 11, 28)), "runs out on Sat 28 Nov instead of Mon 7 Dec"),
        (Effect(1, None, date(2026, 11, 28)), "runs out on Sat 28 Nov; with the order as it was it would not"),
        (Effect(1, date(2026, 12, 7), None), "no longer runs out on Mon 7 Dec"),
    ],
)
def test_the_card_tells_what_the_answer_does_to_stock(effect: Effect, told: str) -> None:
    assert told in shown(reply_card(make_proposal(effects=(effect,)), EN, WARSAW))


def test_what_the_rules_find_stands_on_the_card_and_a_bank_account_raises_an_alarm() -> None:
    found = ReplyCase(reading={"quantity": 96}).findings()
    alarm = ReplyCase(facts={"names_bank_account": True}).findings()
    assert "96 confirmed of 120 ordered" in shown(reply_card(make_proposal(findings=found), EN, WARSAW))
    told = shown(reply_card(make_proposal(findings=alarm), EN, WARSAW))
    assert "🚨 Baltic Foods" in told
    assert "telephone number that you knew before" in told


def test_an_understood_answer_can_be_accepted_whole_or_in_part() -> None:
    waiting = reply_card(make_proposal(ORDER, response=answer(FEWER, LATER)), EN, WARSAW)
    assert buttons(waiting) == {ActionId.ACCEPT_ANSWER, ActionId.PART_ANSWER} | DECIDING | LOOKING


def test_an_offered_substitute_can_only_be_left_out() -> None:
    waiting = buttons(reply_card(make_proposal(), EN, WARSAW))
    assert ActionId.ACCEPT_ANSWER not in waiting
    assert ActionId.PART_ANSWER in waiting


def test_an_answer_that_was_not_understood_cannot_be_accepted_only_read_anew() -> None:
    assert buttons(reply_card(make_proposal(understood=False), EN, WARSAW)) == DECIDING | LOOKING


@pytest.mark.parametrize("state", ["accepted", "partly", "refused", "superseded"])
def test_a_decided_answer_has_no_buttons_and_says_who_decided_and_when(state: str) -> None:
    card = taken(reply_card(make_proposal(state=state, decided=Deed("Maya", NINE)), EN, WARSAW))
    assert buttons(card) == set()
    assert "Maya" in shown(card)
    assert "10:00" in shown(card)


def test_an_answer_that_was_booked_by_itself_can_be_called_wrong() -> None:
    card = taken(reply_card(make_proposal(state="booked", decided=Deed("", NINE)), EN, WARSAW))
    assert buttons(card) == {ActionId.WRONG_ANSWER} | LOOKING
    assert "Booked by Quartermaster" in shown(card)


def test_a_question_and_a_correction_are_signed() -> None:
    view = make_proposal(asked=Deed("Maya", NINE), question="And *the* rest?", corrected=Deed("Tom", NINE))
    told = shown(taken(reply_card(view, EN, WARSAW)))
    assert "Read anew by Tom" in told
    assert "Maya asked" in told


def test_an_answer_to_an_order_of_three_hundred_lines_is_taken() -> None:
    order = make_order(*(make_line(at + 1, description=LONG) for at in range(300)), supplier_name=LONG)
    readings = tuple(LineReading(at + 1, Outcome.CHANGED, 7) for at in range(300))
    view = make_proposal(order, response=answer(*readings), mail=make_mail(text=LONG * 9))
    shown = buttons(taken(reply_card(view, EN, WARSAW)))
    assert ActionId.PART_ANSWER in shown
    assert ActionId.ACCEPT_ANSWER not in shown  # nobody accepts at once what the card has no room for
    taken_modal(part_modal(view, EN))
    assert "278 more lines" in texts_of(taken_modal(edit_modal(view, EN)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_forms_are_taken_whatever_stands_in_an_order(language: str) -> None:
    order = replace(ORDER, lines=(make_line(1, description=HOSTILE), make_line(2, description="", unit_price=None)))
    hostile = replace(FEWER, evidence=(Evidence(HOSTILE * 20),))
    view = make_proposal(order, response=answer(hostile, LATER))
    taken(reply_card(view, wording(language), WARSAW))
    taken_modal(part_modal(view, wording(language)))
    taken_modal(edit_modal(view, wording(language)))


def test_the_form_to_edit_holds_what_was_read() -> None:
    modal = edit_modal(make_proposal(ORDER, response=answer(FEWER, LATER)), EN)
    values = {
        block["block_id"]: block["element"].get("initial_value", "")
        for block in modal["blocks"]
        if block["type"] == "input"
    }
    assert values == {
        "pieces:1": "96", "price:1": "4.20", "deliveries:1": "",
        "pieces:2": "120", "price:2": "4.20", "deliveries:2": "2026-12-03",
    }  # fmt: skip


def test_the_form_of_a_part_offers_every_line_but_the_substitute() -> None:
    modal = part_modal(make_proposal(), EN)
    offered = [option["value"] for block in modal["blocks"] if block["type"] == "input"
               for option in block["element"].get("options", ())]  # fmt: skip
    assert offered == ["1", "2", "3"]
    assert "Line 4: another article" in texts_of(modal)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_tab_shows_how_far_suppliers_are_trusted(language: str) -> None:
    standings = tuple(
        SupplierStanding("BALTIC", HOSTILE, Standing(sort, rung, 60, 59, 0.9229, may_book=rung is Rung.EARNED))
        for rung in Rung
        for sort in CLIMBING
    )
    told = texts_of({"blocks": list(taken_home(home_card("Maya", (), (), wording(language), standings)).blocks)})
    assert "92%" in told
    assert told.index("🤖") < told.index("👤")


def test_nothing_is_said_of_trust_before_an_answer_was_judged() -> None:
    assert "👤" not in texts_of({"blocks": list(home_card("Maya", (), (), EN).blocks)})
