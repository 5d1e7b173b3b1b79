"""conversations.*: coming to be, joining, inviting, leaving."""

from sandbox.slack.books.channels import CHANNEL
from sandbox.slack.happenings import membership
from sandbox.slack.happenings.events import emit
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.showing import tell_channel
from sandbox.slack.web_api.call import Call
from sandbox.slack.web_api.finding import named_channel
from sandbox.slack.web_api.method import Method
from sandbox.slack.web_api.methods.conversations import shown_channel

MOST_IN_GROUP_DM = 8


def create(call: Call) -> Json:
    """A new channel with the caller in it."""
    channel = call.workspace.channels.create(
        call.text("name"),
        creator=call.user,
        now=call.workspace.clock.now(),
        is_private=call.flag("is_private"),
    )
    tell_channel(call.workspace, channel)
    event = {
        "type": "channel_created",
        "channel": shown_channel(call, channel),
        "event_ts": call.workspace.clock.new_ts(),
    }
    emit(call.workspace, event, "channel_created")
    return {"channel": shown_channel(call, channel)}


def rename(call: Call) -> Json:
    """Another name."""
    channel, name = named_channel(call), call.text("name")
    if channel["creator"] != call.user and call.user not in channel["members"]:
        raise CallRefused("not_in_channel")
    if call.workspace.channels.named(name) is not None:
        raise CallRefused("name_taken")
    channel["name"] = name
    call.workspace.channels.save(channel)
    tell_channel(call.workspace, channel)
    return {"channel": shown_channel(call, channel)}


def join(call: Call) -> Json:
    """The caller becomes a member."""
    channel = named_channel(call)
    if channel["kind"] != CHANNEL:
        raise CallRefused("method_not_supported_for_channel_type")
    if channel["is_archived"]:
        raise CallRefused("is_archived")
    is_new = membership.join(call.workspace, channel, call.user)
    answer: Json = {"channel": shown_channel(call, channel)}
    if not is_new:
        answer |= {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return answer


def invite(call: Call) -> Json:
    """Others become members."""
    channel, people = named_channel(call), call.words("users")
    if call.user not in channel["members"]:
        raise CallRefused("not_in_channel")
    if not people:
        raise CallRefused("no_user")
    errors: list[Json] = []
    for person in people:
        if person not in call.workspace.people.book:
            errors.append({"user": person, "ok": False, "error": "user_not_found"})
        elif person == call.user:
            errors.append({"user": person, "ok": False, "error": "cant_invite_self"})
        elif person in channel["members"]:
            errors.append({"user": person, "ok": False, "error": "already_in_channel"})
    if errors and not call.flag("force"):
        raise CallRefused(errors[0]["error"], errors=errors)
    for person in people:
        if person in call.workspace.people.book:
            membership.join(call.workspace, channel, person, inviter=call.user)
    return {"channel": shown_channel(call, channel)} | ({"errors": errors} if errors else {})


def kick(call: Call) -> Json:
    """Another is no member any more."""
    channel, person = named_channel(call), call.text("user")
    call.workspace.people.get(person)
    if person == call.user:
        raise CallRefused("cant_kick_self")
    if channel["is_general"]:
        raise CallRefused("cant_kick_from_general")
    if not membership.leave(call.workspace, channel, person):
        raise CallRefused("not_in_channel")
    return {"errors": {}}


def leave(call: Call) -> Json:
    """The caller is no member any more."""
    channel = named_channel(call)
    if channel["is_general"]:
        raise CallRefused("cant_leave_general")
    if channel["kind"] != CHANNEL:
        raise CallRefused("method_not_supported_for_channel_type")
    if not membership.leave(call.workspace, channel, call.user):
        return {"not_in_channel": True}
    return {}


def open_direct(call: Call) -> Json:
    """The direct message with one person, or the group message with several."""
    if call.has("channel"):
        channel, was_there = named_channel(call), True
    else:
        people = call.words("users")
        if not people:
            raise CallRefused("users_list_not_supplied")
        if len(people) > MOST_IN_GROUP_DM:
            raise CallRefused("too_many_users")
        for person in people:
            call.workspace.people.get(person)
        channel, was_there = membership.direct_channel(call.workspace, [*people, call.user])
    shown = shown_channel(call, channel) if call.flag("return_im") else {"id": channel["id"]}
    answer: Json = {"channel": shown}
    return answer | ({"no_op": True, "already_open": True} if was_there else {})


def close_direct(call: Call) -> Json:
    """Direct messages stay where they are; only the list of a client would change."""
    if named_channel(call)["kind"] == CHANNEL:
        raise CallRefused("method_not_supported_for_channel_type")
    return {"no_op": True, "already_closed": True}


METHODS: dict[str, Method] = {
    "conversations.create": create,
    "conversations.rename": rename,
    "conversations.join": join,
    "conversations.invite": invite,
    "conversations.kick": kick,
    "conversations.leave": leave,
    "conversations.open": open_direct,
    "conversations.close": close_direct,
}
