"""Rows by the hundred thousand: the same values as the ordinary way writes."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import cast

import polars as pl
import pytest
from sqlalchemy import Table, select
from sqlalchemy.exc import IntegrityError

from store.bulk import insert_frame
from store.tables.planning import PlanRunRow, StockOutlookRow
from store.tables.sales import DailySalesRow
from tests.makers.world import World

pytestmark = pytest.mark.store


def outlook(run: int, reason: str) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "product_id": [1], "location_id": [1], "run_id": [run], "demand_class": ["smooth"], "demand_per_day": [1.2345],
            "protection_days": [12], "safety_stock": [3], "reorder_point": [20], "order_up_to": [30],
            "stockout_p20": [date(2026, 11, 25)], "stockout_p50": [None], "stockout_risk": [0.25], "order_quantity": [12],
            "reason": [reason], "figures": ['{"level": 1.25}'], "digest": [-(2**62)],
        },
        schema_overrides={"stockout_p50": pl.Date},
    )  # fmt: skip


def test_every_kind_of_column_arrives_as_it_was(world: World) -> None:
    said = 'He said "yes", then,\nleft; zażółć \\N'
    with world.store.transaction() as session:
        run = PlanRunRow(today=date(2026, 11, 23), computed_at=datetime(2026, 11, 23, tzinfo=UTC), items=1, proposals=0)
        session.add(run)
        session.flush()
        insert_frame(session, cast("Table", StockOutlookRow.__table__), outlook(run.id, said))
    with world.store.reading() as session:
        row = session.scalars(select(StockOutlookRow)).one()
    assert (row.reason, row.figures, row.digest) == (said, {"level": 1.25}, -(2**62))
    assert (row.demand_per_day, row.stockout_p20, row.stockout_p50) == (Decimal("1.2345"), date(2026, 11, 25), None)


def test_booleans_and_moments_too(world: World) -> None:
    sales = pl.DataFrame({"product_id": [1], "location_id": [1], "day": [date(2026, 11, 1)], "quantity": [1.5]})
    sales = sales.with_columns(is_promotion=pl.lit(value=True), stocked_out=pl.lit(1))
    runs = pl.DataFrame(
        {"today": [date(2026, 11, 1)], "computed_at": [datetime(2026, 11, 1, 4, 30, tzinfo=UTC)], "items": [1]}
    )
    with world.store.transaction() as session:
        insert_frame(session, cast("Table", DailySalesRow.__table__), sales)
        insert_frame(session, cast("Table", PlanRunRow.__table__), runs.with_columns(proposals=pl.lit(2)))
    with world.store.reading() as session:
        sold, run = session.scalars(select(DailySalesRow)).one(), session.scalars(select(PlanRunRow)).one()
    assert (sold.quantity, sold.is_promotion, sold.stocked_out) == (Decimal("1.5"), True, 1)
    assert run.computed_at == datetime(2026, 11, 1, 4, 30, tzinfo=UTC)


def test_nothing_is_written_of_nothing(world: World) -> None:
    with world.store.transaction() as session:
        insert_frame(session, cast("Table", StockOutlookRow.__table__), outlook(1, "").clear())
    with world.store.reading() as session:
        assert session.scalars(select(StockOutlookRow)).all() == []


def test_the_database_still_refuses_what_it_must(world: World) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key|unique") as refusal, world.store.transaction() as session:
        insert_frame(session, cast("Table", StockOutlookRow.__table__), outlook(99, "no such run"))
    assert not isinstance(refusal.value, IntegrityError)  # the driver's own error: nothing wraps it here
