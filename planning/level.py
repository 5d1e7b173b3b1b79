"""The level of demand now: exponential smoothing with several weights at once, mixed by how well each has done lately.

One pass over the days, each step one vectorised operation over all series; days that tell nothing are skipped.
"""

import numpy as np

from planning.arrays import Numbers
from planning.demand import Demand
from planning.settings import PlanSettings
from planning.sums import marked, total

WARM_UP = 28  # live days before a weight's errors count
AHEAD_DAYS = 14  # levels are also held against the days of the fortnight that followed them
AHEAD_SHARE = 0.7  # of an error; the rest is that of the next day
FORGET_DAYS = 28  # errors are faded in steps of so many days, counted back from the last one
SCALE_BY = 1  # the weight, slow ones first, whose level errors are scaled by
RAREST = 20  # days between demands up to which errors of rarer demand are remembered longer
LEAST_SCALE = 0.1  # of the mean: demand below it is no steadier for the sake of weighing errors
ROUNDS = 10  # of estimating what the shop believes; the say of a weight moves by less than 1 % after them


def learn_level(
    demand: Demand, profile: Numbers, first_weekday: int, belief: Numbers, settings: PlanSettings
) -> tuple[Numbers, Numbers]:
    """Demand of an average weekday at the end of the history, and the variance of what the weights say of it.

    Levels of each smoothing weight are mixed: the say of each is its share in `belief`, what the whole shop shows,
    times exp(-(error - least error) / (2 temper σ²)) by the item's own errors. Errors fade by half in `weight_memory`
    days, rare demand's more slowly, so that an item that used to be steady is followed once it moves.
    """
    levels, errors, count = _run_weights(demand, profile, first_weekday, settings)
    say = _believed_of(belief, demand, settings) * np.exp(-_excess(errors, count) / (2 * settings.weight_temper))
    say /= say.sum(axis=0)
    mixed: Numbers = (say * levels).sum(axis=0)
    return mixed, (say * np.square(levels - mixed)).sum(axis=0)


def learn_belief(demand: Demand, profile: Numbers, first_weekday: int, settings: PlanSettings) -> Numbers:
    """Share of the items, all together 1, that each smoothing weight suits best.

    A mixture whose shares are estimated by expectation and maximisation (Dempster, Laird, Rubin 1977). One item's
    errors are mostly luck; all together they show whether levels stand or move in this shop. `shop_doubt` items
    that believe in slow weights are added, so that a few cannot overrule them.
    """
    _, errors, count = _run_weights(demand, profile, first_weekday, settings)
    told = np.flatnonzero(count > 0)
    before = settings.weight_doubt ** np.arange(len(settings.weights))
    before /= before.sum()
    fit = np.exp(-_excess(errors, count)[:, told] / (2 * settings.shop_temper))
    belief: Numbers = before
    for _ in range(ROUNDS):
        say = belief[:, None] * fit
        say /= say.sum(axis=0)
        belief = (say.sum(axis=1) + settings.shop_doubt * before) / (len(told) + settings.shop_doubt)
    return belief


def _excess(errors: Numbers, count: Numbers) -> Numbers:
    """Faded squared errors of each weight above the least, in units of the item's own noise."""
    exact = errors.astype(np.float64)
    least = exact.min(axis=0)
    noise = np.where(least > 0, least / np.maximum(count, 1), 1)
    above: Numbers = (exact - least) / noise
    return above


def _believed_of(belief: Numbers, demand: Demand, settings: PlanSettings) -> Numbers:
    """The shop's belief (weights, series). Weights below 1/n have all given the plain mean: they share one say."""
    place = np.arange(len(belief))[:, None]
    plain = np.less.outer(settings.weights, 1 / np.maximum(demand.live_days, 1)).sum(axis=0)
    plain = np.maximum(plain, 1)
    shared = np.cumsum(belief)[plain - 1] / plain
    answer: Numbers = np.where(place < plain, shared, belief[:, None])
    return answer


def _run_weights(
    demand: Demand, profile: Numbers, first_weekday: int, settings: PlanSettings
) -> tuple[Numbers, Numbers, Numbers]:
    """Levels and faded squared errors of each weight (weights, series), and faded days that errors were counted on.

    The update is l += g (x - l w), with w the weekday's factor and g the larger of the weight and 1/n, so that each
    level starts as a plain mean. A squared error counts by the level of its day, since the variance of demand grows
    with it: what an item does in its quiet weeks tells as much as what it did in its peak.
    """
    series = demand.quantity.shape[1]
    weight = np.asarray(settings.weights, np.float32)[:, None]
    levels = np.zeros((len(weight), series), np.float32)
    errors = np.zeros_like(levels)
    missed, gain = np.empty_like(levels), np.empty_like(levels)
    seen, count = np.zeros(series, np.float32), np.zeros(series, np.float32)
    scale, steady = np.empty(series, np.float32), levels[min(SCALE_BY, len(weight) - 1)]
    a_mean = (np.maximum(demand.live_days, 1) / np.maximum(total(demand.quantity), 1e-9)).astype(np.float32)
    interval = demand.live_days / np.maximum(marked(demand.quantity > 0), 1)
    memory = settings.weight_memory * np.sqrt(np.clip(interval, 1, RAREST))
    fades = (0.5 ** (FORGET_DAYS / memory)).astype(np.float32)
    ahead = np.zeros_like(levels)
    for day in range(demand.days):
        live, factor = demand.is_live[day].astype(np.float32), profile[(day + first_weekday) % 7]
        if (demand.days - day) % AHEAD_DAYS == 0:
            ahead[:] = levels
        seen += live
        np.multiply(steady, a_mean, out=scale)
        np.maximum(scale, LEAST_SCALE, out=scale)
        np.multiply(weight, live, out=gain)
        np.maximum(gain, live / np.maximum(seen, 1), out=gain)
        live *= seen > WARM_UP
        count += live
        np.divide(live, scale, out=scale)
        np.multiply(levels, factor, out=missed)
        np.subtract(demand.quantity[day], missed, out=missed)
        gain *= missed
        levels += gain
        missed *= missed
        missed *= 1 - AHEAD_SHARE
        np.multiply(ahead, factor, out=gain)
        np.subtract(demand.quantity[day], gain, out=gain)
        gain *= gain
        gain *= AHEAD_SHARE
        missed += gain
        missed *= scale
        errors += missed
        if day + 1 < demand.days and (demand.days - 1 - day) % FORGET_DAYS == 0:
            errors *= fades
            count *= fades
    np.maximum(levels, 0, out=levels)
    return levels, errors, count


def fill_gaps(demand: Demand, profile: Numbers, first_weekday: int, mean: Numbers) -> Numbers:
    """Days × series in which days that tell nothing hold what was to be expected, so that sums over days hold."""
    filled = demand.quantity.copy()
    mean32 = mean.astype(np.float32)
    for day in np.flatnonzero(~demand.is_live.all(axis=1)):
        filled[day] += profile[(day + first_weekday) % 7] * mean32 * ~demand.is_live[day]
    return filled
