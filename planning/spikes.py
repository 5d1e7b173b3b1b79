"""Rare huge orders: they belong to an item's mean, but say little about where its level is now or how far it strays.

They are better served to order than from stock: were their squares in the variance, one wholesale order in a year would
fill the shelf for all of it.
"""

from dataclasses import replace

import numpy as np

from planning.arrays import Numbers
from planning.demand import Demand


def typical_demand(demand: Demand) -> Numbers:
    """(mean √size)² of the days with demand, which spikes hardly move."""
    roots = np.sqrt(demand.quantity).sum(axis=0, dtype=np.float64)
    typical: Numbers = np.square(roots / np.maximum(np.count_nonzero(demand.quantity, axis=0), 1))
    return typical


def held_to(demand: Demand, most: Numbers) -> tuple[Demand, Numbers]:
    """Demand with each day held to `most`, and total demand over what is left, which gives the held part back on average.

    Scaled back, the long-run mean is kept: a wholesale order counts as one of those that come now and then, not as the
    new level.
    """
    held = np.minimum(demand.quantity, most.astype(np.float32))
    total, kept = demand.quantity.sum(axis=0, dtype=np.float64), held.sum(axis=0, dtype=np.float64)
    return replace(demand, quantity=held), np.where(kept > 0, total / np.maximum(kept, 1e-12), 1.0)
