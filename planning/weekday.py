"""The week of each item: a factor for each weekday, drawn to the week of its location where its own data is thin."""

import numpy as np

from planning.arrays import Numbers
from planning.demand import Demand
from planning.sums import marked, total


def weekday_profile(demand: Demand, first_weekday: int, shape: Numbers, spread: float) -> Numbers:
    """Factors (7, series), 1 on average.

    `shape` is the location's week (7, series). An item's own mean of a weekday has a noise of CV²/n; its true factor
    scatters around the location's with variance `spread`; so the location weighs as much as CV²/spread own weeks
    (empirical Bayes).
    """
    days, series = demand.quantity.shape
    live = np.maximum(demand.live_days, 1)
    mean = total(demand.quantity) / live
    squares = np.einsum("ts,ts->s", demand.quantity, demand.quantity, dtype=np.float64) / live
    has_demand = mean > 0
    safe = np.where(has_demand, mean, 1)
    pseudo = np.where(has_demand, np.maximum(squares / safe**2 - 1, 0.05) / spread, 1)
    profile = np.ones((7, series))
    for weekday in range(7):
        start = (weekday - first_weekday) % 7
        own = total(demand.quantity[start:days:7])
        count = marked(demand.is_live[start:days:7])
        profile[weekday] = (own / safe + pseudo * shape[weekday]) / (count + pseudo)
    average = profile.mean(axis=0)
    profile = np.where(has_demand & (average > 0), profile / np.where(average > 0, average, 1), shape)
    return profile.astype(np.float32)


def weekday_exposure(demand: Demand, profile: Numbers, first_weekday: int) -> Numbers:
    """Live days of each series, each counted by its weekday's factor: demand over exposure is demand a calendar day."""
    exposure = np.zeros(demand.quantity.shape[1])
    for weekday in range(7):
        count = marked(demand.is_live[(weekday - first_weekday) % 7 :: 7])
        exposure += count * profile[weekday].astype(np.float64)
    return np.maximum(exposure, 1e-9)
