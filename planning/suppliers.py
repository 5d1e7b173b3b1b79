"""The supplier step over the whole plan: which suppliers have a budget or a minimum, and what it does to their lines."""

import numpy as np
import polars as pl

from planning.arrays import Numbers, Whole
from planning.block import limits_of
from planning.distribution import Spread
from planning.supplier import CENT, Lines, fit_budget, raise_to_minimum

UNTOUCHED, CUT, RAISED, WAITING, UNREACHABLE, SITE_CUT = range(6)


def with_supplier_limits(full: pl.DataFrame) -> pl.DataFrame:
    """The plan with `quantity` changed where a supplier's budget or minimum asks for it, and `supplier_step` saying how.

    Rows of one supplier share its lowest budget and its highest minimum; rows without a supplier share one. Before that
    the rows of each location share its lowest `site_budget`, which no supplier's minimum breaks afterwards.
    """
    limited = (
        full.with_row_index("row")
        .filter(pl.col("supplied_from").is_null())
        .group_by(pl.col("supplier").fill_null(""), maintain_order=True)
        .agg(pl.col("row"), pl.col("budget").min(), pl.col("supplier_minimum").max(), pl.col("quantity").sum())
        .filter((pl.col("budget").is_not_null() | (pl.col("supplier_minimum") > 0)) & (pl.col("quantity") > 0))
    )
    wanted = full["quantity"].to_numpy()
    sites = SiteBudgets(full)
    quantity = sites.fitted(full, wanted)
    step = np.where(quantity < wanted - CENT, SITE_CUT, UNTOUCHED)
    for _, rows, budget, minimum, _ in limited.iter_rows():
        places = np.asarray(rows)
        part = full[places].with_columns(quantity=pl.Series(quantity[places]))
        most = np.inf if budget is None else float(budget)
        before, spare = quantity[places], sites.spare(places)
        quantity[places], done = _decide(part, most, float(minimum), spare)
        sites.spend(places, quantity[places] - before)
        step[places] = np.where(done == UNTOUCHED, step[places], done)
    return full.with_columns(asked=pl.col("quantity"), quantity=pl.Series(quantity), supplier_step=pl.Series(step))


def _decide(part: pl.DataFrame, budget: float, minimum: float, spare: float) -> tuple[Numbers, Whole]:
    """Quantities of one supplier's lines and what was done to each; `spare` is what may be spent beyond the lines."""
    lines = _lines(part)
    wanted = part["quantity"].to_numpy()
    quantity = fit_budget(lines, wanted, budget)
    step = np.where(quantity < wanted - CENT, CUT, UNTOUCHED)
    value = float((quantity * lines.cost).sum())
    if value >= minimum - CENT or value <= 0:
        return quantity, step
    raised = raise_to_minimum(lines, quantity, minimum, min(budget, value + spare))
    if raised is None:
        return np.zeros_like(quantity), np.where(wanted > 0, UNREACHABLE, UNTOUCHED)
    if _cost_of_raising(part, lines, quantity, raised) > _loss_of_waiting(lines, quantity):
        return np.zeros_like(quantity), np.where(wanted > 0, WAITING, UNTOUCHED)
    return raised, np.where(raised > quantity + CENT, RAISED, step)


class SiteBudgets:
    """What each location may still spend in this run; rows without a `site_budget` are outside of every one."""

    def __init__(self, full: pl.DataFrame) -> None:
        site = full["location"].rank("dense").to_numpy().astype(np.int64)
        self._site = np.where(full["site_budget"].is_null().to_numpy(), 0, site)
        self._cost = full["unit_cost"].to_numpy()
        self._left = np.full(int(site.max()) + 1, np.inf)
        np.minimum.at(self._left, self._site, full["site_budget"].fill_null(np.inf).to_numpy())

    def fitted(self, full: pl.DataFrame, wanted: Numbers) -> Numbers:
        """The quantities that every location can pay for, and what is then left to each."""
        quantity = wanted.copy()
        asked = np.bincount(self._site, wanted * self._cost, len(self._left))
        for site in np.flatnonzero(asked > self._left + CENT):
            rows = np.flatnonzero((self._site == site) & (wanted > 0))
            quantity[rows] = fit_budget(_lines(full[rows]), wanted[rows], float(self._left[site]))
        self._left = self._left - np.bincount(self._site, quantity * self._cost, len(self._left))
        return quantity

    def spare(self, rows: Whole) -> float:
        """What these rows may cost more without breaking the budget of any of their locations."""
        return max(float(self._left[self._site[rows]].min()), 0.0)

    def spend(self, rows: Whole, further: Numbers) -> None:
        """Take what these rows cost more from what is left."""
        np.subtract.at(self._left, self._site[rows], further * self._cost[rows])


def _lines(part: pl.DataFrame) -> Lines:
    owned = (part["on_hand"] + part["on_order"]).to_numpy()
    cost = part["unit_cost"].to_numpy()
    a_day = cost * part["holding_rate"].to_numpy() / 365
    return Lines(
        demand=Spread(part["mean"].to_numpy(), part["variance"].to_numpy(), part["is_whole"].to_numpy()),
        position=part["position"].to_numpy(),
        worth=part["worth"].to_numpy(),
        holding=a_day * part["review_period_days"].to_numpy(),
        cost=cost,
        limits=limits_of(part, owned),
    )


def _loss_of_waiting(lines: Lines, quantity: Numbers) -> float:
    """Margin lost when these quantities are ordered at the next chance instead of now."""
    avoided = lines.demand.shortage(lines.position) - lines.demand.shortage(lines.position + quantity)
    return float((lines.worth * avoided).sum())


def _cost_of_raising(part: pl.DataFrame, lines: Lines, quantity: Numbers, raised: Numbers) -> float:
    """Holding cost of the further packs until they are sold: a review period, and half the time they last."""
    further = raised - quantity
    a_day = np.maximum(part["mean"].to_numpy() / part["protection_days"].to_numpy(), 1e-9)
    period = part["review_period_days"].to_numpy()
    days = period + further / (2 * a_day)
    return float((lines.holding / period * further * days).sum())
