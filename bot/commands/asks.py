"""The slash commands: /stock, /orders, /order. Each is a sentence with its subject put in front."""

import re
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App

from bot.answering import answer
from bot.desk import Desk
from bot.people import actor_for

# What a command without words asks for, and what is put before the words that follow it.
COMMANDS = {"/stock": ("what runs out?", "stock"), "/orders": ("orders", "orders"), "/order": ("help", "order")}


def register(app: App, desk: Desk) -> None:
    """Listen to every slash command; one that we do not know is answered with what can be asked."""
    for name, (alone, subject) in COMMANDS.items():
        app.command(name)(_asking(desk, alone, subject))
    app.command(re.compile(""))(_asking(desk, "help", ""))


def _asking(desk: Desk, alone: str, subject: str) -> Callable[..., None]:
    def ask(ack: Ack, command: dict[str, Any]) -> None:
        with desk.store.reading() as session:
            actor_for(session, command["user_id"])
        typed = (command.get("text") or "").strip()
        made = answer(desk, f"{subject} {typed}".strip() if typed else alone, desk.words_for(command["user_id"]))
        ack(text=made.text, blocks=list(made.blocks))

    return ask
