"""Planned promotions as rows of the planner's history: those that have been mark what was sold, those to come stand by themselves."""

from datetime import date

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.sales_columns import SALES
from store.tables.promotions import PlannedPromotionRow

_KEY = ["sku", "location", "date"]


def with_promotions(session: Session, history: pl.LazyFrame, *, since: date, today: date, until: date) -> pl.LazyFrame:
    """The history with each planned day marked; one without a sale, and one to come, is a row that says nothing else.

    Where promotions are planned at all but none for a day to come, a row of today says so.
    """
    row = PlannedPromotionRow
    found = session.execute(
        select(row.product_id, row.location_id, row.first_day, row.last_day)
        .where(row.last_day >= since, row.first_day <= until)
        .order_by(row.product_id, row.location_id, row.first_day)
    ).all()
    if not found:
        return history
    planned = pl.DataFrame(
        [tuple(each) for each in found],
        schema={"sku": pl.Int64, "location": pl.Int64, "first": pl.Date, "last": pl.Date},
        orient="row",
    )
    days = planned.select(
        "sku",
        "location",
        date=pl.date_ranges(pl.max_horizontal("first", pl.lit(since)), pl.min_horizontal("last", pl.lit(until))),
    )
    promoted = days.explode("date").unique(_KEY, maintain_order=True).with_columns(planned=pl.lit(1, pl.Int8))
    marked = history.join(promoted.lazy(), on=_KEY, how="left", maintain_order="left").with_columns(
        promotion=pl.max_horizontal("promotion", pl.col("planned").fill_null(0))
    )
    empty = promoted.lazy().join(history, on=_KEY, how="anti", maintain_order="left").pipe(_bare_rows)
    return pl.concat([marked.select(list(SALES)), empty, _none_today(planned, today)])


def _bare_rows(days: pl.LazyFrame) -> pl.LazyFrame:
    return days.select(
        *_KEY,
        quantity=pl.lit(0.0),
        price=pl.lit(None, pl.Float64),
        promotion=pl.col("planned"),
        stocked_out=pl.lit(0, pl.Int8),
    )


def _none_today(planned: pl.DataFrame, today: date) -> pl.LazyFrame:
    first = planned.head(1).select("sku", "location", date=pl.lit(today), planned=pl.lit(0, pl.Int8))
    return _bare_rows(first.lazy())
