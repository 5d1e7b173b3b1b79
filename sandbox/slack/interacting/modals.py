"""Submitting and closing modals, and what an app's acknowledgement does to the stack of views."""

from typing import Any

from sandbox.slack.blocks.check import MODAL
from sandbox.slack.blocks.walk import all_blocks, with_ids
from sandbox.slack.books.views import view_object
from sandbox.slack.delivery.deliver import deliver_interaction
from sandbox.slack.interacting.choices import Choices
from sandbox.slack.interacting.commands import notice_code
from sandbox.slack.interacting.payloads import Place, common, find_place, new_trigger, response_url
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.showing import tell_modals, tell_notice
from sandbox.slack.triggers import ResponseAddress
from sandbox.slack.workspace import TEAM, Workspace

EMPTY = "empty"  # the page has the words for a required field without a value


async def submit(workspace: Workspace, person: str, view_id: str, given: Json) -> Json:
    """Send the shown view's values to its app and do what the ack says; the errors by block_id, empty when there are none."""
    place = find_place(workspace, {"type": "view", "view_id": view_id}, person)
    values = Choices(workspace, place).values(given)
    missing = _missing(place, values)
    if missing:
        tell_modals(workspace, person, missing)
        return missing
    tell_modals(workspace, person, loading=True)
    view: Any = place.view
    payload = common(workspace, place.app, person, "view_submission") | {
        "trigger_id": new_trigger(workspace, place.app, person),
        "view": {**view_object(view), "state": {"values": values}},
        "response_urls": _response_urls(workspace, place, person, values),
    }
    receipt = await deliver_interaction(workspace, place.app, payload, takes_answer=True)
    if not receipt.is_acked:
        tell_modals(workspace, person)
        tell_notice(workspace, person, notice_code(receipt), place.title)
        raise CallRefused(notice_code(receipt))
    try:
        errors = _obey(workspace, person, view, receipt.answer or {})
    except CallRefused as refusal:
        tell_modals(workspace, person)
        tell_notice(workspace, person, "bad_answer", f"{place.title}: {refusal.error}")
        raise CallRefused("bad_answer", reason=refusal.error) from refusal
    tell_modals(workspace, person, errors)
    return errors


async def close(workspace: Workspace, person: str, view_id: str, *, close_all: bool) -> None:
    """Take the shown view away, or all; apps that asked are told."""
    stack = workspace.views.stacks[person]
    view = next((each for each in stack if each["id"] == view_id), None)
    if view is None:
        raise CallRefused("not_found")
    is_clearing = close_all or bool(view["clear_on_close"])
    closed = list(reversed(stack)) if is_clearing else [view]
    workspace.views.stacks[person] = [] if is_clearing else [each for each in stack if each is not view]
    tell_modals(workspace, person)
    for each in closed:
        if each["notify_on_close"]:
            app = workspace.apps.get(each["app_id"])
            payload = common(workspace, app, person, "view_closed")
            payload |= {"view": view_object(each), "is_cleared": is_clearing}
            await deliver_interaction(workspace, app, payload)


def _obey(workspace: Workspace, person: str, view: Json, answer: Json) -> Json:
    """Do what the ack's response_action says; the errors to show."""
    stack = workspace.views.stacks[person]
    match answer.get("response_action"):
        case None:
            workspace.views.stacks[person] = [each for each in stack if each is not view]
        case "clear":
            workspace.views.stacks[person] = []
        case "errors":
            return _sound_errors(view, answer.get("errors"))
        case "update":
            content = _judged(workspace, answer.get("view"))
            workspace.views.update(view, content, workspace.clock.now())
        case "push":
            content = _judged(workspace, answer.get("view"))
            app = workspace.apps.get(view["app_id"])
            workspace.views.push(person, workspace.views.make(content, app, TEAM, workspace.clock.now()))
        case other:
            raise CallRefused(f"unknown response_action {other}")
    return {}


def _judged(workspace: Workspace, content: Any) -> Json:
    if workspace.faults.strict:
        workspace.block_rules.check_view(content, MODAL)
    if not isinstance(content, dict) or not isinstance(content.get("blocks"), list):
        raise CallRefused("invalid_view")
    with_ids(content["blocks"])
    return content


def _sound_errors(view: Json, errors: Any) -> Json:
    inputs = {block["block_id"] for block in all_blocks(view["blocks"]) if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise CallRefused("errors name no input block of the view")
    return {str(block): str(sentence) for block, sentence in errors.items()}


def _missing(place: Place, values: Json) -> Json:
    """Required inputs without a value, which a client does not let through."""
    missing: Json = {}
    for block in all_blocks(place.blocks):
        if block["type"] == "input" and not block.get("optional"):
            held = values[block["block_id"]][block["element"]["action_id"]]
            if not any(value not in (None, "", []) for name, value in held.items() if name != "type"):
                missing[block["block_id"]] = EMPTY
    return missing


def _response_urls(workspace: Workspace, place: Place, person: str, values: Json) -> list[Json]:
    """An address for each chosen conversation whose select asked for one."""
    urls: list[Json] = []
    for block in place.blocks:
        element = block.get("element") or {}
        if element.get("response_url_enabled"):
            held = values[block["block_id"]][element["action_id"]]
            channel = held.get("selected_conversation") or held.get("selected_channel")
            if channel:
                address = ResponseAddress(place.app["id"], person, channel, workspace.clock.now())
                urls.append(
                    {
                        "block_id": block["block_id"],
                        "action_id": element["action_id"],
                        "channel_id": channel,
                        "response_url": response_url(workspace, address),
                    }
                )
    return urls
