"""A supplier at a glance: whom to ask, on what terms it sells, how reliable it is."""

from bot.cards.blocks import Card, card, context, escaped, fields, section
from handlers.viewing import SupplierView
from orders.money import Money
from orders.wording import Wording


def supplier_card(view: SupplierView, words: Wording) -> Card:
    """The card of a supplier."""
    text = words.say("supplier.title", name=view.name, code=view.code)
    least = words.money(Money(view.minimum, view.currency)) if view.minimum is not None else "–"
    lead = words.count("supplier.days", view.lead_time_days) if view.lead_time_days is not None else "–"
    blocks = [
        section(f"*{escaped(text)}*" + (f"\n⛔ {escaped(view.blocked_because)}" if view.is_blocked else "")),
        fields(
            f"*{words.say('supplier.contact')}*\n{escaped(view.contact or '–')}\n{escaped(view.email or '–')}",
            f"*{words.say('supplier.lead-time')}*\n{lead}",
            f"*{words.say('supplier.minimum')}*\n{least}",
            f"*{words.say('supplier.products')}*\n{words.number(view.products)}",
        ),
        context(words.say("supplier.orders", open=words.number(view.open_orders), sent=words.number(view.sent_orders))),
    ]
    return card(text, blocks)
