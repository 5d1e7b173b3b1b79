"""Transfer before buying: what a shop needs comes first from the free stock of the location that fills it.

Where the free stock does not reach for all, every shop is filled up to the same chance of serving its demand (equal
fractiles: Eppen and Schrage 1981), in its packs and not below its minimum. Nothing is bought for a supplied shop; the
centre buys for all.
"""

import numpy as np
import polars as pl

from planning.arrays import Numbers, Whole
from planning.distribution import Spread
from planning.network import Network
from planning.quantity import Limits, round_down, smallest_order

HALVINGS = 40  # of the common chance


def with_transfers(full: pl.DataFrame, network: Network) -> pl.DataFrame:
    """The plan with `transfer_quantity` and `wanted` for supplied rows, whose `quantity` to buy is then nothing.

    `free` is what the source has to give: its stock on hand less what its own customers need until it is filled again.
    """
    supplied = np.flatnonzero(network.is_supplied)
    on_hand, kept = full["on_hand"].to_numpy(), full["kept_here"].to_numpy()
    free = np.where(np.isin(np.arange(full.height), network.central), np.maximum(on_hand - kept, 0), 0.0)
    part = full[supplied]
    wanted = part["quantity"].to_numpy()
    source = network.source[supplied]
    asked = np.bincount(source, wanted, full.height)
    is_short = asked[source] > free[source] + 1e-9
    sent = wanted.copy()
    short = np.flatnonzero(is_short & (wanted > 0))
    if len(short):
        sent[short] = _shared(part[short], wanted[short], source[short], free)
    quantity, transfer, wish = full["quantity"].to_numpy().copy(), np.zeros(full.height), np.zeros(full.height)
    quantity[supplied], transfer[supplied], wish[supplied] = 0.0, sent, wanted
    there = np.zeros(full.height)
    there[supplied] = free[source]
    return full.with_columns(
        quantity=pl.Series(quantity),
        transfer_quantity=pl.Series(transfer),
        wanted=pl.Series(wish),
        free=pl.Series(there),
    )


def _shared(part: pl.DataFrame, wanted: Numbers, source: Whole, free: Numbers) -> Numbers:
    """What each shop gets when all are filled to the same chance, as high as the free stock of their source allows."""
    _, group = np.unique(source, return_inverse=True)
    budget = free[source]
    demand = Spread(part["mean"].to_numpy(), part["variance"].to_numpy(), part["is_whole"].to_numpy())
    position = part["position"].to_numpy()
    limits = Limits(part["pack_size"].to_numpy(), part["moq"].to_numpy(), np.full(len(wanted), np.inf))
    least = smallest_order(limits)

    def filled(chance: Numbers) -> Numbers:
        missing = np.clip(demand.quantile(chance) - position, 0, wanted)
        amount = np.minimum(round_down(missing, limits.pack), wanted)
        return np.where(amount >= least, amount, 0.0)

    low, high = np.zeros(len(wanted)), np.full(len(wanted), 1 - 1e-9)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        fits = np.bincount(group, filled(middle))[group] <= budget + 1e-9
        low, high = np.where(fits, middle, low), np.where(fits, high, middle)
    return _handed_out(filled(low), part, wanted, group, free[source], limits)


def _handed_out(
    given: Numbers, part: pl.DataFrame, wanted: Numbers, group: Whole, budget: Numbers, limits: Limits
) -> Numbers:
    """What packs and minima have left over goes to the shop that is likeliest to run out, then to the next."""
    amount, least = given.copy(), smallest_order(limits)
    left = budget - np.bincount(group, given)[group]
    left_of = np.zeros(int(group.max()) + 1)
    left_of[group] = left
    for row in np.lexsort((np.arange(len(wanted)), -part["stockout_risk"].to_numpy(), group)):
        more = min(wanted[row] - amount[row], left_of[group[row]])
        further = float(round_down(np.array([max(more, 0.0)]), limits.pack[row : row + 1])[0])
        if further > 0 and amount[row] + further >= least[row]:
            amount[row] += further
            left_of[group[row]] -= further
    return amount
