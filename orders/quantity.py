"""Quantities in base units and the packs they are bought in."""

from orders.refusals import QuantityImpossible

MOST = 100_000_000  # base units of one line; above it somebody's finger slipped, and sums would overflow


def require_quantity(quantity: int) -> None:
    """Raise QuantityImpossible for what nobody can order: nothing, less than nothing, or absurdly much."""
    if quantity <= 0:
        raise QuantityImpossible(quantity, "not-above-zero")
    if quantity > MOST:
        raise QuantityImpossible(quantity, "too-large")


def packs_up(quantity: int, pack_size: int) -> int:
    """The smallest multiple of `pack_size` (base units in a case) that is not below `quantity`."""
    if pack_size < 1:
        raise QuantityImpossible(pack_size, "pack-below-one")
    return -(-quantity // pack_size) * pack_size
