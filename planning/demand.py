"""The demand matrix of one block of items: what was sold each day, and which days tell something."""

from dataclasses import dataclass

import numpy as np

from planning.arrays import Marks, Numbers, Whole
from planning.history import Packed
from planning.sums import marked

EMPTY_ALL_DAY = 2
SOLD_OUT = 1


@dataclass(slots=True)
class Demand:
    """Days × series. A day that is not live tells nothing: before launch, closed, or empty from the opening on."""

    quantity: Numbers  # float32, 0 on days that are not live
    is_live: Marks
    live_days: Whole  # of each series
    sold_out: tuple[Whole, Whole]  # day and series of each cell that is a lower bound of its demand
    is_whole: Marks  # of each series: only whole units were ever sold
    first_day: Whole  # of each series: the first live day; number of days when there was none
    has_history: Marks

    @property
    def days(self) -> int:
        """Length of the history in days."""
        return int(self.quantity.shape[0])


def build_demand(packed: Packed, days: int, launched: Whole, is_closed: Marks) -> Demand:
    """Spread packed sales over days × series.

    `launched` is the first day of each series as a day number, -1 where the table of items does not say. `is_closed`
    is days × series or days × 1. Returns reduce their day, never below zero.
    """
    series = len(launched)
    quantity, marks, is_whole = _spread(packed, days, series)
    was_seen = np.zeros((days, series), bool) if not packed.place else quantity != 0
    first_row = _first_rows(packed, days, series)
    has_history = first_row < days
    first_day = _first_days(was_seen, first_row, launched, days)
    np.maximum(quantity, 0, out=quantity)
    is_live = np.arange(days, dtype=np.int32)[:, None] >= first_day.astype(np.int32)
    if is_closed.any():
        is_live &= ~is_closed | (quantity > 0)
    sold_out: tuple[Whole, Whole] = (np.zeros(0, np.int64), np.zeros(0, np.int64))
    if marks is not None:
        is_live &= marks != EMPTY_ALL_DAY
        where = np.nonzero((marks == SOLD_OUT) & is_live)
        sold_out = (where[0], where[1])
    quantity *= is_live
    return Demand(quantity, is_live, marked(is_live), sold_out, is_whole, first_day, has_history)


def _spread(packed: Packed, days: int, series: int) -> tuple[Numbers, Whole | None, Marks]:
    if not packed.place:
        return np.zeros((days, series), np.float32), None, np.ones(series, bool)
    place = np.concatenate(packed.place).astype(np.int64)
    day = days - np.concatenate(packed.age).astype(np.int64)
    amounts = np.concatenate([each.astype(np.float32) for each in packed.quantity])
    cell = day * series + place
    dense = np.zeros((days, series), np.float32)
    np.add.at(dense.reshape(-1), cell, amounts)
    is_whole = np.ones(series, bool)
    if any(each.dtype.kind == "f" for each in packed.quantity):
        is_whole[place[amounts != np.rint(amounts)]] = False
    if all(each is None for each in packed.marks):
        return dense, None, is_whole
    marked = np.concatenate(
        [
            np.zeros(len(age), np.uint8) if each is None else each
            for each, age in zip(packed.marks, packed.age, strict=True)
        ]
    )
    marks = np.zeros(days * series, np.uint8)
    np.maximum.at(marks, cell[marked > 0], marked[marked > 0])
    return dense, marks.reshape(days, series), is_whole


def _first_rows(packed: Packed, days: int, series: int) -> Whole:
    """Day of the oldest row of each series, found run by run, since rows of one item mostly stand together."""
    oldest = np.zeros(series, np.int64)
    for place, age in zip(packed.place, packed.age, strict=True):
        starts = np.flatnonzero(np.diff(place, prepend=place[0] ^ 1))
        np.maximum.at(oldest, place[starts], np.maximum.reduceat(age, starts))
    return days - oldest


def _first_days(was_seen: Marks, first_row: Whole, launched: Whole, days: int) -> Whole:
    """The launch where it is known, else the first row.

    But where the silence before the first row is no longer than the item's usual silence, the item was there from the
    beginning, and leaving those days out would overstate its demand.
    """
    seen = marked(was_seen)
    usual_gap = (days - first_row) / np.maximum(seen, 1)
    was_there = (seen > 1) & (first_row <= 2 * usual_gap)
    guessed = np.where(was_there, 0, first_row)
    return np.where(launched >= 0, np.minimum(launched, days), guessed)
