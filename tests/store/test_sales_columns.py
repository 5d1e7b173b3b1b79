"""The history of sales in columns: never older than the table, and the same on both databases."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import text

from store.sales_columns import sales_history
from store.sessions import Store
from store.tables.sales import DailySalesRow
from tests.makers.world import World

pytestmark = pytest.mark.store
SINCE, UNTIL = date(2026, 9, 15), date(2026, 11, 23)


def sell(store: Store, day: date, quantity: str = "2", **more: object) -> None:
    with store.transaction() as session:
        session.add(DailySalesRow(product_id=1, location_id=1, day=day, quantity=Decimal(quantity), **more))


def history(store: Store, folder: Path | None) -> pl.DataFrame:
    with store.reading() as session:
        return sales_history(session, since=SINCE, until=UNTIL, folder=folder).collect()


@pytest.fixture
def sold(world: World) -> Store:
    for day in (date(2026, 9, 14), date(2026, 9, 15), date(2026, 10, 31), date(2026, 11, 22), date(2026, 11, 23)):
        sell(world.store, day)
    return world.store


def test_only_the_days_that_were_asked_for_are_there(sold: Store, tmp_path: Path) -> None:
    assert history(sold, tmp_path)["date"].to_list() == [date(2026, 9, 15), date(2026, 10, 31), date(2026, 11, 22)]


def test_columns_hold_what_the_table_holds(world: World, tmp_path: Path) -> None:
    sell(world.store, date(2026, 11, 1), "1.5", price=Decimal("4.20"), is_promotion=True, stocked_out=1)
    sell(world.store, date(2026, 10, 1), "-3")
    with_file = history(world.store, tmp_path)
    assert with_file.rows() == [
        (1, 1, date(2026, 10, 1), -3.0, None, 0, 0),
        (1, 1, date(2026, 11, 1), 1.5, 4.2, 1, 1),
    ]
    assert with_file.equals(history(world.store, None))


def test_a_month_is_written_again_only_when_a_row_of_it_is(sold: Store, tmp_path: Path) -> None:
    history(sold, tmp_path)
    before = {path.name for path in tmp_path.glob("*.parquet")}
    assert len(before) == 3
    sell(sold, date(2026, 10, 2))
    history(sold, tmp_path)
    new = {path.name for path in tmp_path.glob("*.parquet")} - before
    assert [name[:13] for name in new] == ["sales-2026-10"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE daily_sales SET quantity = quantity + quantity WHERE day = '2026-10-31'",
        "UPDATE daily_sales SET day = '2026-09-30' WHERE day = '2026-10-31'",
        "DELETE FROM daily_sales WHERE day = '2026-10-31'",
    ],
)
def test_whoever_writes_is_noticed(sold: Store, tmp_path: Path, statement: str) -> None:
    history(sold, tmp_path)
    with sold.transaction() as session:
        session.execute(text(statement))
    assert history(sold, tmp_path).equals(history(sold, None))


def test_a_file_that_another_run_is_making_is_left_alone(sold: Store, tmp_path: Path) -> None:
    history(sold, tmp_path / "first")
    (tmp_path / "second").mkdir()
    half = [tmp_path / "second" / f"{path.stem}.part" for path in (tmp_path / "first").iterdir()]
    for path in half:
        path.write_text("half")
    history(sold, tmp_path / "second")
    assert [path.read_text() for path in half] == ["half"] * 3


def test_old_versions_of_a_month_are_cleared_away(sold: Store, tmp_path: Path) -> None:
    for day in range(1, 6):
        sell(sold, date(2026, 10, day))
        history(sold, tmp_path)
    assert len(list(tmp_path.glob("sales-2026-10-*"))) == 2


def test_a_shop_that_has_sold_nothing_has_an_empty_history(world: World, tmp_path: Path) -> None:
    assert history(world.store, tmp_path).is_empty()
    assert history(world.store, None).is_empty()
