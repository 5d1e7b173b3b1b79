"""Events: which app hears of what, and the envelope they come in."""

from collections.abc import Iterable

from sandbox.slack.books.channels import channel_type, scope_word
from sandbox.slack.books.messages import as_slack_shows
from sandbox.slack.delivery.deliver import deliver_event
from sandbox.slack.manifests import Manifest
from sandbox.slack.shapes import Json
from sandbox.slack.workspace import TEAM, Workspace


def emit(
    workspace: Workspace, event: Json, name: str, channel: Json | None = None, apps: Iterable[Json] | None = None
) -> None:
    """Tell subscribed apps; those that are not in the channel do not hear. `name` is the subscription's name."""
    for app in list(workspace.apps.book.values() if apps is None else apps):
        if channel is not None and app["bot_user"] not in channel["members"]:
            continue
        for stream in workspace.streams.of(app["id"]):
            stream.send(event)
        if Manifest(app["manifest"]).hears(name):
            payload = _callback(workspace, app, event)
            workspace.in_background(deliver_event(workspace, app, str(event["type"]), payload))


def message_event(message: Json, channel: Json) -> Json:
    """A new message as the events `message` and `app_mention` carry it."""
    shown = as_slack_shows(message)
    return {
        **shown,
        "type": "message",
        "channel": channel["id"],
        "event_ts": message["ts"],
        "channel_type": channel_type(channel),
    }


def emit_message(workspace: Workspace, message: Json, channel: Json) -> None:
    """A new message: one event for the channel's kind, and one more for an app that it mentions."""
    event = message_event(message, channel)
    emit(workspace, event, f"message.{scope_word(channel)}", channel)
    if channel["kind"] == "dm" or message.get("subtype") not in (None, "file_share", "thread_broadcast", "bot_message"):
        return
    for app in workspace.apps.book.values():
        if f"<@{app['bot_user']}>" in message.get("text", "") and message.get("user") != app["bot_user"]:
            mention = {name: value for name, value in event.items() if name not in ("channel_type", "subtype")}
            emit(workspace, {**mention, "type": "app_mention"}, "app_mention", channel, [app])


def emit_message_change(workspace: Workspace, subtype: str, channel: Json, **facts: object) -> None:
    """An edit or a deletion, hidden events of subtype message_changed or message_deleted."""
    ts = workspace.clock.new_ts()
    event: Json = {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": channel["id"],
        "channel_type": channel_type(channel),
        "ts": ts,
        "event_ts": ts,
        **facts,
    }
    emit(workspace, event, f"message.{scope_word(channel)}", channel)


def _callback(workspace: Workspace, app: Json, event: Json) -> Json:
    return {
        "token": app["verification_token"],
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": app["id"],
        "event": event,
        "type": "event_callback",
        "event_id": workspace.new_event_id(),
        "event_time": int(workspace.clock.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": app["bot_user"],
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{workspace.clock.new_ts()}",
    }
