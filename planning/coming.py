"""Open deliveries, by item and day."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from planning import columns
from planning.arrays import Numbers, Whole
from planning.columns import Source
from planning.history import MOST_A_DAY
from planning.lookup import ItemNumbers

NEEDED = ("sku", "location", "date", "quantity")


@dataclass(frozen=True, slots=True)
class Coming:
    """What is on order, sorted by item number. An overdue delivery is expected today."""

    item: Whole
    in_days: Whole  # 0 is today
    quantity: Numbers
    unknown: int = 0  # rows of items that are not in the table of items

    def of(self, first: int, count: int) -> "Coming":
        """Deliveries of the items from `first` on, numbered from 0."""
        start, end = np.searchsorted(self.item, [first, first + count])
        return Coming(self.item[start:end] - first, self.in_days[start:end], self.quantity[start:end])

    def among(self, items: Whole) -> "Coming":
        """Deliveries of these items, whose numbers are in order, numbered by their place among them."""
        place = np.searchsorted(items, self.item).clip(max=max(len(items) - 1, 0))
        is_there = items[place] == self.item
        return Coming(place[is_there], self.in_days[is_there], self.quantity[is_there])

    def by_day(self, days: int, count: int) -> Numbers:
        """(days, items): what arrives on each of the next days."""
        near = self.in_days < days
        cell = self.in_days[near] * count + self.item[near]
        return np.bincount(cell, self.quantity[near], days * count).astype(np.float64).reshape(days, count)

    def due(self, within: Whole) -> Numbers:
        """What arrives of each item in the days before `within`."""
        near = self.in_days < within[self.item]
        return np.bincount(self.item[near], self.quantity[near], len(within)).astype(np.float64)


NOTHING_COMING = Coming(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


def read_coming(frame: pl.DataFrame, source: Source, numbers: ItemNumbers, today: date) -> Coming:
    """Open deliveries from their table; raises UnusableTable at the first unusable cell."""
    columns.demand_columns(frame.columns, NEEDED, source)
    keys = pl.DataFrame({name: columns.texts(frame, name, source) for name in ("sku", "location")})
    day = columns.days(frame, "date", source)
    quantity = columns.numbers(frame, "quantity", source, low=0, high=MOST_A_DAY).to_numpy()
    item = numbers.find(keys)
    order = np.argsort(item, kind="stable")
    order = order[item[order] >= 0]
    in_days = np.maximum(day.to_physical().to_numpy() - _day_number(today), 0)
    return Coming(item[order], in_days[order].astype(np.int64), quantity[order], int((item < 0).sum()))


def _day_number(day: date) -> int:
    return (day - date(1970, 1, 1)).days
