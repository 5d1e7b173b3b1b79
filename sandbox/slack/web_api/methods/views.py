"""views.*: modals and home tabs."""

from sandbox.slack.blocks.check import HOME, MODAL
from sandbox.slack.blocks.walk import with_ids
from sandbox.slack.books.views import home_key, view_object
from sandbox.slack.shapes import CallRefused, Json, refused_arguments
from sandbox.slack.showing import tell_modals
from sandbox.slack.web_api.call import Call
from sandbox.slack.web_api.method import Method
from sandbox.slack.workspace import TEAM


def judged_view(call: Call, surface: str) -> Json:
    """The view that an app sent, with ids; CallRefused as BlockRules says."""
    content = call.json("view")
    if call.is_strict:
        call.workspace.block_rules.check_view(content, surface)
    elif not isinstance(content, dict) or not _are_objects(content.get("blocks")):
        raise refused_arguments("must provide an object [json-pointer:/view]")
    with_ids(content["blocks"])
    return dict(content)


def _are_objects(blocks: object) -> bool:
    return isinstance(blocks, list) and all(isinstance(block, dict) for block in blocks)


def _exchange(call: Call) -> str:
    trigger = call.text("trigger_id") or call.text("interactivity_pointer")
    if not trigger:
        raise refused_arguments("missing required field: trigger_id")
    workspace = call.workspace
    too_old = workspace.faults.expire_triggers
    return workspace.triggers.exchange(trigger, call.app["id"], workspace.clock.now(), too_old=too_old)


def _made(call: Call, content: Json) -> Json:
    return call.workspace.views.make(content, call.app, TEAM, call.workspace.clock.now())


def open_view(call: Call) -> Json:
    """A modal for the person of the trigger."""
    content = judged_view(call, MODAL)
    person = _exchange(call)
    view = _made(call, content)
    call.workspace.views.open(person, view)
    tell_modals(call.workspace, person)
    return {"view": view_object(view)}


def push_view(call: Call) -> Json:
    """A modal over the open one."""
    content = judged_view(call, MODAL)
    person = _exchange(call)
    view = _made(call, content)
    call.workspace.views.push(person, view)
    tell_modals(call.workspace, person)
    return {"view": view_object(view)}


def update_view(call: Call) -> Json:
    """Another content for an open view."""
    if not call.has("view_id") and not call.has("external_id"):
        raise refused_arguments("either `view_id` or `external_id` is required")
    person, view = call.workspace.views.find(call.text("view_id"), call.text("external_id"))
    if view["app_id"] != call.app["id"]:
        raise CallRefused("not_found")
    content = judged_view(call, view["type"])
    if call.has("hash") and call.text("hash") != view["hash"]:
        raise CallRefused("hash_conflict")
    call.workspace.views.update(view, content, call.workspace.clock.now())
    if view["type"] == HOME:
        call.workspace.views.save_home(view)
        call.workspace.feed.tell([person], {"type": "home", "app": call.app["id"], "view": view})
    else:
        tell_modals(call.workspace, person)
    return {"view": view_object(view)}


def publish_view(call: Call) -> Json:
    """The home tab for a person."""
    person = call.text("user_id")
    call.workspace.people.get(person)
    content = judged_view(call, HOME)
    known = call.workspace.views.homes.get(home_key(call.app["id"], person))
    if call.has("hash") and known is not None and call.text("hash") != known["hash"]:
        raise CallRefused("hash_conflict")
    view = call.workspace.views.publish(call.app, person, _made(call, content))
    call.workspace.feed.tell([person], {"type": "home", "app": call.app["id"], "view": view})
    return {"view": view_object(view)}


METHODS: dict[str, Method] = {
    "views.open": open_view,
    "views.push": push_view,
    "views.update": update_view,
    "views.publish": publish_view,
}
