"""The plan as the nightly run wants it: the very computation of `plan compute`, in the shop's words, with its figures kept."""

from datetime import date

import polars as pl

from orders.wording import wording
from planning.compute import Tables, plan_items
from planning.kept import KEPT
from planning.settings import PlanSettings


def plan_shop(
    items: pl.DataFrame, history: pl.LazyFrame, on_order: pl.DataFrame, *, today: date, language: str
) -> pl.DataFrame:
    """`Plan.full` of every item of a shop, in the order of the items, with `figures`: the kept forecast as JSON.

    Empty without items; raises UnusableTable. The reasons are worded in `language`.
    """
    if items.is_empty():
        return pl.DataFrame()
    plan = plan_items(Tables(items, history, on_order), today, PlanSettings(), wording(language), keeps_forecast=True)
    return plan.full.with_columns(figures=pl.struct(KEPT).struct.json_encode())
