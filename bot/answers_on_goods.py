"""Answers about goods: what is there, what runs out, what sold, what will sell, who sells it to us."""

from datetime import date, timedelta

from bot.asked import Asked, not_understood, which_product
from bot.cards.blocks import Card
from bot.cards.offers import offers_card
from bot.cards.sales import forecast_card, sales_card
from bot.cards.stock import SHOWN, stock_card, stockout_card
from bot.cards.supplier import supplier_card
from handlers.viewing import supplier_view
from store.queries.offers import offers_of
from store.queries.sales import sold_between
from store.queries.stock import in_demand, products_running_out, running_out, stock_levels

WEEK = timedelta(days=6)  # both ends included


def stock(asked: Asked) -> Card:
    """What is there and what comes."""
    if not asked.said.slots.products:
        return which_product(asked)
    levels = stock_levels(asked.session, skus=asked.said.slots.products, location=asked.location)
    return stock_card(levels, asked.words)


def stockout(asked: Asked) -> Card:
    """What runs out; of named products when, even if that is far away."""
    wanted = asked.said.slots.products
    most = None if wanted else SHOWN
    running = running_out(asked.session, skus=wanted or None, location=asked.location, limit=most)
    if wanted and not running:
        return stock_card(stock_levels(asked.session, skus=wanted, location=asked.location), asked.words)
    total = None if wanted else products_running_out(asked.session, location=asked.location)
    return stockout_card(running, asked.words, total=total)


def forecast(asked: Asked) -> Card:
    """What will sell in the period that was named, else in a week from today; without a product, what sells most."""
    since = max(asked.said.slots.date_from or asked.desk.today, asked.desk.today)
    until = max(asked.said.slots.date_to or since + WEEK, since)
    wanted = asked.said.slots.products
    levels = (
        stock_levels(asked.session, skus=wanted, location=asked.location)
        if wanted
        else in_demand(asked.session, location=asked.location)
    )
    return forecast_card(levels, since, until, asked.words)


def sales(asked: Asked) -> Card:
    """What sold in the period that was named, else in the last seven days."""
    since, until = _past(asked)
    sold = sold_between(asked.session, since, until, skus=asked.said.slots.products or None, location=asked.location)
    return sales_card(sold, since, until, asked.words)


def _past(asked: Asked) -> tuple[date, date]:
    until = asked.said.slots.date_to or asked.desk.today - timedelta(days=1)
    since = asked.said.slots.date_from or until - WEEK
    return since, max(since, until)


def supplier(asked: Asked) -> Card:
    """A supplier at a glance; of a product, who sells it and on what terms."""
    if asked.supplier is not None:
        return supplier_card(supplier_view(asked.session, asked.supplier), asked.words)
    if not asked.said.slots.products:
        return not_understood(asked)
    sku = asked.said.slots.products[0]
    return offers_card(asked.names.get(sku, sku), offers_of(asked.session, sku), asked.words)
