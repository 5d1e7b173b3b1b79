"""Posts and updates Slack messages: one living message a surface, threads below it, and never the same row twice.

A retry after a lost answer could double a message, so each carries its row's key as metadata, and a second attempt first
looks for it (chat.postMessage is not idempotent).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NoReturn, TypeVar

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.cards.blocks import Card
from bot.outages import OUTAGES
from orders.clock import Clock
from store.outbox import GiveUp, NotYet, Outgoing, TryLater, posted_at, remember_posted
from store.sessions import Store

log = structlog.get_logger()
EVENT_TYPE = "quartermaster_outbox"
Found = TypeVar("Found")
# Errors that no waiting mends: a human must change a setting, invite the bot, or mend the card.
_FOR_GOOD = frozenset(
    {
        "invalid_auth", "not_authed", "account_inactive", "token_revoked", "missing_scope", "invalid_blocks_format", "msg_blocks_too_long", "no_text", "channel_not_found", "is_archived",
    }
)  # fmt: skip


# An answer that is none of Slack's, or that says so: a workspace that is not Slack itself offers fewer methods.
_NO_SUCH_METHOD = frozenset({"unknown_method", "not_implemented", "None"})


class BlocksRefused(GiveUp):
    """The workspace does not take one of these blocks, and never will."""


@dataclass(frozen=True, slots=True)
class Poster:
    """Posts for the outbox."""

    client: WebClient
    store: Store
    clock: Clock

    def show(self, outgoing: Outgoing, channel: str, card: Card) -> tuple[str, str]:
        """Update the surface's living message, or post it when it has none; returns channel and timestamp."""
        with self.store.reading() as session:
            standing = posted_at(session, outgoing.surface) if outgoing.surface else None
        if standing is not None:
            try:
                self._call("chat.update", channel=standing[0], ts=standing[1], text=card.text, blocks=list(card.blocks))
            except (_MessageGone, _NotOffered):
                log.warning("living message cannot be changed, posting a new one", surface=outgoing.surface)
            else:
                return standing
        place = self.say(outgoing, channel, card)
        if outgoing.surface:
            with self.store.transaction() as session:
                remember_posted(session, outgoing.surface, *place, outgoing.id)
        return place

    def reply(self, outgoing: Outgoing, surface: str, card: Card) -> None:
        """Say something in the thread of a surface's living message; waits until that message stands."""
        with self.store.reading() as session:
            standing = posted_at(session, surface)
        if standing is None:
            raise NotYet(f"{surface} has no message yet")
        try:
            self.say(outgoing, standing[0], card, thread_ts=standing[1])
        except _MessageGone as gone:
            raise TryLater(f"the message of {surface} is gone; its next update posts a new one") from gone

    def say(self, outgoing: Outgoing, channel: str, card: Card, thread_ts: str | None = None) -> tuple[str, str]:
        """Post a message; on a second attempt only when the first one did not arrive."""
        if outgoing.attempts > 1:
            found = self._looked(self._find, outgoing.key, channel, thread_ts)
            if found is not None:
                return found
        place: dict[str, Any] = {"thread_ts": thread_ts} if thread_ts else {}
        answer = self._call(
            "chat.postMessage",
            channel=channel,
            text=card.text,
            blocks=list(card.blocks),
            metadata={"event_type": EVENT_TYPE, "event_payload": {"key": outgoing.key}},
            unfurl_links=False,
            **place,
        )
        return str(answer["channel"]), str(answer["ts"])

    def picture(self, outgoing: Outgoing, place: tuple[str, str], name: str, png: bytes, alt: str) -> None:
        """Upload a picture into the thread of a message; on a second attempt only when it is not there yet."""
        channel, thread_ts = place
        if outgoing.attempts > 1 and self._looked(self._has_file, channel, thread_ts, name):
            return
        try:
            self.client.files_upload_v2(
                channel=channel, thread_ts=thread_ts, filename=name, content=png, alt_txt=alt, title=alt[:100]
            )
        except SlackApiError as error:
            _raise(error)
        except OUTAGES as error:
            raise TryLater(f"Slack is away: {error}") from error

    def _looked(self, look: Callable[..., Found], *where: str | None) -> Found | None:
        """What is there already. A lost message is worse than a doubled one: where nobody can look, it is posted."""
        try:
            return look(*where)
        except _NotOffered as error:
            log.warning("cannot look for an earlier attempt", why=str(error))
            return None

    def _has_file(self, channel: str, thread_ts: str, name: str) -> bool:
        answer = self._call("conversations.replies", http_get=True, channel=channel, ts=thread_ts, limit=100)
        return any(file.get("name") == name for each in answer.get("messages", []) for file in each.get("files", ()))

    def _find(self, key: str, channel: str, thread_ts: str | None) -> tuple[str, str] | None:
        """A message of ours with this key among the last hundred of the channel or thread."""
        if not channel.startswith(("C", "D", "G")):
            channel = self._channel_id(channel) or channel
        arguments: dict[str, Any] = {"channel": channel, "limit": 100, "include_all_metadata": True}
        if thread_ts:
            arguments["ts"] = thread_ts
        answer = self._call(
            "conversations.replies" if thread_ts else "conversations.history", http_get=True, **arguments
        )
        for message in answer.get("messages", []):
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("key") == key:
                return channel, str(message["ts"])
        return None

    def _channel_id(self, name: str) -> str | None:
        cursor = None
        while True:
            answer = self._call(
                "conversations.list",
                http_get=True,
                limit=200,
                types="public_channel,private_channel",
                exclude_archived=True,
                **({"cursor": cursor} if cursor else {}),
            )
            for channel in answer.get("channels", []):
                if channel["name"] == name.removeprefix("#"):
                    return str(channel["id"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return None

    def _call(self, method: str, *, http_get: bool = False, **arguments: Any) -> Any:
        try:
            if http_get:
                return self.client.api_call(method, params=arguments)
            return self.client.api_call(method, json=arguments)
        except SlackApiError as error:
            _raise(error)
        except OUTAGES as error:
            raise TryLater(f"Slack is away: {error}") from error


class _NotOffered(TryLater):
    """The workspace has no such method."""


class _MessageGone(Exception):
    """The living message was deleted, or can no longer be edited."""


def _raise(error: SlackApiError) -> NoReturn:
    code = str(error.response.get("error"))
    if code in {"message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found"}:
        raise _MessageGone(code) from error
    if code == "invalid_blocks":
        raise BlocksRefused(str(error.response.get("response_metadata") or error.response.get("errors"))) from error
    if code == "ratelimited":
        wait = timedelta(seconds=int(error.response.headers.get("Retry-After", 1)))
        raise TryLater(code, wait) from error
    if code in _NO_SUCH_METHOD:
        raise _NotOffered(f"this workspace does not offer it: {error.response.api_url}") from error
    if code in _FOR_GOOD:
        raise GiveUp(f"Slack says {code}; `quartermaster doctor` says how to mend it") from error
    raise TryLater(code) from error
