"""People and bots join and leave conversations; conversations come to be."""

from collections.abc import Iterable

from sandbox.slack.books.channels import CHANNEL, channel_type
from sandbox.slack.happenings.events import emit
from sandbox.slack.happenings.posting import Author, post
from sandbox.slack.shapes import Json
from sandbox.slack.showing import tell_channel
from sandbox.slack.workspace import TEAM, Workspace


def join(workspace: Workspace, channel: Json, person: str, *, inviter: str = "", quiet: bool = False) -> bool:
    """Become a member; False when one already is. Quiet joins (of the set-up) leave no message."""
    if person in channel["members"]:
        return False
    channel["members"].append(person)
    channel["read"][person] = workspace.messages.latest_ts(channel["id"]) or "0"
    workspace.channels.save(channel)
    tell_channel(workspace, channel)
    if quiet:
        return True
    subtype = "channel_join" if channel["kind"] == CHANNEL and not channel["is_private"] else "group_join"
    content: Json = {"subtype": subtype, "text": f"<@{person}> has joined the channel"}
    post(workspace, channel, Author(person), content | ({"inviter": inviter} if inviter else {}))
    _tell_apps(workspace, "member_joined_channel", channel, person, inviter)
    return True


def leave(workspace: Workspace, channel: Json, person: str) -> bool:
    """Stop being a member; False when one is none."""
    if person not in channel["members"]:
        return False
    _tell_apps(workspace, "member_left_channel", channel, person, "")
    channel["members"].remove(person)
    workspace.channels.save(channel)
    tell_channel(workspace, channel)
    return True


def direct_channel(workspace: Workspace, people: Iterable[str]) -> tuple[Json, bool]:
    """The direct or group message of these people, and whether it existed before."""
    channel, is_new = workspace.channels.direct(people, workspace.clock.now())
    if is_new:
        tell_channel(workspace, channel)
    return channel, not is_new


def _tell_apps(workspace: Workspace, name: str, channel: Json, person: str, inviter: str) -> None:
    event: Json = {
        "type": name,
        "user": person,
        "channel": channel["id"],
        "channel_type": channel_type(channel)[0].upper(),
        "team": TEAM,
        "event_ts": workspace.clock.new_ts(),
    }
    emit(workspace, event | ({"inviter": inviter} if inviter else {}), name, channel)
