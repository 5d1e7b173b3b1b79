"""What the shop has decided: its own choices and its rulebook, handed to every handler that must respect them."""

from dataclasses import dataclass

from orders.shop import Shop
from rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class House:
    """The shop's choices and the rules that orders and answers are judged by."""

    shop: Shop
    rulebook: Rulebook
