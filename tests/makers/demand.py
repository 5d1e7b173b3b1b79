"""Items and sales histories to plan from, with demand whose truth is known."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from orders.wording import wording
from planning.compute import Plan, Tables, plan_items
from planning.settings import PlanSettings

TODAY = date(2026, 11, 23)  # a Monday


def make_items(count: int = 1, **columns: Any) -> pl.DataFrame:
    """Items s0, s1, ... at location A, with the columns that a test cares about."""
    frame = pl.DataFrame({"sku": [f"s{number}" for number in range(count)], "location": ["A"] * count})
    chosen = {"on_hand": 0, "lead_time_days": 7, **columns}
    return frame.with_columns(
        **{
            name: pl.Series(value) if isinstance(value, list | np.ndarray) else pl.lit(value)
            for name, value in chosen.items()
        }
    )


def make_history(
    demand: npt.NDArray[np.floating[Any]], marks: npt.NDArray[np.integer[Any]] | None = None, today: date = TODAY
) -> pl.DataFrame:
    """A history from a matrix of days × items that ends yesterday; days without anything to tell get no row."""
    says = demand != 0 if marks is None else (demand != 0) | (marks > 0)
    item, day = np.nonzero(says.T)
    columns: dict[str, Any] = {
        "sku": [f"s{number}" for number in item],
        "location": ["A"] * len(item),
        "date": [today - timedelta(days=len(demand) - int(each)) for each in day],
        "quantity": demand[day, item],
    }
    if marks is not None:
        columns["stocked_out"] = marks[day, item]
    return pl.DataFrame(columns, schema_overrides={"sku": pl.String, "location": pl.String, "date": pl.Date})


def make_coming(rows: Sequence[tuple[str, int, float]], today: date = TODAY) -> pl.DataFrame:
    """Open deliveries (sku, days from today, quantity)."""
    return pl.DataFrame(
        {
            "sku": [sku for sku, _, _ in rows],
            "location": ["A"] * len(rows),
            "date": [today + timedelta(days=days) for _, days, _ in rows],
            "quantity": [quantity for _, _, quantity in rows],
        }
    )


def make_plan(
    items: pl.DataFrame,
    history: pl.DataFrame,
    on_order: pl.DataFrame | None = None,
    settings: PlanSettings | None = None,
    language: str = "en",
) -> Plan:
    """The plan of these tables."""
    return plan_items(Tables(items, history.lazy(), on_order), TODAY, settings or PlanSettings(), wording(language))


def steady(rate: float, days: int = 365, count: int = 1, seed: int = 1) -> npt.NDArray[np.floating[Any]]:
    """Poisson demand of one rate: days × items."""
    return np.random.default_rng(seed).poisson(rate, (days, count)).astype(float)
