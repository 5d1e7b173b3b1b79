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

from bot.desk import Desk
from bot.intake import SeenBefore
from orders.refusals import Refusal
from orders.wording import Wording

log = structlog.get_logger()


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
            text = sentence(words, error, desk.zone)
        else:
            trouble = secrets.token_hex(3)
            log.error("listener failed", id=trouble, user=user, exc_info=error)
            text = words.say("bot.trouble", id=trouble)
        _whisper(client, body, user, text)
        return BoltResponse(status=200)


def sentence(words: Wording, refusal: Refusal, zone: ZoneInfo) -> str:
    """A refusal in words: its facts are written as people write them, near names are offered."""
    facts = {name: _told(words, zone, name, value) for name, value in refusal.facts.items()}
    text = words.say(f"refusal.{refusal.code}", **facts)
    nearest = refusal.facts.get("nearest")
    if isinstance(nearest, tuple) and nearest:
        text += " " + words.say("bot.did-you-mean", names=", ".join(nearest))
    return text


def _told(words: Wording, zone: ZoneInfo, name: str, value: object) -> object:
    spoken: dict[str, Callable[[Any], str]] = {
        "state": lambda state: words.say(f"state.{state}") if f"state.{state}" in words.all_keys() else str(state),
        "act": lambda act: words.say(f"act.{act}") if f"act.{act}" in words.all_keys() else str(act),
        "when": lambda when: words.moment(when.astimezone(zone)) if when else "?",
        "who": lambda who: who or "?",
        "who_may": lambda names: ", ".join(names) if names else words.say("bot.nobody"),
    }
    return spoken[name](value) if name in spoken else value


def _user(body: Mapping[str, Any]) -> str:
    user = body.get("user") or body.get("user_id") or (body.get("event") or {}).get("user") or ""
    return str(user.get("id", "")) if isinstance(user, dict) else str(user)


def _whisper(client: WebClient, body: Mapping[str, Any], user: str, text: str) -> None:
    """Tell only this person: in the channel where he acted, or in his direct messages when there is none."""
    event = body.get("event") or {}
    channel = (body.get("channel") or {}).get("id") if isinstance(body.get("channel"), dict) else body.get("channel_id")
    channel = channel or event.get("channel") or (body.get("container") or {}).get("channel_id")
    try:
        if channel:
            client.chat_postEphemeral(channel=channel, user=user, text=text)
        elif user:
            client.chat_postMessage(channel=user, text=text)
    except SlackApiError as failure:
        log.warning("could not tell", user=user, error=failure.response.get("error"))
