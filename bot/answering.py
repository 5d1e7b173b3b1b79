"""Answers a sentence, however it was said: slash command, mention or direct message share this one way."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.orm import Session

from bot.acting import CARRIED_OUT
from bot.answers_on_goods import forecast, sales, stock, stockout, supplier
from bot.answers_on_orders import order_status, orders, slipped
from bot.asked import Asked, not_understood, which, which_product
from bot.cards.blocks import Card, section
from bot.cards.confirm import confirm_card
from bot.cards.daily_report import daily_report as report_card
from bot.cards.help import help_card
from bot.cards.problem import suggestions
from bot.desk import Desk
from bot.language.intents import Intent
from bot.language.slipping import days_late
from bot.language.understanding import understand
from orders.context import ReadingContext
from orders.purchase import OrderState
from orders.states import ENDED
from orders.wording import Wording
from store.queries.orders import orders_in
from store.queries.reading_context import reading_context
from store.queries.report import daily_report


def answer(desk: Desk, text: str, words: Wording) -> Card:
    """The card that answers a sentence. A sentence changes nothing: what acts becomes a card to confirm."""
    with desk.store.reading() as session:
        context = context_of(desk, session)
        said = understand(text, context)
        asked = Asked(session, desk, words, text, said, names_by_code(context))
        late = days_late(text)
        if late is not None and (slipping := slipped(asked, late)) is not None:
            return slipping
        if not said.sure and said.candidates and said.intent is not Intent.ORDER_STATUS:
            return which(asked)
        if said.acts:
            return _to_confirm(asked)
        return _ANSWERS.get(said.intent, not_understood)(asked)


def _to_confirm(asked: Asked) -> Card:
    """What would change, with a button to confirm; what needs figures entered is done on the order's own card."""
    said, words = asked.said, asked.words
    if said.intent is Intent.DRAFT_ORDER and not said.slots.products:
        return which_product(asked)
    if said.intent is Intent.DRAFT_ORDER and said.slots.quantity is None:
        return suggestions(words.say("refusal.sentence-incomplete", missing=words.say("missing.quantity")), [])
    if said.intent.value in CARRIED_OUT:
        return confirm_card(said, asked.names, words)
    shown = order_status(asked)
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


def _report(asked: Asked) -> Card:
    return report_card(daily_report(asked.session, asked.desk.today), asked.words, with_charts=True)


def _help(asked: Asked) -> Card:
    return help_card(asked.words)


_ANSWERS: dict[Intent, Callable[[Asked], Card]] = {
    Intent.STOCK: stock,
    Intent.STOCKOUT: stockout,
    Intent.FORECAST: forecast,
    Intent.SALES: sales,
    Intent.ORDER_STATUS: order_status,
    Intent.ORDERS: orders,
    Intent.SUPPLIER: supplier,
    Intent.REPORT: _report,
    Intent.HELP: _help,
}
