"""Which location supplies which: a row may name another location of its product, from which it is filled instead of bought."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from planning.arrays import Marks, Whole
from planning.columns import Source, clipped
from planning.lookup import ItemNumbers
from planning.problems import UnusableTable


@dataclass(frozen=True, slots=True)
class Network:
    """The source of each item: the number of the central row that fills it, -1 where the item is bought."""

    source: Whole

    @property
    def is_supplied(self) -> Marks:
        """Items that are filled from a central row."""
        return self.source >= 0

    @property
    def central(self) -> Whole:
        """Numbers of the rows that fill others, in order."""
        return np.unique(self.source[self.is_supplied])

    @property
    def is_empty(self) -> bool:
        """True when every item is bought."""
        return not self.is_supplied.any()


def read_network(items: pl.DataFrame, numbers: ItemNumbers, source: Source) -> Network:
    """Who fills whom; raises UnusableTable for a source that has no row of the product, or is itself supplied."""
    found = np.full(items.height, -1, np.int64)
    rows = np.flatnonzero(items["supplied_from"].is_not_null().to_numpy())
    if not len(rows):
        return Network(found)
    named = items[rows]
    itself = (named["supplied_from"] == named["location"]).to_numpy()
    _refuse(rows[itself], items, source, "is where the row itself is")
    found[rows] = numbers.find(named.select("sku", location="supplied_from"))
    _refuse(rows[found[rows] < 0], items, source, "has no row of this product")
    _refuse(rows[found[found[rows]] >= 0], items, source, "is itself supplied from elsewhere; one step is understood")
    return Network(found)


def _refuse(rows: Whole, items: pl.DataFrame, source: Source, what: str) -> None:
    if len(rows):
        row = int(rows[0])
        shown = clipped(items["supplied_from"][row])
        raise UnusableTable(source.name, f"{shown!r} {what}", row=row + source.first_row, column="supplied_from")
