"""What a plan says of one item, and the plan over all items of a shop."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
from scipy.stats import norm

_WINDOW = 56


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One row of the plan; quantities in base units, days as dates, the trace as lines of arithmetic."""

    sku: str
    location: str
    demand_class: str
    demand_per_day: float
    protection_days: int
    safety_stock: int
    reorder_point: int
    order_up_to: int
    stockout_p20: date | None
    stockout_p50: date | None
    stockout_p80: date | None
    stockout_risk: float
    order_quantity: int
    reason: str
    why: tuple[str, ...]


def plan_items(
    items: pl.DataFrame, history: pl.DataFrame, on_order: pl.DataFrame, *, today: date, language: str
) -> list[PlannedItem]:
    """Plan every item; days are those of the site."""
    del language
    recent = (
        history.filter(pl.col("date") >= today - timedelta(days=_WINDOW))
        .group_by("sku", "location")
        .agg(total=pl.col("quantity").sum(), squares=(pl.col("quantity") ** 2).sum())
    )
    coming = on_order.group_by("sku", "location").agg(coming=pl.col("quantity").sum())
    rows = (
        items.join(recent, on=["sku", "location"], how="left")
        .join(coming, on=["sku", "location"], how="left")
        .fill_null(0)
    )
    found = []
    for row in rows.iter_rows(named=True):
        mean = row["total"] / _WINDOW
        sd = math.sqrt(max(0.0, row["squares"] / _WINDOW - mean * mean))
        days = math.ceil(row["lead_time_days"] + row["review_period_days"])
        safety = 1.64 * sd * math.sqrt(days)
        upto = math.ceil(mean * days + safety)
        position = row["on_hand"] + row["coming"]
        need = max(0.0, upto - position)
        pack = max(1, int(row["pack_size"]))
        qty = math.ceil(max(need, row["moq"]) / pack) * pack if need > 0.5 * pack else 0
        last = row["on_hand"] / mean if mean > 0 else 999

        def day(factor: float, last: float = last) -> date | None:
            return today + timedelta(days=int(last * factor)) if last * factor <= 60 else None

        risk = float(
            norm.sf((position - mean * row["lead_time_days"]) / (sd * math.sqrt(max(1, row["lead_time_days"])) or 1))
        )
        found.append(
            PlannedItem(
                row["sku"],
                row["location"],
                "smooth",
                mean,
                days,
                math.ceil(safety),
                math.ceil(mean * row["lead_time_days"] + safety),
                upto,
                day(0.8),
                day(1.0),
                day(1.25),
                risk,
                qty,
                f"sells {mean:.0f} a day; stock lasts {last:.0f} days",
                (f"{mean:.2f} a day",),
            )
        )
    return found
