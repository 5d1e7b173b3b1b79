"""Accuracy of the plan beside single statsforecast models, each chosen with hindsight.

    python -m bench.accuracy [HISTORY ITEMS]

With a history and items in the contract's columns (CSV or Parquet) on those, else on made demand whose kinds differ.
Three origins, 14 days ahead. For each measure it prints the plan, the best model, and how far the plan is from it.
Needs `pip install 'quartermaster[oracles]'`.
"""

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
import polars as pl

from orders.wording import wording
from planning import files
from planning.compute import Tables, plan_items
from planning.settings import PlanSettings

Matrix = npt.NDArray[np.float64]
TODAY = date(2026, 11, 23)
HORIZON, ORIGINS, ITEMS, DAYS = 14, 3, 200, 379


def main(tables: list[Path]) -> None:
    sets = [("given", *given(*tables))] if tables else [(name, each, np.ones(ITEMS)) for name, each in made()]
    print(
        f"{'demand':20}"
        + "".join(f"{name:>8} {'best':>7} {'model':22} {'':>6}" for name in ("WRMSSE", "RMSSE", "WAPE"))
    )
    for name, demand, cost in sets:
        ours, theirs = [], []
        for back in range(ORIGINS, 0, -1):
            past, seen = np.split(demand[: len(demand) - HORIZON * (back - 1)], [-HORIZON])
            ours.append(errors(plan_of(past, cost), past, seen, cost))
            theirs.append({model: errors(path, past, seen, cost) for model, path in paths_of_rivals(past)})
        plan = np.mean(ours, axis=0)
        means = {model: np.mean([each[model] for each in theirs], axis=0) for model in theirs[0]}
        best = [list(means)[int(np.argmin([each[place] for each in means.values()]))] for place in range(3)]
        print(f"{name:20}" + "".join(
            f"{plan[k]:8.4f} {means[best[k]][k]:7.4f} {best[k]:22} {plan[k] / means[best[k]][k] - 1:+6.1%}" for k in range(3)
        ))  # fmt: skip


def made() -> Iterator[tuple[str, Matrix]]:
    """Demand of eight kinds, days × items."""
    chance = np.random.default_rng(11)
    day = np.arange(DAYS)[:, None]
    mean, ratio = np.exp(chance.normal(1, 1, ITEMS)), chance.uniform(1.2, 4, ITEMS)

    def sold(rate: Matrix) -> Matrix:
        rate = np.maximum(np.broadcast_to(rate * mean, (DAYS, ITEMS)), 1e-9)
        return chance.negative_binomial(rate / (ratio - 1), 1 / ratio).astype(float)

    yield "steady", sold(np.ones((1, ITEMS)))
    yield "week of its own", sold(7 * chance.dirichlet(np.full(7, 4.0), ITEMS).T[day[:, 0] % 7])
    yield "growth and decline", sold(np.exp(chance.uniform(-0.003, 0.005, ITEMS) * (day - 180)))
    shifts = np.where(chance.random((DAYS, ITEMS)) < 0.008, chance.normal(0, 0.6, (DAYS, ITEMS)), 0)
    yield "level shifts", sold(np.exp(np.cumsum(shifts, axis=0)))
    yield "wandering level", sold(np.exp(np.cumsum(chance.normal(0, 0.03, (DAYS, ITEMS)), axis=0)))
    yield "weeks of promotion", sold(np.where(np.repeat(chance.random((55, ITEMS)) < 0.15, 7, axis=0)[:DAYS], 2.5, 1))
    some = chance.random((DAYS, ITEMS)) < chance.uniform(0.02, 0.3, ITEMS)
    yield "spare parts", some * (1.0 + chance.poisson(chance.uniform(0, 4, ITEMS), (DAYS, ITEMS)))
    yield "rare large orders", np.where(some, np.ceil(chance.lognormal(1.5, 1, (DAYS, ITEMS))), 0.0)


def given(history: Path, items: Path) -> tuple[Matrix, Matrix]:
    """Demand of the items that sold on twenty days or more, and their cost; places of one item are items here."""
    key = ["sku", "location"]
    sales = files.scan(history).with_columns(pl.col("date").cast(pl.Date)).collect()
    counts = sales.group_by(key).agg(days=pl.len()).filter(pl.col("days") >= 20).sort(key).drop("days")
    table = counts.join(files.read(items), on=key, how="left", maintain_order="left")
    sales = sales.join(counts.with_row_index("item"), on=key)
    first, last = cast("date", sales["date"].min()), cast("date", sales["date"].max())
    demand = np.zeros(((last - first).days + 1, counts.height))
    np.add.at(demand, ((sales["date"] - first).dt.total_days(), sales["item"]), sales["quantity"].to_numpy())
    cost = table["unit_cost"].fill_null(1).to_numpy() if "unit_cost" in table.columns else np.ones(counts.height)
    return np.maximum(demand, 0), cost


def plan_of(past: Matrix, cost: Matrix) -> Matrix:
    """Mean of each day ahead, days × items."""
    day, item = np.nonzero(past)
    names = pl.Series([f"s{number}" for number in range(past.shape[1])])
    dates = pl.Series(np.datetime64(TODAY) - (len(past) - day)).cast(pl.Date)
    history = pl.DataFrame({"sku": names.gather(item), "location": "A", "date": dates, "quantity": past[day, item]})
    items = pl.DataFrame({"sku": names, "location": "A", "on_hand": 0, "lead_time_days": 7, "unit_cost": cost})
    parts: list[pl.DataFrame] = []
    plan_items(
        Tables(items, history.lazy()), TODAY, PlanSettings(), wording("en"), horizon=HORIZON, on_forecast=parts.append
    )
    return pl.concat(parts)["mean"].to_numpy().reshape(-1, HORIZON).T


def paths_of_rivals(past: Matrix) -> Iterator[tuple[str, Matrix]]:
    """The same from each model, every series from its first sale on."""
    from statsforecast import StatsForecast, models as rivals  # noqa: I001, PLC0415 - an extra that --help does without

    chosen = [
        rivals.SeasonalNaive(7), rivals.WindowAverage(28), rivals.SimpleExponentialSmoothingOptimized(),
        rivals.SeasonalExponentialSmoothingOptimized(7), rivals.SimpleExponentialSmoothing(0.05), rivals.HistoricAverage(),
        rivals.CrostonClassic(), rivals.CrostonOptimized(), rivals.CrostonSBA(), rivals.TSB(0.1, 0.1), rivals.ADIDA(),
        rivals.IMAPA(), rivals.AutoETS(model="ZNN"),
    ]  # fmt: skip
    first = (past > 0).argmax(axis=0)
    usable = np.flatnonzero((past > 0).any(axis=0) & (len(past) - first >= 15))
    frame = pl.concat([
        pl.DataFrame({"unique_id": int(item), "ds": np.arange(first[item], len(past)), "y": past[first[item] :, item]})
        for item in usable
    ])  # fmt: skip
    engine = StatsForecast(models=chosen, freq=1, fallback_model=rivals.SeasonalNaive(7))
    found = engine.forecast(df=frame, h=HORIZON)
    place = (found["ds"].to_numpy() - len(past), found["unique_id"].to_numpy())
    for model in found.columns[2:]:
        path = np.zeros((HORIZON, past.shape[1]))
        path[place] = np.maximum(np.nan_to_num(found[model].to_numpy()), 0)
        yield model, path


def errors(path: Matrix, past: Matrix, seen: Matrix, cost: Matrix) -> Matrix:
    """WRMSSE by the value of the past, RMSSE, and WAPE of the sum ahead by value."""
    began = np.where((past > 0).any(axis=0), (past > 0).argmax(axis=0), len(past))
    steps = np.square(np.diff(past, axis=0)) * (np.arange(1, len(past))[:, None] > began)
    scale = steps.sum(axis=0) / np.maximum(len(past) - 1 - began, 1)
    fair = (scale > 0) & (len(past) - began >= 15)
    error = np.sqrt(np.square(path - seen).mean(axis=0)[fair] / scale[fair])
    missed = np.abs(path.sum(axis=0) - seen.sum(axis=0)) * cost
    value = (past.sum(axis=0) * cost)[fair]
    return np.array([(error * value).sum() / value.sum(), error.mean(), missed.sum() / (seen.sum(axis=0) * cost).sum()])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("history", nargs="?", type=Path, help="sales by product and day; made demand when absent")
    parser.add_argument("items", nargs="?", type=Path, help="the products, which a history needs beside it")
    options = parser.parse_args()
    if options.history is not None and options.items is None:
        parser.error("a history needs its items")
    main([options.history, options.items] if options.history is not None else [])
