"""Quantities in base units and the packs they are bought in."""

from orders.refusals import QuantityImpossible


def packs_up(quantity: int, pack_size: int) -> int:
    """The smallest multiple of `pack_size` (base units in a case) that is not below `quantity`."""
    if pack_size < 1:
        raise QuantityImpossible(pack_size, "pack-below-one")
    return -(-quantity // pack_size) * pack_size


def packs_down(quantity: int, pack_size: int) -> int:
    """The largest multiple of `pack_size` that is not above `quantity`."""
    if pack_size < 1:
        raise QuantityImpossible(pack_size, "pack-below-one")
    return quantity // pack_size * pack_size
