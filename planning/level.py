"""The level of demand now: exponential smoothing with several weights at once, and TSB for demand that may die.

One pass over the days, each step one vectorised operation over all series; days that tell nothing are skipped.
"""

import numpy as np

from planning.arrays import Marks, Numbers, Whole
from planning.demand import Demand
from planning.settings import PlanSettings

WARM_UP = 28  # live days before a weight's errors count
TSB_CHANCE, TSB_SIZE = 0.05, 0.1  # smoothing weights of Teunter, Syntetos & Babai 2011


def learn_level(
    demand: Demand, profile: Numbers, first_weekday: int, may_die: Marks, settings: PlanSettings
) -> Numbers:
    """Demand of an average weekday at the end of the history.

    Levels of each smoothing weight, and of TSB where demand may die, are mixed by how well each has forecast the next
    day so far: the say of each is exp(-(error - least error) / (2 temper σ²)), slower weights being believed first.
    """
    levels, errors, seen = _run_weights(demand, profile, first_weekday, settings.weights)
    count = np.maximum(seen - WARM_UP, 1)
    level = _mix(levels, errors, count, settings)
    places = np.flatnonzero(may_die)
    if len(places):
        dying, dying_errors = _run_dying(demand, profile, first_weekday, places)
        level[places] = _mix(
            np.vstack([levels[:, places], dying]),
            np.vstack([errors[:, places], dying_errors]),
            count[places],
            settings,
        )
    return level


def _run_weights(
    demand: Demand, profile: Numbers, first_weekday: int, weights: tuple[float, ...]
) -> tuple[Numbers, Numbers, Numbers]:
    """Levels and squared errors of each weight (weights, series), and live days.

    The update is l += g (x - l w), with w the weekday's factor and g the larger of the weight and 1/n, so that each
    level starts as a plain mean.
    """
    series = demand.quantity.shape[1]
    weight = np.asarray(weights, np.float32)[:, None]
    levels = np.zeros((len(weights), series), np.float32)
    errors = np.zeros_like(levels)
    missed, gain = np.empty_like(levels), np.empty_like(levels)
    seen = np.zeros(series, np.float32)
    for day in range(demand.days):
        live = demand.is_live[day].astype(np.float32)
        seen += live
        np.multiply(levels, profile[(day + first_weekday) % 7], out=missed)
        np.subtract(demand.quantity[day], missed, out=missed)
        np.multiply(weight, live, out=gain)
        np.maximum(gain, live / np.maximum(seen, 1), out=gain)
        gain *= missed
        levels += gain
        missed *= missed
        missed *= live * (seen > WARM_UP)
        errors += missed
    np.maximum(levels, 0, out=levels)
    return levels, errors, seen


def _mix(levels: Numbers, errors: Numbers, count: Numbers, settings: PlanSettings) -> Numbers:
    exact = errors.astype(np.float64)
    least = exact.min(axis=0)
    noise = np.where(least > 0, least / count, 1)
    before = settings.weight_doubt ** np.arange(len(levels))[:, None]
    say = before * np.exp(-(exact - least) / (2 * settings.weight_temper * noise))
    mixed: Numbers = (say * levels).sum(axis=0) / say.sum(axis=0)
    return mixed


def _run_dying(demand: Demand, profile: Numbers, first_weekday: int, places: Whole) -> tuple[Numbers, Numbers]:
    """Level and squared errors of TSB for some series: chance of a demand times its size.

    The chance falls on each day without demand, so that the level of an item that dies goes down.
    """
    series = demand.quantity.shape[1]
    if 2 * len(places) > series > len(places):  # most series: cheaper to run all than to pick
        levels, missed = _run_dying(demand, profile, first_weekday, np.arange(series))
        return levels[places], missed[places]
    chosen = slice(None) if len(places) == series else places
    quantity, is_live, factor = demand.quantity[:, chosen], demand.is_live[:, chosen], profile[:, chosen]
    hits = (quantity > 0).astype(np.float32)
    found = np.maximum(hits.sum(axis=0), 1)
    chance = found / np.maximum(demand.live_days[chosen], 1).astype(np.float32)
    amount = quantity.sum(axis=0) / found
    errors, seen = np.zeros(len(places), np.float32), np.zeros(len(places), np.float32)
    scratch = np.empty(len(places), np.float32)
    for day in range(demand.days):
        live = is_live[day].astype(np.float32)
        seen += live
        np.multiply(chance, amount, out=scratch)
        scratch *= factor[(day + first_weekday) % 7]
        np.subtract(quantity[day], scratch, out=scratch)
        scratch *= scratch
        scratch *= live
        scratch *= seen > WARM_UP
        errors += scratch
        np.subtract(hits[day], chance, out=scratch)
        live *= np.float32(TSB_CHANCE)
        scratch *= live
        chance += scratch
        np.subtract(quantity[day], amount, out=scratch)
        scratch *= hits[day]
        scratch *= np.float32(TSB_SIZE)
        amount += scratch
    return chance * amount, errors


def fill_gaps(demand: Demand, profile: Numbers, first_weekday: int, mean: Numbers) -> Numbers:
    """Days × series in which days that tell nothing hold what was to be expected, so that sums over days hold."""
    filled = demand.quantity.copy()
    mean32 = mean.astype(np.float32)
    for day in np.flatnonzero(~demand.is_live.all(axis=1)):
        filled[day] += profile[(day + first_weekday) % 7] * mean32 * ~demand.is_live[day]
    return filled
