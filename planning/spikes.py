"""Rare huge orders: they belong to an item's mean, but say little about where its level is now or how far it strays.

They are better served to order than from stock: were their squares in the variance, one wholesale order in a year would
fill the shelf for all of it.
"""

from dataclasses import replace

import numpy as np

from planning.arrays import Numbers
from planning.demand import Demand
from planning.sums import marked, total

SEASON = 28  # days over which an item that sells often may have a typical size of its own
OFTEN = 20  # days with demand in them that this needs


def typical_demand(demand: Demand) -> Numbers:
    """(mean √size)² of the days with demand, which spikes hardly move: a row for each season, oldest first.

    Where an item sold often in a season and more than usual, that season's own size holds: growth is no spike.
    """
    starts = range(0, demand.days, SEASON)
    roots = np.stack([np.sqrt(demand.quantity[day : day + SEASON]).sum(axis=0) for day in starts])
    counts = np.stack([marked(demand.quantity[day : day + SEASON] > 0) for day in starts])
    usual = np.square(roots.sum(axis=0) / np.maximum(counts.sum(axis=0), 1))
    own = np.where(counts >= OFTEN, np.square(roots / np.maximum(counts, 1)), 0)
    typical: Numbers = np.maximum(usual, own)
    return typical


def held_to(demand: Demand, most: Numbers) -> tuple[Demand, Numbers]:
    """Demand with each day held to its season's row of `most`, and total demand over what is left.

    That factor gives the held part back on average, so that the long-run mean is kept: a wholesale order counts as one
    of those that come now and then, not as the new level.
    """
    held = np.empty_like(demand.quantity)
    for row, limit in enumerate(most.astype(np.float32)):
        season = slice(row * SEASON, (row + 1) * SEASON)
        np.minimum(demand.quantity[season], limit, out=held[season])
    kept = total(held)
    return replace(demand, quantity=held), np.where(kept > 0, total(demand.quantity) / np.maximum(kept, 1e-12), 1.0)
