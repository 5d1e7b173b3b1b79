"""`quartermaster import`."""

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from quartermaster.cli import app
from store.sessions import Store
from store.tables.sales import DailySalesRow
from tests.makers.importing import make_shop
from tests.makers.sheets import make_csv

pytestmark = pytest.mark.store


@pytest.fixture
def shop(store: Store) -> Store:
    make_shop(store)
    return store


def run(url: str, *arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["import", *(str(each) for each in arguments), "--database", url])


def test_a_good_file_ends_with_status_0(shop: Store, database_url: str, tmp_path: Path) -> None:
    result = run(database_url, "products", make_csv(tmp_path / "a.csv", "sku,name\nB1,Coffee\n"))
    assert (result.exit_code, "1 new, 0 changed, 0 unchanged; 0 of 1 rows left out" in result.stdout) == (0, True)


def test_bad_rows_are_told_and_end_with_status_1(shop: Store, database_url: str, tmp_path: Path) -> None:
    result = run(database_url, "products", make_csv(tmp_path / "a.csv", "sku,name\nB1,\n"), "--language", "pl")
    assert result.exit_code == 1
    assert "a.csv, wiersz 2, kolumna „name”: B1 jest nowy" in result.stdout


def test_a_file_that_cannot_be_read_ends_with_status_2(shop: Store, database_url: str, tmp_path: Path) -> None:
    result = run(database_url, "products", tmp_path / "none.csv")
    assert (result.exit_code, "none.csv: The file cannot be opened" in result.stdout) == (2, True)


def test_options_reach_the_import(shop: Store, database_url: str, tmp_path: Path) -> None:
    text = "artikelnummer|tag|menge\nA1|03/04/2026|1,234\n"
    options = ("--map", "product=artikelnummer", "--map", "day=tag", "--map", "quantity=menge")
    more = ("--delimiter", "|", "--decimal", ",", "--dates", "dmy", "--location", "GDY", "--encoding", "utf-8")
    result = run(database_url, "sales", make_csv(tmp_path / "a.csv", text), *options, *more)
    assert result.exit_code == 0, result.stdout
    with shop.reading() as session:
        row = session.query(DailySalesRow).one()
    assert (row.day.isoformat(), str(row.quantity)) == ("2026-04-03", "1.234")


def test_a_dry_run_says_that_nothing_is_written(shop: Store, database_url: str, tmp_path: Path) -> None:
    result = run(database_url, "products", make_csv(tmp_path / "a.csv", "sku,name\nB1,Coffee\n"), "--dry-run")
    assert "dry run, nothing is written: 1 would be new" in result.stdout


def test_all_problems_can_be_written_to_a_file(shop: Store, database_url: str, tmp_path: Path) -> None:
    source = make_csv(tmp_path / "a.csv", "sku;name\n" + "".join(f"B{number};\n" for number in range(60)))
    run(database_url, "products", source, "--report", tmp_path / "report.csv")
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["file", "sheet", "row", "column", "what to do"]
    assert (len(rows), rows[60][:4]) == (61, ["a.csv", "", "61", "name"])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--map", "skku=Kod"), "Did you mean sku?"),
        (("--map", "sku"), "write it as FIELD=HEADER"),
        (("--delimiter", "ab"), "give one character, or tab"),
        (("--report", "/no/such/folder/report.csv"), "cannot be written"),
    ],
)
def test_a_wrong_option_is_said_in_one_line(
    shop: Store, database_url: str, tmp_path: Path, options: tuple[str, str], sentence: str
) -> None:
    result = run(database_url, "products", make_csv(tmp_path / "a.csv", "sku,name\nB1,Coffee\n"), *options)
    assert (result.exit_code, sentence in result.stderr, result.stderr.count("\n")) == (2, True, 1)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("nonsense", "write it as sqlite:///FILE"),
        ("sqlite:////no/such/folder/shop.db", "The database cannot be used"),
        ("sqlite://", "Run: quartermaster migrate"),
    ],
)
def test_a_database_that_cannot_be_used_is_said_in_one_line(tmp_path: Path, url: str, sentence: str) -> None:
    result = run(url, "products", make_csv(tmp_path / "a.csv", "sku,name\nB1,Coffee\n"))
    assert (result.exit_code, sentence in result.stderr, result.stderr.count("\n")) == (2, True, 1)
