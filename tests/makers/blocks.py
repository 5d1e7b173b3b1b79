"""Holds blocks against what Slack takes, as the local workspace judges it."""

from typing import Any

from bot.cards.blocks import Card
from sandbox.slack.blocks.check import HOME, MESSAGE, MODAL, BlockRules

_RULES = BlockRules()


def taken(card: Card, surface: str = MESSAGE) -> Card:
    """The card, if Slack would take it; raises CallRefused with what is wrong."""
    _RULES.check_blocks(list(card.blocks), surface)
    return card


def taken_home(card: Card) -> Card:
    """The card as a Home tab, if Slack would take it."""
    _RULES.check_view({"type": HOME, "blocks": list(card.blocks)}, HOME)
    return card


def taken_modal(view: dict[str, Any]) -> dict[str, Any]:
    """The modal, if Slack would take it."""
    _RULES.check_view(view, MODAL)
    return view
