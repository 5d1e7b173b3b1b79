"""Figures of a mail in the order's own terms: base units, and the net price of one base unit."""

from decimal import Decimal

from mail.reading.doubts import Doubt
from mail.reading.figures import Price, Quantity
from mail.reading.lexicon import Unit
from orders.purchase import OrderLine

_DOZEN = 12
_MOST_OVER = Decimal("1.5")  # cases that would be more than this share of the order are counted in another unit
_MOST_TIMES = 10  # a quantity so many times the ordered one is another number
_CENT = Decimal("0.01")
_FINEST = Decimal("0.0001")
PLAUSIBLE = (Decimal("0.5"), Decimal(2))  # a new price outside this share of the old one is a slip of the unit


def pieces(said: Quantity, line: OrderLine) -> int | Doubt:
    """Base units that a quantity means on this line, or why that cannot be told."""
    counted = _counted(said, line)
    if isinstance(counted, int) and line.quantity and counted > line.quantity * _MOST_TIMES:
        return Doubt.QUANTITY_UNCLEAR  # a code or a year, hardly so many goods
    return counted


def _counted(said: Quantity, line: OrderLine) -> int | Doubt:
    if said.value != said.value.to_integral_value() and said.unit is not Unit.CASES:
        return Doubt.QUANTITY_UNCLEAR
    if said.unit is Unit.PIECES:
        return int(said.value)
    if said.unit is Unit.DOZENS:
        return int(said.value * _DOZEN)
    if said.unit is Unit.CASES:
        return _from_cases(said, line)
    if said.unit is not None:
        return Doubt.UNIT_UNKNOWN
    return _from_bare(int(said.value), line)


def _from_cases(said: Quantity, line: OrderLine) -> int | Doubt:
    if said.of is not None and said.of != line.pack_size:
        return Doubt.PACK_DIFFERS
    if line.pack_size <= 1:
        return Doubt.UNIT_UNKNOWN
    counted = said.value * line.pack_size
    if counted > line.quantity * _MOST_OVER and said.value <= line.quantity:
        return Doubt.UNIT_UNKNOWN  # "200 packs" of 300 reams: the pack is the ream
    return int(counted) if counted == counted.to_integral_value() else Doubt.QUANTITY_UNCLEAR


def _from_bare(number: int, line: OrderLine) -> int | Doubt:
    """A number with no unit counts pieces, unless as many cases would also fit into the order."""
    if number == 0 or line.pack_size == 1 or number * line.pack_size > line.quantity:
        return number
    return Doubt.UNIT_UNKNOWN


def base_price(said: Price, line: OrderLine, currency: str) -> Decimal | Doubt:
    """The net price of one base unit that a price means, or why that cannot be told."""
    if said.currency is not None and currency and said.currency != currency:
        return Doubt.CURRENCY
    divisor = said.basis
    if said.basis_unit is Unit.CASES:
        if line.pack_size <= 1:
            return Doubt.UNIT_UNKNOWN
        if said.of is not None and said.of != line.pack_size:
            return Doubt.PACK_DIFFERS
        divisor *= line.pack_size
    elif said.basis_unit not in (None, Unit.PIECES):
        return Doubt.UNIT_UNKNOWN
    price = said.amount / divisor
    if line.unit_price:
        low, high = PLAUSIBLE
        if not low < price / line.unit_price < high:
            return Doubt.PRICE_UNCLEAR
    return written(price, line.unit_price)


def written(price: Decimal, like: Decimal | None) -> Decimal:
    """The price with as many decimals as it needs, at least two; the order's own notation when it is the same price."""
    if like is not None and price == like:
        return like
    rounded = price.quantize(_FINEST)
    return rounded.quantize(_CENT) if rounded == rounded.quantize(_CENT) else rounded.normalize()
