"""The week of each item: a factor for each weekday, drawn to the week of its location where its own data is thin."""

import numpy as np

from planning.arrays import Numbers
from planning.demand import Demand
from planning.sums import marked, total

LEAST_VARIATION = 0.05  # squared coefficient of variation of a day
PRIOR_WEEKDAYS = 6  # weekdays of its own that tell as much of an item's spread as the setting does
LEAST_SPREAD = 0.004


def weekday_profile(demand: Demand, first_weekday: int, shape: Numbers, spread: float) -> Numbers:
    """Factors (7, series), 1 on average.

    `shape` is the location's week (7, series). An item's own mean of a weekday has a noise of CV²/n; its true factor
    scatters around the location's with variance `spread`, more or less so as the item itself shows; so the location
    weighs as much as CV²/spread own weeks (empirical Bayes).
    """
    days, series = demand.quantity.shape
    live = np.maximum(demand.live_days, 1)
    mean = total(demand.quantity) / live
    squares = np.einsum("ts,ts->s", demand.quantity, demand.quantity, dtype=np.float64) / live
    has_demand = mean > 0
    safe = np.where(has_demand, mean, 1)
    own, count = np.empty((7, series)), np.empty((7, series))
    for weekday in range(7):
        start = (weekday - first_weekday) % 7
        own[weekday] = total(demand.quantity[start:days:7]) / safe
        count[weekday] = marked(demand.is_live[start:days:7])
    variation = np.maximum(squares / safe**2 - 1, LEAST_VARIATION)
    pseudo = np.where(has_demand, variation / _own_spread(own, count, shape, variation, spread), 1)
    profile = (own + pseudo * shape) / (count + pseudo)
    average = profile.mean(axis=0)
    profile = np.where(has_demand & (average > 0), profile / np.where(average > 0, average, 1), shape)
    return profile.astype(np.float32)


def _own_spread(own: Numbers, count: Numbers, shape: Numbers, variation: Numbers, spread: float) -> Numbers:
    """Variance of an item's factors around its location's: what its weekdays show beyond noise, drawn to `spread`."""
    is_seen = (count > 0) & (shape > 0)
    seen = np.maximum(is_seen.sum(axis=0), 1)
    often = np.maximum(count, 1)
    strays = np.where(is_seen, np.square(own / often - shape), 0).sum(axis=0) / seen
    noise = variation * np.where(is_seen, 1 / often, 0).sum(axis=0) / seen
    free = np.maximum(seen - 1, 0)
    found = (PRIOR_WEEKDAYS * (spread + noise) + free * strays) / (PRIOR_WEEKDAYS + free) - noise
    answer: Numbers = np.maximum(found, LEAST_SPREAD)
    return answer


def weekday_exposure(demand: Demand, profile: Numbers, first_weekday: int) -> Numbers:
    """Live days of each series, each counted by its weekday's factor: demand over exposure is demand a calendar day."""
    exposure = np.zeros(demand.quantity.shape[1])
    for weekday in range(7):
        count = marked(demand.is_live[(weekday - first_weekday) % 7 :: 7])
        exposure += count * profile[weekday].astype(np.float64)
    return np.maximum(exposure, 1e-9)
