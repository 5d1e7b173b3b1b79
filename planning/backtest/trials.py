"""Rolling origins: the plan is computed as it would have been on each of some past days, and what came is laid beside it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl

from orders.wording import Wording
from planning import columns
from planning.arrays import Marks, Numbers, Whole
from planning.backtest.rivals import NAIVE, PLAN, PLAN_FOR_FILL, TEXTBOOK, View, seasonal_naive, textbook
from planning.compute import Tables, plan_items
from planning.distribution import Spread
from planning.history import NEEDED
from planning.items import KEY
from planning.problems import UnusableTable
from planning.settings import PlanSettings
from planning.target import level_for_fill

LEAST_HISTORY = 56  # days before the first origin


@dataclass(frozen=True, slots=True)
class Course:
    """How the backtest runs: `origins` days, `every` days apart, each looking `horizon` days ahead."""

    origins: int = 8
    every: int = 7
    horizon: int = 14


@dataclass(frozen=True, slots=True)
class Past:
    """The history as a matrix, days × items, and the days on which demand was hidden or nothing was told."""

    first: date
    sold: Numbers
    is_hidden: Marks

    def place(self, day: date) -> int:
        """Row of this day."""
        return (day - self.first).days


@dataclass(frozen=True, slots=True)
class Trial:
    """One origin: what each method expected, and the plan's own distributions."""

    origin: date
    kind: pl.Series  # class of demand of each item
    protection: Whole
    views: dict[str, View]
    spread: Spread  # of the protection interval
    for_fill: tuple[Spread, Spread]  # of protection interval and lead time, as a fill target takes them

    def quantile(self, method: str, share: float) -> Numbers:
        """What demand of the protection interval stays below in this share of cases, by this method."""
        return self.spread.quantile(share) if method == PLAN else self.views[method].level(share)

    def level(self, method: str, target: float) -> Numbers:
        """Stock up to which this method orders for a service of `target`."""
        if method == PLAN_FOR_FILL:
            over, lead = self.for_fill
            return level_for_fill(over, lead, over.mean - lead.mean, np.full(len(over.mean), target))
        whole: Numbers = np.ceil(self.quantile(method, target) - 1e-9)
        return whole


def checked(tables: Tables) -> pl.DataFrame:
    """The history in plain columns; raises UnusableTable at the first unusable cell."""
    source = tables.history_source
    columns.demand_columns(tables.history.collect_schema().names(), NEEDED, source)
    raw = tables.history.collect()
    return pl.DataFrame(
        {
            "sku": columns.texts(raw, "sku", source),
            "location": columns.texts(raw, "location", source),
            "date": columns.days(raw, "date", source),
            "quantity": columns.numbers(raw, "quantity", source),
            "stocked_out": columns.marks(raw, source),
        }
    )


def past_of(history: pl.DataFrame, items: pl.DataFrame, today: date) -> Past:
    """The sales of these items before `today` as a matrix; returns reduce their day, never below nothing."""
    known = history.join(items.select(KEY).with_row_index("item"), on=KEY).filter(pl.col("date") < today)
    if not known.height:
        raise UnusableTable("history", "holds no sale of these items before the day that is planned from")
    first: date = known.select(pl.col("date").min()).item()
    shape = ((today - first).days, items.height)
    row = (known["date"] - first).dt.total_days().to_numpy()
    item = known["item"].to_numpy().astype(np.int64)
    sold = np.bincount(row * shape[1] + item, known["quantity"].to_numpy(), shape[0] * shape[1]).reshape(shape)
    hidden = np.zeros(shape, bool)
    marked = known["stocked_out"].to_numpy() > 0
    hidden[row[marked], item[marked]] = True
    return Past(first, np.maximum(sold, 0).astype(np.float32), hidden)


def origins_of(course: Course, past: Past, today: date) -> list[date]:
    """The days planned from, oldest first: the last of them lets the whole horizon be seen."""
    last = today - timedelta(days=course.horizon)
    days = [last - timedelta(days=course.every * back) for back in range(course.origins)][::-1]
    usable = [day for day in days if past.place(day) >= LEAST_HISTORY]
    if len(usable) < 2:
        needed = LEAST_HISTORY + course.every + course.horizon
        raise UnusableTable("history", f"is too short for a backtest: {len(past.sold)} days, {needed} are needed")
    return usable


def run_trials(
    tables: Tables, past: Past, origins: list[date], course: Course, settings: PlanSettings, words: Wording,
    on_progress: Callable[[int, int], None],
) -> Iterator[Trial]:  # fmt: skip
    """Plan from each origin with what was known by then, with the very computation of the plan.

    Each place is held against what its own customers bought, so that a centre is planned for them alone.
    """
    items = tables.items.with_columns(
        on_hand=pl.lit(0.0), review_period_days=pl.lit(float(course.every)), supplied_from=pl.lit(None, pl.String)
    )
    for number, origin in enumerate(origins):
        paths: list[pl.DataFrame] = []
        known = replace(tables, items=items, on_order=None)
        plan = plan_items(
            known, origin, settings, words, horizon=course.horizon, keeps_forecast=True, on_forecast=paths.append
        ).full
        on_progress(number + 1, len(origins))
        yield _trial(origin, plan, pl.concat(paths), past.sold[: past.place(origin)], course)


def _trial(origin: date, plan: pl.DataFrame, daily: pl.DataFrame, before: Numbers, course: Course) -> Trial:
    path = daily["mean"].to_numpy().reshape(plan.height, course.horizon).T
    protection, is_whole = plan["protection_days"].to_numpy(), plan["is_whole"].to_numpy()

    def spread(mean: str, variance: str) -> Spread:
        return Spread(plan[mean].to_numpy(), plan[variance].to_numpy(), is_whole)

    over = spread("mean", "variance")
    views = {
        PLAN: View(path, over.mean, np.sqrt(over.variance)),
        NAIVE: seasonal_naive(before, course.horizon, protection),
        TEXTBOOK: textbook(before, course.horizon, protection),
    }
    for_fill = spread("mean", "fill_variance"), spread("lead_mean", "lead_fill_variance")
    return Trial(origin, plan["demand_class"], protection, views, over, for_fill)
