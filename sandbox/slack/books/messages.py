"""Messages of all conversations: threads, reactions, pins, ephemerals and scheduled ones."""

from bisect import bisect_right, insort
from collections import defaultdict

from sandbox.slack.clock import WorkspaceClock
from sandbox.slack.records import Book, Records
from sandbox.slack.shapes import CallRefused, Json


class Messages:
    """Messages by channel and timestamp; ephemerals live in memory only, as in a client."""

    def __init__(self, records: Records, clock: WorkspaceClock) -> None:
        self._book = Book(records, "message")
        self._order: dict[str, list[str]] = defaultdict(list)
        self._clock = clock
        self.ephemerals: dict[tuple[str, str], Json] = {}  # by channel and ts; `to` names the only reader
        self.scheduled = Book(records, "scheduled")
        for message in self._book.values():
            self._order[message["channel"]].append(message["ts"])
            clock.not_before(message["ts"])
        for timestamps in self._order.values():
            timestamps.sort()

    def add(self, channel: str, message: Json) -> Json:
        """Keep a new message under a new timestamp; a reply counts at its parent."""
        ts = self._clock.new_ts()
        whole: Json = {"type": "message", "ts": ts, **message, "channel": channel}
        insort(self._order[channel], ts)
        self.save(whole)
        self.count_replies(channel, whole.get("thread_ts"))
        return whole

    def save(self, message: Json) -> None:
        """Keep a change of a message."""
        self._book.save(_key(message["channel"], message["ts"]), message)

    def get(self, channel: str, ts: str) -> Json:
        """CallRefused("message_not_found")."""
        try:
            return self._book[_key(channel, ts)]
        except KeyError:
            raise CallRefused("message_not_found") from None

    def remove(self, channel: str, ts: str) -> Json:
        """Delete a message; its thread's parent counts anew. CallRefused("message_not_found")."""
        message = self.get(channel, ts)
        self._book.forget(_key(channel, ts))
        self._order[channel].remove(ts)
        self.count_replies(channel, message.get("thread_ts"))
        return message

    def of_channel(self, channel: str) -> list[Json]:
        """All messages of a channel, replies among them, oldest first."""
        return [self._book[_key(channel, ts)] for ts in self._order[channel]]

    def newest(self, channel: str, count: int, before: str | None = None) -> tuple[list[Json], bool]:
        """The newest messages (before a timestamp), oldest first, and whether there are older ones."""
        order = self._order[channel]
        timestamps = [ts for ts in order if before is None or ts < before]
        return [self._book[_key(channel, ts)] for ts in timestamps[-count:]], len(timestamps) > count

    def latest_ts(self, channel: str) -> str | None:
        """The timestamp of the newest message."""
        order = self._order[channel]
        return order[-1] if order else None

    def since(self, channel: str, ts: str) -> list[Json]:
        """Messages after a timestamp."""
        order = self._order[channel]
        return [self._book[_key(channel, each)] for each in order[bisect_right(order, ts) :]]

    def thread(self, channel: str, ts: str) -> list[Json]:
        """The parent and its replies, oldest first; CallRefused("thread_not_found")."""
        replies = [each for each in self.of_channel(channel) if ts in (each.get("thread_ts"), each["ts"])]
        if not any(each["ts"] == ts for each in replies):
            raise CallRefused("thread_not_found")
        return replies

    def count_replies(self, channel: str, parent_ts: str | None) -> None:
        """Bring reply_count, reply_users and latest_reply of a thread's parent up to date."""
        parent = self._book.get(_key(channel, parent_ts)) if parent_ts else None
        if parent is None:
            return
        replies = [
            each for each in self.of_channel(channel) if each.get("thread_ts") == parent_ts and each is not parent
        ]
        if not replies:
            for name in ("thread_ts", "reply_count", "reply_users", "reply_users_count", "latest_reply"):
                parent.pop(name, None)
        else:
            users = list(dict.fromkeys(each.get("user") or each.get("bot_id", "") for each in replies))
            parent |= {
                "thread_ts": parent_ts,
                "reply_count": len(replies),
                "reply_users": users,
                "reply_users_count": len(users),
                "latest_reply": replies[-1]["ts"],
            }
        self.save(parent)

    def add_ephemeral(self, channel: str, to: str, message: Json) -> Json:
        """A message that only one person sees."""
        ts = self._clock.new_ts()
        whole: Json = {"type": "message", "ts": ts, **message, "channel": channel, "ephemeral": True, "to": to}
        self.ephemerals[channel, ts] = whole
        return whole


def _key(channel: str, ts: str) -> str:
    return f"{channel}/{ts}"


def as_slack_shows(message: Json, *, with_metadata: bool = True) -> Json:
    """A message as the Web API gives it: without what only the page needs."""
    hidden = {"channel", "ephemeral", "to", "pinned", "streaming"} | (set() if with_metadata else {"metadata"})
    shown = {key: value for key, value in message.items() if key not in hidden}
    if message.get("pinned"):
        shown["pinned_to"] = [message["channel"]]
    return shown


def add_reaction(message: Json, person: str, name: str) -> None:
    """CallRefused("already_reacted")."""
    reactions = message.setdefault("reactions", [])
    reaction = next((each for each in reactions if each["name"] == name), None)
    if reaction is None:
        reactions.append({"name": name, "users": [person], "count": 1})
    elif person in reaction["users"]:
        raise CallRefused("already_reacted")
    else:
        reaction["users"].append(person)
        reaction["count"] += 1


def remove_reaction(message: Json, person: str, name: str) -> None:
    """CallRefused("no_reaction")."""
    reactions = message.get("reactions", [])
    reaction = next((each for each in reactions if each["name"] == name and person in each["users"]), None)
    if reaction is None:
        raise CallRefused("no_reaction")
    reaction["users"].remove(person)
    reaction["count"] -= 1
    message["reactions"] = [each for each in reactions if each["count"]]
    if not message["reactions"]:
        del message["reactions"]
