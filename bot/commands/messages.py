"""Mentions and direct messages: answered where they were asked, in the thread when there is one."""

import re
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.answering import answer
from bot.desk import Desk
from bot.intake import carry_out
from bot.people import actor_for
from handlers.announcing import show_plan_picture
from store.queries.orders import order_row

_MENTION = re.compile(r"<@[A-Z0-9]+(?:\|[^>]*)?>")


def register(app: App, desk: Desk) -> None:
    """Listen to mentions in channels and to messages in direct conversations."""

    @app.event("app_mention")
    def mentioned(event: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        _reply(desk, event, body, client, thread=event.get("thread_ts") or event["ts"])

    @app.event("message")
    def written(event: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        is_persons = event.get("channel_type") == "im" and not event.get("subtype") and not event.get("bot_id")
        if is_persons:
            _reply(desk, event, body, client, thread=event.get("thread_ts"))


def _reply(desk: Desk, event: dict[str, Any], body: dict[str, Any], client: WebClient, *, thread: str | None) -> None:
    """Slack sends an event again when it saw no ack in time: the inbox knows it by its id, and it is answered once."""
    user = event["user"]
    note = {"channel": event["channel"], "ts": event["ts"], "text": event.get("text", "")[:2000]}
    carry_out(desk, f"event:{body['event_id']}", note, user, lambda session, _: actor_for(session, user))
    text = _MENTION.sub("", event.get("text", "")).strip()
    made = answer(desk, text or "help", desk.words_for(user))
    said = client.chat_postMessage(channel=event["channel"], thread_ts=thread, text=made.text, blocks=list(made.blocks))
    if made.pictured:
        _show_picture(desk, made.pictured, (str(said["channel"]), thread or str(said["ts"])))


def _show_picture(desk: Desk, number: str, place: tuple[str, str]) -> None:
    with desk.store.transaction() as session:
        show_plan_picture(session, order_row(session, number), now=desk.clock.now(), place=place)
    desk.ring()
