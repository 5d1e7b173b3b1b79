"""Modal views: one dialog for the top of the stack, errors beside their fields, nothing typed is lost."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.makers.workspace_page import ScriptedWorkspace
from tests.sandbox.page.conftest import Opener

pytestmark = pytest.mark.servers


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def field(block_id: str, label: str, **element: Any) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": "typed"} | element
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element}


def view(id_: str = "V1", title: str = "Reject order", **more: Any) -> dict[str, Any]:
    blocks = [field("reason", "Reason"), field("day", "Deliver on", type="datepicker", initial_date="2026-12-01")]
    return {
        "id": id_,
        "type": "modal",
        "title": plain(title),
        "submit": plain("Reject"),
        "close": plain("Keep"),
        "blocks": blocks,
    } | more


def opened(scripted: Opener, *stack: dict[str, Any]) -> tuple[ScriptedWorkspace, Locator]:
    workspace = scripted(modals=list(stack or (view(),)))
    return workspace, workspace.page.get_by_role("dialog")


def test_a_submit_carries_every_value_defaults_included(scripted: Opener) -> None:
    workspace, dialog = opened(scripted)
    dialog.get_by_label("Reason").fill("too dear")
    dialog.get_by_role("button", name="Reject").click()
    values = {"reason": {"typed": "too dear"}, "day": {"typed": "2026-12-01"}}
    assert workspace.heard("submit") | {"id": 0} == {"id": 0, "do": "submit", "view_id": "V1", "values": values}


def test_an_error_stands_at_its_field_which_keeps_its_words(scripted: Opener) -> None:
    workspace, dialog = opened(scripted)
    dialog.get_by_label("Reason").fill("no")
    workspace.tell("modals", stack=[view()], errors={"reason": "Say a little more."}, loading=False)
    expect(dialog.get_by_label("Reason")).to_have_accessible_description("Say a little more.")
    expect(dialog.get_by_label("Reason")).to_have_value("no")


def test_an_updated_view_keeps_what_was_typed_in_the_blocks_that_stay(scripted: Opener) -> None:
    workspace, dialog = opened(scripted)
    dialog.get_by_label("Reason").fill("half a sen")
    more = view(blocks=[*view()["blocks"], field("also", "Also tell")])
    workspace.tell("modals", stack=[more], errors={}, loading=False)
    dialog.get_by_label("Also tell").wait_for()
    workspace.page.keyboard.type("tence")
    expect(dialog.get_by_label("Reason")).to_have_value("half a sentence")


def test_a_pushed_view_covers_the_first_and_leads_back(scripted: Opener) -> None:
    workspace, dialog = opened(scripted, view(), view("V2", "Choose a day"))
    expect(dialog).to_have_accessible_name("Choose a day")
    dialog.get_by_role("button", name="Back").click()
    assert workspace.heard("close") == {"id": 1, "do": "close", "view_id": "V2"}


def test_the_first_view_has_kept_its_words_when_one_comes_back(scripted: Opener) -> None:
    workspace, dialog = opened(scripted)
    dialog.get_by_label("Reason").fill("too dear")
    workspace.tell("modals", stack=[view(), view("V2", "Choose a day", blocks=[])], errors={}, loading=False)
    expect(dialog).to_have_accessible_name("Choose a day")
    workspace.tell("modals", stack=[view()], errors={}, loading=False)
    expect(dialog.get_by_label("Reason")).to_have_value("too dear")


def test_escape_closes_the_whole_stack(scripted: Opener) -> None:
    workspace, _ = opened(scripted, view(), view("V2", "Choose a day"))
    workspace.page.keyboard.press("Escape")
    assert workspace.heard("close") == {"id": 1, "do": "close", "view_id": "V2", "all": True}


def test_an_empty_stack_closes_the_dialog(scripted: Opener) -> None:
    workspace, dialog = opened(scripted)
    workspace.tell("modals", stack=[], errors={}, loading=False)
    expect(dialog).to_have_count(0)


def test_a_submit_under_way_cannot_be_pressed_twice(scripted: Opener) -> None:
    workspace, dialog = opened(scripted)
    workspace.tell("modals", stack=[view()], errors={}, loading=True)
    expect(dialog.get_by_role("button", name="Reject")).to_be_disabled()
    expect(dialog).to_have_attribute("aria-busy", "true")


def test_an_app_that_did_not_answer_is_told_inside_the_dialog(scripted: Opener) -> None:
    workspace, dialog = opened(scripted)
    workspace.tell("notice", code="operation_timeout", about="Reject order", channel=None)
    expect(dialog.get_by_role("alert")).to_contain_text("Reject order failed: the app did not answer")


def test_an_external_select_inside_a_view_asks_the_app(scripted: Opener) -> None:
    product = field("p", "Product", type="external_select", action_id="pick", min_query_length=1)
    workspace, dialog = opened(scripted, view(blocks=[product]))
    workspace.answers["options"] = lambda asked: {"options": [{"text": plain(f"{asked['query']} milk"), "value": "m"}]}
    dialog.get_by_role("combobox", name="Product").click()
    workspace.page.keyboard.type("oat")
    dialog.get_by_role("option", name="oat milk").click()
    expect(dialog.get_by_role("combobox", name="Product: oat milk")).to_be_visible()
    assert workspace.heard("options")["query"] == "oat"


def test_a_dispatching_input_acts_on_enter(scripted: Opener) -> None:
    block = field("q", "Quantity") | {"dispatch_action": True}
    workspace, dialog = opened(scripted, view(blocks=[block]))
    dialog.get_by_label("Quantity").fill("24")
    dialog.get_by_label("Quantity").press("Enter")
    heard = workspace.heard("act")
    assert (heard["container"], heard["choice"]) == ({"type": "view", "view_id": "V1"}, "24")
