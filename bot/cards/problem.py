"""A no, or a trouble of ours, in words: with near names as buttons, or in place of a form that could not be carried out."""

from typing import Any

from bot.cards.blocks import Card, actions, button, clipped, section, spoken
from bot.cards.ids import ActionId
from orders.wording import Wording

ASKS_SHOWN = 5
ASK_LIMIT = 2000  # what a button's value holds


def suggestions(text: str, asks: list[tuple[str, str]]) -> Card:
    """A sentence in mrkdwn, and below it what can be asked instead: pairs of a label and the sentence that it asks."""
    buttons = [
        button(label, f"{ActionId.ASK}.{at}", clipped(asked, ASK_LIMIT))
        for at, (label, asked) in enumerate(asks[:ASKS_SHOWN])
    ]
    return spoken(text, *([actions("ask", *buttons)] if buttons else []))


def problem_modal(text: str, words: Wording) -> dict[str, Any]:
    """What a submitted form becomes when it was refused: the words stay until they are read."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": words.say("bot.not-done")},
        "close": {"type": "plain_text", "text": words.say("card.close")},
        "blocks": [section(text).to_dict()],
    }
