"""How long stock lasts at the plan's demand: what a supplier's answer does to the day on which it runs out.

A plain walk at the mean demand, with the figures that the store keeps; chances are the planner's business.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from orders.purchase import OrderLine, PurchaseOrder
from orders.reply import LineReading, Outcome
from orders.stock import Coming

SIGHT = 120  # days that are looked ahead


@dataclass(frozen=True, slots=True)
class Effect:
    """A line's product: when stock runs out as ordered and as answered (None: not within sight)."""

    line: int
    as_ordered: date | None
    as_answered: date | None

    @property
    def is_worse(self) -> bool:
        """True when stock runs out sooner than it would have."""
        return self.as_answered is not None and (self.as_ordered is None or self.as_answered < self.as_ordered)


def runs_out_on(available: int, demand_per_day: Decimal, coming: Iterable[Coming], today: date) -> date | None:
    """The first day whose demand cannot be met in full; goods arrive before the day's demand, undated ones never."""
    if demand_per_day <= 0:
        return None
    arriving: dict[date, int] = {}
    for each in coming:
        if each.day is not None:
            day = max(each.day, today)
            arriving[day] = arriving.get(day, 0) + each.quantity
    left = Decimal(available)
    for ahead in range(SIGHT):
        day = today + timedelta(days=ahead)
        left += arriving.get(day, 0) - demand_per_day
        if left < 0:
            return day
    return None


def arrivals_as_ordered(order: PurchaseOrder, line: OrderLine) -> tuple[Coming, ...]:
    """What the order itself was to bring of this line."""
    return (Coming(order.number, order.delivery_date, max(0, line.quantity - line.received)),)


def arrivals_as_answered(order: PurchaseOrder, line: OrderLine, reading: LineReading) -> tuple[Coming, ...]:
    """What the answer leaves of it. A part without a day is never counted on."""
    if reading.outcome is Outcome.UNMENTIONED:
        return arrivals_as_ordered(order, line)
    if reading.outcome in {Outcome.REJECTED, Outcome.SUBSTITUTED}:
        return ()
    if reading.outcome is Outcome.BACKORDERED:
        return ()
    quantity = line.quantity if reading.quantity is None else reading.quantity
    left = max(0, quantity - line.received)
    if not reading.deliveries:
        return (Coming(order.number, order.delivery_date, left),)
    return tuple(Coming(order.number, each.date, each.quantity) for each in reading.deliveries)
