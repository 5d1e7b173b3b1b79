"""A list of orders in chat."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.cards.blocks import Card, button, card, clipped, context, escaped, name, section
from bot.cards.ids import ActionId
from bot.cards.order import REASON_LIMIT, title
from orders.purchase import PurchaseOrder
from orders.stock import ProposedTransfer
from orders.wording import Wording

SHOWN = 10


def transfer_rows(transfers: Sequence[ProposedTransfer], words: Wording) -> list[Block]:
    """What is to be moved between places, each with its reason; nothing when there is nothing to move."""
    if not transfers:
        return []
    rows: list[Block] = [section(f"*{escaped(words.say('orders.transfers'))}*")]
    for each in transfers[:SHOWN]:
        told = f"*{words.number(each.quantity)}* × {name(each.name)} · {name(each.source)} → {name(each.location)}"
        done = button(words.say("orders.moved"), ActionId.MOVED, f"{each.id}|{each.quantity}")
        rows += [section(told, done), context(escaped(clipped(each.reason, REASON_LIMIT)))]
    if len(transfers) > SHOWN:
        rows.append(context(words.count("orders.more", len(transfers) - SHOWN)))
    return rows


def order_list(orders: Sequence[PurchaseOrder], heading: str, words: Wording) -> Card:
    """One line an order; an empty list says so kindly."""
    if not orders:
        text = words.say("orders.none")
        return card(text, [section(f"*{escaped(heading)}*\n{text}")])
    rows: list[Block] = [section(f"*{escaped(heading)}*")]
    for order in orders[:SHOWN]:
        day = words.day(order.delivery_date) if order.delivery_date else words.say("card.no-date")
        state = words.say(f"state.{order.state.value}")
        rows.append(
            section(
                f"{escaped(title(order))}\n{words.money(order.total)} · {state} · {day}",
                button(words.say("card.details"), ActionId.DETAILS, order.number),
            )
        )
    if len(orders) > SHOWN:
        rows.append(context(words.count("orders.more", len(orders) - SHOWN)))
    return card(heading, rows)
