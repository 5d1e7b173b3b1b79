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
DOUBT = 5  # spikes of its own that an item needs before half of what they brought is expected to come again


def typical_demand(demand: Demand) -> Numbers:
    """(mean √size)² of the days with demand, which spikes hardly move: a row for each season, oldest first.

    Where an item sold often in a season and more than usual, that season's own size holds, its largest day left out:
    growth is no spike. Seasons are counted back from the last day, so that the newest is a whole one.
    """
    roots, counts, largest = [], [], []
    for days in _seasons(demand.days):
        root = np.sqrt(demand.quantity[days])
        roots.append(root.sum(axis=0))
        counts.append(marked(root > 0))
        largest.append(root.max(axis=0))
    count = np.stack(counts)
    usual = np.square(np.sum(roots, axis=0) / np.maximum(count.sum(axis=0), 1))
    own = np.square((np.stack(roots) - np.stack(largest)) / np.maximum(count - 1, 1))
    typical: Numbers = np.maximum(usual, np.where(count >= OFTEN, own, 0))
    return typical


def held_to(demand: Demand, most: Numbers) -> tuple[Demand, Numbers]:
    """Demand with each day held to its season's row of `most`, and total demand over what is left."""
    held = np.empty_like(demand.quantity)
    for days, limit in zip(_seasons(demand.days), most.astype(np.float32), strict=True):
        np.minimum(demand.quantity[days], limit, out=held[days])
    kept = total(held)
    return replace(demand, quantity=held), np.where(kept > 0, total(demand.quantity) / np.maximum(kept, 1e-12), 1.0)


def given_back(demand: Demand, held: Demand, ratio: Numbers) -> Numbers:
    """The factor by which the level of held demand is raised, for the spikes that are to come.

    The ratio of an item's own past is believed with n spikes by n / (n + DOUBT): one wholesale order in a year is
    luck, and does not come again because it came once.
    """
    count = marked(demand.quantity > held.quantity)
    factor: Numbers = 1 + (ratio - 1) * count / (count + DOUBT)
    return factor


def _seasons(days: int) -> list[slice]:
    first = (days - 1) % SEASON + 1 if days else 0
    return [slice(max(end - SEASON, 0), end) for end in range(first, days + 1, SEASON)]
