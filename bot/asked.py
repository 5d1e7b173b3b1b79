"""A question on its way to an answer: what was understood, and the buttons that ask what was not."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.cards.blocks import Card
from bot.cards.problem import suggestions
from bot.desk import Desk
from bot.language.intents import ACTING
from bot.language.understanding import Understood
from orders.wording import Wording
from store.queries.catalogue import nearest_products

_TRIES = ("stockout", "waiting", "late", "help")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: what was understood of it, and what an answer needs."""

    session: Session
    desk: Desk
    words: Wording
    text: str
    said: Understood
    names: Mapping[str, str]  # by code, of products, suppliers and places

    @property
    def location(self) -> str | None:
        """The place that the question names."""
        return next(iter(self.said.slots.locations), None)

    @property
    def supplier(self) -> str | None:
        """The supplier that the question names."""
        return next(iter(self.said.slots.suppliers), None)


def which(asked: Asked) -> Card:
    """What may be meant, as buttons."""
    asks = [_choice(asked, candidate) for candidate in asked.said.candidates]
    return suggestions(asked.words.say("chat.which"), asks)


def _choice(asked: Asked, candidate: str) -> tuple[str, str]:
    """A button's words and the sentence that it asks: the same with what was missing, or one act for its orders."""
    if candidate in ACTING:
        label = asked.words.say(f"chat.intent-{candidate}")
        return label, f"{label} {' '.join(asked.said.slots.orders)}"
    name = asked.names.get(candidate)
    return (f"{name} ({candidate})" if name else candidate), f"{asked.text} {candidate}"


def which_product(asked: Asked) -> Card:
    """The products whose names look most like what was typed, as buttons."""
    near = nearest_products(asked.session, asked.text)
    asks = [(name, f"{asked.said.intent.value} {name.split(' (')[0]}") for name in near]
    return suggestions(asked.words.say("chat.which-product"), asks)


def not_understood(asked: Asked) -> Card:
    """A kind no, with what can be asked."""
    asks = [(asked.words.say(f"chat.try-{name}"), asked.words.say(f"chat.try-{name}")) for name in _TRIES]
    return suggestions(asked.words.say("chat.not-understood"), asks)
