"""Some items of all, evenly spread, with their sales: enough to learn what the shop has in common."""

import numpy as np

from planning.arrays import Whole
from planning.history import Packed, Sales

MOST = 2048  # items


def sampled(count: int, sales: Sales, size: int) -> tuple[Whole, Packed]:
    """Numbers of the chosen items of `count`, all of them where they are few, and their sales.

    `size` is the number of items in a block of the sales; the choice does not depend on it.
    """
    chosen = np.arange(count) if count <= MOST else np.arange(MOST) * count // MOST
    packed = Packed()
    for number, block in enumerate(sales.blocks):
        here = np.arange(*np.searchsorted(chosen, (number * size, (number + 1) * size)))
        if not len(here):
            continue
        place_of = np.full(size, -1, np.int32)
        place_of[chosen[here] - number * size] = here
        columns = zip(block.place, block.age, block.quantity, block.marks, block.promoted, strict=True)
        for place, age, quantity, marks, promoted in columns:
            new = place_of[place]
            kept = np.flatnonzero(new >= 0)
            if len(kept):
                packed.place.append(new[kept].astype(np.uint16))
                packed.age.append(age[kept])
                packed.quantity.append(quantity[kept])
                packed.marks.append(None if marks is None else marks[kept])
                packed.promoted.append(None if promoted is None else promoted[kept])
    return chosen, packed
