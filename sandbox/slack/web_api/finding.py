"""Finding the channel and message that a call names, with the refusals that Slack gives."""

from sandbox.slack.books.channels import CHANNEL, can_see, scope_word
from sandbox.slack.happenings.membership import direct_channel
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.web_api.call import Call


def named_channel(call: Call, name: str = "channel") -> Json:
    """The channel by id, by #name, or a person's direct message by their id; CallRefused("channel_not_found")."""
    wanted = call.text(name)
    workspace = call.workspace
    channel = workspace.channels.book.get(wanted) or workspace.channels.named(wanted.removeprefix("#"))
    if channel is None and wanted in workspace.people.book:
        channel, _ = direct_channel(workspace, [wanted, call.user])
    if channel is None or not can_see(channel, call.user):
        raise CallRefused("channel_not_found")
    return channel


def channel_to_read(call: Call, verb: str = "history") -> Json:
    """The channel, whose kind the token must have a scope for, and which the caller must be in to read it."""
    channel = named_channel(call)
    call.require_scope(f"{scope_word(channel)}:{verb}")
    if verb == "history" and call.user not in channel["members"] and not _user_reads_public(call, channel):
        raise CallRefused("not_in_channel")
    return channel


def channel_to_write(call: Call, name: str = "channel") -> Json:
    """The channel to post to; CallRefused("channel_not_found", "is_archived", "not_in_channel")."""
    channel = named_channel(call, name)
    if channel["is_archived"]:
        raise CallRefused("is_archived")
    if call.user not in channel["members"]:
        is_open = channel["kind"] == CHANNEL and not channel["is_private"]
        if not (is_open and call.is_strict and "chat:write.public" in call.token.scopes):
            raise CallRefused("not_in_channel" if is_open else "channel_not_found")
    return channel


def message_in(call: Call, channel: Json, name: str) -> Json:
    """The message of this timestamp; CallRefused("message_not_found")."""
    return call.workspace.messages.get(channel["id"], call.text(name))


def _user_reads_public(call: Call, channel: Json) -> bool:
    return call.token.kind == "user" and channel["kind"] == CHANNEL and not channel["is_private"]
