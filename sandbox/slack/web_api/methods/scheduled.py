"""Messages that are to be posted later."""

import asyncio

from sandbox.slack.books.messages import as_slack_shows
from sandbox.slack.happenings.posting import Author, post
from sandbox.slack.ids import new_id
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.web_api.call import Call
from sandbox.slack.web_api.content import message_content
from sandbox.slack.web_api.finding import channel_to_write, named_channel
from sandbox.slack.web_api.method import Method
from sandbox.slack.web_api.methods.chat import author, thread_fields
from sandbox.slack.web_api.pages import page_of
from sandbox.slack.workspace import Workspace

LATEST_DAYS = 120
MOST_IN_FIVE_MINUTES = 30  # of one channel
_DAY = 86_400


def schedule(call: Call) -> Json:
    """A message for later."""
    channel = channel_to_write(call)
    now, post_at = call.workspace.clock.now(), call.number("post_at", 0)
    if post_at <= now:
        raise CallRefused("time_in_past")
    if post_at > now + LATEST_DAYS * _DAY:
        raise CallRefused("time_too_far")
    content = message_content(call) | thread_fields(call, channel)
    nearby = [
        each
        for each in call.workspace.messages.scheduled.values()
        if each["channel"] == channel["id"] and abs(each["post_at"] - post_at) < 300
    ]
    if len(nearby) >= MOST_IN_FIVE_MINUTES:
        raise CallRefused("restricted_too_many")
    scheduled_id = new_id("Q")
    whole = author(call).fields(call.workspace) | content | {"type": "delayed_message"}
    record: Json = {
        "id": scheduled_id,
        "app": call.app["id"],
        "user": call.user,
        "channel": channel["id"],
        "post_at": post_at,
        "date_created": int(now),
        "content": content,
    }
    call.workspace.messages.scheduled.save(scheduled_id, record)
    call.workspace.in_background(post_when_due(call.workspace, record))
    return {
        "channel": channel["id"],
        "scheduled_message_id": scheduled_id,
        "post_at": post_at,
        "message": as_slack_shows(whole),
    }


async def post_when_due(workspace: Workspace, record: Json) -> None:
    """Wait till the message is due and post it, unless it was deleted meanwhile."""
    await asyncio.sleep(max(0.0, record["post_at"] - workspace.clock.now()))
    if record["id"] in workspace.messages.scheduled:
        workspace.messages.scheduled.forget(record["id"])
        channel = workspace.channels.get(record["channel"])
        post(workspace, channel, Author(record["user"], workspace.apps.get(record["app"])), record["content"])


def delete_scheduled(call: Call) -> Json:
    """Take a message back before it is posted."""
    channel, wanted = named_channel(call), call.text("scheduled_message_id")
    record = call.workspace.messages.scheduled.get(wanted)
    if record is None or record["channel"] != channel["id"] or record["app"] != call.app["id"]:
        raise CallRefused("invalid_scheduled_message_id")
    call.workspace.messages.scheduled.forget(wanted)
    return {}


def list_scheduled(call: Call) -> Json:
    """What this app has scheduled."""
    channel = named_channel(call)["id"] if call.has("channel") else None
    records = [
        {
            "id": each["id"],
            "channel_id": each["channel"],
            "post_at": each["post_at"],
            "date_created": each["date_created"],
            "text": each["content"].get("text", ""),
        }
        for each in sorted(call.workspace.messages.scheduled.values(), key=lambda each: each["post_at"])
        if each["app"] == call.app["id"] and channel in (None, each["channel"])
    ]
    shown, metadata = page_of(call, records)
    return {"scheduled_messages": shown, "response_metadata": metadata}


METHODS: dict[str, Method] = {
    "chat.scheduleMessage": schedule,
    "chat.deleteScheduledMessage": delete_scheduled,
    "chat.scheduledMessages.list": list_scheduled,
}
