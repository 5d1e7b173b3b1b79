"""slackLists.*: lists with columns and items, as far as creating, filling and reading goes."""

from sandbox.slack.blocks.walk import with_ids
from sandbox.slack.ids import new_id
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.web_api.call import Call
from sandbox.slack.web_api.method import Method
from sandbox.slack.web_api.pages import page_of


def create(call: Call) -> Json:
    """A new list."""
    columns = [
        {**column, "id": new_id("Col")}
        for column in call.objects("schema") or [{"key": "name", "name": "Name", "type": "text"}]
    ]
    body: Json = {
        "id": new_id("F"),
        "name": call.text("name"),
        "description_blocks": with_ids(call.objects("description_blocks")),
        "columns": columns,
        "items": [],
        "created": int(call.workspace.clock.now()),
        "created_by": call.user,
    }
    call.workspace.things.save(body["id"], body)
    metadata = {"schema": columns, "description_blocks": body["description_blocks"]}
    return {
        "list_id": body["id"],
        "list_metadata": metadata,
        "list": {"id": body["id"], "title": body["name"], **metadata},
    }


def items_create(call: Call) -> Json:
    """A new row."""
    body = _known(call)
    fields = call.json("initial_fields") or []
    item: Json = {
        "id": new_id("Rec"),
        "list_id": body["id"],
        "date_created": int(call.workspace.clock.now()),
        "created_by": call.user,
        "fields": fields,
    }
    body["items"].append(item)
    call.workspace.things.save(body["id"], body)
    return {"item": item}


def items_list(call: Call) -> Json:
    """Rows, page by page."""
    shown, metadata = page_of(call, _known(call)["items"])
    return {"items": shown, "response_metadata": metadata}


def items_info(call: Call) -> Json:
    """One row."""
    body = _known(call)
    return {"list": {"id": body["id"], "title": body["name"]}, "record": _item(call, body)}


def items_delete(call: Call) -> Json:
    """A row goes."""
    body = _known(call)
    body["items"].remove(_item(call, body))
    call.workspace.things.save(body["id"], body)
    return {}


def _item(call: Call, body: Json) -> Json:
    items: list[Json] = body["items"]
    for item in items:
        if item["id"] == call.text("id"):
            return item
    raise CallRefused("record_not_found")


def _known(call: Call) -> Json:
    body = call.workspace.things.get(call.text("list_id"))
    if body is None or "columns" not in body:
        raise CallRefused("list_not_found")
    return body


METHODS: dict[str, Method] = {
    "slackLists.create": create,
    "slackLists.items.create": items_create,
    "slackLists.items.list": items_list,
    "slackLists.items.info": items_info,
    "slackLists.items.delete": items_delete,
}
