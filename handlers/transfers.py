"""Keeps what the plan wants moved between places: one row a product and place, made anew only where it differs."""

from typing import cast

import polars as pl
from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session

from store.bulk import insert_frame
from store.tables.planning import ProposedTransferRow

_ROW = {
    "product_id": pl.Int64,
    "source_id": pl.Int64,
    "location_id": pl.Int64,
    "quantity": pl.Int64,
    "reason": pl.String,
}


def keep_transfers(session: Session, full: pl.DataFrame) -> int:
    """Bring the proposed transfers to this plan; returns how many there are. What is carried out shows in the next count."""
    wanted = _wanted(full)
    row = ProposedTransferRow
    kept = pl.DataFrame(
        session.execute(
            select(row.product_id, row.source_id, row.location_id, row.quantity, row.reason).order_by(row.id)
        ).all(),
        schema=_ROW,
        orient="row",
    )
    if not kept.equals(wanted):
        session.execute(delete(ProposedTransferRow))
        insert_frame(session, cast("Table", ProposedTransferRow.__table__), wanted)
    return wanted.height


def _wanted(full: pl.DataFrame) -> pl.DataFrame:
    if full.is_empty():
        return pl.DataFrame(schema=_ROW)
    return full.filter(pl.col("transfer_quantity").floor() > 0).select(
        pl.col("sku").cast(pl.Int64).alias("product_id"),
        pl.col("supplied_from").cast(pl.Int64).alias("source_id"),
        pl.col("location").cast(pl.Int64).alias("location_id"),
        pl.col("transfer_quantity").floor().cast(pl.Int64).alias("quantity"),
        "reason",
    )
