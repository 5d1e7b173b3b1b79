"""Messages come, change and go: written into the book, shown on pages, told to apps."""

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.slack.books.channels import CHANNEL, scope_word
from sandbox.slack.books.files import file_object
from sandbox.slack.books.messages import as_slack_shows
from sandbox.slack.happenings.events import emit, emit_message, emit_message_change
from sandbox.slack.shapes import Json
from sandbox.slack.showing import tell_channel, tell_message
from sandbox.slack.workspace import TEAM, Workspace


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: a person, or an app with its bot."""

    user: str
    app: Json | None = None

    def fields(self, workspace: Workspace) -> Json:
        """The fields of a message that name its author."""
        if self.app is None or self.app["bot_user"] != self.user:
            return {"user": self.user, "team": TEAM} | ({"app_id": self.app["id"]} if self.app else {})
        picture = f"{workspace.settings.address}/avatars/{self.user}.svg"
        profile = {
            "id": self.app["bot_id"],
            "app_id": self.app["id"],
            "user_id": self.user,
            "name": self.app["name"],
            "icons": {f"image_{size}": picture for size in (36, 48, 72)},
            "deleted": False,
            "updated": 0,
            "team_id": TEAM,
        }
        return {
            "user": self.user,
            "team": TEAM,
            "bot_id": self.app["bot_id"],
            "app_id": self.app["id"],
            "bot_profile": profile,
        }


def post(workspace: Workspace, channel: Json, author: Author, content: Json, *, silent: bool = False) -> Json:
    """A new message. `content` holds text, blocks, thread_ts and the like; silent ones are told to no app."""
    message = workspace.messages.add(channel["id"], {**author.fields(workspace), **content})
    thread_ts = content.get("thread_ts")
    if author.user in channel["members"]:
        channel["read"][author.user] = message["ts"] if not thread_ts else channel["read"].get(author.user, "0")
        workspace.channels.save(channel)
    tell_message(workspace, message)
    _let_wait(workspace, channel, message)
    if thread_ts:
        parent = next((each for each in workspace.messages.of_channel(channel["id"]) if each["ts"] == thread_ts), None)
        if parent is not None:
            tell_message(workspace, parent)
        clear_status(workspace, channel["id"], thread_ts)
    if not silent:
        emit_message(workspace, message, channel)
    return message


def _let_wait(workspace: Workspace, channel: Json, message: Json) -> None:
    """Direct messages wait for everybody in the talk, those in channels for whom they name."""
    for person in channel["members"]:
        said_to = channel["kind"] != CHANNEL or f"<@{person}>" in message.get("text", "")
        if said_to and person != message.get("user") and not workspace.people.get(person)["is_bot"]:
            workspace.waiting.add(person, channel["id"])


def change(workspace: Workspace, message: Json, content: Json, *, editor: str = "") -> Json:
    """Give a message another content; with an editor it is marked as edited."""
    channel = workspace.channels.get(message["channel"])
    before = as_slack_shows(dict(message))
    message |= {name: value for name, value in content.items() if value is not None}
    for name in [name for name, value in content.items() if value is None]:
        message.pop(name, None)
    if editor:
        message["edited"] = {"user": editor, "ts": workspace.clock.new_ts()}
    workspace.messages.save(message)
    tell_message(workspace, message)
    after = as_slack_shows(message)
    emit_message_change(workspace, "message_changed", channel, message=after, previous_message=before)
    return message


def delete(workspace: Workspace, channel: Json, ts: str) -> None:
    """Take a message away; CallRefused("message_not_found")."""
    message = workspace.messages.remove(channel["id"], ts)
    workspace.feed.tell(channel["members"], {"type": "message_deleted", "channel": channel["id"], "ts": ts})
    thread_ts = message.get("thread_ts")
    if thread_ts and thread_ts != ts:
        parent = [each for each in workspace.messages.of_channel(channel["id"]) if each["ts"] == thread_ts]
        for each in parent:
            tell_message(workspace, each)
    tell_channel(workspace, channel)
    emit_message_change(workspace, "message_deleted", channel, deleted_ts=ts, previous_message=as_slack_shows(message))


def whisper(workspace: Workspace, channel: str, to: str, author: Author, content: Json) -> Json:
    """A message that only one person sees."""
    message = workspace.messages.add_ephemeral(channel, to, {**author.fields(workspace), **content})
    workspace.feed.tell([to], {"type": "ephemeral", "channel": channel, "message": message})
    return message


def change_ephemeral(workspace: Workspace, message: Json, content: Json) -> None:
    """Give an ephemeral message another content."""
    message |= content
    workspace.feed.tell([message["to"]], {"type": "ephemeral", "channel": message["channel"], "message": message})


def remove_ephemeral(workspace: Workspace, channel: str, ts: str) -> None:
    """Take an ephemeral message away; nothing happens when it is gone."""
    message = workspace.messages.ephemerals.pop((channel, ts), None)
    if message is not None:
        workspace.feed.tell([message["to"]], {"type": "ephemeral_deleted", "channel": channel, "ts": ts})


def share_files(workspace: Workspace, channel: Json, author: Author, files: Iterable[Json], content: Json) -> Json:
    """Files in one message of subtype file_share, with the events that Slack sends for them."""
    shared = list(files)
    for file in shared:
        workspace.files.share(file, channel["id"], scope_word(channel))
    fields = {"subtype": "file_share", "files": [file_object(file) for file in shared], "upload": True, **content}
    message = post(workspace, channel, author, fields)
    for file in shared:
        event = {
            "type": "file_shared",
            "channel_id": channel["id"],
            "file_id": file["id"],
            "user_id": author.user,
            "file": {"id": file["id"]},
            "event_ts": message["ts"],
        }
        emit(workspace, event, "file_shared", channel)
    return message


def set_status(workspace: Workspace, app: Json, channel: str, thread_ts: str, status: str, loading: list[str]) -> None:
    """What an app says it is doing in a thread; an empty status clears it."""
    shown: Json = {
        "channel": channel,
        "thread_ts": thread_ts,
        "app": app["id"],
        "status": status,
        "loading_messages": loading,
    }
    if status:
        workspace.statuses[channel, thread_ts] = shown
    else:
        workspace.statuses.pop((channel, thread_ts), None)
    members = workspace.channels.get(channel)["members"]
    workspace.feed.tell(members, {"type": "status", "status": shown})


def clear_status(workspace: Workspace, channel: str, thread_ts: str) -> None:
    """A message in the thread ends the status, as Slack does."""
    shown = workspace.statuses.get((channel, thread_ts))
    if shown is not None:
        set_status(workspace, {"id": shown["app"]}, channel, thread_ts, "", [])
