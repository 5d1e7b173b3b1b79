"""The plan as the nightly run wants it: one value an item, with an arithmetic trace that reproduces its quantity."""

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

import polars as pl

from orders.wording import wording
from planning.compute import Tables, plan_items
from planning.kept import KEPT
from planning.settings import PlanSettings
from planning.trace import facts, trace


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One row of the plan; quantities in whole base units, days as dates. `why` holds the steps of the arithmetic."""

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
    why: tuple[dict[str, Any], ...]
    figures: dict[str, Any]  # the forecast, as planning.kept goes on from it


def plan_shop(
    items: pl.DataFrame, history: pl.DataFrame, on_order: pl.DataFrame, *, today: date, language: str
) -> list[PlannedItem]:
    """Plan every item of a shop, in the order of the items; raises UnusableTable.

    It is the very computation of `quartermaster plan compute`; the reasons are worded in `language`.
    """
    if items.is_empty():
        return []
    plan = plan_items(
        Tables(items, history.lazy(), on_order), today, PlanSettings(), wording(language), keeps_forecast=True
    )
    return [_planned(row) for row in plan.full.iter_rows(named=True)]


def _planned(row: dict[str, Any]) -> PlannedItem:
    return PlannedItem(
        sku=row["sku"],
        location=row["location"],
        demand_class=row["demand_class"],
        demand_per_day=row["demand_per_day"],
        protection_days=row["protection_days"],
        safety_stock=ceil(row["safety_stock"]),
        reorder_point=ceil(row["reorder_point"]),
        order_up_to=ceil(row["order_up_to"]),
        stockout_p20=row["stockout_p20"],
        stockout_p50=row["stockout_p50"],
        stockout_p80=row["stockout_p80"],
        stockout_risk=row["stockout_risk"],
        order_quantity=round(row["order_quantity"]),
        reason=row["reason"],
        why=tuple(facts(step) for step in trace(row)),
        figures={name: row[name] for name in KEPT},
    )
