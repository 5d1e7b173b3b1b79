"""Managers decide by button and modal, over Socket Mode on the local workspace."""

from datetime import date

import pytest

from bot.cards.ids import DAY_BLOCK, NOTE_BLOCK, QUANTITY_BLOCK, REASON_BLOCK, ActionId, CallbackId
from handlers.approvals import RejectOrder, reject
from orders.purchase import OrderState
from sandbox.slack.client import Player, texts_of
from sandbox.slack.shapes import Json
from store.tables.catalogue import LocationRow
from store.tables.planning import ProposedTransferRow
from tests.bot.conftest import Door
from tests.makers.answers import answered, arrive_to_read
from tests.makers.story import approved, drafted, proposed, sent, submitted

pytestmark = pytest.mark.servers


def whispered(player: Player, words: str) -> Json:
    return player.wait_for_message(lambda each: bool(each.get("ephemeral")) and words in texts_of(each))


def test_a_manager_s_click_approves_and_the_card_says_who_and_when(door: Door) -> None:
    order = submitted(door.world)
    maya = door.plays("maya")
    card = door.card("maya", order.number)
    maya.press(card, ActionId.APPROVE)
    assert door.world.order(order.number).state is OrderState.APPROVED
    door.deliver()
    changed = maya.wait_for_change(card, lambda each: "Approved by Maya" in texts_of(each))
    assert "10:00" in texts_of(changed)
    assert ActionId.APPROVE not in str(changed["blocks"])


def test_the_thread_of_the_card_tells_the_story(door: Door) -> None:
    order = approved(door.world)
    card = door.card("maya", order.number)
    door.world.clock.move(seconds=5)
    door.deliver()
    thread = door.client.conversations_replies(channel=card["channel"], ts=card["ts"])["messages"]
    assert [each["text"] for each in thread[1:]] == ["Tom asked for approval", "✅ Approved by Maya"]


def test_an_approved_order_is_stopped_with_a_button_before_it_leaves(door: Door) -> None:
    order = approved(door.world)
    tom = door.plays("tom")
    card = door.card("tom", order.number)
    tom.press(card, ActionId.STOP)
    assert door.world.order(order.number).state is OrderState.DRAFT
    door.deliver()
    assert "Tom stopped the order" in texts_of(tom.wait_for_change(card, lambda each: "stopped" in texts_of(each)))


def test_a_buyer_s_click_gets_a_polite_no_that_names_who_may(door: Door) -> None:
    order = submitted(door.world)
    tom = door.plays("tom")
    tom.press(door.card("tom", order.number), ActionId.APPROVE)
    assert "Maya can do it" in texts_of(whispered(tom, "your role"))
    assert door.world.order(order.number).state is OrderState.AWAITING_APPROVAL


def test_the_no_stands_in_the_channel_where_the_button_is_though_the_card_has_a_thread(door: Door) -> None:
    order = submitted(door.world)
    card = door.card("tom", order.number)
    tom = door.plays("tom")
    tom.wait_for_message(lambda each: each.get("thread_ts") == card["ts"] != each["ts"])
    tom.press(card, ActionId.APPROVE)
    assert "thread_ts" not in whispered(tom, "your role")


def test_a_stranger_s_click_changes_nothing(door: Door) -> None:
    order = submitted(door.world)
    zoe = door.plays("zoe")
    zoe.press(door.card("zoe", order.number), ActionId.APPROVE)
    assert whispered(zoe, "don't know you yet")
    assert door.world.order(order.number).state is OrderState.AWAITING_APPROVAL


def test_a_second_click_on_a_stale_card_names_who_decided_and_when(door: Door) -> None:
    order = submitted(door.world)
    card = door.card("maya", order.number)
    door.world.do(reject, RejectOrder(order.number, order.revision, "too much"), door.world.people.maya)
    door.plays("maya").press(card, ActionId.APPROVE)
    told = texts_of(whispered(door.plays("maya"), "already moved on"))
    assert "Maya" in told
    assert "10:00" in told


def test_a_rejection_asks_for_a_reason_and_shows_it(door: Door) -> None:
    order = submitted(door.world)
    maya = door.plays("maya")
    card = door.card("maya", order.number)
    maya.press(card, ActionId.REJECT)
    maya.submit(maya.wait_for_modal(CallbackId.REJECT), {REASON_BLOCK: "too much oat"})
    door.deliver()
    assert "too much oat" in texts_of(maya.wait_for_change(card, lambda each: "Rejected" in texts_of(each)))


def test_a_reason_is_asked_only_of_those_who_may_reject(door: Door) -> None:
    order = submitted(door.world)
    tom = door.plays("tom")
    tom.press(door.card("tom", order.number), ActionId.REJECT)
    assert whispered(tom, "your role")
    assert tom.sees.modals == []


def test_a_form_that_comes_too_late_says_so_in_its_own_place(door: Door) -> None:
    order = submitted(door.world)
    maya = door.plays("maya")
    maya.press(door.card("maya", order.number), ActionId.REJECT)
    modal = maya.wait_for_modal(CallbackId.REJECT)
    door.world.do(reject, RejectOrder(order.number, order.revision, "first"), door.world.people.maya)
    maya.submit(modal, {REASON_BLOCK: "second"})
    maya.wait_until(lambda sees: bool(sees.modals) and "already moved on" in texts_of(sees.modals[-1]), "the words")


def test_details_show_every_line_and_the_story(door: Door) -> None:
    order = submitted(door.world)
    ola = door.plays("ola")
    ola.press(door.card("ola", order.number), ActionId.DETAILS)
    shown = texts_of(ola.wait_for_modal(CallbackId.DETAILS))
    assert "Soy drink" in shown
    assert "Tom prosi o zatwierdzenie" in shown


def test_a_draft_shown_in_chat_is_submitted_and_the_copy_follows(door: Door) -> None:
    order = drafted(door.world)
    tom = door.plays("tom")
    tom.slash("orders", "/order 1")
    copy = tom.wait_for_message(lambda each: order.number in str(each.get("text")))
    tom.press(copy, ActionId.SUBMIT)
    assert door.world.order(order.number).state is OrderState.AWAITING_APPROVAL
    assert tom.wait_for_change(copy, lambda each: ActionId.SUBMIT not in str(each["blocks"]))


def test_a_sentence_that_acts_is_carried_out_only_after_its_card_is_confirmed(door: Door) -> None:
    order = drafted(door.world)
    tom = door.plays("tom")
    asked = tom.tell_app("send 1")
    card = tom.wait_for_message(lambda each: ActionId.CONFIRM in str(each.get("blocks")), after=asked)
    assert door.world.order(order.number).state is OrderState.DRAFT
    tom.press(card, ActionId.CONFIRM)
    assert door.world.order(order.number).state is OrderState.AWAITING_APPROVAL


def test_who_wants_to_approve_in_words_sees_first_what_the_approval_covers(door: Door) -> None:
    order = submitted(door.world)
    maya = door.plays("maya")
    asked = maya.tell_app("approve 1")
    card = maya.wait_for_message(lambda each: ActionId.APPROVE in str(each.get("blocks")), after=asked)
    assert "Oat drink" in texts_of(card)
    assert door.world.order(order.number).state is OrderState.AWAITING_APPROVAL
    maya.press(card, ActionId.APPROVE)
    assert door.world.order(order.number).state is OrderState.APPROVED


def test_a_sentence_that_acts_can_be_dismissed(door: Door) -> None:
    order = submitted(door.world)
    maya = door.plays("maya")
    asked = maya.tell_app("cancel 1")
    card = maya.wait_for_message(lambda each: ActionId.DISMISS in str(each.get("blocks")), after=asked)
    maya.press(card, ActionId.DISMISS)
    maya.wait_for_change(card, lambda each: "nothing was changed" in texts_of(each))
    assert door.world.order(order.number).state is OrderState.AWAITING_APPROVAL


def test_the_role_is_checked_at_the_click_of_a_confirmation_too(door: Door) -> None:
    order = submitted(door.world)
    ola = door.plays("ola")
    asked = ola.tell_app("anuluj 1")
    card = ola.wait_for_message(lambda each: ActionId.CONFIRM in str(each.get("blocks")), after=asked)
    ola.press(card, ActionId.CONFIRM)
    assert "Maya" in texts_of(ola.wait_for_message(lambda each: "Maya" in texts_of(each), after=card["ts"]))
    assert door.world.order(order.number).state is OrderState.AWAITING_APPROVAL


def test_goods_are_counted_in_a_form_that_expects_the_open_quantities(door: Door) -> None:
    order = sent(door.world)
    ola = door.plays("ola")
    ola.press(door.card("ola", order.number), ActionId.RECEIVE)
    ola.submit(ola.wait_for_modal(CallbackId.RECEIVE), {NOTE_BLOCK: "WZ-7", "count:1": "120", "count:2": "60"})
    assert [line.received for line in door.world.order(order.number).lines] == [120, 60]


def test_a_surplus_is_questioned_beside_its_field(door: Door) -> None:
    order = sent(door.world)
    ola = door.plays("ola")
    ola.press(door.card("ola", order.number), ActionId.RECEIVE)
    modal = ola.wait_for_modal(CallbackId.RECEIVE)
    errors = ola.submit(modal, {NOTE_BLOCK: "WZ-7", "count:1": "500", "count:2": "60"})
    assert "500" in errors["count:1"]
    assert door.world.order(order.number).line_at(1).received == 0
    ola.submit(modal, {NOTE_BLOCK: "WZ-7", "count:1": "120", "count:2": "60"})
    assert [line.received for line in door.world.order(order.number).lines] == [120, 60]


def test_an_answer_is_accepted_with_one_click(door: Door) -> None:
    order = sent(door.world)
    answered(door.world, order)
    maya = door.plays("maya")
    door.deliver()
    card = maya.wait_for_message(lambda each: ActionId.ACCEPT_ANSWER in str(each.get("blocks")))
    maya.press(card, ActionId.ACCEPT_ANSWER)
    assert door.world.order(order.number).line_at(1).confirmed_quantity == 96
    door.deliver()
    assert maya.wait_for_change(card, lambda each: "Accepted by Maya" in texts_of(each))


def test_an_answer_is_refused_with_words_for_the_supplier(door: Door) -> None:
    order = sent(door.world)
    answered(door.world, order)
    maya = door.plays("maya")
    door.deliver()
    card = maya.wait_for_message(lambda each: ActionId.REFUSE_ANSWER in str(each.get("blocks")))
    maya.press(card, ActionId.REFUSE_ANSWER)
    maya.submit(maya.wait_for_modal(CallbackId.REFUSE_ANSWER), {REASON_BLOCK: "We need all of it."})
    (mail,) = door.world.outbox("answer_mail")
    assert mail.payload["reason"] == "We need all of it."


def test_the_mail_behind_an_answer_can_be_opened(door: Door) -> None:
    order = sent(door.world)
    answered(door.world, order, text="We can only send 96.")
    tom = door.plays("tom")
    door.deliver()
    tom.press(tom.wait_for_message(lambda each: ActionId.READ_MAIL in str(each.get("blocks"))), ActionId.READ_MAIL)
    assert "only send 96" in texts_of(tom.wait_for_modal())


def test_a_mail_that_nobody_understood_is_shown_with_its_words(door: Door) -> None:
    arrive_to_read(door.world, "Our new catalogue <https://evil.example|click>")
    door.deliver()
    card = door.plays("maya").wait_for_message(lambda each: "Please read" in texts_of(each))
    assert "&lt;https" in str(card["blocks"])


def test_a_form_that_opens_too_late_asks_for_another_press(door: Door) -> None:
    order = submitted(door.world)
    card = door.card("maya", order.number)
    maya = door.plays("maya")
    maya.do("fault", expire_triggers=True)
    maya.press(card, ActionId.DETAILS)
    assert whispered(maya, "press the button again")


def test_a_button_of_an_older_version_says_so(door: Door) -> None:
    maya = door.plays("maya")
    old = {"type": "button", "action_id": "order.approve.0", "text": {"type": "plain_text", "text": "Approve"}}
    blocks = [{"type": "actions", "block_id": "old", "elements": [old]}]
    door.client.chat_postMessage(channel="orders", text="an old card", blocks=blocks)
    maya.press(maya.wait_for_message(lambda each: each.get("text") == "an old card"), "order.approve.0")
    assert whispered(maya, "older kind")


def test_a_proposal_is_revised_in_a_form_and_its_copy_follows(door: Door) -> None:
    number = proposed(door.world)
    tom = door.plays("tom")
    tom.slash("orders", f"/order {number}")
    copy = tom.wait_for_message(lambda each: number in str(each.get("text")))
    tom.press(copy, ActionId.REVISE)
    modal = tom.wait_for_modal(CallbackId.REVISE)
    assert "Say why" in str(tom.submit(modal, {f"{QUANTITY_BLOCK}:1": "120"}))
    tom.submit(modal, {f"{QUANTITY_BLOCK}:1": "120", DAY_BLOCK: "2026-12-04", REASON_BLOCK: "Christmas"})
    order = door.world.order(number)
    assert (order.lines[0].quantity, order.state) == (120, OrderState.DRAFT)
    assert order.delivery_date == date(2026, 12, 4)
    assert tom.wait_for_change(copy, lambda each: "*120*" in str(each["blocks"]))


def test_a_transfer_is_booked_with_its_button_below_the_proposals(door: Door) -> None:
    with door.world.store.transaction() as session:
        session.add(LocationRow(id=2, code="WAW", name="Warszawa", supplied_from_id=1))
        session.flush()
        session.add(ProposedTransferRow(product_id=1, source_id=1, location_id=2, quantity=24, reason="Because."))
    ola = door.plays("ola")
    ola.slash("orders", "/orders proposals")
    shown = ola.wait_for_message(lambda each: ActionId.MOVED in str(each.get("blocks")))
    ola.press(shown, ActionId.MOVED)
    assert "24 × OAT-1L, GDY → WAW" in texts_of(
        ola.wait_for_message(lambda each: "Zaksięgowano" in str(each.get("text")))
    )
    ola.press(shown, ActionId.MOVED)
    assert whispered(ola, "nie ma już wśród propozycji")
