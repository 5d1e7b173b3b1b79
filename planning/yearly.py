"""The shape of the year: what all items of a category, or of a location, sell more of at one time of it than at another.

It is believed as far as two years agree. What happened once, growth among it, is no season.
"""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from planning.arrays import Numbers, Whole
from planning.demand import Demand
from planning.history import MAX_GROUPS, Sales

YEAR = 365
LEAST_OVERLAP = 182  # days that were seen in two years
WINDOW = 21  # days that totals are smoothed over, whole weeks
BELIEVED_FROM = 0.3  # correlation of the two years below which there is no season
BLOCK = 28  # days of the sums by which an item's own part in the season is judged
OWN_SPREAD = 0.25  # variance of that part between the items of a group
LEAST_FACTOR = 0.2


@dataclass(frozen=True, slots=True)
class YearShape:
    """Factors of groups of items, 1 on average over a year."""

    group: Whole  # of each item
    past: Numbers  # (groups, days), oldest first
    coming: Numbers  # (groups, 366): mean factor of the next n days, today among them; 1 for n = 0

    def of(self, first: int, count: int) -> "YearShape":
        """The same for some items."""
        return replace(self, group=self.group[first : first + count])

    def padded(self, lanes: int) -> "YearShape":
        """The same with items of the first group added up to `lanes`."""
        return replace(self, group=np.pad(self.group, (0, lanes - len(self.group))))


def learn_year(items: pl.DataFrame, sales: Sales, size: int) -> YearShape | None:
    """The year of each category, or of the location of items without one; None where it is too short or shows nothing.

    `size` is the number of items in a block of the sales.
    """
    if sales.days < YEAR + LEAST_OVERLAP:
        return None
    names = items.select(pl.coalesce(pl.lit("c") + pl.col("category"), pl.lit("l") + pl.col("location"))).to_series()
    group = names.rank("dense").cast(pl.Int32).to_numpy() - 1
    if items["category"].is_null().all() or group.max() >= MAX_GROUPS:
        return year_of(sales.group, sales.sold[:, sales.days : 0 : -1])
    return year_of(group, _totals(group, sales, size))


def _totals(group: Whole, sales: Sales, size: int) -> Numbers:
    """What each group sold by day, oldest first."""
    groups, width = int(group.max()) + 1, sales.days + 1
    found = np.zeros(groups * width)
    for number, packed in enumerate(sales.blocks):
        for place, age, quantity in zip(packed.place, packed.age, packed.quantity, strict=True):
            cell = group[number * size + place.astype(np.int64)].astype(np.int64) * width + age
            found += np.bincount(cell, np.maximum(quantity, 0), groups * width)
    return found.reshape(groups, width)[:, :0:-1]


def year_of(group: Whole, totals: Numbers) -> YearShape | None:
    """What totals (groups, days), oldest first, say of the year."""
    days = totals.shape[1]
    overlap = min(days - YEAR, YEAR)
    smooth = _smoothed(totals)
    is_known = (smooth[:, -overlap - YEAR :] > 0).all(axis=1, keepdims=True)
    level = np.log(np.where(is_known, np.maximum(smooth, 1e-12), 1))[:, -2 * YEAR :]
    now, before = level[:, -overlap:], level[:, -overlap - YEAR : -YEAR]
    slope = (now - before).mean(axis=1, keepdims=True) / YEAR
    level = np.where(is_known, level - slope * np.arange(level.shape[1]), 0)
    belief = np.clip((_agreement(level, overlap) - BELIEVED_FROM) / (1 - BELIEVED_FROM), 0, 1)
    if not belief.any():
        return None
    shape = _by_day_of_year(level)  # column 0 is the day of the year of the oldest day of `level`
    factor = np.exp(belief[:, None] * (shape - shape.mean(axis=1, keepdims=True)))
    factor /= factor.mean(axis=1, keepdims=True)
    start = days - level.shape[1]
    past = factor[:, (np.arange(days) - start) % YEAR]
    ahead = factor[:, (np.arange(days, days + YEAR) - start) % YEAR]
    coming = np.cumsum(ahead, axis=1) / np.arange(1, YEAR + 1)
    return YearShape(group, past.astype(np.float32), np.hstack([np.ones((len(coming), 1)), coming]))


def own_part(demand: Demand, year: YearShape) -> Numbers:
    """How far each series takes part in the season of its group: 1 like the group, 0 not at all.

    The slope of its own sums of four weeks on those of the group's factors, drawn to 1 by their noise (empirical Bayes).
    """
    starts = np.arange(demand.days % BLOCK, demand.days, BLOCK)
    count = np.add.reduceat(demand.is_live, starts, axis=0, dtype=np.float32)
    is_told = count >= BLOCK / 2
    sums = np.add.reduceat(demand.quantity, starts, axis=0) * is_told / np.maximum(count, 1)
    blocks = np.maximum(is_told.sum(axis=0), 1)
    own = sums / np.maximum(sums.sum(axis=0) / blocks, 1e-9) - 1
    swing = (np.add.reduceat(year.past, starts, axis=1) / BLOCK).T[:, year.group]
    swing = (swing - (swing * is_told).sum(axis=0) / blocks) * is_told
    weight = np.maximum(np.square(swing).sum(axis=0), 1e-9)
    slope = (own * swing).sum(axis=0) / weight
    noise = (np.square(own - slope * swing) * is_told).sum(axis=0) / blocks / weight
    trust = OWN_SPREAD / (OWN_SPREAD + noise)
    part: Numbers = np.clip(trust * slope + (1 - trust), 0, 2)
    return part


def without_season(demand: Demand, year: YearShape, part: Numbers) -> Demand:
    """Demand as it would have been at an average time of the year."""
    factor = 1 + part.astype(np.float32) * (year.past.T[:, year.group] - 1)
    return replace(demand, quantity=demand.quantity / np.maximum(factor, np.float32(LEAST_FACTOR)))


def season_ahead(year: YearShape, part: Numbers, days: int) -> Numbers:
    """Factor of each of the next days (days, series), today first."""
    number = np.arange(days) % YEAR
    sums = year.coming * np.arange(YEAR + 1)
    factor = (sums[:, number + 1] - sums[:, number]).T[:, year.group]
    answer: Numbers = np.maximum(1 + part * (factor - 1), LEAST_FACTOR)
    return answer


def _smoothed(totals: Numbers) -> Numbers:
    """Mean of the selling days in a window around each day."""
    half = WINDOW // 2
    days = totals.shape[1]
    sums = np.concatenate([np.zeros((len(totals), 1)), np.cumsum(totals, axis=1)], axis=1)
    counts = np.concatenate([np.zeros((len(totals), 1)), np.cumsum(totals > 0, axis=1)], axis=1)
    low, high = np.maximum(np.arange(days) - half, 0), np.minimum(np.arange(days) + half + 1, days)
    smooth: Numbers = (sums[:, high] - sums[:, low]) / np.maximum(counts[:, high] - counts[:, low], 1)
    return smooth


def _agreement(level: Numbers, overlap: int) -> Numbers:
    """Correlation of the last year with the one before it, over the days seen in both, each around its own line.

    A slope that was misjudged stands in both years alike, and would pass for a season.
    """
    now, before = _around_line(level[:, -overlap:]), _around_line(level[:, -overlap - YEAR :][:, :overlap])
    size = np.sqrt(np.square(now).sum(axis=1) * np.square(before).sum(axis=1))
    answer: Numbers = np.where(size > 1e-9, (now * before).sum(axis=1) / np.maximum(size, 1e-9), 0)
    return answer


def _around_line(level: Numbers) -> Numbers:
    time = np.linspace(-1, 1, level.shape[1])
    centred = level - level.mean(axis=1, keepdims=True)
    around: Numbers = centred - (centred @ time / (time @ time))[:, None] * time
    return around


def _by_day_of_year(level: Numbers) -> Numbers:
    shape = level[:, :YEAR].copy()
    again = level[:, YEAR:]
    shape[:, : again.shape[1]] = (shape[:, : again.shape[1]] + again) / 2
    return shape
