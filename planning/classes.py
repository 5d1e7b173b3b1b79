"""What kind of demand an item has (Syntetos, Boylan & Croston 2005): it decides how it is forecast."""

import numpy as np

from planning.arrays import Numbers, Whole
from planning.demand import Demand
from planning.settings import PlanSettings

SMOOTH, ERRATIC, INTERMITTENT, LUMPY, NEW, DEAD = range(6)
CLASSES = ("smooth", "erratic", "intermittent", "lumpy", "new", "dead")
INTERVAL_LIMIT = 1.32  # average days between demands
SIZE_LIMIT = 0.49  # squared coefficient of variation of the size of a demand


def interval_and_size(demand: Demand) -> tuple[Numbers, Numbers, Numbers]:
    """Days with demand, average interval between them, and squared coefficient of variation of their size."""
    sold = demand.quantity > 0
    count = sold.sum(axis=0).astype(np.float64)
    total = demand.quantity.sum(axis=0, dtype=np.float64)
    squares = np.einsum("ts,ts->s", demand.quantity, demand.quantity, dtype=np.float64)
    mean = total / np.maximum(count, 1)
    spread = np.maximum(squares / np.maximum(count, 1) - mean**2, 0) / np.maximum(mean, 1e-12) ** 2
    return count, demand.live_days / np.maximum(count, 1), np.where(count > 1, spread, 0)


def classify(demand: Demand, count: Numbers, interval: Numbers, spread: Numbers, settings: PlanSettings) -> Whole:
    """The class of each series; new and dead come before the four of the literature."""
    days = demand.days
    sold = demand.quantity > 0
    last = np.where(count > 0, days - 1 - np.argmax(sold[::-1], axis=0), -1)
    since = (demand.is_live & (np.arange(days)[:, None] > last)).sum(axis=0)  # days without stock do not count
    kind = np.where(
        interval <= INTERVAL_LIMIT,
        np.where(spread <= SIZE_LIMIT, SMOOTH, ERRATIC),
        np.where(spread <= SIZE_LIMIT, INTERMITTENT, LUMPY),
    )
    is_new = days - demand.first_day < settings.new_days
    is_silent = (since > settings.dead_days) & (since > settings.dead_intervals * interval)
    return np.where(is_new, NEW, np.where(is_silent | (count == 0), DEAD, kind))
