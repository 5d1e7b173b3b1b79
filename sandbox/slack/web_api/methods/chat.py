"""chat.*: posting, changing and deleting messages, ephemerals, links."""

import json

from sandbox.slack.books.messages import as_slack_shows
from sandbox.slack.happenings.posting import Author, change, delete, post, whisper
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.web_api.call import Call
from sandbox.slack.web_api.content import author_fields, message_content
from sandbox.slack.web_api.finding import channel_to_write, message_in, named_channel
from sandbox.slack.web_api.method import Method


def author(call: Call) -> Author:
    """Who writes by this call."""
    return Author(call.user, call.app)


def thread_fields(call: Call, channel: Json) -> Json:
    """thread_ts and broadcast; a thread of a missing parent is refused as Slack does."""
    if not call.has("thread_ts"):
        return {}
    thread_ts = call.text("thread_ts")
    try:
        parent = call.workspace.messages.get(channel["id"], thread_ts)
    except CallRefused:
        if call.is_strict:
            raise CallRefused("thread_not_found") from None
        return {"thread_ts": thread_ts}
    fields = {"thread_ts": parent.get("thread_ts") or thread_ts, "parent_user_id": parent.get("user", "")}
    return fields | ({"subtype": "thread_broadcast"} if call.flag("reply_broadcast") else {})


def post_message(call: Call) -> Json:
    """A new message."""
    channel = channel_to_write(call)
    content = message_content(call) | author_fields(call) | thread_fields(call, channel)
    message = post(call.workspace, channel, author(call), content)
    return {"channel": channel["id"], "ts": message["ts"], "message": as_slack_shows(message)}


def me_message(call: Call) -> Json:
    """A message of what one is doing."""
    channel = channel_to_write(call)
    if not call.has("text"):
        raise CallRefused("no_text")
    message = post(call.workspace, channel, author(call), {"text": call.text("text"), "subtype": "me_message"})
    return {"channel": channel["id"], "ts": message["ts"]}


def post_ephemeral(call: Call) -> Json:
    """A message that one person sees."""
    channel = channel_to_write(call)
    person = call.text("user")
    call.workspace.people.get(person)
    if person not in channel["members"]:
        raise CallRefused("user_not_in_channel")
    content = message_content(call) | author_fields(call)
    if call.has("thread_ts"):
        content["thread_ts"] = call.text("thread_ts")
    message = whisper(call.workspace, channel["id"], person, author(call), content)
    return {"message_ts": message["ts"]}


def update(call: Call) -> Json:
    """Another content for an own message."""
    channel = named_channel(call)
    message = message_in(call, channel, "ts")
    _must_own(call, message, "cant_update_message")
    if message.get("streaming"):
        raise CallRefused("streaming_state_conflict")
    window = call.workspace.settings.edit_minutes
    if window is not None and call.workspace.clock.now() - float(message["ts"]) > window * 60:
        raise CallRefused("edit_window_closed")
    content = message_content(call, is_update=True)
    if "blocks" not in content and call.has("text"):
        content["blocks"] = None  # text alone replaces the blocks
    change(call.workspace, message, content, editor=call.user)
    shown = as_slack_shows(message)
    return {"channel": channel["id"], "ts": message["ts"], "text": message.get("text", ""), "message": shown}


def delete_message(call: Call) -> Json:
    """An own message goes."""
    channel = named_channel(call)
    message = message_in(call, channel, "ts")
    _must_own(call, message, "cant_delete_message")
    delete(call.workspace, channel, message["ts"])
    return {"channel": channel["id"], "ts": message["ts"]}


def get_permalink(call: Call) -> Json:
    """The link of a message."""
    channel = named_channel(call)
    message = message_in(call, channel, "message_ts")
    link = call.workspace.permalink(channel["id"], message["ts"], message.get("thread_ts"))
    return {"channel": channel["id"], "permalink": link}


def unfurl(call: Call) -> Json:
    """What the app knows of links in a message."""
    unfurls = call.json("unfurls", "invalid_unfurls_format")
    metadata = call.json("metadata", "invalid_metadata_format")
    if not isinstance(unfurls, dict) and not metadata:
        raise CallRefused("missing_unfurls")
    if not call.has("channel") or not call.has("ts"):
        raise CallRefused("missing_channel" if not call.has("channel") else "missing_ts")
    channel = named_channel(call)
    try:
        message = message_in(call, channel, "ts")
    except CallRefused:
        raise CallRefused("cannot_find_message") from None
    attachments = list(message.get("attachments", ()))
    for url, content in (unfurls or {}).items():
        if not isinstance(content, dict):
            raise CallRefused("cannot_parse_attachment")
        if call.is_strict and url not in _links_of(message):
            raise CallRefused("cannot_unfurl_url")
        attachments.append(
            {"from_url": url, "original_url": url, "is_app_unfurl": True, "app_id": call.app["id"], **content}
        )
    changes: Json = {"attachments": attachments}
    if metadata:
        changes["metadata"] = metadata
    change(call.workspace, message, changes)
    return {}


def _links_of(message: Json) -> str:
    """Where the message's links stand, with the escapes of mrkdwn taken back."""
    return json.dumps([message.get("text", ""), message.get("blocks", [])], ensure_ascii=False).replace("&amp;", "&")


def _must_own(call: Call, message: Json, error: str) -> None:
    is_own = (
        message.get("bot_id") == call.app["bot_id"] if call.token.kind == "bot" else message.get("user") == call.user
    )
    if not is_own or message.get("subtype") in ("channel_join", "group_join", "channel_leave"):
        raise CallRefused(error)


METHODS: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.meMessage": me_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete_message,
    "chat.getPermalink": get_permalink,
    "chat.unfurl": unfurl,
}
