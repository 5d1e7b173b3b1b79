"""Channels, direct messages and group messages; who is in them and how far each has read."""

import re
from collections.abc import Iterable

from sandbox.slack.ids import hashed_id, named_id, new_id
from sandbox.slack.records import Book, Records
from sandbox.slack.shapes import CallRefused, Json

CHANNEL, DM, GROUP_DM = "channel", "dm", "group_dm"
LONGEST_NAME = 80
_FIT_NAME = re.compile(r"[^\sA-Z.,/#!@$%^&*+='\"`~:;()\[\]{}<>|?\\]+\Z")


class Channels:
    """Every conversation by id."""

    def __init__(self, records: Records) -> None:
        self.book = Book(records, "channel")

    def create(
        self, name: str, *, creator: str, now: float, is_private: bool = False, members: Iterable[str] = ()
    ) -> Json:
        """A new channel; CallRefused says what is wrong with the name."""
        if not name:
            raise CallRefused("invalid_name_required")
        if len(name) > LONGEST_NAME:
            raise CallRefused("invalid_name_maxlength")
        if not _FIT_NAME.match(name):
            raise CallRefused("invalid_name_specials")
        if self.named(name) is not None:
            raise CallRefused("name_taken")
        channel_id = named_id("C", name)
        if channel_id in self.book:
            channel_id = new_id("C")
        return self._save(channel_id, CHANNEL, name, creator, now, [creator, *members], is_private=is_private)

    def direct(self, people: Iterable[str], now: float) -> tuple[Json, bool]:
        """The direct or group message of exactly these people, and whether it is new."""
        members = sorted(set(people))
        for channel in self.book.values():
            if channel["kind"] != CHANNEL and sorted(channel["members"]) == members:
                return channel, False
        kind = DM if len(members) <= 2 else GROUP_DM
        channel_id = hashed_id("D" if kind == DM else "G", "+".join(members))
        name = "" if kind == DM else "mpdm-" + "--".join(members).lower() + "-1"
        return self._save(channel_id, kind, name, members[0], now, members, is_private=True), True

    def get(self, channel_id: str) -> Json:
        """CallRefused("channel_not_found")."""
        try:
            return self.book[channel_id]
        except KeyError:
            raise CallRefused("channel_not_found") from None

    def named(self, name: str) -> Json | None:
        """The channel of this name."""
        return next((each for each in self.book.values() if each["kind"] == CHANNEL and each["name"] == name), None)

    def save(self, channel: Json) -> None:
        """Keep a change of a channel."""
        self.book.save(channel["id"], channel)

    def seen_by(self, person: str) -> list[Json]:
        """What a person's list shows: public channels, and everything they are a member of."""
        return [each for each in self.book.values() if can_see(each, person)]

    def _save(
        self, channel_id: str, kind: str, name: str, creator: str, now: float, members: Iterable[str], **more: object
    ) -> Json:
        channel: Json = {
            "id": channel_id,
            "kind": kind,
            "name": name,
            "creator": creator,
            "created": int(now),
            "is_private": False,
            "is_archived": False,
            "is_general": False,
            "topic": {"value": "", "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "members": list(dict.fromkeys(members)),
            "read": {},
            **more,
        }
        return self.book.save(channel_id, channel)


def can_see(channel: Json, person: str) -> bool:
    """Members see a conversation; everybody sees public channels."""
    return person in channel["members"] or (channel["kind"] == CHANNEL and not channel["is_private"])


def scope_word(channel: Json) -> str:
    """The family of scopes and event names that this conversation belongs to."""
    if channel["kind"] == DM:
        return "im"
    if channel["kind"] == GROUP_DM:
        return "mpim"
    return "groups" if channel["is_private"] else "channels"


def channel_type(channel: Json) -> str:
    """The word for it in a message event's `channel_type`."""
    return {"im": "im", "mpim": "mpim", "groups": "group", "channels": "channel"}[scope_word(channel)]


def name_in_payload(channel: Json) -> str:
    """The name that interaction payloads carry."""
    return {"im": "directmessage", "groups": "privategroup"}.get(scope_word(channel), str(channel["name"]))


def channel_object(channel: Json, asker: str, team: str) -> Json:
    """The conversation object as the asker sees it."""
    kind, is_member = channel["kind"], asker in channel["members"]
    common: Json = {
        "id": channel["id"],
        "created": channel["created"],
        "updated": channel["created"] * 1000,
        "is_archived": channel["is_archived"],
        "context_team_id": team,
        "is_channel": kind == CHANNEL,
        "is_group": False,
        "is_im": kind == DM,
        "is_mpim": kind == GROUP_DM,
        "is_private": channel["is_private"],
        **dict.fromkeys(("is_shared", "is_org_shared", "is_ext_shared", "is_pending_ext_shared"), False),
    }
    if kind == DM:
        others = [member for member in channel["members"] if member != asker]
        return {
            **common,
            "user": others[0] if others else asker,
            "is_user_deleted": False,
            "priority": 0,
            "is_open": True,
        }
    return {
        **common,
        "name": channel["name"],
        "name_normalized": channel["name"],
        "creator": channel["creator"],
        "unlinked": 0,
        "is_general": channel["is_general"],
        "is_member": is_member,
        "topic": channel["topic"],
        "purpose": channel["purpose"],
        "previous_names": [],
        "parent_conversation": None,
        "shared_team_ids": [team],
        "pending_shared": [],
        "pending_connected_team_ids": [],
    }
