"""Finding the number of an item by sku and location, for millions of rows in little memory."""

import numpy as np
import polars as pl

from planning.arrays import Whole

FEW = 200_000  # up to here a search by hash is cheaper than building a join


class ItemNumbers:
    """Numbers of the items of a table, in its order."""

    def __init__(self, keys: pl.DataFrame) -> None:
        self._keys = keys.select("sku", "location").with_row_index("number")
        hashes = _hashes(keys)
        self._order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[self._order]

    def find(self, rows: pl.DataFrame) -> Whole:
        """The number of each row's item, -1 where there is no such item. A run of equal keys is looked up once."""
        heads = rows.select(
            ((pl.col("sku") != pl.col("sku").shift()) | (pl.col("location") != pl.col("location").shift())).fill_null(
                value=True
            )
        ).to_series()
        starts = np.flatnonzero(heads.to_numpy())
        found = self._find_each(rows.filter(heads).select("sku", "location"))
        return np.repeat(found, np.diff(np.append(starts, rows.height)))

    def _find_each(self, rows: pl.DataFrame) -> Whole:
        if rows.height > FEW or not len(self._hashes):
            joined = rows.join(self._keys, on=["sku", "location"], how="left", maintain_order="left")
            return joined["number"].cast(pl.Int64).fill_null(-1).to_numpy()
        place = np.searchsorted(self._hashes, _hashes(rows)).clip(max=len(self._hashes) - 1)
        number = self._order[place]
        there = self._keys[number]
        is_same = (there["sku"] == rows["sku"]) & (there["location"] == rows["location"])
        return np.where(is_same.to_numpy(), number, -1)


def _hashes(rows: pl.DataFrame) -> Whole:
    return rows.select(pl.struct("sku", "location").hash(seed=1)).to_series().to_numpy()
