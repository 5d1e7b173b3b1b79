"""What stands beside the talk: wire log, fault panel, App Home, tour."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.makers.workspace_page import BOT_DM, NOW, ORDERS, PIOTR, ScriptedWorkspace, make_message
from tests.sandbox.page.conftest import Opener

pytestmark = pytest.mark.servers


def entry(id_: int, name: str = "chat.postMessage", **more: Any) -> dict[str, Any]:
    return {
        "id": id_, "at": NOW + id_, "kind": "call", "direction": "from_app", "app": "A0APP1", "name": name, "took_ms": 1.2,
        "outcome": "ok", "attempt": 0, "broken": [], "body": {"channel": ORDERS}, "reply": {"ok": True},
    } | more  # fmt: skip


def wire(workspace: ScriptedWorkspace) -> Locator:
    workspace.page.get_by_role("button", name="Wire log", exact=True).click()
    return workspace.page.get_by_role("complementary", name="Wire log")


def test_the_wire_log_fills_while_one_looks_newest_first(scripted: Opener) -> None:
    workspace = scripted(wire=[entry(1)])
    log = wire(workspace)
    workspace.tell("wire", entry=entry(2, "views.open"))
    expect(log.get_by_role("listitem").first).to_contain_text("views.open")


def test_an_ack_completes_the_entry_that_waited(scripted: Opener) -> None:
    workspace = scripted(wire=[entry(1, "slash_commands /stock", outcome="waiting", took_ms=None)])
    log = wire(workspace)
    workspace.tell("wire", entry=entry(1, "slash_commands /stock", outcome="acked", took_ms=3.4))
    expect(log.get_by_role("listitem")).to_contain_text("3.4 msacked")


def test_a_broken_limit_is_red_and_named(scripted: Opener) -> None:
    log = wire(scripted(wire=[entry(1), entry(2, outcome="timeout", broken=["ack_over_3s"])]))
    expect(log.locator(".red")).to_have_count(1)
    expect(log.locator(".red")).to_contain_text("ack_over_3s")


def test_the_log_is_filtered_by_words_and_by_red(scripted: Opener) -> None:
    log = wire(scripted(wire=[entry(1), entry(2, "views.open", outcome="expired_trigger_id"), entry(3, "views.push")]))
    log.get_by_role("searchbox", name="Filter").fill("views")
    expect(log.get_by_role("listitem")).to_have_count(2)
    log.get_by_label("Only red").check()
    expect(log.get_by_role("listitem")).to_have_count(1)


def test_an_entry_opens_to_its_json(scripted: Opener) -> None:
    log = wire(scripted(wire=[entry(1)]))
    log.get_by_role("button", name="chat.postMessage").click()
    expect(log.locator("pre").first).to_contain_text(f'"channel": "{ORDERS}"')


def test_the_fault_panel_tells_what_shall_fail(scripted: Opener) -> None:
    workspace = scripted()
    workspace.page.get_by_role("button", name="Faults", exact=True).click()
    workspace.page.get_by_role("group", name="Withhold acks").get_by_role("button", name="3×").click()
    assert workspace.heard("fault") == {"id": 1, "do": "fault", "lose_acks": 3}


def test_too_many_requests_can_be_told_for_one_method(scripted: Opener) -> None:
    workspace = scripted()
    workspace.page.get_by_role("button", name="Faults", exact=True).click()
    workspace.page.get_by_label("Method, * for any").first.fill("chat.update")
    workspace.page.get_by_label("Method, * for any").first.press("Enter")
    assert workspace.heard("fault")["rate_limit"] == {"method": "chat.update", "times": 0, "retry_after": 3}


def test_the_sockets_of_an_app_can_be_refreshed(scripted: Opener) -> None:
    workspace = scripted()
    workspace.page.get_by_role("button", name="Faults", exact=True).click()
    workspace.page.get_by_role("button", name="Refresh").click()
    assert workspace.heard("sockets") == {"id": 1, "do": "sockets", "app": "A0APP1", "how": "refresh"}


def test_an_apps_home_is_asked_for_and_shown_when_it_comes(scripted: Opener) -> None:
    workspace = scripted()
    workspace.page.get_by_role("button", name="Quartermaster").click()
    expect(workspace.page.get_by_text("has not published its home for you")).to_be_visible()
    assert workspace.heard("home")["tab"] == "home"
    blocks = [{"type": "header", "block_id": "h", "text": {"type": "plain_text", "text": "Good morning"}}]
    workspace.tell("home", app="A0APP1", view={"id": "VH", "type": "home", "blocks": blocks})
    expect(workspace.page.get_by_role("heading", name="Good morning")).to_be_visible()


def test_a_suggested_prompt_is_said(scripted: Opener) -> None:
    prompts = {
        "channel": BOT_DM,
        "thread_ts": None,
        "app": "A0APP1",
        "title": "Try",
        "prompts": [{"title": "Late", "message": "Which orders are late?"}],
    }
    workspace = scripted(prompts=[prompts])
    workspace.page.get_by_role("button", name="Quartermaster").click()
    workspace.page.get_by_role("tab", name="Messages").click()
    workspace.page.get_by_role("button", name="Late").click()
    assert workspace.heard("say")["text"] == "Which orders are late?"


def tour(*statuses: str, **more: Any) -> dict[str, Any]:
    steps = [
        {"id": f"s{at}", "title": f"Step {at}", "detail": f"What *{at}* does.", "status": status}
        for at, status in enumerate(statuses, 1)
    ]
    return {"title": "From stock to answer", "playing": False, "steps": steps} | more


def test_the_tour_shows_where_it_is_and_goes_on(scripted: Opener) -> None:
    workspace = scripted(tour=tour("done", "now", "waiting"))
    panel = workspace.page.get_by_role("complementary", name="Tour")
    expect(panel.locator("[aria-current=step]")).to_contain_text("What 2 does.")
    panel.get_by_role("button", name="Next").click()
    assert workspace.heard("tour")["how"] == "next"


def test_the_tour_takes_the_spectator_to_where_a_step_is_seen(scripted: Opener) -> None:
    workspace = scripted(messages={"C0STOCK": [make_message(0, PIOTR, "36 left", channel="C0STOCK")]})
    steps = tour("now")
    steps["steps"][0]["show"] = {"channel": "C0STOCK", "person": PIOTR}
    workspace.tell("tour", tour=steps)
    expect(workspace.page.get_by_role("main", name="#stock")).to_be_visible()
    expect(workspace.page.get_by_role("button", name="Act as Piotr")).to_have_attribute("aria-pressed", "true")


def test_a_tour_that_is_over_can_go_no_further(scripted: Opener) -> None:
    workspace = scripted(tour=tour("done", "done"))
    expect(workspace.page.get_by_role("button", name="Next")).to_be_disabled()


def test_on_a_narrow_screen_the_channels_wait_behind_a_button(scripted: Opener) -> None:
    workspace = scripted()
    workspace.page.set_viewport_size({"width": 480, "height": 800})
    place = workspace.page.get_by_role("button", name="stock")
    expect(place).to_have_count(0)
    workspace.page.get_by_role("button", name="Channels").click()
    place.click()
    expect(workspace.page.get_by_role("main", name="#stock")).to_be_visible()
