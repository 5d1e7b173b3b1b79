"""A first look at all items together: plain means, and what each location would have sold had it not run out."""

import numpy as np

from planning.arrays import Numbers
from planning.history import Packed, Sales

HIDDEN = 0.5  # of the item's mean: roughly what a day that sold out has hidden


def plain_means(count: int, sales: Sales, size: int) -> tuple[Numbers, Numbers]:
    """Mean of each item's days without a mark, and the age of its oldest row."""
    total, oldest, marked = np.zeros(count), np.zeros(count), np.zeros(count)
    for number, packed in enumerate(sales.blocks):
        first = number * size
        here = slice(first, min(first + size, count))
        width = here.stop - here.start
        for place, age, quantity, marks in zip(packed.place, packed.age, packed.quantity, packed.marks, strict=True):
            told = quantity if marks is None else np.where(marks > 0, 0, quantity)
            total[here] += np.bincount(place, told, width)
            if marks is not None:
                marked[here] += np.bincount(place, marks > 0, width)
            starts = np.flatnonzero(np.diff(place, prepend=place[0] ^ 1))
            np.maximum.at(oldest[here], place[starts], np.maximum.reduceat(age, starts))
    return np.maximum(total, 0) / np.maximum(oldest - marked, 1), oldest


def add_what_was_missed(sales: Sales, means: Numbers, size: int) -> None:
    """Complete the totals of each location and day by what its marked items would have sold, in place.

    A shop that is filled on Mondays runs out towards Sunday: from raw sales its week would look as if Sundays were
    quiet.
    """
    for number, packed in enumerate(sales.blocks):
        _complete(sales, packed, means[number * size :], number * size)


def _complete(sales: Sales, packed: Packed, means: Numbers, first: int) -> None:
    groups, width = sales.sold.shape
    for place, age, quantity, marks in zip(packed.place, packed.age, packed.quantity, packed.marks, strict=True):
        if marks is None:
            continue
        is_marked = marks > 0
        mean = means[place[is_marked]]
        missed = np.where(marks[is_marked] == 1, HIDDEN * mean, np.maximum(mean - quantity[is_marked], 0))
        cell = sales.group[first + place[is_marked].astype(np.int64)].astype(np.int64) * width + age[is_marked]
        sales.sold += np.bincount(cell, missed, groups * width).reshape(groups, width)
