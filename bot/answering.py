"""Answers a sentence, however it was said: slash command, mention or direct message share this one way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy.orm import Session

from bot.acting import CARRIED_OUT
from bot.cards.blocks import Card, section
from bot.cards.confirm import confirm_card
from bot.cards.daily_report import daily_report as report_card
from bot.cards.help import help_card
from bot.cards.order import order_card
from bot.cards.order_list import order_list
from bot.cards.problem import suggestions
from bot.cards.sales import forecast_card, sales_card
from bot.cards.stock import stock_card, stockout_card
from bot.cards.supplier import supplier_card
from bot.desk import Desk
from bot.language.intents import ACTING, Intent
from bot.language.lists import OrderList, list_asked_for
from bot.language.understanding import Understood, understand
from handlers.viewing import order_view, supplier_view
from orders.context import ReadingContext
from orders.purchase import OrderState, PurchaseOrder
from orders.states import ENDED, ORDERED
from orders.wording import Wording
from store.queries.catalogue import nearest_products
from store.queries.orders import nearest_numbers, numbers_mentioned, orders_in
from store.queries.reading_context import reading_context
from store.queries.report import daily_report
from store.queries.sales import sold_between
from store.queries.stock import running_out, stock_levels


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: what was understood of it, and what an answer needs."""

    session: Session
    desk: Desk
    words: Wording
    text: str
    said: Understood
    names: Mapping[str, str]  # by code, of products, suppliers and places


def answer(desk: Desk, text: str, words: Wording) -> Card:
    """The card that answers a sentence. A sentence changes nothing: what acts becomes a card to confirm."""
    with desk.store.reading() as session:
        context = context_of(desk, session)
        said = understand(text, context)
        asked = Asked(session, desk, words, text, said, names_by_code(context))
        if not said.sure and said.candidates and said.intent is not Intent.ORDER_STATUS:
            return _which(asked)
        if said.acts:
            return _to_confirm(asked)
        return _ANSWERS.get(said.intent, _not_understood)(asked)


def _to_confirm(asked: Asked) -> Card:
    """What would change, with a button to confirm; what needs figures entered is done on the order's own card."""
    said, words = asked.said, asked.words
    if said.intent is Intent.DRAFT_ORDER and not said.slots.products:
        return _which_product(asked)
    if said.intent is Intent.DRAFT_ORDER and said.slots.quantity is None:
        return suggestions(words.say("refusal.sentence-incomplete", missing=words.say("missing.quantity")), [])
    if said.intent.value in CARRIED_OUT:
        return confirm_card(said, asked.names, words)
    shown = _order_status(asked)
    return Card(shown.text, (section(words.say("chat.use-buttons")).to_dict(), *shown.blocks))


def context_of(desk: Desk, session: Session) -> ReadingContext:
    """What the language room may know: suppliers, products, places, people, and every order that has not ended."""
    shop = desk.house.shop
    context = reading_context(session, today=desk.today, timezone=shop.timezone, mailbox=shop.mailbox)
    return replace(context, orders=orders_in(session, frozenset(OrderState) - ENDED))


def names_by_code(context: ReadingContext) -> dict[str, str]:
    """What codes mean, for cards that repeat what was understood."""
    return {
        **{product.sku: product.name for product in context.products},
        **{supplier.code: supplier.name for supplier in context.suppliers},
        **{place.code: place.name for place in context.locations},
    }


def _stock(asked: Asked) -> Card:
    place = next(iter(asked.said.slots.locations), None)
    if not asked.said.slots.products:
        return _which_product(asked)
    return stock_card(stock_levels(asked.session, skus=asked.said.slots.products, location=place), asked.words)


def _stockout(asked: Asked) -> Card:
    place = next(iter(asked.said.slots.locations), None)
    levels = running_out(asked.session, location=place)
    wanted = asked.said.slots.products
    return stockout_card([level for level in levels if not wanted or level.sku in wanted], asked.words)


def _forecast(asked: Asked) -> Card:
    if not asked.said.slots.products:
        return _which_product(asked)
    return forecast_card(stock_levels(asked.session, skus=asked.said.slots.products), asked.words)


def _sales(asked: Asked) -> Card:
    slots = asked.said.slots
    until = slots.date_to or asked.desk.today - timedelta(days=1)
    since = slots.date_from or until - timedelta(days=6)
    sold = sold_between(asked.session, since, until, skus=slots.products or None)
    return sales_card(sold, since, until, asked.words)


def _order_status(asked: Asked) -> Card:
    numbers = asked.said.slots.orders
    if len(numbers) == 1:
        return order_card(order_view(asked.session, numbers[0]), asked.words, asked.desk.zone)
    if numbers:
        found = [order_view(asked.session, number).order for number in numbers]
        return order_list(found, asked.words.say("orders.open"), asked.words)
    ended = numbers_mentioned(asked.session, asked.text, this_year=asked.desk.today.year)
    if len(ended) == 1:
        return order_card(order_view(asked.session, ended[0]), asked.words, asked.desk.zone)
    near = ended or asked.said.candidates or nearest_numbers(asked.session, asked.text) or _newest(asked.session)
    return suggestions(asked.words.say("chat.which-order"), [(number, number) for number in near])


def _newest(session: Session) -> tuple[str, ...]:
    return tuple(order.number for order in orders_in(session, frozenset(OrderState) - ENDED, limit=5))


def _orders(asked: Asked) -> Card:
    words, session = asked.words, asked.session
    wanted = list_asked_for(asked.text)
    supplier = next(iter(asked.said.slots.suppliers), None)
    found: tuple[PurchaseOrder, ...] = orders_in(session, _STATES[wanted], supplier=supplier)
    if wanted is OrderList.LATE:
        late = {brief.number for brief in daily_report(session, asked.desk.today).late}
        found = tuple(order for order in found if order.number in late)
    if supplier is not None:
        return order_list(found, words.say("orders.of-supplier", supplier=supplier), words)
    return order_list(found, words.say(f"orders.{wanted}"), words)


_STATES: dict[OrderList, frozenset[OrderState]] = {
    OrderList.WAITING: frozenset({OrderState.AWAITING_APPROVAL}),
    OrderList.LATE: ORDERED,
    OrderList.PROPOSED: frozenset({OrderState.PROPOSED}),
    OrderList.SENT: ORDERED,
    OrderList.OPEN: frozenset(OrderState) - ENDED,
}


def _supplier(asked: Asked) -> Card:
    codes = asked.said.slots.suppliers
    if not codes:
        return _not_understood(asked)
    return supplier_card(supplier_view(asked.session, codes[0]), asked.words)


def _report(asked: Asked) -> Card:
    return report_card(daily_report(asked.session, asked.desk.today), asked.words, with_charts=True)


def _help(asked: Asked) -> Card:
    return help_card(asked.words)


def _which(asked: Asked) -> Card:
    asks = [_choice(asked, candidate) for candidate in asked.said.candidates]
    return suggestions(asked.words.say("chat.which"), asks)


def _choice(asked: Asked, candidate: str) -> tuple[str, str]:
    """A button's words and the sentence that it asks: the same with what was missing, or one act for its orders."""
    if candidate in ACTING:
        label = asked.words.say(f"chat.intent-{candidate}")
        return label, f"{label} {' '.join(asked.said.slots.orders)}"
    name = asked.names.get(candidate)
    return (f"{name} ({candidate})" if name else candidate), f"{asked.text} {candidate}"


def _which_product(asked: Asked) -> Card:
    near = nearest_products(asked.session, asked.text)
    asks = [(name, f"{asked.said.intent.value} {name.split(' (')[0]}") for name in near]
    return suggestions(asked.words.say("chat.which-product"), asks)


def _not_understood(asked: Asked) -> Card:
    asks = [(asked.words.say(f"chat.try-{name}"), asked.words.say(f"chat.try-{name}")) for name in _TRIES]
    return suggestions(asked.words.say("chat.not-understood"), asks)


_TRIES = ("stockout", "waiting", "late", "help")
_ANSWERS: dict[Intent, Callable[[Asked], Card]] = {
    Intent.STOCK: _stock,
    Intent.STOCKOUT: _stockout,
    Intent.FORECAST: _forecast,
    Intent.SALES: _sales,
    Intent.ORDER_STATUS: _order_status,
    Intent.ORDERS: _orders,
    Intent.SUPPLIER: _supplier,
    Intent.REPORT: _report,
    Intent.HELP: _help,
}
