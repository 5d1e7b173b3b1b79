"""Typing: commands, mentions, files."""

import pytest
from playwright.sync_api import FilePayload, Locator, expect

from tests.makers.workspace_page import ORDERS, ScriptedWorkspace
from tests.sandbox.page.conftest import Opener

pytestmark = pytest.mark.servers


def box(workspace: ScriptedWorkspace) -> Locator:
    return workspace.page.get_by_role("textbox", name="Message #orders")


def test_enter_sends_and_empties_the_box(scripted: Opener) -> None:
    workspace = scripted()
    box(workspace).fill("hello")
    box(workspace).press("Enter")
    assert workspace.heard("say")["text"] == "hello"
    expect(box(workspace)).to_have_value("")


def test_shift_and_enter_break_the_line(scripted: Opener) -> None:
    workspace = scripted()
    box(workspace).press_sequentially("one")
    box(workspace).press("Shift+Enter")
    box(workspace).press_sequentially("two")
    expect(box(workspace)).to_have_value("one\ntwo")


def test_a_slash_offers_the_commands_of_the_apps(scripted: Opener) -> None:
    workspace = scripted()
    box(workspace).press_sequentially("/or")
    expect(workspace.page.get_by_role("option")).to_have_text(["Q/order [number]One order", "Q/ordersOrders that wait"])


def test_a_chosen_command_is_sent_as_a_command(scripted: Opener) -> None:
    workspace = scripted()
    box(workspace).press_sequentially("/st")
    box(workspace).press("Tab")
    box(workspace).press_sequentially("oat milk")
    box(workspace).press("Enter")
    assert workspace.heard("slash") == {"id": 1, "do": "slash", "channel": ORDERS, "text": "/stock oat milk"}


def test_an_unknown_command_is_refused_in_words(scripted: Opener) -> None:
    workspace = scripted()
    workspace.answers["slash"] = lambda _: {"ok": False, "error": "unknown_command"}
    box(workspace).fill("/nothing")
    box(workspace).press("Enter")
    expect(workspace.page.get_by_role("alert")).to_contain_text("/nothing is not a command of any app here.")


def test_a_person_is_mentioned_by_the_first_letters_of_any_name(scripted: Opener) -> None:
    workspace = scripted()
    box(workspace).press_sequentially("ask @ziel")
    box(workspace).press("Enter")
    expect(box(workspace)).to_have_value("ask @piotr ")


def test_escape_closes_the_suggestions_and_keeps_the_words(scripted: Opener) -> None:
    workspace = scripted()
    box(workspace).press_sequentially("@e")
    box(workspace).press("Escape")
    expect(workspace.page.get_by_role("option")).to_have_count(0)
    expect(box(workspace)).to_have_value("@e")


def test_a_file_goes_up_first_and_its_id_with_the_message(scripted: Opener) -> None:
    workspace = scripted()
    file = '{"ok": true, "file": {"id": "F1", "name": "note.txt"}}'
    workspace.page.route("**/page/upload*", lambda route: route.fulfill(body=file, content_type="application/json"))
    workspace.page.get_by_label("Attach files").set_input_files(
        FilePayload(name="note.txt", mimeType="text/plain", buffer=b"two pallets")
    )
    expect(workspace.page.get_by_role("button", name="Remove note.txt")).to_be_visible()
    workspace.page.get_by_role("button", name="Send").click()
    assert workspace.heard("say")["files"] == ["F1"]


def test_what_was_not_sent_waits_in_its_channel(scripted: Opener) -> None:
    workspace = scripted()
    box(workspace).fill("later")
    workspace.page.get_by_role("button", name="stock").click()
    workspace.page.get_by_role("button", name="orders").click()
    expect(box(workspace)).to_have_value("later")


def test_a_refused_message_comes_back_into_the_box(scripted: Opener) -> None:
    workspace = scripted()
    workspace.answers["say"] = lambda _: {"ok": False, "error": "msg_too_long"}
    box(workspace).fill("very long")
    box(workspace).press("Enter")
    expect(workspace.page.get_by_role("alert")).to_contain_text("msg_too_long")
    expect(box(workspace)).to_have_value("very long")
