"""The one error listener: a refusal becomes a polite sentence for the person, anything else a short id and a log entry."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from slack_bolt import App
from slack_bolt.response import BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.cards.blocks import Card, escaped
from bot.cards.problem import problem_modal, suggestions
from bot.desk import Desk
from bot.intake import SeenBefore
from bot.outages import OUTAGES
from orders.refusals import Refusal
from orders.wording import Wording

log = structlog.get_logger()
_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})
# What is asked when a near name is pressed, by the code of the refusal that offers it; both languages understand it.
_ASKED = {"order-not-found": "order", "product-not-found": "stock", "supplier-not-found": "supplier"}


def register(app: App, desk: Desk) -> None:
    """Catch what any listener raises."""

    @app.error
    def tell(error: Exception, body: dict[str, Any], client: WebClient) -> BoltResponse:
        if isinstance(error, SeenBefore):
            return BoltResponse(status=200)
        user = _user(body)
        words = desk.words_for(user) if user else desk.shop_words
        if isinstance(error, Refusal):
            log.info("refused", code=error.code, user=user)
            told = refusal_card(words, error, desk.zone)
        elif _is_late(error):
            log.warning("too late for the trigger", user=user)
            told = suggestions(words.say("bot.too-late"), [])
        else:
            trouble = secrets.token_hex(3)
            log.error("listener failed", id=trouble, user=user, exc_info=error)
            told = suggestions(words.say("bot.trouble", id=trouble), [])
        if body.get("type") == "view_submission":
            return _in_place(told, words)
        _whisper(client, body, user, told)
        return BoltResponse(status=200)


def _is_late(error: Exception) -> bool:
    """A form can be opened within three seconds of the press, counted at Slack's end."""
    return isinstance(error, SlackApiError) and error.response.get("error") in _LATE


def refusal_card(words: Wording, refusal: Refusal, zone: ZoneInfo) -> Card:
    """A refusal as a message: its sentence, and near names as buttons."""
    asked = _ASKED.get(refusal.code)
    near = _nearest(refusal)
    if asked is None or not near:
        return suggestions(sentence(words, refusal, zone), [])
    asks = [(name, f"{asked} {name.split(' (')[0]}") for name in near]
    return suggestions(_said(words, refusal, zone) + " " + words.say("bot.did-you-mean-one"), asks)


def sentence(words: Wording, refusal: Refusal, zone: ZoneInfo) -> str:
    """A refusal in words: its facts are written as people write them, near names are offered."""
    near = _nearest(refusal)
    text = _said(words, refusal, zone)
    return text + " " + words.say("bot.did-you-mean", names=escaped(", ".join(near))) if near else text


def _said(words: Wording, refusal: Refusal, zone: ZoneInfo) -> str:
    facts = {name: _told(words, zone, name, value) for name, value in refusal.facts.items()}
    return words.say(f"refusal.{refusal.code}", **facts)


def _nearest(refusal: Refusal) -> tuple[str, ...]:
    nearest = refusal.facts.get("nearest")
    return nearest if isinstance(nearest, tuple) else ()


def _told(words: Wording, zone: ZoneInfo, name: str, value: object) -> object:
    spoken: dict[str, Callable[[Any], str]] = {
        "state": lambda state: _named(words, "state", state),
        "act": lambda act: _named(words, "act", act),
        "why": lambda why: _named(words, "quantity-why", why),
        "missing": lambda missing: _named(words, "missing", missing),
        "when": lambda when: words.moment(when.astimezone(zone)) if when else "?",
        "who": lambda who: who or "?",
        "who_may": lambda names: ", ".join(names) if names else words.say("bot.nobody"),
    }
    told = spoken[name](value) if name in spoken else value
    return escaped(told) if isinstance(told, str) else told


def _named(words: Wording, kind: str, value: object) -> str:
    key = f"{kind}.{value}"
    return words.say(key) if key in words.all_keys() else str(value)


def _user(body: Mapping[str, Any]) -> str:
    user = body.get("user") or body.get("user_id") or (body.get("event") or {}).get("user") or ""
    return str(user.get("id", "")) if isinstance(user, dict) else str(user)


def _in_place(told: Card, words: Wording) -> BoltResponse:
    """A refused form is replaced by the words, since a modal has no channel to whisper in."""
    view = problem_modal(told.blocks[0]["text"]["text"], words)
    return BoltResponse(status=200, body={"response_action": "update", "view": view})


def _whisper(client: WebClient, body: Mapping[str, Any], user: str, told: Card) -> None:
    """Tell only this person: where he acted, or in his direct messages when that was no channel."""
    channel, thread = _place(body)
    try:
        if channel:
            client.chat_postEphemeral(
                channel=channel, user=user, thread_ts=thread, text=told.text, blocks=list(told.blocks)
            )
        elif user:
            client.chat_postMessage(channel=user, text=told.text, blocks=list(told.blocks))
    except OUTAGES as failure:
        log.warning("could not tell", user=user, error=str(failure))


def _place(body: Mapping[str, Any]) -> tuple[str | None, str | None]:
    event, container = body.get("event") or {}, body.get("container") or {}
    channel = body.get("channel")
    named = channel.get("id") if isinstance(channel, dict) else body.get("channel_id")
    thread = event.get("thread_ts") or container.get("thread_ts")
    if thread == container.get("message_ts"):
        thread = None  # the head of a thread stands in the channel, where whoever pressed its button looks
    return named or event.get("channel") or container.get("channel_id"), thread
