"""canvases.*: documents in markdown, kept as sections."""

from typing import Any

from sandbox.slack.ids import new_id
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.web_api.call import Call
from sandbox.slack.web_api.finding import named_channel
from sandbox.slack.web_api.method import Method

_ACCESS = ("read", "write", "owner")


def create(call: Call) -> Json:
    """A document by itself."""
    return {"canvas_id": _new_canvas(call)["id"]}


def create_in_channel(call: Call) -> Json:
    """The document of a channel; it has one at most."""
    channel = named_channel(call, "channel_id")
    if any(each.get("canvas_of") == channel["id"] for each in call.workspace.things.values()):
        raise CallRefused("channel_canvas_already_exists")
    canvas = _new_canvas(call) | {"canvas_of": channel["id"]}
    call.workspace.things.save(canvas["id"], canvas)
    return {"canvas_id": canvas["id"]}


def edit(call: Call) -> Json:
    """One change: replace, delete or insert sections."""
    canvas = _known(call)
    changes = call.json("changes")
    if not isinstance(changes, list) or len(changes) != 1:
        raise CallRefused("invalid_arguments")
    _change(canvas["sections"], changes[0])
    call.workspace.things.save(canvas["id"], canvas)
    return {}


def _change(sections: list[Json], change: Json) -> None:
    fresh = _sections(change.get("document_content"))
    place = next((n for n, each in enumerate(sections) if each["id"] == change.get("section_id")), None)
    match change.get("operation"):
        case "insert_at_end":
            sections.extend(fresh)
        case "insert_at_start":
            sections[:0] = fresh
        case "replace" if "section_id" not in change:
            sections[:] = fresh
        case "replace" | "insert_after" | "insert_before" | "delete" as operation:
            if place is None:
                raise CallRefused("section_not_found")
            start = place + (operation == "insert_after")
            sections[start : place + (operation != "insert_before")] = fresh
        case _:
            raise CallRefused("invalid_arguments")


def delete(call: Call) -> Json:
    """The document goes."""
    call.workspace.things.forget(_known(call)["id"])
    return {}


def sections_lookup(call: Call) -> Json:
    """Sections that hold a text."""
    canvas, criteria = _known(call), call.json("criteria")
    wanted = str(criteria.get("contains_text", "")) if isinstance(criteria, dict) else ""
    return {"sections": [{"id": each["id"]} for each in canvas["sections"] if wanted in each["markdown"]]}


def access_set(call: Call) -> Json:
    """Who may read or write."""
    canvas = _known(call)
    if call.text("access_level") not in _ACCESS:
        raise CallRefused("invalid_arguments")
    for name in [*call.words("user_ids"), *call.words("channel_ids")]:
        canvas["access"][str(name)] = call.text("access_level")
    call.workspace.things.save(canvas["id"], canvas)
    return {}


def access_delete(call: Call) -> Json:
    """Who may no longer."""
    canvas = _known(call)
    for name in [*call.words("user_ids"), *call.words("channel_ids")]:
        canvas["access"].pop(str(name), None)
    call.workspace.things.save(canvas["id"], canvas)
    return {}


def _new_canvas(call: Call) -> Json:
    canvas: Json = {
        "id": new_id("F"),
        "title": call.text("title"),
        "owner": call.user,
        "sections": _sections(call.json("document_content")),
        "access": {},
    }
    return call.workspace.things.save(canvas["id"], canvas)


def _sections(content: Any) -> list[Json]:
    if content is None:
        return []
    if not isinstance(content, dict) or content.get("type") != "markdown":
        raise CallRefused("invalid_arguments")
    parts = [part.strip() for part in str(content.get("markdown", "")).split("\n\n")]
    return [{"id": new_id("temp:C:"), "markdown": part} for part in parts if part]


def _known(call: Call) -> Json:
    canvas = call.workspace.things.get(call.text("canvas_id"))
    if canvas is None or "sections" not in canvas:
        raise CallRefused("canvas_not_found")
    return canvas


METHODS: dict[str, Method] = {
    "canvases.create": create,
    "canvases.edit": edit,
    "canvases.delete": delete,
    "canvases.sections.lookup": sections_lookup,
    "canvases.access.set": access_set,
    "canvases.access.delete": access_delete,
    "conversations.canvases.create": create_in_channel,
}
