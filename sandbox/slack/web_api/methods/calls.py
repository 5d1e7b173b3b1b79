"""calls.*: calls of other providers, announced in a channel by a `call` block."""

from sandbox.slack.ids import new_id
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.web_api.call import Call
from sandbox.slack.web_api.method import Method

_FIELDS = ("join_url", "desktop_app_join_url", "external_display_id", "title")


def add(call: Call) -> Json:
    """A new call."""
    body: Json = {
        "id": new_id("R"),
        "external_unique_id": call.text("external_unique_id"),
        "date_start": call.number("date_start", int(call.workspace.clock.now())),
        "date_end": 0,
        "users": call.items("users"),
        **{name: call.text(name) for name in _FIELDS},
    }
    return {"call": call.workspace.things.save(body["id"], body)}


def _known(call: Call) -> Json:
    body = call.workspace.things.get(call.text("id"))
    if body is None or "join_url" not in body:
        raise CallRefused("call_not_found")
    return body


def info(call: Call) -> Json:
    """One call."""
    return {"call": _known(call)}


def update(call: Call) -> Json:
    """Another address or title."""
    body = _known(call) | {name: call.text(name) for name in _FIELDS if call.has(name)}
    return {"call": call.workspace.things.save(body["id"], body)}


def end(call: Call) -> Json:
    """It is over."""
    body = _known(call)
    body["date_end"] = int(call.workspace.clock.now())
    call.workspace.things.save(body["id"], body)
    return {}


def participants_add(call: Call) -> Json:
    """More people in it."""
    body = _known(call)
    body["users"] = [*body["users"], *(each for each in call.items("users") if each not in body["users"])]
    call.workspace.things.save(body["id"], body)
    return {}


def participants_remove(call: Call) -> Json:
    """Fewer people in it."""
    body = _known(call)
    gone = [_name(each) for each in call.items("users")]
    body["users"] = [each for each in body["users"] if _name(each) not in gone]
    call.workspace.things.save(body["id"], body)
    return {}


def _name(participant: Json) -> str:
    return str(participant.get("slack_id") or participant.get("external_id"))


METHODS: dict[str, Method] = {
    "calls.add": add,
    "calls.info": info,
    "calls.update": update,
    "calls.end": end,
    "calls.participants.add": participants_add,
    "calls.participants.remove": participants_remove,
}
