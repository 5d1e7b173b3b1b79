"""People ask by command, mention and direct message, over Socket Mode on the local workspace."""

import pytest
from sqlalchemy import func, select

from bot.cards.ids import ActionId
from handlers.ending import CancelOrder, cancel
from sandbox.slack.client import texts_of
from store.tables.inbox import InboxRow
from tests.bot.conftest import Door
from tests.makers.story import drafted, submitted

pytestmark = pytest.mark.servers


def test_stock_of_a_named_product_is_answered_to_the_asker_only(door: Door) -> None:
    maya = door.plays("maya")
    maya.slash("orders", "/stock oat drink")
    answer = maya.wait_for_message(lambda each: "Oat drink" in texts_of(each))
    assert answer["ephemeral"]
    assert "40" in texts_of(answer)


def test_people_are_answered_in_their_own_language(door: Door) -> None:
    ola = door.plays("ola")
    ola.slash("orders", "/stock oat drink")
    assert "Dostępne" in texts_of(ola.wait_for_message(lambda each: "Oat drink" in texts_of(each)))


def test_an_unknown_product_is_answered_with_the_nearest_names_as_buttons(door: Door) -> None:
    maya = door.plays("maya")
    maya.slash("orders", "/stock drnik")
    which = maya.wait_for_message(lambda each: "Which" in texts_of(each))
    maya.press(which, f"{ActionId.ASK}.0")
    assert maya.wait_for_message(lambda each: "40" in texts_of(each), after=which["ts"])["ephemeral"]


def test_the_list_of_orders_names_those_that_wait(door: Door) -> None:
    order = submitted(door.world)
    maya = door.plays("maya")
    maya.slash("orders", "/orders waiting for approval")
    assert order.number in texts_of(maya.wait_for_message(lambda each: "Waiting" in str(each.get("text"))))


def test_one_order_is_shown_with_its_buttons(door: Door) -> None:
    order = submitted(door.world)
    maya = door.plays("maya")
    maya.slash("orders", "/order 1")
    shown = maya.wait_for_message(lambda each: order.number in str(each.get("text")))
    assert "Approve" in texts_of(shown)


def test_an_unknown_order_is_answered_with_those_that_there_are(door: Door) -> None:
    order = drafted(door.world)
    maya = door.plays("maya")
    maya.slash("orders", "/order 4711")
    which = maya.wait_for_message(lambda each: "Which order" in texts_of(each))
    assert order.number in texts_of(which)


def test_an_order_that_has_ended_is_still_found(door: Door) -> None:
    order = drafted(door.world)
    door.world.do(cancel, CancelOrder(order.number, "not needed"), door.world.people.tom)
    maya = door.plays("maya")
    maya.slash("orders", f"/order {order.number}")
    assert "not needed" in texts_of(maya.wait_for_message(lambda each: order.number in str(each.get("text"))))


def test_a_mention_is_answered_in_its_thread(door: Door) -> None:
    maya = door.plays("maya")
    bot = maya.sees.app()["bot_user"]
    asked = maya.say("orders", f"<@{bot}> how many soy drinks do we have?")
    answer = maya.wait_for_message(lambda each: "Soy drink" in texts_of(each), after=asked)
    assert answer["thread_ts"] == asked


def test_a_direct_message_is_answered(door: Door) -> None:
    ola = door.plays("ola")
    asked = ola.tell_app("ile mamy ryżu? (rice 5 kg)")
    assert "40" in texts_of(ola.wait_for_message(lambda each: "Rice" in texts_of(each), after=asked))


def test_what_makes_no_sense_is_answered_with_what_can_be_asked(door: Door) -> None:
    maya = door.plays("maya")
    asked = maya.tell_app("lorem ipsum dolor")
    answer = maya.wait_for_message(lambda each: "did not get that" in texts_of(each), after=asked)
    assert "Late orders" in texts_of(answer)


def test_an_event_that_comes_twice_is_answered_once(door: Door) -> None:
    maya = door.plays("maya")
    maya.do("fault", duplicate=1)
    asked = maya.tell_app("stock oat drink")
    maya.wait_for_message(lambda each: "Oat drink" in texts_of(each), after=asked)
    maya.wait_until(lambda sees: sum("message" in str(each) for each in sees.wire.values()) > 1, "both deliveries")
    with door.world.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(InboxRow)) == 1
    assert sum("Oat drink" in texts_of(each) for each in maya.sees.all_messages() if each["ts"] > asked) == 1


@pytest.mark.parametrize("words", ["stock oat drink", "approve 1"])
def test_a_stranger_is_told_politely_whom_to_ask(door: Door, words: str) -> None:
    zoe = door.plays("zoe")
    asked = zoe.tell_app(words)
    assert "don't know you yet" in texts_of(
        zoe.wait_for_message(lambda each: "know you" in texts_of(each), after=asked)
    )


def test_the_home_tab_shows_what_waits(door: Door) -> None:
    order = submitted(door.world)
    maya = door.plays("maya")
    maya.open_home()
    home = maya.wait_for_home(lambda view: order.number in texts_of(view))
    maya.press(home, f"{ActionId.ASK}.0")
    assert maya.wait_for_message(lambda each: "run out" in texts_of(each))["channel"] == maya.sees.app()["dm"]


def test_the_home_tab_of_a_stranger_says_why_it_is_empty(door: Door) -> None:
    zoe = door.plays("zoe")
    zoe.open_home()
    assert zoe.wait_for_home(lambda view: "know you" in texts_of(view))
