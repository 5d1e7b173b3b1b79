"""A sentence to an intent and its slots; `sure` only when one reading stands out (contracts/chat-language.md)."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.language.days import period_of
from bot.language.intents import ACTING, Intent
from bot.language.lexicon import lexicons
from bot.language.naming import Named, orders_named, places_named, products_named, suppliers_named
from bot.language.plain import plain
from orders.context import ReadingContext

_QUANTITY = re.compile(r"(?<![\w.,-])(\d{1,6})\s*(?:x\s*)?([a-z]+)?")
_NEEDS_ORDER = frozenset(
    {Intent.APPROVE, Intent.REJECT, Intent.CANCEL, Intent.SEND, Intent.CHANGE_ORDER, Intent.RECEIVE}
)
# Where two intents are heard, the one further in front is meant: an act before a question, the special before the general.
_PRECEDENCE = (
    Intent.APPROVE,
    Intent.REJECT,
    Intent.CANCEL,
    Intent.RECEIVE,
    Intent.CHANGE_ORDER,
    Intent.SEND,
    Intent.DRAFT_ORDER,
    Intent.HELP,
    Intent.REPORT,
    Intent.STOCKOUT,
    Intent.FORECAST,
    Intent.SALES,
    Intent.SUPPLIER,
    Intent.STOCK,
    Intent.ORDERS,
    Intent.ORDER_STATUS,
)


@dataclass(frozen=True, slots=True)
class Slots:
    """What the sentence names."""

    products: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    quantity: int | None = None  # base units
    date_from: date | None = None
    date_to: date | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """What somebody wants."""

    intent: Intent
    slots: Slots
    sure: bool
    candidates: tuple[str, ...] = ()

    @property
    def acts(self) -> bool:
        """True when carrying it out would change something."""
        return self.intent in ACTING

    def as_json(self) -> dict[str, Any]:
        """The answer of contracts/chat-language.md."""
        slots = self.slots
        return {
            "intent": self.intent.value,
            "slots": {
                "products": list(slots.products),
                "locations": list(slots.locations),
                "orders": list(slots.orders),
                "suppliers": list(slots.suppliers),
                "quantity": slots.quantity,
                "date_from": slots.date_from.isoformat() if slots.date_from else None,
                "date_to": slots.date_to.isoformat() if slots.date_to else None,
            },
            "sure": self.sure,
            "candidates": list(self.candidates),
            "acts": self.acts,
        }


def understand(text: str, context: ReadingContext) -> Understood:
    """Read one sentence."""
    products, suppliers = products_named(text, context), suppliers_named(text, context)
    places, orders = places_named(text, context), orders_named(text, context)
    since, until = period_of(text, context.today)
    heard = _heard(text)
    intent = _intent(heard, products, orders)
    quantity = _quantity(text, products.codes, orders, context) if intent in ACTING else None
    slots = Slots(products.codes, places.codes, orders, suppliers.codes, quantity, since, until)
    candidates = products.unclear or (suppliers.unclear if intent is Intent.SUPPLIER else ())
    if intent in _NEEDS_ORDER and not orders:
        candidates = tuple(order.number for order in context.orders[:5])
        return Understood(intent, slots, sure=False, candidates=candidates)
    sure = intent is not Intent.NONE and not candidates and not _is_undecided(heard, intent)
    return Understood(intent, slots, sure, candidates)


def _heard(text: str) -> dict[Intent, int]:
    """Intents by the length of the longest phrase that was heard for each."""
    spoken = f" {plain(text)} "
    found: dict[Intent, int] = {}
    for lexicon in lexicons():
        for intent, phrases in lexicon.intents.items():
            longest = max((len(phrase) for phrase in phrases if f" {phrase}" in spoken), default=0)
            if longest:
                found[intent] = max(found.get(intent, 0), longest)
    return found


def _intent(heard: dict[Intent, int], products: Named, orders: tuple[str, ...]) -> Intent:
    if not heard:
        if orders:
            return Intent.ORDER_STATUS
        return Intent.STOCK if products.codes or products.unclear else Intent.NONE
    if orders and set(heard) <= {Intent.ORDERS, Intent.ORDER_STATUS, Intent.STOCK}:
        return Intent.ORDER_STATUS
    return next(intent for intent in _PRECEDENCE if intent in heard)


def _is_undecided(heard: dict[Intent, int], intent: Intent) -> bool:
    """Two different acts in one sentence are never sure."""
    return intent in ACTING and len({each for each in heard if each in ACTING and each is not Intent.SEND}) > 1


def _quantity(text: str, products: tuple[str, ...], orders: tuple[str, ...], context: ReadingContext) -> int | None:
    """Base units; cases are counted with the pack of the product on our orders, and not guessed when it is unknown."""
    serials = {number.rsplit("-", 1)[-1].lstrip("0") for number in orders}
    for match in _QUANTITY.finditer(plain(text)):
        unit = _unit(match[2] or "")
        if unit is None and match[1] in serials:
            continue
        if unit != "case":
            return int(match[1])
        packs = {line.pack_size for order in context.orders for line in order.lines if line.sku in products}
        return int(match[1]) * packs.pop() if len(packs) == 1 else None
    return None


def _unit(word: str) -> str | None:
    return next(
        (
            name
            for lexicon in lexicons()
            for name, words in lexicon.units.items()
            if word and any(word.startswith(each) for each in words)
        ),
        None,
    )
