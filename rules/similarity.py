"""How alike two orders are, to find one that was placed twice."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from orders.purchase import PurchaseOrder
from orders.states import ENDED


def likeness(left: PurchaseOrder, right: PurchaseOrder) -> Decimal:
    """Percent: the mean over all articles of either order of the smaller quantity by the larger one.

    Each article counts the same, whatever its unit; an article that only one order has counts as nothing.
    """
    ours, theirs = _quantities(left), _quantities(right)
    articles = set(ours) | set(theirs)
    if not articles:
        return Decimal(0)
    shares = (
        Decimal(min(ours[sku], theirs[sku])) / max(ours[sku], theirs[sku])
        for sku in articles
        if min(ours[sku], theirs[sku]) > 0
    )
    return (100 * sum(shares, Decimal(0)) / len(articles)).quantize(Decimal("0.1"))


def most_like(
    order: PurchaseOrder, others: Iterable[PurchaseOrder], *, today: date, within_days: int
) -> tuple[str, Decimal] | None:
    """Number and likeness of the open order most like this one, not sent yet or sent within the window; None without one."""
    earliest = today - timedelta(days=within_days)
    found = [
        (likeness(order, other), other.number)
        for other in others
        if other.number != order.number
        and other.supplier == order.supplier
        and other.location == order.location
        and other.state not in ENDED
        and (other.sent_on is None or other.sent_on >= earliest)
    ]
    if not found:
        return None
    alike, number = max(found)
    return number, alike


def _quantities(order: PurchaseOrder) -> Counter[str]:
    total: Counter[str] = Counter()
    for line in order.lines:
        total[line.sku] += line.quantity
    return total
