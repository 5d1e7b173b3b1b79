"""A sentence to an intent and its slots; `sure` only when one reading stands out (contracts/chat-language.md)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rapidfuzz import process

from bot.language.choosing import Choice, choose
from bot.language.days import Period, period_of
from bot.language.hearing import Heard, heard_in
from bot.language.intents import ACTING, Intent
from bot.language.lexicon import lexicon
from bot.language.mood import Mood, mood_of
from bot.language.naming import OrdersNamed, Spoken, named_in, nearest_products, orders_named
from bot.language.plain import is_number, parts_of, plain
from bot.language.quantities import counting_words, names_line, quantity_of
from orders.context import ReadingContext

CANDIDATES = 5
_NEEDS_ORDER = frozenset(
    {Intent.APPROVE, Intent.REJECT, Intent.CANCEL, Intent.SEND, Intent.CHANGE_ORDER, Intent.RECEIVE}
)
_NEEDS_PRODUCT = frozenset({Intent.STOCK, Intent.FORECAST, Intent.DRAFT_ORDER})


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


@dataclass(frozen=True, slots=True)
class _Said:
    """Everything that was noticed of a sentence."""

    text: str  # plain
    mood: Mood
    spoken: Spoken
    orders: OrdersNamed
    heard: Heard
    quantity: int | None  # if the sentence acts

    @property
    def names_amount(self) -> bool:
        """True when a number counts goods of a product or a line."""
        return self.quantity is not None and bool(self.spoken.products.codes or names_line(self.text))


def understand(text: str, context: ReadingContext) -> Understood:
    """Read one sentence."""
    said = _notice(text, context)
    choice = choose(said.text, said.mood, said.heard, said.spoken, said.orders, names_amount=said.names_amount)
    period = period_of(said.text, context.today, is_past=choice.intent in {Intent.SALES, Intent.REPORT})
    if choice.intent is Intent.SALES and period.since is not None and period.since > context.today:
        choice = replace(choice, intent=Intent.FORECAST)
    if choice.intent is Intent.CHANGE_ORDER and period.since is None:
        period = replace(period, since=period.until)  # "move it to Friday" names the day itself
    slots = _slots(said, choice, period)
    candidates = _candidates(text, said, choice, slots, context)
    is_sure = choice.is_clear and not candidates and not _is_open(said, choice, slots)
    return Understood(choice.intent, slots, is_sure, candidates)


def _notice(text: str, context: ReadingContext) -> _Said:
    bare = plain(text)
    spoken = named_in(text, context)
    mood = mood_of(bare)
    days = period_of(bare, context.today, is_past=False).places
    is_order_given = mood.opening.startswith("order ") and bool(spoken.products.codes or spoken.products.unclear)
    orders = orders_named(
        _blank(bare, [*days, *_places_of(bare, spoken.coded)]),
        context,
        counts=counting_words(),
        is_order_given=is_order_given,
    )
    named = spoken.products.words | spoken.suppliers.words | spoken.places.words
    taken = [span for at, span in enumerate(_spans(bare, spoken.words)) if at in named]
    known = {spoken.words[at] for at in named}
    heard = heard_in(bare, mood, taken, known)
    counted = (*orders.spans, *days, *_numbers_in_names(bare, spoken))
    quantity = quantity_of(bare, spoken.products.codes, context, counted, spoken.coded)
    return _Said(bare, mood, spoken, orders, heard, quantity)


def _spans(text: str, words: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where each word stands."""
    spans, at = [], 0
    for word in words:
        start = text.index(word, at)
        at = start + len(word)
        spans.append((start, at))
    return spans


def _places_of(text: str, words: frozenset[str]) -> list[tuple[int, int]]:
    return [(text.index(word), text.index(word) + len(word)) for word in words if word in text]


def _blank(text: str, places: list[tuple[int, int]]) -> str:
    """The text with these places emptied, so that a date is not read as an order's number."""
    for start, end in places:
        text = text[:start] + "·" * (end - start) + text[end:]
    return text


def _slots(said: _Said, choice: Choice, period: Period) -> Slots:
    return Slots(
        said.spoken.products.codes,
        said.spoken.places.codes,
        said.orders.numbers,
        said.spoken.suppliers.codes,
        said.quantity if choice.intent in ACTING else None,
        period.since,
        period.until,
    )


def _numbers_in_names(text: str, spoken: Spoken) -> list[tuple[int, int]]:
    """Where the 2 of "2 % milk" stands, and the 60 of "60 mm nails": they count nothing."""
    spans = enumerate(_spans(text, spoken.words))
    return [span for at, span in spans if at in spoken.products.words and is_number(spoken.words[at])]


def _candidates(text: str, said: _Said, choice: Choice, slots: Slots, context: ReadingContext) -> tuple[str, ...]:
    """What to choose from, when something that the intent needs is not clear."""
    if choice.intent in {Intent.NONE, Intent.HELP}:
        return ()
    if choice.rivals:
        return tuple(intent.value for intent in choice.rivals)
    if said.orders.unknown or (choice.intent in _NEEDS_ORDER and not slots.orders):
        return _likely_orders(said, context)
    if _is_open(said, choice, slots):
        return nearest_products(text, context)
    return said.spoken.products.unclear or (() if slots.products else said.spoken.suppliers.unclear)


def _is_open(said: _Said, choice: Choice, slots: Slots) -> bool:
    """True when the sentence seems to name a product that nobody knows, or no order where one is needed."""
    if choice.intent in _NEEDS_ORDER:
        return not slots.orders
    lacks_product = choice.intent in _NEEDS_PRODUCT and not slots.products and not said.spoken.products.unclear
    return choice.intent is Intent.NONE or (lacks_product and _has_unknown_words(said))


def _likely_orders(said: _Said, context: ReadingContext) -> tuple[str, ...]:
    """Open orders that may be meant: by a number that looks like it, of the named supplier or product, else the newest."""
    if said.orders.unknown:
        numbers = [order.number for order in context.orders]
        return tuple(found for found, _, _ in process.extract(said.orders.unknown[0], numbers, limit=3))
    suppliers, products = set(said.spoken.suppliers.codes), set(said.spoken.products.codes)
    fitting = [
        order.number
        for order in context.orders
        if (not suppliers or order.supplier in suppliers)
        and (not products or products & {line.sku for line in order.lines})
    ]
    return tuple(sorted(fitting, reverse=True)[:CANDIDATES])


def _has_unknown_words(said: _Said) -> bool:
    used = said.spoken.products.words | said.spoken.places.words | said.spoken.suppliers.words
    return any(
        word not in lexicon().small and not is_number(word) and len(word) > 2
        for at, word in enumerate(parts_of(said.text))
        if at not in used
    )
