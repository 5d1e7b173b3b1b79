"""From the page's short choices to the values that Slack's payloads carry, element by element."""

from collections.abc import Callable, Iterator
from typing import Any

from sandbox.slack.blocks.walk import input_elements
from sandbox.slack.books.files import file_object
from sandbox.slack.interacting.payloads import Place
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.workspace import Workspace

_SINGLE = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
}
_MANY = {f"multi_{kind}": f"{field}s" for kind, field in _SINGLE.items()}
_PLAIN = {"datepicker": "selected_date", "timepicker": "selected_time", "datetimepicker": "selected_date_time"}
_TEXTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input")


class Choices:
    """Reads choices for one place; options of external selects are those that the app offered last."""

    def __init__(self, workspace: Workspace, place: Place) -> None:
        self._workspace = workspace
        self._place = place

    def action(self, block: Json, element: Json, choice: Any, action_ts: str) -> Json:
        """The entry of `actions` for an element that was used; CallRefused("unknown_choice")."""
        kind = element["type"]
        entry: Json = {
            "type": kind,
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "action_ts": action_ts,
        }
        if kind in ("button", "workflow_button", "icon_button"):
            return entry | {name: element[name] for name in ("text", "value", "style", "confirm") if name in element}
        if kind == "feedback_buttons":
            buttons = (element["positive_button"], element["negative_button"])
            pressed = next((button for button in buttons if button["value"] == choice), None)
            if pressed is None:
                raise CallRefused("unknown_choice")
            return entry | {"text": pressed["text"], "value": pressed["value"]}
        value = self.value(block, element, choice)
        if kind in _TEXTS:
            return entry | {"value": value.get("value") or ""}
        return entry | {name: each for name, each in value.items() if name != "type"}

    def values(self, given: Json) -> Json:
        """`state.values` of all inputs of the place; what the page left out holds its initial value."""
        state: Json = {}
        for block, element in input_elements(self._place.blocks):
            block_values = given.get(block["block_id"]) or {}
            action_id = element["action_id"]
            if action_id in block_values:
                value = self.value(block, element, block_values[action_id])
            else:
                value = self._initial(block, element)
            state.setdefault(block["block_id"], {})[action_id] = value
        return state

    def value(self, block: Json, element: Json, choice: Any) -> Json:
        """What an input holds, in Slack's form; CallRefused("unknown_choice")."""
        kind = element["type"]
        reader = _READERS.get(kind)
        if reader is None:
            raise CallRefused("unknown_choice")
        return {"type": kind, **reader(self, block, element, choice)}

    def _initial(self, block: Json, element: Json) -> Json:
        kind = element["type"]
        field = _FIELDS[kind]
        initial = {
            **{name: element.get("initial_option") for name in ("selected_option",)},
            "selected_options": element.get("initial_options") or [],
            **{
                name: element.get(name.replace("selected", "initial")) for name in (*_SINGLE.values(), *_PLAIN.values())
            },
            **{name: element.get(name.replace("selected", "initial")) or [] for name in _MANY.values()},
            "value": element.get("initial_value"),
            "rich_text_value": element.get("initial_value"),
            "files": [],
        }
        del block
        return {"type": kind, field: initial[field]}

    def _option(self, block: Json, element: Json, choice: Any) -> Json:
        return {"selected_option": None if choice in (None, "") else self._find(block, element, choice)}

    def _options(self, block: Json, element: Json, choice: Any) -> Json:
        return {"selected_options": [self._find(block, element, each) for each in choice or ()]}

    def _find(self, block: Json, element: Json, value: Any) -> Json:
        offered = self._workspace.offered.get((self._place.key, block["block_id"], element["action_id"]), {})
        initial = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
        known: list[Json] = [*_all_options(element), *_all_options(offered), *initial]
        for option in known:
            if option.get("value") == value:
                return option
        raise CallRefused("unknown_choice")

    def _files(self, _block: Json, _element: Json, choice: Any) -> Json:
        return {"files": [file_object(self._workspace.files.get(str(each))) for each in choice or ()]}


def _all_options(source: Json) -> Iterator[Json]:
    yield from source.get("options") or ()
    for group in source.get("option_groups") or ():
        yield from group.get("options") or ()


def _rich_text(_choices: Choices, _block: Json, _element: Json, choice: Any) -> Json:
    if isinstance(choice, str) and choice:
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": choice}]}
        return {"rich_text_value": {"type": "rich_text", "elements": [section]}}
    return {"rich_text_value": choice or None}


def _as(field: str, *, many: bool = False) -> Callable[[Choices, Json, Json, Any], Json]:
    def read(_choices: Choices, _block: Json, _element: Json, choice: Any) -> Json:
        if many:
            return {field: list(choice or ())}
        return {field: None if choice in (None, "") else choice}

    return read


_READERS: dict[str, Callable[[Choices, Json, Json, Any], Json]] = {
    **dict.fromkeys(("static_select", "external_select", "overflow", "radio_buttons"), Choices._option),  # noqa: SLF001 - one class, one table
    **dict.fromkeys(("multi_static_select", "multi_external_select", "checkboxes"), Choices._options),  # noqa: SLF001
    **{kind: _as(field) for kind, field in {**_SINGLE, **_PLAIN}.items()},
    **{kind: _as(field, many=True) for kind, field in _MANY.items()},
    **{kind: _as("value") for kind in _TEXTS},
    "rich_text_input": _rich_text,
    "file_input": Choices._files,  # noqa: SLF001
}
_FIELDS: dict[str, str] = {
    **dict.fromkeys(("static_select", "external_select", "radio_buttons"), "selected_option"),
    **dict.fromkeys(("multi_static_select", "multi_external_select", "checkboxes"), "selected_options"),
    **_SINGLE,
    **_PLAIN,
    **_MANY,
    **dict.fromkeys(_TEXTS, "value"),
    "rich_text_input": "rich_text_value",
    "file_input": "files",
}
