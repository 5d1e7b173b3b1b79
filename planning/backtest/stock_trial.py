"""A shop that orders by each method, day by day through the same past: what it serves, and the stock that this takes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from planning.arrays import Marks, Numbers, Whole
from planning.backtest.rivals import FORESIGHT, PLAN_FOR_FILL, foresight
from planning.backtest.trials import Past, Trial

TARGETS = (0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995)


@dataclass(slots=True)
class _Shop:
    """Stock of all items through the days."""

    on_hand: Numbers
    coming: Numbers  # (days, items) arriving on each day
    served: Numbers
    wanted: Numbers
    stock: Numbers  # sum over the days of what was left at night
    out_days: Numbers


def stock_curves(trials: Sequence[Trial], past: Past, cost: Numbers, lead: Whole) -> pl.DataFrame:
    """One row a method and target: fill rate by value, average stock in days of demand, share of days without stock-out.

    Lost sales, an order at each origin up to the method's level, arriving after the lead time in whole packs of one.
    What happens before the first order has arrived is not counted; all methods begin with the same stock.
    """
    rows = []
    for method in (*trials[0].views, PLAN_FOR_FILL, FORESIGHT):
        targets = TARGETS if method != FORESIGHT else (1.0,)
        for target in targets:
            levels = [_level(trial, past, method, target) for trial in trials]
            rows.append({"method": method, "target": target, **_simulate(trials, past, levels, cost, lead)})
    return pl.DataFrame(rows)


def _level(trial: Trial, past: Past, method: str, target: float) -> Numbers:
    if method == FORESIGHT:
        return foresight(past.sold[past.place(trial.origin) :], trial.protection)
    return trial.level(method, target)


def _simulate(
    trials: Sequence[Trial], past: Past, levels: Sequence[Numbers], cost: Numbers, lead: Whole
) -> dict[str, float]:
    start = past.place(trials[0].origin)
    reviews = {past.place(trial.origin) - start: level for trial, level in zip(trials, levels, strict=True)}
    # the last order is followed until the next would have arrived
    gap = past.place(trials[1].origin) - past.place(trials[0].origin)
    days = min(max(reviews) + gap + int(np.median(lead)), len(past.sold) - start)
    items = np.arange(past.sold.shape[1])
    nothing = np.zeros(len(items))
    coming = np.zeros((days + int(lead.max()) + 1, len(items)))
    shop = _Shop(foresight(past.sold[start:], lead), coming, nothing.copy(), nothing.copy(), nothing.copy(), nothing)
    for day in range(days):
        shop.on_hand = shop.on_hand + shop.coming[day]
        if day in reviews:
            owned = shop.on_hand + shop.coming[day + 1 :].sum(axis=0)
            order = np.maximum(reviews[day] - owned, 0)
            shop.on_hand = shop.on_hand + np.where(lead == 0, order, 0)
            shop.coming[day + lead, items] += np.where(lead > 0, order, 0)
        _sell(shop, past.sold[start + day].astype(np.float64), day >= lead)
    counted = np.maximum(days - lead, 1)
    return {
        "fill": _ratio((shop.served * cost).sum(), (shop.wanted * cost).sum()),
        "fill_units": _ratio(shop.served.sum(), shop.wanted.sum()),
        "stock_days": _ratio((shop.stock / counted * cost).sum(), (shop.wanted / counted * cost).sum()),
        "days_in_stock": 1 - float((shop.out_days / counted).mean()),
    }


def _sell(shop: _Shop, wanted: Numbers, is_counted: Marks) -> None:
    served = np.minimum(wanted, shop.on_hand)
    shop.on_hand = shop.on_hand - served
    shop.served = shop.served + served * is_counted
    shop.wanted = shop.wanted + wanted * is_counted
    shop.stock = shop.stock + shop.on_hand * is_counted
    shop.out_days = shop.out_days + (served < wanted) * is_counted


def stock_at_fill(curves: pl.DataFrame, method: str, fill: float) -> float | None:
    """Stock in days of demand that this method needs for a fill rate, between its targets; None where it reaches none."""
    points = curves.filter(pl.col("method") == method).sort("fill", "stock_days")
    reached = points["fill"].to_numpy()
    if len(reached) < 2 or not reached[0] <= fill <= reached[-1]:
        return None
    return float(np.interp(fill, reached, points["stock_days"].to_numpy()))


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else 0.0
