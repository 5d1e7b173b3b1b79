"""Walking through blocks: nested blocks, interactive elements, texts, and the ids that Slack gives to what has none."""

import secrets
from collections.abc import Iterator

from sandbox.slack.shapes import Json

_ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
INTERACTIVE = frozenset(
    {
        *("button", "workflow_button", "icon_button", "feedback_buttons", "overflow"),
        *(
            prefix + kind
            for prefix in ("", "multi_")
            for kind in ("static_select", "external_select", "users_select", "conversations_select", "channels_select")
        ),
        *("checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker", "plain_text_input"),
        *("email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input"),
    }
)
_TEXT_KEYS = frozenset({"text", "title", "subtitle", "body", "label", "hint", "description", "placeholder", "caption"})
_NESTED_BLOCKS = ("child_blocks", "tasks")


def all_blocks(blocks: list[Json]) -> Iterator[Json]:
    """Blocks and those inside of them."""
    for block in blocks:
        yield block
        nested = [each for name in _NESTED_BLOCKS for each in _objects(block.get(name))]
        if block.get("type") == "carousel":
            nested += _objects(block.get("elements"))
        yield from all_blocks(nested)


def elements_of(block: Json) -> Iterator[Json]:
    """The interactive elements of one block."""
    for _, element in placed_elements(block):
        yield element


def placed_elements(block: Json) -> Iterator[tuple[tuple[str | int, ...], Json]]:
    """The interactive elements of one block, each with its path in the block."""
    places: list[tuple[tuple[str | int, ...], object]] = [
        ((name,), block.get(name)) for name in ("accessory", "element")
    ]
    lists = ["actions", *(["elements"] if block.get("type") in ("actions", "context_actions") else [])]
    for name in lists:
        given = block.get(name)
        places += [((name, at), each) for at, each in enumerate(given if isinstance(given, list) else ())]
    for path, each in places:
        if isinstance(each, dict) and isinstance(each.get("type"), str) and each["type"] in INTERACTIVE:
            yield path, each


def find_element(blocks: list[Json], block_id: str, action_id: str) -> tuple[Json, Json] | None:
    """The block and the element with these ids."""
    for block in all_blocks(blocks):
        if block.get("block_id") == block_id:
            for element in elements_of(block):
                if element.get("action_id") == action_id:
                    return block, element
    return None


def input_elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Blocks with elements that hold a value (all but buttons and overflow menus)."""
    for block in all_blocks(blocks):
        for element in elements_of(block):
            if element["type"] not in ("button", "workflow_button", "icon_button", "feedback_buttons", "overflow"):
                yield block, element


def with_ids(blocks: list[Json]) -> list[Json]:
    """The same blocks, each block with a block_id and each element with an action_id."""
    for block in all_blocks(blocks):
        block.setdefault("block_id", _short_id())
        for element in elements_of(block):
            element.setdefault("action_id", _short_id())
    return blocks


def text_length(thing: object, key: str = "") -> int:
    """Characters of all texts that a reader sees."""
    if isinstance(thing, str):
        return len(thing) if key in _TEXT_KEYS else 0
    if isinstance(thing, list):
        return sum(text_length(each) for each in thing)
    if isinstance(thing, dict):
        return sum(text_length(value, name) for name, value in thing.items())
    return 0


def _objects(value: object) -> list[Json]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _short_id() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(5))
