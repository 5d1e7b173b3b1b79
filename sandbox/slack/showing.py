"""What pages are shown: channels, apps and messages with the eyes of one person, and the frames that tell of a change."""

from sandbox.slack.books.apps import Apps
from sandbox.slack.books.channels import CHANNEL, DM, can_see
from sandbox.slack.manifests import Manifest
from sandbox.slack.shapes import Json
from sandbox.slack.workspace import Workspace


def page_channel(workspace: Workspace, channel: Json, person: str) -> Json:
    """A conversation with this person's unread counts."""
    read = channel["read"].get(person, "0")
    is_member = person in channel["members"]
    unread = [
        message
        for message in (workspace.messages.since(channel["id"], read) if is_member else [])
        if message.get("user") != person and message.get("thread_ts") in (None, message["ts"])
    ]
    shown: Json = {
        "id": channel["id"],
        "kind": channel["kind"],
        "name": _name(workspace, channel, person),
        "members": channel["members"],
        "is_member": is_member,
        "is_private": channel["is_private"],
        "is_archived": channel["is_archived"],
        "topic": channel["topic"]["value"],
        "purpose": channel["purpose"]["value"],
        "last_read": read,
        "unread": len(unread),
        "mentions": sum(f"<@{person}>" in message.get("text", "") for message in unread),
        "latest": workspace.messages.latest_ts(channel["id"]),
    }
    if channel["kind"] == DM:
        shown["with"] = _other(channel, person)
    return shown


def page_app(workspace: Workspace, app: Json, person: str) -> Json:
    """An app as the page lists it."""
    manifest = Manifest(app["manifest"])
    dm, _ = workspace.channels.direct([person, app["bot_user"]], workspace.clock.now())
    return {
        "id": app["id"],
        "name": app["name"],
        "bot_user": app["bot_user"],
        "dm": dm["id"],
        "color": manifest.color,
        "description": manifest.description,
        "sockets": workspace.links.count(app["id"]),
        "has_home": manifest.has_home,
        "has_messages_tab": manifest.takes_messages,
        "agent": manifest.is_agent or manifest.is_assistant,
        "prompts": manifest.static_prompts,
        "commands": [
            {
                "command": each["command"],
                "description": each.get("description", ""),
                "usage_hint": each.get("usage_hint", ""),
            }
            for each in manifest.commands
        ],
        "shortcuts": [
            {key: each[key] for key in ("type", "name", "callback_id", "description")} for each in manifest.shortcuts
        ],
    }


def tell_channel(workspace: Workspace, channel: Json) -> None:
    """Tell each page of a changed conversation; one that may not see it loses it."""
    workspace.feed.tell_each(
        lambda person: (
            {"type": "channel", "channel": page_channel(workspace, channel, person)}
            if can_see(channel, person)
            else {"type": "channel_gone", "id": channel["id"]}
        )
    )


def tell_message(workspace: Workspace, message: Json) -> None:
    """Tell the members' pages of a new or changed message, and of the unread counts that it changes."""
    channel = workspace.channels.get(message["channel"])
    frame = {"type": "message", "channel": channel["id"], "message": message}
    workspace.feed.tell(channel["members"], frame)
    workspace.feed.tell_each(
        lambda person: (
            {"type": "channel", "channel": page_channel(workspace, channel, person)}
            if person in channel["members"]
            else None
        )
    )


def tell_app(workspace: Workspace, app: Json) -> None:
    """Tell each page of an app that connected, went or changed."""
    workspace.feed.tell_each(lambda person: {"type": "app", "app": page_app(workspace, app, person)})


def tell_modals(workspace: Workspace, person: str, errors: Json | None = None, *, loading: bool = False) -> None:
    """Tell a person's pages of their open views."""
    stack = list(workspace.views.stacks[person])
    workspace.feed.tell([person], {"type": "modals", "stack": stack, "errors": errors or {}, "loading": loading})


def tell_notice(workspace: Workspace, person: str, code: str, about: str, channel: str | None = None) -> None:
    """Tell a person's pages that something failed."""
    workspace.feed.tell([person], {"type": "notice", "code": code, "about": about, "channel": channel})


def bot_of_dm(apps: Apps, channel: Json) -> Json | None:
    """The app that a direct message is held with."""
    if channel["kind"] != DM:
        return None
    return next((app for member in channel["members"] if (app := apps.of_bot(member))), None)


def _other(channel: Json, person: str) -> str:
    return next((member for member in channel["members"] if member != person), person)


def _name(workspace: Workspace, channel: Json, person: str) -> str:
    if channel["kind"] == CHANNEL:
        return str(channel["name"])
    others = (
        [_other(channel, person)] if channel["kind"] == DM else [each for each in channel["members"] if each != person]
    )
    return ", ".join(workspace.people.get(each)["real_name"] for each in others)
