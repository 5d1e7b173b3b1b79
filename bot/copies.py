"""Copies of an order's card: shown to one person as an answer, while the living card stands in the channel."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Respond

from bot.cards.order import order_card
from bot.desk import Desk
from bot.outages import answered
from handlers.announcing import order_surface
from handlers.viewing import order_view
from store.outbox import posted_at


def refresh_copy(desk: Desk, body: Mapping[str, Any], respond: Respond, number: str) -> None:
    """Bring the pressed card up to date, unless it is the living one: that is the worker's."""
    if not _is_copy(desk, body, number):
        return
    with desk.store.reading() as session:
        view = order_view(session, number)
    shown = order_card(view, desk.words_for(body["user"]["id"]), desk.zone)
    answered(respond, text=shown.text, blocks=list(shown.blocks), replace_original=True)


def copy_address(desk: Desk, body: Mapping[str, Any], number: str) -> str:
    """Where the pressed card can be brought up to date after a form was submitted; empty for the living one."""
    return str(body.get("response_url") or "") if _is_copy(desk, body, number) else ""


def _is_copy(desk: Desk, body: Mapping[str, Any], number: str) -> bool:
    container = body.get("container") or {}
    with desk.store.reading() as session:
        living = posted_at(session, order_surface(number))
    here = (container.get("channel_id"), container.get("message_ts"))
    return container.get("type") == "message" and living != here
