"""The whole backtest: origins, scores and stock curves, as values that a page or a table shows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from orders.wording import Wording
from planning.backtest.scores import score
from planning.backtest.stock_trial import stock_curves
from planning.backtest.trials import Course, checked, origins_of, past_of, run_trials
from planning.compute import Tables
from planning.items import read_items
from planning.problems import UnusableTable
from planning.settings import PlanSettings


@dataclass(frozen=True, slots=True)
class Backtest:
    """What rolling origins have shown."""

    origins: list[date]
    course: Course
    items: int
    scores: pl.DataFrame  # a row a method and class
    curves: pl.DataFrame  # a row a method and service target
    totals: pl.DataFrame  # origin, method, expected and sold units of the horizon


def run_backtest(
    tables: Tables,
    today: date | None,
    course: Course,
    settings: PlanSettings,
    words: Wording,
    on_progress: Callable[[int, int], None],
) -> Backtest:
    """Plan from past days and compare; raises UnusableTable when a table cannot be used or the history is too short.

    Without `today`, the history's last day is yesterday.
    """
    items = read_items(tables.items, tables.items_source, settings)
    history = checked(tables)
    end = today or _day_after(history)
    past = past_of(history, items, end)
    origins = origins_of(course, past, end)
    trials = list(run_trials(tables, past, origins, course, settings, words, on_progress))
    cost = items["unit_cost"].to_numpy()
    lead = np.ceil(items["lead_time_days"].to_numpy()).astype(int)
    totals = [
        {
            "origin": trial.origin,
            "method": method,
            "expected": float(view.path.sum()),
            "sold": float(past.sold[past.place(trial.origin) :][: course.horizon].sum()),
        }
        for trial in trials
        for method, view in trial.views.items()
    ]
    return Backtest(
        origins=origins,
        course=course,
        items=items.height,
        scores=score(trials, past, cost),
        curves=stock_curves(trials, past, cost, lead),
        totals=pl.DataFrame(totals),
    )


def _day_after(history: pl.DataFrame) -> date:
    last: date | None = history.select(pl.col("date").max()).item()
    if last is None:
        raise UnusableTable("history", "holds no sale")
    return last + timedelta(days=1)
