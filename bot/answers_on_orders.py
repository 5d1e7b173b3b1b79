"""Answers about orders: one by its number, or a list of those that wait, are late, were sent or arrive in a period."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from bot.asked import Asked
from bot.cards.blocks import Card
from bot.cards.effect import effect_card
from bot.cards.order import order_card
from bot.cards.order_list import order_list, transfer_rows
from bot.cards.problem import suggestions
from bot.language.lists import OrderList, asks_for_deliveries, list_asked_for
from handlers.delivery_effect import DeliveryChange, delivery_effect
from handlers.viewing import order_view
from orders.purchase import OrderState, PurchaseOrder
from orders.states import ENDED, ORDERED
from store.queries.order_periods import orders_due, orders_sent
from store.queries.orders import nearest_numbers, numbers_mentioned, orders_in
from store.queries.report import daily_report
from store.queries.transfers import proposed_transfers


def order_status(asked: Asked) -> Card:
    """One order's card; several as a list; a number that is none as the nearest ones."""
    numbers = asked.said.slots.orders or numbers_mentioned(asked.session, asked.text, this_year=asked.desk.today.year)
    if len(numbers) == 1:
        view = order_view(asked.session, numbers[0])
        shown = order_card(view, asked.words, asked.desk.zone)
        return replace(shown, pictured=numbers[0]) if view.order.state is OrderState.PROPOSED else shown
    if numbers:
        found = [order_view(asked.session, number).order for number in numbers]
        return order_list(found, asked.words.say("orders.open"), asked.words)
    if asked.supplier is not None:
        return orders(asked)
    near = asked.said.candidates or nearest_numbers(asked.session, asked.text) or _newest(asked.session)
    return suggestions(asked.words.say("chat.which-order"), [(number, number) for number in near])


def slipped(asked: Asked, days: int) -> Card | None:
    """What happens when the order that is named comes so many days later; None when none is."""
    numbers = asked.said.slots.orders or numbers_mentioned(asked.session, asked.text, this_year=asked.desk.today.year)
    if not numbers:
        return None
    found = delivery_effect(asked.session, DeliveryChange(numbers[0], days=days), clock=asked.desk.clock)
    return effect_card(found, days, asked.words)


def _newest(session: Session) -> tuple[str, ...]:
    return tuple(order.number for order in orders_in(session, frozenset(OrderState) - ENDED, limit=5))


def orders(asked: Asked) -> Card:
    """The list that was asked for; with a period, what was sent or what arrives in it."""
    wanted = list_asked_for(asked.text)
    slots = asked.said.slots
    if (slots.date_from or slots.date_to) and wanted in {OrderList.OPEN, OrderList.SENT}:
        found, heading = _in_period(asked)
    else:
        found = orders_in(asked.session, _STATES[wanted], supplier=asked.supplier)
        heading = asked.words.say(f"orders.{wanted}")
    if wanted is OrderList.LATE:
        late = {brief.number for brief in daily_report(asked.session, asked.desk.today).late}
        found = tuple(order for order in found if order.number in late)
    if slots.products:
        found = tuple(order for order in found if any(line.sku in slots.products for line in order.lines))
    if asked.supplier is not None:
        name = asked.names.get(asked.supplier, asked.supplier)
        heading = asked.words.say("orders.of-supplier", heading=heading, supplier=name)
    listed = order_list(found, heading, asked.words)
    if wanted is not OrderList.PROPOSED or asked.supplier is not None:
        return listed
    moved = transfer_rows(proposed_transfers(asked.session, location=asked.location), asked.words)
    return Card(listed.text, (*listed.blocks, *(row.to_dict() for row in moved)))


def _in_period(asked: Asked) -> tuple[tuple[PurchaseOrder, ...], str]:
    """Open ends reach as far as the day that is named, or today."""
    slots, today, words = asked.said.slots, asked.desk.today, asked.words
    if asks_for_deliveries(asked.text):
        since, until = slots.date_from or today, slots.date_to or slots.date_from or today
        found = orders_due(asked.session, since, until, supplier=asked.supplier)
        return found, words.say("orders.due-between", since=words.day(since), until=words.day(until))
    until = slots.date_to or today
    since = slots.date_from or until
    starts = datetime.combine(since, time.min, asked.desk.zone)
    ends = datetime.combine(until + timedelta(days=1), time.min, asked.desk.zone)
    found = orders_sent(asked.session, starts, ends, supplier=asked.supplier)
    return found, words.say("orders.sent-between", since=words.day(since), until=words.day(until))


_STATES: dict[OrderList, frozenset[OrderState]] = {
    OrderList.WAITING: frozenset({OrderState.AWAITING_APPROVAL}),
    OrderList.LATE: ORDERED,
    OrderList.PROPOSED: frozenset({OrderState.PROPOSED}),
    OrderList.SENT: ORDERED,
    OrderList.OPEN: frozenset(OrderState) - ENDED,
}
