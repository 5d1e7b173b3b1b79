"""Who sells a product to us, and on what terms."""

from collections.abc import Sequence

from bot.cards.blocks import Card, card, clipped, escaped, name, section
from orders.money import Money
from orders.wording import Wording
from store.queries.offers import Offer

SHOWN = 10


def offers_card(product: str, offers: Sequence[Offer], words: Wording) -> Card:
    """A line for each supplier, the preferred one first."""
    text = words.say("offers.title", product=clipped(product, 120))
    rows = [_row(offer, words) for offer in offers[:SHOWN]] or [words.say("offers.none")]
    return card(text, [section(f"*{escaped(text)}*\n" + "\n".join(rows))])


def _row(offer: Offer, words: Wording) -> str:
    price = words.money(Money(offer.unit_price, offer.currency)) if offer.unit_price is not None else "–"
    lead = words.count("supplier.days", offer.lead_time_days) if offer.lead_time_days is not None else "–"
    terms = words.say(
        "offers.terms", price=price, pack=words.number(offer.pack_size), least=words.number(offer.moq), lead=lead
    )
    mark = "⭐ " if offer.is_preferred else "• "
    code = f" · {escaped(offer.supplier_code)}" if offer.supplier_code else ""
    return f"{mark}*{name(offer.supplier_name)}* ({escaped(offer.supplier)}){code}\n    {terms}"
