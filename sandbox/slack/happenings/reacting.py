"""Reactions and pins on messages."""

from sandbox.slack.books.messages import add_reaction, remove_reaction
from sandbox.slack.happenings.events import emit
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.showing import tell_message
from sandbox.slack.workspace import Workspace

MOST_REACTIONS = 23  # different emoji on one message


def react(workspace: Workspace, message: Json, person: str, name: str, *, remove: bool = False) -> None:
    """Add or take back a reaction; CallRefused("already_reacted", "no_reaction", "too_many_emoji")."""
    if remove:
        remove_reaction(message, person, name)
    else:
        known = {each["name"] for each in message.get("reactions", [])}
        if name not in known and len(known) >= MOST_REACTIONS:
            raise CallRefused("too_many_emoji")
        add_reaction(message, person, name)
    workspace.messages.save(message)
    tell_message(workspace, message)
    kind = "reaction_removed" if remove else "reaction_added"
    event: Json = {
        "type": kind,
        "user": person,
        "reaction": name,
        "item": {"type": "message", "channel": message["channel"], "ts": message["ts"]},
        "event_ts": workspace.clock.new_ts(),
    }
    if message.get("user"):
        event["item_user"] = message["user"]
    emit(workspace, event, kind, workspace.channels.get(message["channel"]))


def pin(workspace: Workspace, message: Json, person: str, *, remove: bool = False) -> None:
    """Pin or unpin a message; CallRefused("already_pinned", "no_pin")."""
    if bool(message.get("pinned")) is not remove:
        raise CallRefused("no_pin" if remove else "already_pinned")
    if remove:
        del message["pinned"]
    else:
        message["pinned"] = True
    workspace.messages.save(message)
    tell_message(workspace, message)
    kind = "pin_removed" if remove else "pin_added"
    event: Json = {
        "type": kind,
        "user": person,
        "channel_id": message["channel"],
        "item": {"type": "message", "channel": message["channel"], "message": {"ts": message["ts"]}},
        "event_ts": workspace.clock.new_ts(),
    }
    emit(workspace, event, kind, workspace.channels.get(message["channel"]))
