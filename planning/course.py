"""The course of one item for people to look at: weeks sold, the weeks to come as a fan, and stock day by day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from planning.arrays import Numbers
from planning.distribution import Spread
from planning.kept import forecast_from
from planning.stockout import HORIZON, demand_of_days

PAST_WEEKS, COMING_WEEKS = 13, 6
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9


@dataclass(frozen=True, slots=True)
class Week:
    """Demand of seven days: sold, or what it will be with 10, 50 and 90 %."""

    first: date
    sold: float | None = None
    low: float = 0.0
    middle: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class StockDay:
    """Stock at the end of a day, with 10, 50 and 90 %, if nothing more is ordered; and `ordered`, with today's order."""

    day: date
    low: float
    middle: float
    high: float
    ordered: float
    arriving: float


@dataclass(frozen=True, slots=True)
class Course:
    """Everything that a picture of one item shows."""

    sku: str
    location: str
    today: date
    weeks: tuple[Week, ...]
    days: tuple[StockDay, ...]
    reorder_point: float
    order_quantity: float
    arrives: date  # what is ordered today
    stockout_p20: date | None
    stockout_p50: date | None
    stockout_p80: date | None


def course_of(row: Mapping[str, Any], history: pl.LazyFrame, on_order: pl.DataFrame | None, today: date) -> Course:
    """The course of one row of `Plan.full` that keeps its forecast; history and deliveries may hold other items too.

    A forecast that is older than today says in `made_on` when it was made.
    """
    lead = int(row["lead_days"])
    return Course(
        sku=row["sku"],
        location=row["location"],
        today=today,
        weeks=_past(row, history, today) + _coming(row, today),
        days=_stock(row, _arriving(row, on_order, today), lead, today),
        reorder_point=float(row["reorder_point"]),
        order_quantity=float(row["order_quantity"]),
        arrives=today + timedelta(days=lead),
        stockout_p20=row["stockout_p20"],
        stockout_p50=row["stockout_p50"],
        stockout_p80=row["stockout_p80"],
    )


def _own(frame: pl.LazyFrame, row: Mapping[str, Any]) -> pl.LazyFrame:
    return frame.filter(
        (pl.col("sku").cast(pl.String) == row["sku"]) & (pl.col("location").cast(pl.String) == row["location"])
    )


def _past(row: Mapping[str, Any], history: pl.LazyFrame, today: date) -> tuple[Week, ...]:
    """Whole weeks up to yesterday."""
    own = _own(history.select("sku", "location", "date", "quantity"), row).collect()
    days = own["date"].cast(pl.String).str.to_date() if own["date"].dtype == pl.String else own["date"].cast(pl.Date)
    ages = (pl.Series([today]).cast(pl.Date).to_physical()[0] - days.to_physical()).to_numpy()
    week = (ages - 1) // 7
    seen = (ages >= 1) & (week < PAST_WEEKS)
    sold = np.bincount(week[seen], own["quantity"].cast(pl.Float64).to_numpy()[seen], PAST_WEEKS)
    return tuple(
        Week(today - timedelta(days=7 * (number + 1)), sold=max(float(sold[number]), 0.0))
        for number in reversed(range(PAST_WEEKS))
    )


def _coming(row: Mapping[str, Any], today: date) -> tuple[Week, ...]:
    forecast, is_whole = forecast_from([row], row.get("made_on", today), today)
    ends = 7 * np.arange(1, COMING_WEEKS + 1)
    means = np.diff([0.0, *(float(forecast.mean_after(int(end))[0]) for end in ends)])
    variances = np.diff([0.0, *(float(forecast.strays.after(int(end))[0]) for end in ends)])
    spread = Spread(means, variances, np.repeat(is_whole, COMING_WEEKS))
    low, middle, high = (spread.quantile(share) for share in (LOW, MIDDLE, HIGH))
    return tuple(
        Week(today + timedelta(days=7 * number), None, float(low[number]), float(middle[number]), float(high[number]))
        for number in range(COMING_WEEKS)
    )


def _arriving(row: Mapping[str, Any], on_order: pl.DataFrame | None, today: date) -> Numbers:
    """Base units that arrive on each of the next days; what is overdue comes today."""
    arriving = np.zeros(HORIZON)
    if on_order is None:
        return arriving
    for day, quantity in _own(on_order.lazy(), row).select("date", "quantity").collect().iter_rows():
        due = date.fromisoformat(day) if isinstance(day, str) else day
        number = max((due - today).days, 0)
        if number < HORIZON:
            arriving[number] += float(quantity)
    return arriving


def _stock(row: Mapping[str, Any], arriving: Numbers, lead: int, today: date) -> tuple[StockDay, ...]:
    forecast, is_whole = forecast_from([row], row.get("made_on", today), today)
    available = row["on_hand"] + row["at_shops"] + np.cumsum(arriving)
    found = []
    for number in range(HORIZON):
        demand = demand_of_days(forecast, number + 1, is_whole)
        least, middle, most = (float(demand.quantile(share)[0]) for share in (LOW, MIDDLE, HIGH))
        ordered = float(row["order_quantity"]) if number >= lead else 0.0
        here = float(available[number])
        found.append(
            StockDay(
                day=today + timedelta(days=number),
                low=max(here - most, 0.0),
                middle=max(here - middle, 0.0),
                high=max(here - least, 0.0),
                ordered=max(here + ordered - middle, 0.0),
                arriving=float(arriving[number]),
            )
        )
    return tuple(found)
