"""What a new item may be expected to sell, judged by the other items of its category."""

import numpy as np
import polars as pl

from planning.arrays import Numbers
from planning.settings import PlanSettings


def category_means(items: pl.DataFrame, means: Numbers, age: Numbers, settings: PlanSettings) -> Numbers:
    """Mean daily demand of the items of each item's category at its location, from the means and ages of all items.

    NaN where it has no category or no item of it is old enough. Where the location has none, the category's mean over
    all locations is taken.
    """
    if items["category"].is_null().all():
        return np.full(items.height, np.nan)
    frame = items.select("category", "location").with_columns(
        mean=pl.when(pl.Series(age) >= max(settings.new_days, 1)).then(pl.Series(means))
    )
    found = frame.select(
        pl.when(pl.col("category").is_not_null()).then(
            pl.coalesce(pl.col("mean").mean().over("category", "location"), pl.col("mean").mean().over("category"))
        )
    ).to_series()
    return found.fill_null(np.nan).to_numpy()
