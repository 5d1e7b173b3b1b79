"""From the page's short choices to the platform's values, element by element."""

from typing import Any

import pytest

from sandbox.slack.interacting.choices import Choices
from sandbox.slack.interacting.payloads import Place
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.workspace import Workspace
from tests.makers.workspace import plain

OPTIONS = [{"text": plain("Oat"), "value": "oat"}, {"text": plain("Rye"), "value": "rye"}]


@pytest.fixture
def workspace() -> Workspace:
    return Workspace(WorkspaceSettings(address="http://127.0.0.1:1"))


def choices_for(workspace: Workspace, element: Json) -> tuple[Choices, Json, Json]:
    element = {"action_id": "a", **element}
    block = {"type": "input", "block_id": "b", "label": plain("x"), "element": element}
    return Choices(workspace, Place({"id": "A1"}, [block], view={"id": "V1"})), block, element


@pytest.mark.parametrize(
    ("element", "choice", "held"),
    [
        ({"type": "static_select", "options": OPTIONS}, "oat", {"selected_option": OPTIONS[0]}),
        ({"type": "static_select", "options": OPTIONS}, None, {"selected_option": None}),
        ({"type": "radio_buttons", "options": OPTIONS}, "rye", {"selected_option": OPTIONS[1]}),
        (
            {"type": "static_select", "option_groups": [{"label": plain("g"), "options": OPTIONS}]},
            "rye",
            {"selected_option": OPTIONS[1]},
        ),
        (
            {"type": "multi_static_select", "options": OPTIONS},
            ["rye", "oat"],
            {"selected_options": [OPTIONS[1], OPTIONS[0]]},
        ),
        ({"type": "checkboxes", "options": OPTIONS}, [], {"selected_options": []}),
        ({"type": "users_select"}, "U1", {"selected_user": "U1"}),
        ({"type": "multi_users_select"}, ["U1", "U2"], {"selected_users": ["U1", "U2"]}),
        ({"type": "conversations_select"}, "C1", {"selected_conversation": "C1"}),
        ({"type": "multi_conversations_select"}, ["C1"], {"selected_conversations": ["C1"]}),
        ({"type": "channels_select"}, "", {"selected_channel": None}),
        ({"type": "multi_channels_select"}, None, {"selected_channels": []}),
        ({"type": "datepicker"}, "2026-11-30", {"selected_date": "2026-11-30"}),
        ({"type": "timepicker"}, "14:05", {"selected_time": "14:05"}),
        ({"type": "datetimepicker"}, 1795500000, {"selected_date_time": 1795500000}),
        ({"type": "plain_text_input"}, "too dear", {"value": "too dear"}),
        ({"type": "plain_text_input"}, "", {"value": None}),
        ({"type": "number_input", "is_decimal_allowed": True}, "3.5", {"value": "3.5"}),
        ({"type": "email_text_input"}, "a@b.pl", {"value": "a@b.pl"}),
        ({"type": "url_text_input"}, "https://x", {"value": "https://x"}),
    ],
)
def test_a_choice_becomes_the_value_that_apps_read(
    workspace: Workspace, element: Json, choice: Any, held: Json
) -> None:
    choices, block, whole = choices_for(workspace, element)
    assert choices.value(block, whole, choice) == {"type": element["type"], **held}


def test_typed_rich_text_becomes_a_rich_text_block(workspace: Workspace) -> None:
    choices, block, element = choices_for(workspace, {"type": "rich_text_input"})
    value = choices.value(block, element, "hi")["rich_text_value"]
    assert value["elements"][0]["elements"] == [{"type": "text", "text": "hi"}]
    assert choices.value(block, element, value)["rich_text_value"] == value


def test_chosen_files_are_given_as_file_objects(workspace: Workspace) -> None:
    file = workspace.files.announce("a.txt", owner="U1", now=1.0)
    choices, block, element = choices_for(workspace, {"type": "file_input"})
    assert choices.value(block, element, [file["id"]])["files"][0]["name"] == "a.txt"


def test_an_option_that_was_never_offered_is_refused(workspace: Workspace) -> None:
    choices, block, element = choices_for(workspace, {"type": "static_select", "options": OPTIONS})
    with pytest.raises(CallRefused, match="unknown_choice"):
        choices.value(block, element, "bread")


def test_an_option_that_the_app_offered_is_taken(workspace: Workspace) -> None:
    workspace.offered["V1", "b", "a"] = {"options": OPTIONS}
    choices, block, element = choices_for(workspace, {"type": "external_select"})
    assert choices.value(block, element, "rye")["selected_option"] == OPTIONS[1]


def test_a_button_brings_its_text_and_value(workspace: Workspace) -> None:
    choices, block, element = choices_for(
        workspace, {"type": "button", "text": plain("Go"), "value": "7", "style": "primary"}
    )
    action = choices.action(block, element, None, "1.0")
    assert action == {
        "type": "button",
        "action_id": "a",
        "block_id": "b",
        "action_ts": "1.0",
        "text": plain("Go"),
        "value": "7",
        "style": "primary",
    }


def test_feedback_names_the_button_that_was_pressed(workspace: Workspace) -> None:
    good, bad = {"text": plain("Good"), "value": "good"}, {"text": plain("Bad"), "value": "bad"}
    element = {"type": "feedback_buttons", "positive_button": good, "negative_button": bad}
    choices, block, whole = choices_for(workspace, element)
    assert choices.action(block, whole, "bad", "1.0")["value"] == "bad"
    with pytest.raises(CallRefused, match="unknown_choice"):
        choices.action(block, whole, "so-so", "1.0")


def test_inputs_that_nobody_touched_hold_their_first_values(workspace: Workspace) -> None:
    elements: list[Json] = [
        {"type": "plain_text_input", "initial_value": "hello"},
        {"type": "static_select", "options": OPTIONS, "initial_option": OPTIONS[0]},
        {"type": "checkboxes", "options": OPTIONS, "initial_options": [OPTIONS[1]]},
        {"type": "datepicker", "initial_date": "2026-12-24"},
        {"type": "multi_users_select", "initial_users": ["U1"]},
        {"type": "users_select"},
    ]
    blocks = [
        {"type": "input", "block_id": str(number), "label": plain("x"), "element": {"action_id": "a", **element}}
        for number, element in enumerate(elements)
    ]
    values = Choices(workspace, Place({"id": "A1"}, blocks, view={"id": "V1"})).values({})
    assert [values[str(number)]["a"] for number in range(6)] == [
        {"type": "plain_text_input", "value": "hello"},
        {"type": "static_select", "selected_option": OPTIONS[0]},
        {"type": "checkboxes", "selected_options": [OPTIONS[1]]},
        {"type": "datepicker", "selected_date": "2026-12-24"},
        {"type": "multi_users_select", "selected_users": ["U1"]},
        {"type": "users_select", "selected_user": None},
    ]
