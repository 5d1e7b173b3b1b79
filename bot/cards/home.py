"""What the App Home tab shows to a person whom the shop knows."""

from collections.abc import Sequence

from bot.cards.blocks import Card, divider, header
from bot.cards.help import help_card
from bot.cards.order_list import order_list
from bot.cards.trust import trust_section
from handlers.autonomy import SupplierStanding
from orders.purchase import PurchaseOrder
from orders.wording import Wording


def home_card(
    person: str,
    waiting: Sequence[PurchaseOrder],
    proposed: Sequence[PurchaseOrder],
    words: Wording,
    standings: Sequence[SupplierStanding] = (),
) -> Card:
    """Orders that wait, orders that the plan proposes, which suppliers are trusted, and what can be asked."""
    text = words.say("home.hello", name=person)
    line = divider().to_dict()
    blocks = [
        header(text).to_dict(),
        *order_list(waiting, words.say("orders.waiting"), words).blocks,
        line,
        *order_list(proposed, words.say("orders.proposed"), words).blocks,
        line,
        *(block.to_dict() for block in trust_section(standings, words)),
        *help_card(words).blocks,
    ]
    return Card(text, tuple(blocks))
