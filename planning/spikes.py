"""Rare huge orders: they belong to an item's mean, but say little about where its level is now."""

import numpy as np

from planning.arrays import Numbers
from planning.demand import Demand


def without_spikes(demand: Demand, most: float) -> tuple[Numbers, Numbers]:
    """Demand with each day held to `most` typical demands, and the factor that gives the held part back on average.

    A typical demand is (mean √size)² of the days with demand, which spikes hardly move. Scaled back, the long-run mean
    is kept: a wholesale order counts as one of those that come now and then, not as the new level.
    """
    quantity = demand.quantity
    roots = np.sqrt(quantity)
    count = np.maximum(np.count_nonzero(quantity, axis=0), 1)
    cap = most * np.square(roots.sum(axis=0, dtype=np.float64) / count)
    held = np.minimum(quantity, cap.astype(np.float32), out=roots)
    total, kept = quantity.sum(axis=0, dtype=np.float64), held.sum(axis=0, dtype=np.float64)
    return held, np.where(kept > 0, total / np.maximum(kept, 1e-12), 1.0)
