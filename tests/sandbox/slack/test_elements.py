"""What is refused of elements beyond the schema, each at its limit and one over it."""

from typing import Any

import pytest

from sandbox.slack.blocks.check import MESSAGE, MODAL, BlockRules
from tests.makers.workspace import Json, actions, plain

RULES = BlockRules()


def options(count: int) -> list[Json]:
    return [{"text": plain(f"choice {at}"), "value": str(at)} for at in range(count)]


def element(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": "used", **more}


def select(**more: Any) -> Json:
    return element("static_select", **more)


def group(label: str = "Group") -> Json:
    return {"label": plain(label), "options": options(1)}


def faults(used: Json) -> list[str]:
    in_form = used["type"].endswith("_input") and used["type"] != "rich_text_input"
    block = {"type": "input", "label": plain("Label"), "element": used} if in_form else actions(used)
    return [fault.written("") for fault in RULES.faults([block], MODAL if in_form else MESSAGE)]


@pytest.mark.parametrize(
    "used",
    [
        select(options=options(100)),
        select(option_groups=[group("x" * 75)] * 100),
        select(options=options(2), initial_option=options(2)[1]),
        select(option_groups=[group()], initial_option=options(1)[0]),
        element("multi_static_select", options=options(2), initial_options=options(2), max_selected_items=1),
        element("overflow", options=options(5)),
        element("radio_buttons", options=options(10)),
        element("checkboxes", options=options(10), initial_options=options(3)),
        element("datepicker", initial_date="2026-12-01"),
        element("timepicker", initial_time="07:30"),
        element("plain_text_input", min_length=3000, max_length=3000),
        element("plain_text_input", min_length=0, max_length=1),
        element("number_input", is_decimal_allowed=True, min_value="1.5", max_value="1.5"),
        element("file_input", max_files=10),
        element("conversations_select", filter={"exclude_bot_users": True}),
    ],
)
def test_at_its_limit_an_element_is_taken(used: Json) -> None:
    assert faults(used) == []


@pytest.mark.parametrize(
    ("used", "place"),
    [
        (select(), "missing required field: options [json-pointer:/0/elements/0]"),
        (select(options=options(1), option_groups=[group()]), "only one of"),
        (select(options=[]), "/elements/0/options]"),
        (select(option_groups=[]), "/elements/0/option_groups]"),
        (select(option_groups=[group("x" * 76)]), "/elements/0/option_groups/0/label]"),
        (select(options=options(101)), "/elements/0/options]"),
        (select(options=options(2), initial_option=options(3)[2]), "must be one of the options"),
        (element("checkboxes", options=options(1), initial_options=options(2)), "/elements/0/initial_options]"),
        (element("multi_users_select", max_selected_items=0), "/elements/0/max_selected_items]"),
        (element("overflow", options=options(6)), "no more than 5 items allowed"),
        (element("radio_buttons", options=options(11)), "no more than 10 items allowed"),
        (element("datepicker", initial_date="tomorrow"), "must be of the form YYYY-MM-DD"),
        (element("datepicker", initial_date="20261201"), "must be of the form YYYY-MM-DD"),
        (element("timepicker", initial_time="25:00"), "must be of the form HH:mm"),
        (element("plain_text_input", min_length=3001), "/element/min_length]"),
        (element("plain_text_input", max_length=3001), "/element/max_length]"),
        (element("plain_text_input", max_length=0), "/element/max_length]"),
        (element("plain_text_input", min_length=5, max_length=3), "must not be more than `max_length`"),
        (element("number_input", is_decimal_allowed=False, min_value="5", max_value="3"), "/element/min_value]"),
        (element("number_input", is_decimal_allowed=False, initial_value="many"), "must be a number"),
        (element("file_input", max_files=11), "/element/max_files]"),
        (element("conversations_select", filter={}), "/elements/0/filter]"),
        (element("conversations_select", filter={"include": []}), "/elements/0/filter/include]"),
    ],
)
def test_over_its_limit_an_element_is_refused(used: Json, place: str) -> None:
    assert any(place in each for each in faults(used))


def test_only_one_element_of_a_view_takes_the_focus() -> None:
    focused = element("plain_text_input", focus_on_load=True)
    blocks = [{"type": "input", "block_id": str(at), "label": plain("Label"), "element": focused} for at in range(2)]
    assert RULES.faults(blocks[:1], MODAL) == []
    assert [fault.message for fault in RULES.faults(blocks, MODAL)] == ["no more than 1 element may have focus_on_load"]


@pytest.mark.parametrize("url", ["not a url", "file:///etc/passwd", "https://x/" + "x" * 2991])
def test_a_picture_s_address_is_a_web_address_of_bearable_length(url: str) -> None:
    picture = {"type": "image", "alt_text": "chart", "image_url": url}
    assert [fault.path for fault in RULES.faults([picture], MESSAGE)] == [(0, "image_url")]
