"""The one judge of blocks: messages, views and blocks.validate ask it, so that all three refuse the same."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sandbox.slack.blocks.elements import element_faults
from sandbox.slack.blocks.limits import LIMITS, LONGEST_MARKDOWN, MOST_CHARTS
from sandbox.slack.blocks.schema import BlockFault, known_types, schema_faults
from sandbox.slack.blocks.walk import all_blocks, elements_of, placed_elements, text_length
from sandbox.slack.shapes import CallRefused, Json

MESSAGE, MODAL, HOME = "message", "modal", "home"
MOST_BLOCKS = {MESSAGE: 50, MODAL: 100, HOME: 100}
LONGEST_BLOCKS_TEXT = 13_200  # undocumented, measured: https://github.com/slackapi/bolt-js/issues/2509
LONGEST_ID = 255
LARGEST_VIEW = 250_000  # bytes
_ONLY_IN = {
    "alert": {MODAL},
    "file_input": {MODAL},
    "markdown": {MESSAGE},
    "table": {MESSAGE},
    "data_table": {MESSAGE},
    "data_visualization": {MESSAGE},
    "context_actions": {MESSAGE},
    "task_card": {MESSAGE},
    "plan": {MESSAGE},
}
_WITHOUT_SCHEMA: dict[str, set[str] | None] = {
    "data_visualization": {"type", "block_id", "title", "chart"},
    "call": None,
    "share_shortcut": None,
}


class BlockRules:
    """Judges blocks for a surface: message, modal or home."""

    def faults(self, blocks: Any, surface: str) -> list[BlockFault]:
        """Everything that is wrong, in the order of the blocks."""
        if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
            return [BlockFault("must provide an array of objects", ())]
        faults = list(self._count_faults(blocks, surface))
        for index, block in enumerate(blocks):
            faults += [BlockFault(fault.message, (index, *fault.path)) for fault in self._block_faults(block, surface)]
        return faults

    def check_blocks(self, blocks: Any, surface: str = MESSAGE, root: str = "/blocks") -> None:
        """CallRefused("invalid_blocks_format", "invalid_blocks" or "msg_blocks_too_long")."""
        if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
            raise CallRefused("invalid_blocks_format")
        faults = self.faults(blocks, surface)
        if faults:
            written = [fault.written(root) for fault in faults]
            raise CallRefused(
                "invalid_blocks",
                errors=written,
                response_metadata={"messages": [f"[ERROR] {each}" for each in written]},
            )
        if surface == MESSAGE and text_length(blocks) > LONGEST_BLOCKS_TEXT:
            raise CallRefused("msg_blocks_too_long")

    def check_view(self, view: Any, surface: str) -> None:
        """CallRefused("invalid_arguments" or "view_too_large")."""
        if not isinstance(view, dict):
            raise _refused_view(["must provide an object [json-pointer:/view]"])
        if view.get("type") != surface:
            raise _refused_view([f"unsupported type: {view.get('type')} [json-pointer:/view/type]"])
        if len(json.dumps(view, separators=(",", ":"))) > LARGEST_VIEW:
            raise CallRefused("view_too_large")
        # The blocks are judged one by one below; the schema of the view sees an empty list in their place.
        frame = {**view, "blocks": []} if isinstance(view.get("blocks"), list) else view
        bare = {name: value for name, value in frame.items() if value is not None and name != "submit_disabled"}
        written = [fault.written("/view") for fault in schema_faults(bare, surface)]
        if len(str(view.get("external_id") or "")) > LONGEST_ID:
            written.append(f"must be less than {LONGEST_ID + 1} characters [json-pointer:/view/external_id]")
        if isinstance(view.get("blocks"), list):
            written += [fault.written("/view/blocks") for fault in self.faults(view["blocks"], surface)]
            if surface == MODAL and not view.get("submit") and _has_input(view["blocks"]):
                written.append("`submit` is required when there is an input block [json-pointer:/view/submit]")
        if written:
            raise _refused_view(written)

    def _count_faults(self, blocks: list[Json], surface: str) -> Iterator[BlockFault]:
        most = MOST_BLOCKS[surface]
        if len(blocks) > most:
            yield BlockFault(f"no more than {most} items allowed", ())
        ids = Counter(block["block_id"] for block in all_blocks(blocks) if isinstance(block.get("block_id"), str))
        for block_id in (each for each, count in ids.items() if count > 1):
            yield BlockFault(f"duplicate block_id: {block_id}", ())
        kinds = Counter(str(block.get("type")) for block in all_blocks(blocks))
        if kinds["data_visualization"] > MOST_CHARTS:
            yield BlockFault(f"no more than {MOST_CHARTS} data_visualization blocks allowed", ())
        focused = sum(bool(each.get("focus_on_load")) for block in all_blocks(blocks) for each in elements_of(block))
        if focused > 1:
            yield BlockFault("no more than 1 element may have focus_on_load", ())
        markdown = sum(len(str(block.get("text", ""))) for block in blocks if block.get("type") == "markdown")
        if markdown > LONGEST_MARKDOWN:
            yield BlockFault(f"markdown must be less than {LONGEST_MARKDOWN + 1} characters", ())

    def _block_faults(self, block: Json, surface: str) -> Iterator[BlockFault]:
        kind = block.get("type")
        if not isinstance(kind, str):
            yield BlockFault("missing required field: type", ())
            return
        if kind not in known_types() and kind not in _WITHOUT_SCHEMA:
            yield BlockFault(f"unsupported type: {kind}", ("type",))
            return
        for place, name in [((), kind), *((("element",), each["type"]) for each in elements_of(block))]:
            if surface not in _ONLY_IN.get(name, {surface}):
                yield BlockFault(f"unsupported type: {name}", (*place, "type"))
        found = set()
        for fault in [
            *self._own_faults(block, kind),
            *(LIMITS[kind](block) if kind in LIMITS else ()),
            *_element_faults(block),
            *_doubled_actions(block),
        ]:
            if fault not in found:
                found.add(fault)
                yield fault

    def _own_faults(self, block: Json, kind: str) -> Iterator[BlockFault]:
        if kind in known_types():
            yield from schema_faults(block, kind)
            return
        allowed = _WITHOUT_SCHEMA[kind]
        if allowed is not None:
            yield from (BlockFault(f"invalid additional property: {name}", ()) for name in block if name not in allowed)


def _element_faults(block: Json) -> Iterator[BlockFault]:
    for path, element in placed_elements(block):
        yield from (BlockFault(fault.message, (*path, *fault.path)) for fault in element_faults(element))


def _doubled_actions(block: Json) -> Iterator[BlockFault]:
    ids = Counter(element["action_id"] for element in elements_of(block) if isinstance(element.get("action_id"), str))
    for action_id, count in ids.items():
        if count > 1:
            yield BlockFault(f"duplicate action_id: {action_id}", ("elements",))


def _has_input(blocks: list[Any]) -> bool:
    return any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)


def _refused_view(messages: list[str]) -> CallRefused:
    return CallRefused("invalid_arguments", response_metadata={"messages": [f"[ERROR] {each}" for each in messages]})
