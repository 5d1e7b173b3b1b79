"""Keeps what the plan expects of each product at each place; only rows that differ from the kept ones are written."""

from datetime import date, datetime
from typing import Any, cast

import polars as pl
from sqlalchemy import Table, delete, select, tuple_
from sqlalchemy.orm import Session

from store.bulk import insert_frame
from store.tables.planning import PlanRunRow, StockOutlookRow

_DELETED_AT_ONCE = 500
_KEY = ["product_id", "location_id"]


def keep_outlooks(session: Session, full: pl.DataFrame, *, today: date, now: datetime, proposals: int) -> pl.DataFrame:
    """Bring the outlooks to this plan; the keys of those that were written.

    One run a day is kept; a later one of the same day takes its place.
    """
    run_id = _run(session, today=today, now=now, items=full.height, proposals=proposals)
    new = _outlooks(full, run_id)
    kept = pl.DataFrame(
        session.execute(select(StockOutlookRow.product_id, StockOutlookRow.location_id, StockOutlookRow.digest)).all(),
        schema={"product_id": pl.Int64, "location_id": pl.Int64, "digest": pl.Int64},
        orient="row",
    )
    same = new.join(kept, on=[*_KEY, "digest"], how="semi").select(_KEY)
    stale = kept.join(same, on=_KEY, how="anti").select(_KEY)
    written = new.join(same, on=_KEY, how="anti", maintain_order="left")
    _remove(session, stale, is_all=same.is_empty())
    insert_frame(session, cast("Table", StockOutlookRow.__table__), written)
    return written.select(_KEY)


def _run(session: Session, *, today: date, now: datetime, items: int, proposals: int) -> int:
    run = session.scalar(select(PlanRunRow).where(PlanRunRow.today == today).order_by(PlanRunRow.id.desc()).limit(1))
    if run is None:
        run = PlanRunRow(today=today)
        session.add(run)
    run.computed_at, run.items, run.proposals = now, items, proposals
    session.flush()
    return run.id


def _outlooks(full: pl.DataFrame, run_id: int) -> pl.DataFrame:
    if full.is_empty():
        return pl.DataFrame(schema={"product_id": pl.Int64, "location_id": pl.Int64, "digest": pl.Int64})

    def up(column: str) -> pl.Expr:
        return pl.col(column).ceil().cast(pl.Int64)

    def here(column: str) -> pl.Expr:
        """A level of the whole chain as the centre's own: less what the shops that it supplies have of it."""
        return (pl.col(column) - pl.col("at_shops")).clip(lower_bound=0).ceil().cast(pl.Int64).alias(column)

    rows = full.select(
        pl.col("sku").cast(pl.Int64).alias("product_id"),
        pl.col("location").cast(pl.Int64).alias("location_id"),
        pl.lit(run_id).alias("run_id"),
        "demand_class",
        pl.col("demand_per_day").round(4),
        "protection_days",
        up("safety_stock"),
        here("reorder_point"),
        here("order_up_to"),
        "stockout_p20",
        "stockout_p50",
        "stockout_p80",
        pl.col("stockout_risk").round(4),
        pl.col("order_quantity").round().cast(pl.Int64),
        "reason",
        "figures",
    )
    digest: Any = pl.struct(rows.columns).hash(seed=1).reinterpret(signed=True)
    return rows.with_columns(digest=digest)


def _remove(session: Session, keys: pl.DataFrame, *, is_all: bool) -> None:
    if is_all:
        session.execute(delete(StockOutlookRow))
        return
    key = tuple_(StockOutlookRow.product_id, StockOutlookRow.location_id)
    for part in keys.iter_slices(_DELETED_AT_ONCE):
        session.execute(delete(StockOutlookRow).where(key.in_(part.rows())))
