"""Days that sold out hide part of their demand: each such day is given its expected demand (Nahmias 1994)."""

import numpy as np

from planning.arrays import Numbers
from planning.demand import Demand
from planning.distribution import Spread
from planning.sums import total
from planning.weekday import weekday_exposure, weekday_profile

ROUNDS, PASSES = 2, 4  # the week is learnt anew from the completed days after each round of passes
RARELY, OFTEN = 0.10, 0.20  # share of days sold out and full again next day: believed up to, a habit from
PLAIN, TELLING = 1.8, 2.6  # sales of sold-out days over those of others: nothing hidden up to, all believed from
FEWEST = 14  # other days that such a comparison needs


def impute_sold_out(demand: Demand, first_weekday: int, shape: Numbers, spread: float) -> Numbers:
    """Replace the sales s of each day that sold out by E[D | D ≥ s], in place; the weekday factors that this leaves.

    Both moments are completed (expectation maximisation), or else the variance would shrink with every pass.
    """
    profile = weekday_profile(demand, first_weekday, shape, spread)
    day, place = demand.sold_out
    if not len(day):
        return profile
    sold = demand.quantity[day, place].astype(np.float64)
    belief = _belief(demand, sold)[place]
    second: Numbers = sold**2
    for _ in range(ROUNDS):
        second = _complete(demand, profile, first_weekday, (sold, belief, second))
        profile = weekday_profile(demand, first_weekday, shape, spread)
    return profile


def _complete(
    demand: Demand, profile: Numbers, first_weekday: int, of_day: tuple[Numbers, Numbers, Numbers]
) -> Numbers:
    """Fit and replace `PASSES` times; second moments of the days that sold out, for the next round."""
    sold, belief, second = of_day
    day, place = demand.sold_out
    factor = np.maximum(profile[(day + first_weekday) % 7, place].astype(np.float64), 1e-3)
    series = demand.quantity.shape[1]
    live, exposure = np.maximum(demand.live_days, 1), weekday_exposure(demand, profile, first_weekday)
    first: Numbers = demand.quantity[day, place].astype(np.float64)
    whole = total(demand.quantity) - np.bincount(place, first, series)
    scaled = _scaled_squares(demand, profile, first_weekday) - np.bincount(place, (first / factor) ** 2, series)
    for _ in range(PASSES):
        mean = (whole + np.bincount(place, first, series)) / exposure
        square = (scaled + np.bincount(place, second / factor**2, series)) / live
        variance = np.maximum(square - mean**2, 1.001 * mean)
        spread = Spread(np.maximum(mean[place] * factor, 1e-9), variance[place] * factor**2, demand.is_whole[place])
        first, second = _moments_above(spread, sold, belief)
    demand.quantity[day, place] = first
    return second


def _scaled_squares(demand: Demand, profile: Numbers, first_weekday: int) -> Numbers:
    """Sum of squares of each series' days, each day divided by its weekday's factor."""
    scaled = np.zeros(demand.quantity.shape[1])
    for row in range(min(7, demand.days)):
        part = demand.quantity[row::7]
        factor = np.maximum(profile[(row + first_weekday) % 7], 1e-3)
        scaled += np.einsum("ts,ts->s", part, part, dtype=np.float64) / factor.astype(np.float64) ** 2
    return scaled


def _belief(demand: Demand, sold: Numbers) -> Numbers:
    """How far a series' sold-out days are completed, 0 to 1.

    Where an item sells out on many days and is full again on the next, and sold no more on those days than on others,
    selling out is the shop's habit (fresh food before closing time): the mark says nothing about what was asked for.
    """
    day, place = demand.sold_out
    series = demand.quantity.shape[1]
    is_full_next = demand.is_live[np.minimum(day + 1, demand.days - 1), place]
    live = np.maximum(demand.live_days, 1)
    share = np.bincount(place[is_full_next], minlength=series) / live
    out, others = np.bincount(place, minlength=series), np.bincount(place, sold, series)
    plain = live - out
    plain_mean = (total(demand.quantity) - others) / np.maximum(plain, 1)
    ratio = (others / np.maximum(out, 1)) / np.maximum(plain_mean, 1e-9)
    by_share = np.clip((OFTEN - share) / (OFTEN - RARELY), 0, 1)
    by_ratio = np.clip((ratio - PLAIN) / (TELLING - PLAIN), 0, 1) * (plain >= FEWEST)
    answer: Numbers = np.maximum(by_share, by_ratio)
    return answer


def _moments_above(spread: Spread, sold: Numbers, belief: Numbers) -> tuple[Numbers, Numbers]:
    """E[D | D ≥ s] and E[D² | D ≥ s], from the shortage beyond s and the variance of what lies beyond it."""
    reached = np.where(spread.is_whole, 1 - spread.at_most(sold - 1), 1 - spread.at_most(sold))
    short = spread.shortage(sold)
    is_likely = reached > 1e-9
    excess = np.where(is_likely, belief * short / np.where(is_likely, reached, 1), 0)
    return sold + excess, (sold + excess) ** 2 + excess**2  # the tail falls like an exponential: variance is mean²
