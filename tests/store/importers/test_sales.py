"""Imports of daily sales: added up, merged, and by the million with bounded memory."""

import tracemalloc
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from store.importers.running import KINDS, Options, import_files
from store.sessions import Store, open_store
from store.tables.imports import ImportedFileRow
from store.tables.sales import DailySalesRow
from tests.store.importers.conftest import NOW, Importing

pytestmark = pytest.mark.store

HEAD = "sku,location,date,qty,price,promo,stockout\n"


def sales(store: Store) -> list[tuple[date, Decimal, Decimal | None, bool, int]]:
    with store.reading() as session:
        rows = session.scalars(select(DailySalesRow).order_by(DailySalesRow.day, DailySalesRow.location_id))
        return [(row.day, row.quantity, row.price, row.is_promotion, row.stocked_out) for row in rows]


def test_sales_are_kept_by_product_place_and_day(importing: Importing, shop: Store) -> None:
    outcome = importing("sales", HEAD + "A1,GDY,2026-11-20,3.5,7.90,yes,2\nA1,LON,2026-11-20,1,,,\n")
    day = date(2026, 11, 20)
    assert sales(shop) == [(day, Decimal("3.5"), Decimal("7.9"), True, 2), (day, Decimal(1), None, False, 0)]
    assert (outcome.created, outcome.added_up) == (2, 0)


def test_several_rows_of_a_day_are_added_up(importing: Importing, shop: Store) -> None:
    lines = "A1,GDY,2026-11-20,3,7.50,,\nA1,GDY,2026-11-20,2,7.90,x,1\nA1,GDY,2026-11-20,-1,,,\n"
    outcome = importing("sales", HEAD + lines)
    assert sales(shop) == [(date(2026, 11, 20), Decimal(4), Decimal("7.9"), True, 1)]
    assert (outcome.created, outcome.added_up) == (1, 2)


def test_a_day_that_is_told_anew_is_replaced_and_not_added(importing: Importing, shop: Store) -> None:
    importing("sales", HEAD + "A1,GDY,2026-11-20,3,7.90,yes,1\n")
    outcome = importing("sales", "sku,location,date,qty\nA1,GDY,2026-11-20,5\nA1,GDY,2026-11-21,1\n")
    assert sales(shop)[0] == (date(2026, 11, 20), Decimal(5), Decimal("7.9"), True, 1)  # the rest stays as it was
    assert (outcome.created, outcome.changed) == (1, 1)


def test_a_dry_run_counts_and_leaves_everything_as_it_is(importing: Importing, shop: Store) -> None:
    importing("sales", HEAD + "A1,GDY,2026-11-20,3,,,\n")
    outcome = importing("sales", HEAD + "A1,GDY,2026-11-20,4,,,\nA1,GDY,2026-11-21,1,,,\n", is_dry_run=True)
    assert (outcome.created, outcome.changed, outcome.is_kept) == (1, 1, False)
    assert [(each.thing, each.before, each.after) for each in outcome.changes] == [("2026-11-20", "3", "4")]
    assert len(sales(shop)) == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("A9,GDY,2026-11-20,1,,,", "unknown-product"),
        ("A1,GDX,2026-11-20,1,,,", "unknown-place"),
        ("A1,GDY,2026-11-25,1,,,", "day-ahead"),
        ("A1,GDY,,1,,,", "missing-value"),
        ("A1,GDY,2026-11-20,,,,", "missing-value"),
        ("A1,GDY,2026-11-20,1,-1,,", "too-small"),
        ("A1,GDY,2026-11-20,1,,maybe,", "not-yes-or-no"),
    ],
)
def test_a_sale_that_cannot_be_is_refused_and_the_others_are_kept(
    importing: Importing, shop: Store, line: str, code: str
) -> None:
    outcome = importing("sales", f"{HEAD}{line}\nA2,GDY,2026-11-20,1,,,\n")
    assert [(each.row, each.code) for each in outcome.problems] == [(2, code)]
    assert len(sales(shop)) == 1


def test_a_file_of_which_no_row_is_good_changes_nothing(importing: Importing, shop: Store) -> None:
    outcome = importing("sales", HEAD + "A9,GDY,2026-11-20,1,,,\n")
    assert (outcome.created, outcome.refused, sales(shop)) == (0, 1, [])


def write_many(path: Path, days: int) -> None:
    """Three products at two places on so many days: six rows a day."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write("sku;location;date;qty\n")
        for number in range(days):
            day = date.fromordinal(date(1995, 1, 1).toordinal() + number).isoformat()
            for sku in ("A1", "A2", "A3"):
                stream.write(f"{sku};GDY;{day};{number % 7 + 1}\n{sku};LON;{day};1\n")


def test_memory_does_not_grow_with_the_file(shop: Store, tmp_path: Path) -> None:
    peaks = []
    for days in (1000, 6000):
        path = tmp_path / f"{days}.csv"
        write_many(path, days)
        tracemalloc.start()
        import_files(shop, KINDS["sales"], [path], Options(is_dry_run=True), now=NOW, progress=lambda *_: None)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 2


def test_progress_is_told_up_to_the_end(shop: Store, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    write_many(path, 800)
    told: list[tuple[int, int]] = []
    import_files(shop, KINDS["sales"], [path], Options(), now=NOW, progress=lambda *at: told.append(at))
    assert told == sorted(told)
    assert (len(told), told[-1]) == (5, (path.stat().st_size, path.stat().st_size))
    with shop.reading() as session:
        assert session.scalar(select(func.count()).select_from(DailySalesRow)) == 4800


def test_others_go_on_writing_while_a_large_file_is_read(shop: Store, database_url: str, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    write_many(path, 400)
    other, written = open_store(database_url), []

    def write_beside(done: int, _all: int) -> None:
        with other.transaction() as session:
            session.add(ImportedFileRow(kind="stock", sha256=str(done), file_name="beside", imported_at=NOW))
            written.append(done)

    (outcome,) = import_files(shop, KINDS["sales"], [path], Options(), now=NOW, progress=write_beside)
    other.close()
    assert outcome.is_kept
    assert outcome.created == 2400
    assert written


def test_a_file_that_breaks_off_leaves_nothing_and_can_come_again(shop: Store, tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    write_many(path, 800)

    def break_off(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_files(shop, KINDS["sales"], [path], Options(), now=NOW, progress=break_off)
    with shop.reading() as session:
        assert session.scalar(select(func.count()).select_from(DailySalesRow)) == 0
    (outcome,) = import_files(shop, KINDS["sales"], [path], Options(), now=NOW, progress=lambda *_: None)
    assert outcome.created == 4800
