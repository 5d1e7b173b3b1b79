"""The talk on the page: live, without losing what one types or where one reads."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.makers.workspace_page import BOT, EWA, MAGDA, NOW, ORDERS, PIOTR, STOCK, make_channel, make_message, person
from tests.sandbox.page.conftest import Opener

pytestmark = pytest.mark.servers


def one_message(text: str, **more: Any) -> dict[str, Any]:
    return {ORDERS: [make_message(0, PIOTR, text, **more)]}


def test_a_message_appears_while_one_looks(scripted: Opener) -> None:
    workspace = scripted()
    workspace.tell("message", channel=ORDERS, message=make_message(1, PIOTR, "The dairy is *closed*."))
    article = workspace.page.get_by_role("article", name="Piotr Zieliński at")
    expect(article.locator("strong")).to_have_text("closed")


def test_an_edited_message_is_replaced_and_says_so(scripted: Opener) -> None:
    workspace = scripted(messages=one_message("six pallets"))
    edited = make_message(0, PIOTR, "seven pallets", edited={"user": PIOTR, "ts": str(NOW)})
    workspace.tell("message", channel=ORDERS, message=edited)
    expect(workspace.page.get_by_role("article").filter(has_text=re.compile("seven pallets.*edited"))).to_be_visible()


def test_a_deleted_message_goes(scripted: Opener) -> None:
    workspace = scripted(messages=one_message("by mistake"))
    workspace.tell("message_deleted", channel=ORDERS, ts=f"{NOW:.6f}")
    expect(workspace.page.get_by_role("article")).to_have_count(0)


def test_what_one_types_survives_what_others_say(scripted: Opener) -> None:
    workspace = scripted()
    box = workspace.page.get_by_role("textbox", name="Message #orders")
    box.press_sequentially("half a sen")
    workspace.tell("message", channel=ORDERS, message=make_message(1, PIOTR, "hello"))
    workspace.page.get_by_text("hello").wait_for()
    workspace.page.keyboard.type("tence")
    expect(box).to_have_value("half a sentence")


def test_who_reads_above_is_not_pulled_down(scripted: Opener) -> None:
    workspace = scripted(messages={ORDERS: [make_message(at, PIOTR, f"line {at}") for at in range(80)]})
    log = workspace.page.get_by_role("log")
    log.evaluate("node => { node.scrollTop = 40; }")
    workspace.page.wait_for_function("document.querySelector('.scroller').stuck === false")
    workspace.tell("message", channel=ORDERS, message=make_message(900, EWA, "news"))
    expect(workspace.page.get_by_role("article", name="Ewa")).to_have_count(1)
    assert log.evaluate("node => node.scrollTop") == 40


def test_who_reads_the_end_sees_the_next_message(scripted: Opener) -> None:
    workspace = scripted(messages={ORDERS: [make_message(at, PIOTR, f"line {at}") for at in range(80)]})
    workspace.tell("message", channel=ORDERS, message=make_message(900, EWA, "news"))
    expect(workspace.page.get_by_text("news")).to_be_in_viewport()


def test_who_reads_the_end_stays_there_when_a_scroll_is_told_late(scripted: Opener) -> None:
    workspace = scripted(messages={ORDERS: [make_message(at, PIOTR, f"line {at}") for at in range(80)]})
    workspace.page.get_by_role("log").evaluate(
        "node => { node.firstElementChild.style.paddingBottom = '300px'; node.dispatchEvent(new Event('scroll')); }"
    )
    workspace.tell("message", channel=ORDERS, message=make_message(900, EWA, "news"))
    expect(workspace.page.get_by_text("news")).to_be_in_viewport()


def test_who_reads_above_is_led_to_what_came_in_below(scripted: Opener) -> None:
    workspace = scripted(messages={ORDERS: [make_message(at, PIOTR, f"line {at}") for at in range(80)]})
    workspace.page.get_by_role("log").evaluate("node => { node.scrollTop = 40; }")
    workspace.page.wait_for_function("document.querySelector('.scroller').stuck === false")
    workspace.tell("ephemeral", channel=ORDERS, message=make_message(900, BOT, "Only managers may", ephemeral=True))
    workspace.page.get_by_role("button", name="Latest").click()
    expect(workspace.page.get_by_text("Only managers may")).to_be_in_viewport()
    expect(workspace.page.get_by_role("button", name="Latest")).to_be_hidden()


def test_who_sends_while_reading_above_is_taken_to_the_end(scripted: Opener) -> None:
    workspace = scripted(messages={ORDERS: [make_message(at, PIOTR, f"line {at}") for at in range(80)]})
    workspace.page.get_by_role("log").evaluate("node => { node.scrollTop = 40; }")
    workspace.page.wait_for_function("document.querySelector('.scroller').stuck === false")
    workspace.page.get_by_role("textbox", name="Message #orders").fill("/stock milk")
    workspace.page.keyboard.press("Enter")
    expect(workspace.page.get_by_text("line 79")).to_be_in_viewport()


def test_a_missing_frame_makes_the_page_start_anew(scripted: Opener) -> None:
    workspace = scripted()
    workspace.lose_a_frame()
    workspace.state["messages"] = one_message("was missed")
    workspace.tell("message", channel=ORDERS, message=make_message(1, PIOTR, "after the gap"))
    expect(workspace.page.get_by_text("was missed")).to_be_visible()
    assert len(workspace.opened) == 2


def test_a_lost_line_is_opened_again_by_itself(scripted: Opener) -> None:
    workspace = scripted()
    workspace.state["messages"] = one_message("while away")
    workspace.hang_up()
    expect(workspace.page.get_by_text("while away")).to_be_visible()


def test_an_ephemeral_message_is_marked_and_can_be_dismissed(scripted: Opener) -> None:
    workspace = scripted(ephemeral={ORDERS: [make_message(0, BOT, "Only approvers may.", ephemeral=True)]})
    expect(workspace.page.get_by_text("Only visible to you")).to_be_visible()
    workspace.page.get_by_role("button", name="Dismiss").click()
    assert workspace.heard("dismiss")["ts"] == f"{NOW:.6f}"


def test_messages_of_one_writer_stand_together_under_one_name(scripted: Opener) -> None:
    lines = [make_message(0, PIOTR, "one"), make_message(20, PIOTR, "two"), make_message(900, PIOTR, "later")]
    workspace = scripted(messages={ORDERS: lines})
    expect(workspace.page.locator(".writer")).to_have_count(2)


def test_each_day_has_its_divider(scripted: Opener) -> None:
    workspace = scripted(messages={ORDERS: [make_message(0, PIOTR, "one"), make_message(86400, PIOTR, "two")]})
    expect(workspace.page.get_by_role("separator")).to_have_count(2)


def test_new_messages_are_marked_and_told_as_seen(scripted: Opener) -> None:
    channels = [make_channel(ORDERS, "orders", last_read=f"{NOW + 1:.6f}", unread=1)]
    workspace = scripted(
        channels=channels, messages={ORDERS: [make_message(0, PIOTR, "old"), make_message(9, EWA, "new")]}
    )
    expect(workspace.page.get_by_role("separator").filter(has_text="New")).to_be_visible()
    assert workspace.heard("seen") == {"id": 1, "do": "seen", "channel": ORDERS, "ts": f"{NOW + 9:.6f}"}


def test_unread_mentions_stand_beside_the_channel(scripted: Opener) -> None:
    workspace = scripted()
    workspace.tell("channel", channel=make_channel(STOCK, "stock", unread=4, mentions=2))
    expect(workspace.page.get_by_role("button", name="stock 2 unread")).to_be_visible()


def test_acting_as_somebody_else_opens_their_view(scripted: Opener) -> None:
    workspace = scripted()
    workspace.page.get_by_role("button", name="Act as Piotr Zieliński, buyer").click()
    expect(workspace.page.get_by_role("button", name="Act as Piotr")).to_have_attribute("aria-pressed", "true")
    assert workspace.opened[-1].endswith(f"person={PIOTR}")


def test_a_thread_opens_at_the_side_and_takes_replies(scripted: Opener) -> None:
    parent = make_message(0, PIOTR, "start", thread_ts=f"{NOW:.6f}", reply_count=1, reply_users=[EWA])
    workspace = scripted(messages={ORDERS: [parent, make_message(1, EWA, "answer", thread_ts=f"{NOW:.6f}")]})
    expect(workspace.page.get_by_text("answer")).to_have_count(0)
    workspace.page.get_by_role("button", name="1 reply").click()
    thread = workspace.page.get_by_role("complementary", name="Thread")
    expect(thread.get_by_text("answer")).to_be_visible()
    workspace.page.keyboard.type("thanks\n")
    assert workspace.heard("say") == {
        "id": 3,
        "do": "say",
        "channel": ORDERS,
        "text": "thanks",
        "thread_ts": f"{NOW:.6f}",
    }


def test_a_reaction_of_ones_own_is_taken_back_by_pressing_it(scripted: Opener) -> None:
    workspace = scripted(messages=one_message("done", reactions=[{"name": "tada", "users": [MAGDA], "count": 1}]))
    workspace.page.get_by_role("button", name="tada: 1").click()
    assert workspace.heard("react")["remove"] is True


def test_a_renamed_person_is_renamed_in_old_messages(scripted: Opener) -> None:
    workspace = scripted(messages=one_message("hi"))
    workspace.tell("person", person=person(PIOTR, "piotr", "Piotr Nowy", "buyer"))
    expect(workspace.page.get_by_role("article", name="Piotr Nowy")).to_be_visible()


def test_the_same_talk_is_read_in_polish(scripted: Opener) -> None:
    workspace = scripted("/index.html?lang=pl", messages=one_message("hi", thread_ts=f"{NOW:.6f}", reply_count=5))
    expect(workspace.page.get_by_role("button", name="5 odpowiedzi")).to_be_visible()
    expect(workspace.page.get_by_role("navigation", name="Kanały, osoby i aplikacje")).to_be_visible()


def test_a_permalink_opens_its_message_here(scripted: Opener) -> None:
    link = f"<https://workspace.slack.com/archives/{STOCK}/p{NOW:.0f}000000|the count>"
    counted = make_message(0, EWA, "36 cases", channel=STOCK)
    workspace = scripted(messages={ORDERS: [make_message(5, PIOTR, f"see {link}")], STOCK: [counted]})
    workspace.page.get_by_role("link", name="the count").click()
    expect(workspace.page.get_by_text("36 cases")).to_be_in_viewport()
    assert len(workspace.page.context.pages) == 1


def test_a_deep_link_opens_the_app(scripted: Opener) -> None:
    text = "<slack://app?team=T0WORKSPACE&amp;id=A0APP1&amp;tab=home|your desk>"
    workspace = scripted(messages=one_message(text))
    workspace.page.get_by_role("link", name="your desk").click()
    expect(workspace.page.get_by_role("main", name="Home of Quartermaster")).to_be_visible()
