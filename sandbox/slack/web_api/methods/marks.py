"""reactions.*, pins.* and bookmarks.*: what people and apps fasten to messages and channels."""

import re

from sandbox.slack.books.messages import as_slack_shows
from sandbox.slack.happenings.reacting import pin, react
from sandbox.slack.ids import new_id
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.web_api.call import Call
from sandbox.slack.web_api.finding import message_in, named_channel
from sandbox.slack.web_api.method import Method

_TIMESTAMP = re.compile(r"\d+\.\d+\Z")
_EMOJI = re.compile(r"[a-z0-9_+'\-]+(::skin-tone-[2-6])?\Z")


def _item(call: Call) -> Json:
    channel = named_channel(call)
    if call.user not in channel["members"] and channel["is_private"]:
        raise CallRefused("channel_not_found")
    if channel["is_archived"]:
        raise CallRefused("is_archived")
    if not call.has("timestamp"):
        raise CallRefused("no_item_specified")
    if not _TIMESTAMP.match(call.text("timestamp")):
        raise CallRefused("bad_timestamp")
    return message_in(call, channel, "timestamp")


def _emoji(call: Call) -> str:
    name = call.text("name").strip(":")
    if not _EMOJI.match(name):
        raise CallRefused("invalid_name")
    return name


def reactions_add(call: Call) -> Json:
    """One more reaction."""
    name = _emoji(call)
    react(call.workspace, _item(call), call.user, name)
    return {}


def reactions_remove(call: Call) -> Json:
    """One less."""
    name = _emoji(call)
    react(call.workspace, _item(call), call.user, name, remove=True)
    return {}


def reactions_get(call: Call) -> Json:
    """Reactions of a message."""
    message = _item(call)
    link = call.workspace.permalink(message["channel"], message["ts"])
    shown = {**as_slack_shows(message), "permalink": link}
    return {"type": "message", "channel": message["channel"], "message": shown}


def reactions_list(call: Call) -> Json:
    """What a person reacted to."""
    person = call.text("user") or call.user
    items = [
        {"type": "message", "channel": channel["id"], "message": as_slack_shows(message)}
        for channel in call.workspace.channels.seen_by(call.user)
        for message in call.workspace.messages.of_channel(channel["id"])
        if any(person in reaction["users"] for reaction in message.get("reactions", ()))
    ]
    return {"items": items, "response_metadata": {"next_cursor": ""}}


def pins_add(call: Call) -> Json:
    """Pin a message."""
    pin(call.workspace, _item(call), call.user)
    return {}


def pins_remove(call: Call) -> Json:
    """Unpin it."""
    pin(call.workspace, _item(call), call.user, remove=True)
    return {}


def pins_list(call: Call) -> Json:
    """Pinned messages of a channel."""
    channel = named_channel(call)
    items = [
        {"type": "message", "channel": channel["id"], "created": channel["created"], "message": as_slack_shows(message)}
        for message in call.workspace.messages.of_channel(channel["id"])
        if message.get("pinned")
    ]
    return {"items": items}


def bookmarks_add(call: Call) -> Json:
    """A link at the top of a channel."""
    channel = named_channel(call, "channel_id")
    now = int(call.workspace.clock.now())
    bookmark: Json = {
        "id": new_id("Bk"),
        "channel_id": channel["id"],
        "title": call.text("title"),
        "link": call.text("link"),
        "emoji": call.text("emoji"),
        "icon_url": None,
        "type": call.text("type"),
        "entity_id": None,
        "date_created": now,
        "date_updated": 0,
        "rank": "i",
        "last_updated_by_user_id": call.user,
        "app_id": call.app["id"],
    }
    call.workspace.things.save(bookmark["id"], bookmark)
    return {"bookmark": bookmark}


def _bookmark(call: Call) -> Json:
    bookmark = call.workspace.things.get(call.text("bookmark_id"))
    if bookmark is None or bookmark.get("channel_id") != call.text("channel_id"):
        raise CallRefused("bookmark_not_found")
    return bookmark


def bookmarks_edit(call: Call) -> Json:
    """Another title, link or emoji."""
    bookmark = _bookmark(call)
    for name in ("title", "link", "emoji"):
        if call.has(name):
            bookmark[name] = call.text(name)
    bookmark["date_updated"] = int(call.workspace.clock.now())
    return {"bookmark": call.workspace.things.save(bookmark["id"], bookmark)}


def bookmarks_list(call: Call) -> Json:
    """Links of a channel."""
    channel = named_channel(call, "channel_id")["id"]
    return {
        "bookmarks": [
            each
            for key, each in call.workspace.things.items()
            if key.startswith("Bk") and each["channel_id"] == channel
        ]
    }


def bookmarks_remove(call: Call) -> Json:
    """A link goes."""
    call.workspace.things.forget(_bookmark(call)["id"])
    return {}


METHODS: dict[str, Method] = {
    "reactions.add": reactions_add,
    "reactions.remove": reactions_remove,
    "reactions.get": reactions_get,
    "reactions.list": reactions_list,
    "pins.add": pins_add,
    "pins.remove": pins_remove,
    "pins.list": pins_list,
    "bookmarks.add": bookmarks_add,
    "bookmarks.edit": bookmarks_edit,
    "bookmarks.list": bookmarks_list,
    "bookmarks.remove": bookmarks_remove,
}
