"""What kind of demand an item has (Syntetos, Boylan & Croston 2005): it decides how it is forecast."""

import numpy as np

from planning.arrays import Numbers, Whole
from planning.demand import Demand
from planning.settings import PlanSettings
from planning.sums import marked, total

SMOOTH, ERRATIC, INTERMITTENT, LUMPY, NEW, DEAD = range(6)
CLASSES = ("smooth", "erratic", "intermittent", "lumpy", "new", "dead")
INTERVAL_LIMIT = 1.32  # average days between demands
SIZE_LIMIT = 0.49  # squared coefficient of variation of the size of a demand


def interval_and_size(demand: Demand) -> tuple[Numbers, Numbers, Numbers]:
    """Days with demand, average interval between them, and squared coefficient of variation of their size."""
    sold = demand.quantity > 0
    count = marked(sold).astype(np.float64)
    squares = np.einsum("ts,ts->s", demand.quantity, demand.quantity, dtype=np.float64)
    mean = total(demand.quantity) / np.maximum(count, 1)
    spread = np.maximum(squares / np.maximum(count, 1) - mean**2, 0) / np.maximum(mean, 1e-12) ** 2
    return count, demand.live_days / np.maximum(count, 1), np.where(count > 1, spread, 0)


def classify(demand: Demand, count: Numbers, interval: Numbers, spread: Numbers, settings: PlanSettings) -> Whole:
    """The class of each series; new and dead come before the four of the literature."""
    days = demand.days
    sold = demand.quantity > 0
    number = np.arange(1, days + 1, dtype=np.int16)[:, None]
    after_last = number > (sold * number).max(axis=0, initial=0)
    since = marked(demand.is_live & after_last)  # days without stock do not count
    kind = np.where(
        interval <= INTERVAL_LIMIT,
        np.where(spread <= SIZE_LIMIT, SMOOTH, ERRATIC),
        np.where(spread <= SIZE_LIMIT, INTERMITTENT, LUMPY),
    )
    is_new = days - demand.first_day < settings.new_days
    is_silent = (since > settings.dead_days) & (since > settings.dead_intervals * interval)
    return np.where(is_new, NEW, np.where(is_silent | (count == 0), DEAD, kind))
