"""Stock as people ask for it: what is there, what is coming, how long it lasts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Coming:
    """Base units on their way: from which order, on which promised day (None: no firm date)."""

    order: str
    day: date | None
    quantity: int
    expected: date | None = None  # when it is likely to come, by what became of earlier deliveries


def parts_to_come(
    promised: Sequence[tuple[date | None, int]], expected: int, received: int, wished: date | None
) -> list[tuple[date | None, int, bool]]:
    """What of a line still comes: day, base units, and whether the day is promised.

    Receipts fill the earliest promises first. What no promise names is due on the wished day, or without a firm date
    once the supplier has answered for a part of the line.
    """
    left, arrived = max(0, expected - received), received
    parts: list[tuple[date | None, int, bool]] = []
    for day, quantity in promised:
        still, arrived = max(0, quantity - arrived), max(0, arrived - quantity)
        taken = min(still, left)
        if taken:
            parts.append((day, taken, day is not None))
            left -= taken
    if left:
        parts.append((None if promised else wished, left, False))
    return parts


@dataclass(frozen=True, slots=True)
class QuantityChange:
    """A person ordered another quantity of a product than the plan proposed; chosen 0 took the line out."""

    proposed: int
    chosen: int
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the last plan expects; a stock-out is a window: by these days stock has run out with 20, 50, 80 %."""

    demand_per_day: Decimal
    reorder_point: int
    order_up_to: int
    stockout_p20: date | None
    stockout_p50: date | None
    stockout_p80: date | None
    stockout_risk: Decimal
    order_quantity: int
    reason: str


@dataclass(frozen=True, slots=True)
class StockLevel:
    """One product at one location; all quantities in base units."""

    sku: str
    name: str
    unit: str
    location: str
    location_name: str
    on_hand: int
    reserved: int = 0
    planned: int = 0  # in proposals, drafts and orders that wait
    coming: tuple[Coming, ...] = ()
    outlook: Outlook | None = None

    @property
    def available(self) -> int:
        """On hand less what is reserved."""
        return self.on_hand - self.reserved

    @property
    def on_order(self) -> int:
        """What suppliers owe us."""
        return sum(each.quantity for each in self.coming)

    @property
    def is_low(self) -> bool:
        """True when available and coming together are at or below the reorder point."""
        return self.outlook is not None and self.available + self.on_order <= self.outlook.reorder_point


@dataclass(frozen=True, slots=True)
class ProposedTransfer:
    """Base units that the last plan wants moved from `source` to `location` (codes), and why in one sentence."""

    id: int
    sku: str
    name: str
    unit: str
    source: str
    location: str
    quantity: int
    reason: str


@dataclass(frozen=True, slots=True)
class IdleStock:
    """Stock of one product at one location that demand will not use: `surplus` base units worth `value` at cost.

    `is_dead` when nothing has been sold for so long that the plan expects no more demand; `days` is how long it lasts.
    """

    sku: str
    name: str
    location: str
    on_hand: int
    surplus: int
    value: Decimal
    currency: str
    is_dead: bool
    days: int | None
