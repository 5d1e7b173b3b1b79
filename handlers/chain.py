"""Which places are supplied from which, as the plan's items need it: a shop waits for its centre, not for a supplier."""

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.tables.catalogue import LocationRow

SUPPLY = {
    "place": pl.Int64,
    "code": pl.String,
    "source": pl.Int64,
    "transfer_days": pl.Float64,
    "transfer_every": pl.Float64,
}


def supply_of(session: Session) -> pl.DataFrame:
    """Every place with its code, and the place that supplies it."""
    row = LocationRow
    found = session.execute(
        select(row.id, row.code, row.supplied_from_id, row.transfer_days, row.transfer_every_days).order_by(row.id)
    ).all()
    return pl.DataFrame(found, schema=SUPPLY, orient="row")


def with_central_rows(items: pl.DataFrame, supply: pl.DataFrame) -> pl.DataFrame:
    """The items with a row at the centre, without stock there, for what it never held and a shop that it supplies does."""
    sources = supply.filter(pl.col("source").is_not_null()).select("place", "source")
    if sources.is_empty():
        return items
    held = items.join(sources, left_on="location", right_on="place", how="inner", maintain_order="left")
    lacking = held.with_columns(location=pl.col("source"), on_hand=pl.lit(0.0)).drop("source")
    lacking = lacking.join(items, on=["sku", "location"], how="anti", maintain_order="left")
    return pl.concat([items, lacking.unique(["sku", "location"], keep="first", maintain_order=True)])


def filled_from_centre(items: pl.DataFrame, supply: pl.DataFrame) -> pl.DataFrame:
    """The items, keys as text, with `supplied_from`; for those supplied, the way from the centre instead of the supplier's."""
    codes = supply.select(pl.col("place").cast(pl.String), "code")
    named = supply.select(
        pl.col("place").cast(pl.String).alias("location"),
        pl.col("code").alias("location_name"),
        pl.col("source").cast(pl.String).alias("supplied_from"),
        "transfer_days",
        "transfer_every",
    ).join(codes.rename({"place": "supplied_from", "code": "supplied_from_name"}), on="supplied_from", how="left")
    joined = items.join(named, on="location", how="left", maintain_order="left")
    is_supplied = pl.col("supplied_from").is_not_null()

    def instead(column: str, value: pl.Expr) -> pl.Expr:
        return pl.when(is_supplied).then(value).otherwise(pl.col(column)).alias(column)

    return joined.with_columns(
        instead("lead_time_days", pl.col("transfer_days")),
        instead("lead_time_sd_days", pl.lit(0.0)),
        instead("review_period_days", pl.col("transfer_every")),
        instead("pack_size", pl.lit(1.0)),
        instead("moq", pl.lit(0.0)),
    )
