"""What sold, and what is expected to sell."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block

from bot.cards.blocks import Card, card, context, escaped, name, section
from bot.cards.stock import window
from orders.stock import StockLevel
from orders.wording import Wording
from store.queries.sales import Sold

SHOWN = 12


def sales_card(sold: Sold, since: date, until: date, words: Wording) -> Card:
    """Units by product, the most first."""
    text = words.say("sales.title", since=words.day(since), until=words.day(until))
    if not sold.products:
        return card(text, [section(f"*{text}*\n{words.say('sales.none')}")])
    rows = [f"• *{words.number(each.units)}* {name(each.name)} ({escaped(each.sku)})" for each in sold.most[:SHOWN]]
    total = words.count("sales.total", sold.products, units=words.number(sold.units))
    blocks: list[Block] = [section(f"*{text}*\n" + "\n".join(rows)), context(total)]
    return card(text, blocks)


def forecast_card(levels: Sequence[StockLevel], since: date, until: date, words: Wording) -> Card:
    """Expected demand from `since` to `until`, both included, and until when stock lasts."""
    days = (until - since).days + 1
    rows = []
    for level in levels[:SHOWN]:
        if level.outlook is None:
            said = words.say("stock.not-planned")
        else:
            units = words.number(round(level.outlook.demand_per_day * days))
            said = words.say("sales.expected", units=units, window=window(level.outlook, words))
        rows.append(f"• {name(level.name)} · {name(level.location)}: {said}")
    text = words.say("sales.forecast", since=words.day(since), until=words.day(until))
    return card(text, [section(f"*{text}*\n" + ("\n".join(rows) or words.say("stock.none")))])
