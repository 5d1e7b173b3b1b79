"""What a person does in the page: each command of docs/reference/workspace-page.md is a function here or beside."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sandbox.slack.books.channels import CHANNEL, can_see
from sandbox.slack.happenings import membership
from sandbox.slack.happenings.events import emit
from sandbox.slack.happenings.posting import Author, change, delete, post, remove_ephemeral, share_files
from sandbox.slack.happenings.reacting import react
from sandbox.slack.manifests import Manifest
from sandbox.slack.page_api.typed import link_domains, stored_text
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.showing import bot_of_dm, page_channel, tell_channel
from sandbox.slack.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Deed:
    """A command of one person."""

    workspace: Workspace
    person: str
    wish: Json

    def text(self, name: str) -> str:
        """A field as text; empty when absent."""
        return str(self.wish.get(name) or "")

    def channel(self, *, as_member: bool = True) -> Json:
        """The channel that the command names; CallRefused("channel_not_found", "not_in_channel", "is_archived")."""
        channel = self.workspace.channels.get(self.text("channel"))
        if not can_see(channel, self.person):
            raise CallRefused("channel_not_found")
        if as_member and self.person not in channel["members"]:
            raise CallRefused("not_in_channel")
        return channel

    def message(self) -> Json:
        """The message that the command names; CallRefused("message_not_found")."""
        return self.workspace.messages.get(self.channel()["id"], self.text("ts"))


Command = Callable[[Deed], Awaitable[Json]]


async def say(deed: Deed) -> Json:
    """A message, perhaps with files."""
    workspace, channel = deed.workspace, deed.channel()
    if channel["is_archived"]:
        raise CallRefused("is_archived")
    app = bot_of_dm(workspace.apps, channel)
    if app is not None and not Manifest(app["manifest"]).takes_messages:
        raise CallRefused("messages_tab_disabled")
    files = [workspace.files.get(str(file_id)) for file_id in deed.wish.get("files") or ()]
    content: Json = {"text": stored_text(workspace, deed.text("text"))}
    if not content["text"].strip() and not files:
        raise CallRefused("no_text")
    if deed.text("thread_ts"):
        content["thread_ts"] = deed.text("thread_ts")
        if deed.wish.get("broadcast"):
            content["subtype"] = "thread_broadcast"
    author = Author(deed.person)
    message = (
        share_files(workspace, channel, author, files, content) if files else post(workspace, channel, author, content)
    )
    _tell_links(workspace, channel, message)
    return {"ts": message["ts"]}


async def edit(deed: Deed) -> Json:
    """An own message says something else."""
    message = deed.message()
    if message.get("user") != deed.person or message.get("bot_id"):
        raise CallRefused("cant_update_message")
    change(deed.workspace, message, {"text": stored_text(deed.workspace, deed.text("text"))}, editor=deed.person)
    return {}


async def remove(deed: Deed) -> Json:
    """An own message goes."""
    message = deed.message()
    if message.get("user") != deed.person or message.get("bot_id"):
        raise CallRefused("cant_delete_message")
    delete(deed.workspace, deed.channel(), message["ts"])
    return {}


async def dismiss(deed: Deed) -> Json:
    """An ephemeral message goes from sight."""
    message = deed.workspace.messages.ephemerals.get((deed.text("channel"), deed.text("ts")))
    if message is None or message["to"] != deed.person:
        raise CallRefused("message_not_found")
    remove_ephemeral(deed.workspace, deed.text("channel"), deed.text("ts"))
    return {}


async def put_reaction(deed: Deed) -> Json:
    """A reaction more or less."""
    react(
        deed.workspace, deed.message(), deed.person, deed.text("name").strip(":"), remove=bool(deed.wish.get("remove"))
    )
    return {}


async def seen(deed: Deed) -> Json:
    """Read up to here."""
    channel = deed.channel()
    channel["read"][deed.person] = max(channel["read"].get(deed.person, "0"), deed.text("ts"))
    deed.workspace.channels.save(channel)
    frame = {"type": "channel", "channel": page_channel(deed.workspace, channel, deed.person)}
    deed.workspace.feed.tell([deed.person], frame)
    deed.workspace.waiting.read(deed.person, channel["id"])
    return {}


async def open_dm(deed: Deed) -> Json:
    """A direct or group message."""
    people = [str(each) for each in deed.wish.get("people") or ()]
    for person in people:
        deed.workspace.people.get(person)
    channel, _ = membership.direct_channel(deed.workspace, [*people, deed.person])
    return {"channel": channel["id"]}


async def create_channel(deed: Deed) -> Json:
    """A new channel."""
    workspace = deed.workspace
    channel = workspace.channels.create(
        deed.text("name"), creator=deed.person, now=workspace.clock.now(), is_private=bool(deed.wish.get("is_private"))
    )
    tell_channel(workspace, channel)
    return {"channel": channel["id"]}


async def join(deed: Deed) -> Json:
    """Become a member, and see what was said."""
    channel = deed.channel(as_member=False)
    if channel["kind"] != CHANNEL:
        raise CallRefused("channel_not_found")
    for message in deed.workspace.messages.newest(channel["id"], 100)[0]:
        frame = {"type": "message", "channel": channel["id"], "message": message}
        deed.workspace.feed.tell([deed.person], frame)
    membership.join(deed.workspace, channel, deed.person)
    return {}


async def leave(deed: Deed) -> Json:
    """Be a member no more."""
    membership.leave(deed.workspace, deed.channel(), deed.person)
    return {}


async def invite(deed: Deed) -> Json:
    """Others become members."""
    channel = deed.channel()
    for person in deed.wish.get("people") or ():
        deed.workspace.people.get(str(person))
        membership.join(deed.workspace, channel, str(person), inviter=deed.person)
    return {}


async def history(deed: Deed) -> Json:
    """Older messages."""
    limit = max(1, min(int(deed.wish.get("limit") or 50), 500))
    before: Any = deed.wish.get("before")
    messages, more = deed.workspace.messages.newest(deed.channel()["id"], limit, before=before)
    return {"messages": messages, "more": more}


async def thread(deed: Deed) -> Json:
    """A thread, parent first."""
    return {"messages": deed.workspace.messages.thread(deed.channel()["id"], deed.text("ts"))}


def _tell_links(workspace: Workspace, channel: Json, message: Json) -> None:
    """Apps hear of links to the domains in their manifests."""
    for app in workspace.apps.book.values():
        domains = Manifest(app["manifest"]).unfurl_domains
        links = [
            {"domain": domain, "url": url}
            for host, url in link_domains(message["text"])
            for domain in domains
            if host == domain or host.endswith(f".{domain}")
        ]
        if links:
            event: Json = {
                "type": "link_shared",
                "user": message["user"],
                "channel": channel["id"],
                "message_ts": message["ts"],
                "links": links,
                "source": "conversations_history",
                "unfurl_id": f"C{message['ts']}-{app['id']}",
                "event_ts": message["ts"],
            }
            emit(workspace, event, "link_shared", channel, [app])


COMMANDS: dict[str, Command] = {
    "say": say,
    "edit": edit,
    "delete": remove,
    "dismiss": dismiss,
    "react": put_reaction,
    "seen": seen,
    "open_dm": open_dm,
    "create_channel": create_channel,
    "join": join,
    "leave": leave,
    "invite": invite,
    "history": history,
    "thread": thread,
}
