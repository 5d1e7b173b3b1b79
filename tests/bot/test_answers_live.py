"""A manager deals with suppliers' answers by button and form, over Socket Mode on the local workspace."""

import pytest

from bot.cards.ids import PART_NOTE_BLOCK, REASON_BLOCK, ActionId, CallbackId
from orders.purchase import LineState, PurchaseOrder
from orders.reply import Decision
from sandbox.slack.client import Player, texts_of
from sandbox.slack.shapes import Json
from tests.bot.conftest import Door
from tests.makers.answers import answered
from tests.makers.story import sent

pytestmark = pytest.mark.servers


def waiting(door: Door, person: str = "maya") -> tuple[Player, Json, PurchaseOrder]:
    """An answer's card as somebody sees it."""
    order = sent(door.world)
    answered(door.world, order)
    door.deliver()
    player = door.plays(person)
    return player, player.wait_for_message(lambda each: ActionId.EDIT_ANSWER in str(each.get("blocks"))), order


def test_a_part_is_accepted_by_ticking_lines(door: Door) -> None:
    maya, card, order = waiting(door)
    maya.press(card, ActionId.PART_ANSWER)
    modal = maya.wait_for_modal(CallbackId.PART_ANSWER)
    maya.submit(modal, {"part:0": ["2"], PART_NOTE_BLOCK: "We need all the oat."})
    assert [line.state for line in door.world.order(order.number).lines] == [LineState.OPEN, LineState.CONFIRMED]
    door.deliver()
    assert maya.wait_for_change(card, lambda each: "Accepted in part by Maya" in texts_of(each))


def test_nothing_ticked_is_said_in_the_form(door: Door) -> None:
    maya, card, _ = waiting(door)
    maya.press(card, ActionId.PART_ANSWER)
    errors = maya.submit(maya.wait_for_modal(CallbackId.PART_ANSWER), {"part:0": []})
    assert "at least one line" in errors["part:0"]


def test_a_question_goes_out_and_the_card_says_so(door: Door) -> None:
    maya, card, _ = waiting(door)
    maya.press(card, ActionId.ASK_SUPPLIER)
    maya.submit(maya.wait_for_modal(CallbackId.ASK_SUPPLIER), {REASON_BLOCK: "When does the rest come?"})
    (mail,) = door.world.outbox("question_mail")
    assert mail.payload["question"] == "When does the rest come?"
    door.deliver()
    assert maya.wait_for_change(card, lambda each: "Maya asked: When does the rest come?" in texts_of(each))


def test_what_was_read_is_corrected_and_then_accepted(door: Door) -> None:
    maya, card, order = waiting(door)
    maya.press(card, ActionId.EDIT_ANSWER)
    maya.submit(maya.wait_for_modal(CallbackId.EDIT_ANSWER), {"pieces:1": "84", "deliveries:1": "2026-12-04"})
    door.deliver()
    changed = maya.wait_for_change(card, lambda each: "Read anew by Maya" in texts_of(each))
    assert "*84* (−36)" in texts_of(changed)
    maya.press(changed, ActionId.ACCEPT_ANSWER)
    assert door.world.order(order.number).line_at(1).confirmed_quantity == 84


def test_a_figure_that_makes_no_sense_is_said_beside_its_field(door: Door) -> None:
    maya, card, _ = waiting(door)
    maya.press(card, ActionId.EDIT_ANSWER)
    errors = maya.submit(maya.wait_for_modal(CallbackId.EDIT_ANSWER), {"deliveries:1": "soon"})
    assert "soon" in errors["deliveries:1"]


def test_the_forms_open_only_for_those_who_may_decide(door: Door) -> None:
    tom, card, _ = waiting(door, "tom")
    for action in (ActionId.PART_ANSWER, ActionId.EDIT_ANSWER, ActionId.ASK_SUPPLIER):
        tom.press(card, action)
    tom.wait_for_message(lambda each: bool(each.get("ephemeral")) and "your role" in texts_of(each))
    assert tom.sees.modals == []


def test_a_card_that_was_overtaken_opens_no_form(door: Door) -> None:
    maya, card, _ = waiting(door)
    maya.press(card, ActionId.ACCEPT_ANSWER)
    maya.press(card, ActionId.EDIT_ANSWER)
    told = maya.wait_for_message(lambda each: bool(each.get("ephemeral")) and "already" in texts_of(each))
    assert "Maya" in texts_of(told)
    assert maya.sees.modals == []


def test_what_was_booked_by_itself_stands_in_the_thread_and_can_be_called_wrong(door: Door) -> None:
    order = sent(door.world)
    answered(door.world, order, decision=Decision.APPLY, accepted=True)
    maya = door.plays("maya")
    door.deliver()
    door.world.clock.move(seconds=5)
    door.deliver()
    card = maya.wait_for_message(lambda each: ActionId.WRONG_ANSWER in str(each.get("blocks")))
    assert card["thread_ts"] != card["ts"]
    maya.press(card, ActionId.WRONG_ANSWER)
    assert {line.state for line in door.world.order(order.number).lines} == {LineState.CHANGE_PENDING}
    door.deliver()
    assert maya.wait_for_message(lambda each: ActionId.ACCEPT_ANSWER in str(each.get("blocks")))
