"""Imports as a whole: good rows are kept, strict ones all or nothing, dry runs leave no trace, bad cells are named."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from store.importers.outcome import Outcome
from store.importers.running import KINDS, Options, import_files
from store.sessions import Store
from store.tables.catalogue import ProductRow
from store.tables.imports import ImportedFileRow
from store.tables.sales import DailySalesRow
from tests.makers.sheets import make_csv, make_formulas, make_ods, make_xls, make_xlsx
from tests.store.importers.conftest import NOW, Importing

pytestmark = pytest.mark.store


def skus(store: Store) -> set[str]:
    with store.reading() as session:
        return set(session.scalars(select(ProductRow.sku)))


def places(outcome: Outcome) -> list[tuple[str | None, int, str, str]]:
    return [(each.sheet, each.row, each.column, each.code) for each in outcome.problems]


def test_good_rows_are_not_lost_with_bad_ones(importing: Importing, shop: Store) -> None:
    outcome = importing("products", "sku,name,price\nB1,Coffee,1.50\nB2,Tea,abc\nB3,Milk,2\n")
    assert (outcome.rows, outcome.created, outcome.refused, outcome.is_kept) == (3, 2, 1, True)
    assert {"B1", "B3"} <= skus(shop)


def test_a_row_tells_everything_that_is_wrong_with_it(importing: Importing) -> None:
    outcome = importing("products", "Kod;Nazwa;Cena;EAN\nB1;Kawa;abc;123\n")
    assert places(outcome) == [(None, 2, "EAN", "not-a-gtin"), (None, 2, "Cena", "not-a-number")]
    assert outcome.refused == 1


def test_a_strict_import_of_many_files_is_all_or_nothing(shop: Store, tmp_path: Path) -> None:
    good = make_csv(tmp_path / "good.csv", "sku,name\nB1,Coffee\n")
    bad = make_csv(tmp_path / "bad.csv", "sku,name\nB2,\n")
    options = Options(is_strict=True)
    outcomes = import_files(shop, KINDS["products"], [good, bad], options, now=NOW, progress=lambda *_: None)
    assert [outcome.is_kept for outcome in outcomes] == [False, False]
    assert "B1" not in skus(shop)


def test_a_strict_import_without_fault_is_kept(importing: Importing, shop: Store) -> None:
    assert importing("products", "sku,name\nB1,Coffee\n", is_strict=True).is_kept
    assert "B1" in skus(shop)


def test_a_dry_run_tells_what_would_change_and_changes_nothing(importing: Importing, shop: Store) -> None:
    outcome = importing("products", "sku,name\nB1,Coffee\nA1,Oat drink 1 l\n", is_dry_run=True)
    assert (outcome.created, outcome.changed, outcome.is_kept) == (1, 1, False)
    assert [(each.thing, each.before, each.after) for each in outcome.changes] == [
        ("B1", "", "Coffee"),
        ("A1", "Oat drink", "Oat drink 1 l"),
    ]
    assert "B1" not in skus(shop)
    with shop.reading() as session:
        assert session.scalars(select(ImportedFileRow)).all() == []


def test_an_unusable_file_does_not_stop_the_next_one(shop: Store, tmp_path: Path) -> None:
    paths = [tmp_path / "none.csv", make_csv(tmp_path / "good.csv", "sku,name\nB1,Coffee\n")]
    outcomes = import_files(shop, KINDS["products"], paths, Options(), now=NOW, progress=lambda *_: None)
    assert [(outcome.is_unusable, outcome.is_kept) for outcome in outcomes] == [(True, False), (False, True)]


def test_a_file_that_breaks_off_keeps_what_came_before(importing: Importing, shop: Store) -> None:
    outcome = importing("products", 'sku,name\nB1,Coffee\nB2,"' + "x" * (1 << 20) + "\n")
    assert [each.code for each in outcome.problems] == ["broken-csv"]
    assert "B1" in skus(shop)


@pytest.mark.parametrize("make", [make_xlsx, make_xls, make_ods])
def test_sales_come_from_any_spreadsheet(importing: Importing, shop: Store, tmp_path: Path, make: object) -> None:
    rows = [("Kod", "Magazyn", "Data", "Ilość"), ("A1", "GDY", date(2026, 11, 20), 3)]
    outcome = importing("sales", make(tmp_path / "sales.bin", rows))  # type: ignore[operator]
    assert (outcome.created, outcome.problems) == (1, [])
    with shop.reading() as session:
        assert session.scalars(select(DailySalesRow.day)).all() == [date(2026, 11, 20)]


def test_codes_that_are_numbers_in_a_spreadsheet_stay_codes(importing: Importing, shop: Store, tmp_path: Path) -> None:
    rows = [("sku", "name", "ean"), (10023, "Coffee", 4006381333931)]
    assert importing("products", make_xlsx(tmp_path / "a.xlsx", rows)).created == 1
    assert "10023" in skus(shop)


def test_a_formula_without_a_result_is_told_with_sheet_row_and_column(importing: Importing, tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", [("sku", "name", "price"), ("B1", "Coffee", "=1+2")], sheet="Cennik")
    assert places(importing("products", path)) == [("Cennik", 2, "price", "formula-without-value")]


def test_a_formula_that_fails_is_told_with_its_error(importing: Importing, tmp_path: Path) -> None:
    path = make_formulas(tmp_path / "a.xlsx", ("sku", "name", "price"), ("B1", "Coffee", ("=1/0", "#DIV/0!")))
    outcome = importing("products", path)
    assert places(outcome) == [("Sheet1", 2, "price", "formula-error")]
    assert outcome.problems[0].facts["shown"] == "#DIV/0!"


def test_merged_cells_are_told_with_the_cell_that_has_the_value(importing: Importing, tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", [("supplier", "sku"), ("BALTIC", "A1"), (None, "A2"), (None, "A3")])
    book = openpyxl.load_workbook(path)
    book["Sheet1"].merge_cells("A2:A4")
    book.save(path)
    outcome = importing("terms", path)
    assert places(outcome) == [("Sheet1", 3, "supplier", "merged-cell"), ("Sheet1", 4, "supplier", "merged-cell")]
    assert (outcome.created, outcome.problems[0].facts["shown"]) == (1, "A2")


def test_a_number_for_a_day_is_told_and_taken_when_the_user_says_so(importing: Importing, tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", [("sku", "location", "date", "qty"), ("A1", "GDY", 46329, 3)])
    assert places(importing("sales", path)) == [("Sheet1", 2, "date", "day-as-number")]
    assert importing("sales", path, allow_day_numbers=True).created == 1


def test_a_wrong_encoding_spoils_only_the_rows_it_touches(importing: Importing, tmp_path: Path) -> None:
    path = make_csv(tmp_path / "a.csv", "sku;name\nB1;Mąka\nB2;Tea\n", "cp1250")
    outcome = importing("products", path, encoding="utf-8")
    assert places(outcome) == [(None, 2, "name", "unreadable-character")]
    assert outcome.created == 1


def test_an_unquoted_decimal_comma_does_not_shift_the_columns(importing: Importing) -> None:
    outcome = importing("products", "sku,name,price\nB1,Coffee,1,50\nB2,Tea,2\n")
    assert places(outcome) == [(None, 2, "", "too-many-cells")]


def test_a_number_that_can_be_read_in_two_ways_needs_the_users_word(importing: Importing) -> None:
    text = "sku;name;price\nB1;Coffee;1,234\n"
    assert places(importing("products", text)) == [(None, 2, "price", "doubtful-number")]
    assert importing("products", text, decimal=",").created == 1


def test_a_day_that_can_be_read_in_two_ways_needs_the_users_word(importing: Importing) -> None:
    text = "sku;location;date;qty\nA1;GDY;03/04/2026;1\n"
    assert places(importing("sales", text)) == [(None, 2, "date", "doubtful-day")]
    assert importing("sales", text, day_first=True).created == 1


def test_blank_rows_are_skipped_and_keep_their_numbers(importing: Importing) -> None:
    outcome = importing("products", "sku;name\n;\n\nB1;\n")
    assert (outcome.rows, places(outcome)) == (1, [(None, 4, "name", "new-without")])


def test_a_file_full_of_faults_is_counted_and_not_kept_in_memory(importing: Importing) -> None:
    outcome = importing("products", "sku;name\n" + "".join(f"B{number};\n" for number in range(3000)))
    assert (outcome.refused, outcome.problem_count, len(outcome.problems)) == (3000, 3000, 1000)
