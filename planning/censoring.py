"""Days that sold out hide part of their demand: each such day is given its expected demand (Nahmias 1994)."""

import numpy as np

from planning.arrays import Numbers
from planning.demand import Demand
from planning.distribution import Spread

PASSES = 5
MOST_SOLD_OUT = 0.2  # share of sold-out days up to which each is fully completed


def impute_sold_out(demand: Demand, profile: Numbers, first_weekday: int) -> None:
    """Replace the sales s of each day that sold out by E[D | D ≥ s], fitted and replaced five times, in place.

    Where more than a fifth of the days sold out, the shop is filled daily and selling out is its habit: the mark then
    says little about what was asked for, and the completion is cut in that proportion.

    Both moments are completed (expectation maximisation), or else the variance would shrink with every pass.
    """
    day, place = demand.sold_out
    if not len(day):
        return
    sold = demand.quantity[day, place].astype(np.float64)
    factor = np.maximum(profile[(day + first_weekday) % 7, place].astype(np.float64), 1e-3)
    series = demand.quantity.shape[1]
    live = np.maximum(demand.live_days, 1)
    total = demand.quantity.sum(axis=0, dtype=np.float64) - np.bincount(place, sold, series)
    weekday = (np.arange(demand.days) + first_weekday) % 7
    scaled = np.zeros(series)
    for each in range(7):
        of_day = np.flatnonzero(weekday == each)
        part = demand.quantity[of_day]
        squares = np.einsum("ts,ts->s", part, part, dtype=np.float64)
        scaled += squares / np.maximum(profile[each], 1e-3) ** 2
    scaled -= np.bincount(place, (sold / factor) ** 2, series)
    share = np.bincount(place, minlength=series) / live
    belief = np.minimum(1, MOST_SOLD_OUT / np.maximum(share, MOST_SOLD_OUT))[place]
    first: Numbers = sold
    second: Numbers = sold**2
    for _ in range(PASSES):
        mean = (total + np.bincount(place, first, series)) / live
        square = (scaled + np.bincount(place, second / factor**2, series)) / live
        variance = np.maximum(square - mean**2, 1.001 * mean)
        spread = Spread(np.maximum(mean[place] * factor, 1e-9), variance[place] * factor**2, demand.is_whole[place])
        first, second = _moments_above(spread, sold, belief)
    demand.quantity[day, place] = first


def _moments_above(spread: Spread, sold: Numbers, belief: Numbers) -> tuple[Numbers, Numbers]:
    """E[D | D ≥ s] and E[D² | D ≥ s], from the shortage beyond s and the variance of what lies beyond it."""
    reached = np.where(spread.is_whole, 1 - spread.at_most(sold - 1), 1 - spread.at_most(sold))
    short = spread.shortage(sold)
    is_likely = reached > 1e-9
    excess = np.where(is_likely, belief * short / np.where(is_likely, reached, 1), 0)
    return sold + excess, (sold + excess) ** 2 + excess**2  # the tail falls like an exponential: variance is mean²
