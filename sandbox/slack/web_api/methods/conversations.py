"""conversations.*: reading, and what concerns one conversation as a whole."""

from sandbox.slack.books.channels import CHANNEL, channel_object, scope_word
from sandbox.slack.books.messages import as_slack_shows
from sandbox.slack.happenings.events import emit
from sandbox.slack.happenings.posting import Author, post
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.showing import tell_channel
from sandbox.slack.web_api.call import Call
from sandbox.slack.web_api.finding import channel_to_read, named_channel
from sandbox.slack.web_api.method import Method
from sandbox.slack.web_api.pages import page_of
from sandbox.slack.workspace import TEAM

LONGEST_TOPIC = 250
_WORD_OF_TYPE = {"public_channel": "channels", "private_channel": "groups", "mpim": "mpim", "im": "im"}


def shown_channel(call: Call, channel: Json) -> Json:
    """The conversation as the caller sees it."""
    return channel_object(channel, call.user, TEAM)


def list_conversations(call: Call) -> Json:
    """Conversations of the wished types, page by page."""
    return _listed(call, call.workspace.channels.seen_by(call.user))


def list_of_person(call: Call) -> Json:
    """Conversations that a person is a member of."""
    person = call.text("user") or call.user
    call.workspace.people.get(person)
    return _listed(call, [each for each in call.workspace.channels.seen_by(call.user) if person in each["members"]])


def _listed(call: Call, channels: list[Json]) -> Json:
    types = call.words("types") or ["public_channel"]
    if not set(types) <= set(_WORD_OF_TYPE):
        raise CallRefused("invalid_types")
    words = {_WORD_OF_TYPE[kind] for kind in types}
    for word in sorted(words):
        call.require_scope(f"{word}:read")
    wanted = [
        each
        for each in channels
        if scope_word(each) in words
        and (each["kind"] == CHANNEL or call.user in each["members"])
        and not (call.flag("exclude_archived") and each["is_archived"])
    ]
    shown, metadata = page_of(call, wanted)
    objects = [{**shown_channel(call, each), "num_members": len(each["members"])} for each in shown]
    return {"channels": objects, "response_metadata": metadata}


def info(call: Call) -> Json:
    """One conversation."""
    channel = channel_to_read(call, "read")
    shown = shown_channel(call, channel)
    if call.flag("include_num_members"):
        shown["num_members"] = len(channel["members"])
    if call.user in channel["members"]:
        shown["last_read"] = channel["read"].get(call.user, "0000000000.000000")
    return {"channel": shown}


def members(call: Call) -> Json:
    """Ids of the members."""
    channel = channel_to_read(call, "read")
    shown, metadata = page_of(call, channel["members"])
    return {"members": shown, "response_metadata": metadata}


def history(call: Call) -> Json:
    """Messages of a channel, newest first; replies only when they were broadcast."""
    channel = channel_to_read(call)
    messages = [
        each
        for each in reversed(call.workspace.messages.of_channel(channel["id"]))
        if each.get("thread_ts") in (None, each["ts"]) or each.get("subtype") == "thread_broadcast"
    ]
    shown, metadata = page_of(call, _between(call, messages))
    return _messages(call, shown, metadata)


def replies(call: Call) -> Json:
    """A thread, oldest first."""
    channel = channel_to_read(call)
    thread = call.workspace.messages.thread(channel["id"], call.text("ts"))
    shown, metadata = page_of(call, [thread[0], *_between(call, thread[1:])], default=1000)
    return _messages(call, shown, metadata)


def _between(call: Call, messages: list[Json]) -> list[Json]:
    oldest, latest, inclusive = call.text("oldest"), call.text("latest"), call.flag("inclusive")
    for name, value in (("oldest", oldest), ("latest", latest)):
        if value and not value.replace(".", "", 1).isdigit():
            raise CallRefused(f"invalid_ts_{name}")

    def fits(ts: str) -> bool:
        moment = float(ts)
        after = not oldest or moment > float(oldest) or (inclusive and ts == oldest)
        before = not latest or moment < float(latest) or (inclusive and ts == latest)
        return after and before

    return [each for each in messages if fits(each["ts"])]


def _messages(call: Call, messages: list[Json], metadata: Json) -> Json:
    with_metadata = call.flag("include_all_metadata")
    shown = [as_slack_shows(each, with_metadata=with_metadata) for each in messages]
    more = bool(metadata["next_cursor"])
    return {"messages": shown, "has_more": more, "pin_count": 0} | ({"response_metadata": metadata} if more else {})


def mark(call: Call) -> Json:
    """How far the caller has read."""
    channel = named_channel(call)
    if call.user not in channel["members"]:
        raise CallRefused("not_in_channel")
    channel["read"][call.user] = call.text("ts")
    call.workspace.channels.save(channel)
    tell_channel(call.workspace, channel)
    return {}


def set_topic(call: Call) -> Json:
    """Another topic."""
    return _set_words(call, "topic")


def set_purpose(call: Call) -> Json:
    """Another purpose."""
    answer = _set_words(call, "purpose")
    return answer | {"purpose": call.text("purpose")}


def _set_words(call: Call, kind: str) -> Json:
    channel, words = named_channel(call), call.text(kind)
    if call.user not in channel["members"]:
        raise CallRefused("not_in_channel")
    if channel["is_archived"]:
        raise CallRefused("is_archived")
    if len(words) > LONGEST_TOPIC:
        raise CallRefused("too_long")
    channel[kind] = {"value": words, "creator": call.user, "last_set": int(call.workspace.clock.now())}
    call.workspace.channels.save(channel)
    content = {"subtype": f"channel_{kind}", kind: words, "text": f"set the channel {kind}: {words}"}
    post(call.workspace, channel, Author(call.user, call.app), content)
    return {"channel": shown_channel(call, channel)}


def archive(call: Call) -> Json:
    """Nobody writes there any more."""
    return _set_archived(call, archived=True)


def unarchive(call: Call) -> Json:
    """They write again."""
    return _set_archived(call, archived=False)


def _set_archived(call: Call, *, archived: bool) -> Json:
    channel = named_channel(call)
    if channel["is_general"]:
        raise CallRefused("cant_archive_general")
    if channel["is_archived"] is archived:
        raise CallRefused("already_archived" if archived else "not_archived")
    channel["is_archived"] = archived
    call.workspace.channels.save(channel)
    tell_channel(call.workspace, channel)
    kind = "channel_archive" if archived else "channel_unarchive"
    emit(call.workspace, {"type": kind, "channel": channel["id"], "user": call.user}, kind, channel)
    return {}


METHODS: dict[str, Method] = {
    "conversations.list": list_conversations,
    "users.conversations": list_of_person,
    "conversations.info": info,
    "conversations.members": members,
    "conversations.history": history,
    "conversations.replies": replies,
    "conversations.mark": mark,
    "conversations.setTopic": set_topic,
    "conversations.setPurpose": set_purpose,
    "conversations.archive": archive,
    "conversations.unarchive": unarchive,
}
