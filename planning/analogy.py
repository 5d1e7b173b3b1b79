"""What a new item may be expected to sell, judged by the other items of its category."""

import numpy as np
import polars as pl

from planning.arrays import Numbers
from planning.history import Sales
from planning.settings import PlanSettings


def category_means(items: pl.DataFrame, sales: Sales, settings: PlanSettings) -> Numbers:
    """Mean daily demand of the items of each item's category at its location.

    NaN where it has no category or no item of it is old enough. Where the location has none, the category's mean over
    all locations is taken.
    """
    if items["category"].is_null().all():
        return np.full(items.height, np.nan)
    mean, age = _item_means(items.height, sales, settings.block_items)
    frame = items.select("category", "location").with_columns(
        mean=pl.when(pl.Series(age) >= max(settings.new_days, 1)).then(pl.Series(mean))
    )
    found = frame.select(
        pl.when(pl.col("category").is_not_null()).then(
            pl.coalesce(pl.col("mean").mean().over("category", "location"), pl.col("mean").mean().over("category"))
        )
    ).to_series()
    return found.fill_null(np.nan).to_numpy()


def _item_means(count: int, sales: Sales, size: int) -> tuple[Numbers, Numbers]:
    total, oldest = np.zeros(count), np.zeros(count)
    for number, packed in enumerate(sales.blocks):
        first = number * size
        for place, age, quantity in zip(packed.place, packed.age, packed.quantity, strict=True):
            here = slice(first, min(first + size, count))
            width = here.stop - here.start
            total[here] += np.bincount(place, quantity, width)
            starts = np.flatnonzero(np.diff(place, prepend=place[0] ^ 1))
            np.maximum.at(oldest[here], place[starts], np.maximum.reduceat(age, starts))
    return np.maximum(total, 0) / np.maximum(oldest, 1), oldest
