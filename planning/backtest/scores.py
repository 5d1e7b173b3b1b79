"""How good forecasts were: scaled errors, bias, pinball loss and coverage, over all items and by class of demand.

RMSSE and its value-weighted mean after the M5 competition (Makridakis, Spiliotis & Assimakopoulos 2022), MASE after Hyndman & Koehler
(2006) on sums of weeks, pinball loss of the sum over the protection interval as a share of what was sold.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from planning.arrays import Marks, Numbers
from planning.backtest.trials import Past, Trial

SHARES = (0.5, 0.8, 0.9, 0.95, 0.99)
WEIGHT_DAYS = 28  # value of an item in these days before the origin is its weight in WRMSSE
FEWEST_DAYS = 15  # of history of an item that is scored


def score(trials: Sequence[Trial], past: Past, cost: Numbers) -> pl.DataFrame:
    """One row a method and class, and `all` for all classes: the figures of the report."""
    rows = pl.concat([_rows(trial, past, cost, method) for trial in trials for method in trial.views])
    whole = rows.with_columns(demand_class=pl.lit("all"))
    both = pl.concat([whole, rows])
    measures = both.group_by("method", "demand_class", maintain_order=True).agg(
        items=pl.len(),
        wrmsse=(pl.col("rmsse") * pl.col("weight")).sum()
        / pl.col("weight").filter(pl.col("rmsse").is_not_null()).sum(),
        rmsse=pl.col("rmsse").mean(),
        mase=pl.col("mase").mean(),
        wape=pl.col("error").abs().sum() / pl.col("sold").sum(),
        bias=pl.col("error").sum() / pl.col("sold").sum(),
        **{f"pinball_{_name(share)}": pl.col(f"loss_{_name(share)}").sum() / pl.col("worth").sum() for share in SHARES},
        **{f"covered_{_name(share)}": pl.col(f"covered_{_name(share)}").mean() for share in SHARES},
    )
    return measures.with_columns(pl.col(pl.Float64).fill_nan(None))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What came after an origin. Items with a hidden day, or hardly any history, are not scored."""

    daily: Numbers
    total: Numbers
    protected: Numbers
    is_fair: Marks
    is_complete: Marks  # of those, where the whole protection interval was seen


def _seen(trial: Trial, past: Past, horizon: int) -> _Seen:
    start = past.place(trial.origin)
    ahead = past.sold[start : start + horizon].astype(np.float64)
    days, items = past.sold.shape
    sums = np.concatenate([np.zeros((1, items)), np.cumsum(past.sold[start:], axis=0, dtype=np.float64)])
    hidden = np.concatenate([np.zeros((1, items)), np.cumsum(past.is_hidden[start:], axis=0)])
    each, last = np.arange(items), np.minimum(trial.protection, days - start)
    began = np.where((past.sold > 0).any(axis=0), (past.sold > 0).argmax(axis=0), days)
    is_old = start - began >= FEWEST_DAYS
    return _Seen(
        daily=ahead,
        total=ahead.sum(axis=0),
        protected=sums[last, each],
        is_fair=is_old & (hidden[min(horizon, days - start)] == 0),
        is_complete=is_old & (hidden[last, each] == 0) & (trial.protection <= days - start),
    )


def _rows(trial: Trial, past: Past, cost: Numbers, method: str) -> pl.DataFrame:
    view = trial.views[method]
    horizon = len(view.path)
    seen = _seen(trial, past, horizon)
    before = past.sold[: past.place(trial.origin)]
    columns = {
        "rmsse": np.where(seen.is_fair, _rmsse(view.path, seen.daily, before), np.nan),
        "mase": np.where(seen.is_fair, _mase(view.path, seen.daily, before), np.nan),
        "weight": before[-WEIGHT_DAYS:].sum(axis=0, dtype=np.float64) * cost,
        "error": np.where(seen.is_fair, view.path.sum(axis=0) - seen.total, 0),
        "sold": np.where(seen.is_fair, seen.total, 0),
        "worth": np.where(seen.is_complete, seen.protected * cost, 0),
    }
    for share in SHARES:
        level = trial.quantile(method, share)
        short = seen.protected - level
        loss = 2 * np.maximum(share * short, (share - 1) * short) * cost
        columns[f"loss_{_name(share)}"] = np.where(seen.is_complete, loss, 0)
        columns[f"covered_{_name(share)}"] = np.where(seen.is_complete, short <= 0, np.nan)
    frame = pl.DataFrame(columns).with_columns(pl.all().fill_nan(None))
    return frame.with_columns(trial.kind.alias("demand_class"), pl.lit(method).alias("method"))


def _rmsse(path: Numbers, seen: Numbers, before: Numbers) -> Numbers:
    """Root of the mean squared error over that of the naive forecast within the item's own history."""
    began = _began(before)
    steps = np.square(np.diff(before, axis=0)) * (np.arange(1, len(before))[:, None] > began)
    scale = steps.sum(axis=0, dtype=np.float64) / np.maximum(len(before) - 1 - began, 1)
    error = np.mean(np.square(path - seen), axis=0)
    return np.where(scale > 0, np.sqrt(error / np.where(scale > 0, scale, 1)), np.nan)


def _mase(path: Numbers, seen: Numbers, before: Numbers) -> Numbers:
    """Mean absolute error of week sums over that of taking the last week again."""
    weeks = len(path) // 7
    if weeks == 0 or len(before) < 14:
        return np.full(path.shape[1], np.nan)
    error = np.abs(_weeks(path[: 7 * weeks]) - _weeks(seen[: 7 * weeks])).mean(axis=0)
    sums = _weeks(before[len(before) % 7 :])
    is_own = np.arange(1, len(sums))[:, None] * 7 > _began(before)
    steps = np.abs(np.diff(sums, axis=0)) * is_own
    scale = steps.sum(axis=0) / np.maximum(is_own.sum(axis=0), 1)
    return np.where(scale > 0, error / np.where(scale > 0, scale, 1), np.nan)


def _weeks(days: Numbers) -> Numbers:
    sums: Numbers = days.reshape(-1, 7, days.shape[1]).sum(axis=1, dtype=np.float64)
    return sums


def _began(before: Numbers) -> Numbers:
    return np.where((before > 0).any(axis=0), (before > 0).argmax(axis=0), len(before))


def _name(share: float) -> str:
    return f"q{share * 100:.0f}"
