"""One sentence in an order's thread for each thing that matters in its story."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bot.cards.blocks import Card, clipped, escaped, spoken
from bot.cards.order import event_text
from orders.changes import ChangeKind
from orders.wording import Wording
from store.queries.orders import StoryEntry

CHANGES_SHOWN = 15
VALUE_LIMIT = 100
_PROMISED = re.compile(r"(\d+) (?:on (\d{4}-\d{2}-\d{2})|later)")  # as orders.changes.delivery_text writes it


def order_note(entry: StoryEntry, words: Wording) -> Card:
    """The sentence of a journal entry, with each changed line below it."""
    changes = (entry.after or {}).get("changes", [])
    told = [_change(change, words) for change in changes[:CHANGES_SHOWN]]
    if len(changes) > CHANGES_SHOWN:
        told.append(words.count("card.more-lines", len(changes) - CHANGES_SHOWN))
    return spoken("\n".join([event_text(entry, words), *told]))


def _change(change: Mapping[str, Any], words: Wording) -> str:
    kind, value = ChangeKind(change["kind"]), change["value"]
    shown = words.say("card.unknown") if value is None else escaped(_written(kind, clipped(value, VALUE_LIMIT), words))
    return "• " + words.say(f"change.{kind}", line=change["line"], value=shown)


def _written(kind: ChangeKind, value: str, words: Wording) -> str:
    """A journal's plain value as the language writes it."""
    if kind in {ChangeKind.QUANTITY, ChangeKind.PRICE}:
        return words.number(Decimal(value))
    return _PROMISED.sub(lambda part: _promised(int(part[1]), part[2], words), value)


def _promised(quantity: int, day: str | None, words: Wording) -> str:
    if day is None:
        return f"{words.number(quantity)} {words.say('card.later')}"
    return words.say("card.delivered", quantity=words.number(quantity), day=words.day(date.fromisoformat(day)))
