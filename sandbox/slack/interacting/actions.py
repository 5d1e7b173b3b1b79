"""Buttons, menus and other elements that people use, and options that apps offer for them."""

from typing import Any

from sandbox.slack.blocks.walk import find_element
from sandbox.slack.delivery.deliver import deliver_interaction
from sandbox.slack.delivery.envelopes import Receipt
from sandbox.slack.interacting.choices import Choices
from sandbox.slack.interacting.commands import notice_code
from sandbox.slack.interacting.payloads import Place, common, find_place, new_trigger, place_fields, response_url
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.showing import tell_notice
from sandbox.slack.triggers import ResponseAddress
from sandbox.slack.workspace import Workspace

MOST_OPTIONS = 100


async def act(workspace: Workspace, person: str, container: Json, wish: Json) -> Receipt:
    """Tell the app that an element was used; CallRefused when there is no such element or choice."""
    place = find_place(workspace, container, person)
    block, element = _element(place, wish)
    choices = Choices(workspace, place)
    action = choices.action(block, element, wish.get("choice"), workspace.clock.new_ts())
    given: Json = {**(wish.get("values") or {})}
    if element["type"] in ("button", "workflow_button", "icon_button", "feedback_buttons", "overflow"):
        values = choices.values(given)
    else:
        own = {**(given.get(block["block_id"]) or {}), element["action_id"]: wish.get("choice")}
        values = choices.values({**given, block["block_id"]: own})
    payload = common(workspace, place.app, person, "block_actions") | place_fields(workspace, place, values)
    payload |= {"trigger_id": new_trigger(workspace, place.app, person), "actions": [action]}
    if place.message is not None:
        payload["response_url"] = response_url(workspace, _address(workspace, place, person))
    receipt = await deliver_interaction(workspace, place.app, payload)
    if not receipt.is_acked:
        about = str(element.get("text", {}).get("text", "")) or place.title
        tell_notice(workspace, person, notice_code(receipt), about, (place.message or {}).get("channel"))
    return receipt


async def options(workspace: Workspace, person: str, container: Json, wish: Json) -> Json:
    """Ask the app for options of an external select; CallRefused("operation_timeout", "bad_answer")."""
    place = find_place(workspace, container, person)
    block, element = _element(place, wish)
    payload = common(workspace, place.app, person, "block_suggestion") | place_fields(workspace, place, {})
    payload |= {
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "value": str(wish.get("query") or ""),
    }
    receipt = await deliver_interaction(workspace, place.app, payload, takes_answer=True, is_options=True)
    if not receipt.is_acked:
        raise CallRefused(notice_code(receipt))
    answer = receipt.answer or {}
    offered: Json = {name: answer[name] for name in ("options", "option_groups") if answer.get(name) is not None}
    if not _are_sound(offered):
        tell_notice(workspace, person, "bad_answer", element["action_id"])
        raise CallRefused("bad_answer")
    key = (place.key, block["block_id"], element["action_id"])
    known = workspace.offered.get(key, {})
    # A choice may come from an earlier answer: type, choose, type again, submit.
    workspace.offered[key] = {**offered, "options": [*_flat(offered), *_flat(known)]}
    return offered or {"options": []}


def _element(place: Place, wish: Json) -> tuple[Json, Json]:
    found = find_element(place.blocks, str(wish.get("block_id", "")), str(wish.get("action_id", "")))
    if found is None:
        raise CallRefused("unknown_element")
    return found


def _address(workspace: Workspace, place: Place, person: str) -> ResponseAddress:
    message: Any = place.message
    return ResponseAddress(
        place.app["id"],
        person,
        message["channel"],
        workspace.clock.now(),
        message_ts=message["ts"],
        is_ephemeral=bool(message.get("ephemeral")),
        thread_ts=message.get("thread_ts", ""),
    )


def _flat(offered: Json) -> list[Json]:
    return [
        *(offered.get("options") or ()),
        *(each for group in offered.get("option_groups") or () for each in group["options"]),
    ]


def _are_sound(offered: Json) -> bool:
    groups: list[Any] = offered.get("option_groups") or []
    if not all(isinstance(group, dict) and isinstance(group.get("options"), list) for group in groups):
        return False
    found: list[Any] = _flat(offered)
    return len(found) <= MOST_OPTIONS and all(
        isinstance(each, dict) and "text" in each and "value" in each for each in found
    )
