"""What is found out of a file before its rows are read: format, encoding, delimiter, decimals, days, headers."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from store.importers.cells import Row, Style
from store.importers.csv_table import open_csv
from store.importers.encoding import find_encoding
from store.importers.headers import find_columns, known_headers, plain
from store.importers.opening import open_table
from store.importers.running import KINDS
from store.importers.style import find_style
from store.importers.table import FileUnusable, Table
from tests.makers.sheets import make_csv, make_formulas, make_ods, make_xls, make_xlsx

POLISH = "Kod;Nazwa\nA1;Żółta łódź na Śląsku – gęś i źdźbło\nA2;Ćma, ósemka, ńandu\n"
ROWS = [("sku", "day", "qty"), ("A1", date(2026, 11, 3), 4.5), (None, None, None), ("A2", date(2026, 11, 4), 12)]


def cells(table: Table) -> list[tuple[object, ...]]:
    return [row.cells for _, row in table.rows()]


def opened(path: Path) -> Table:
    return open_table(path, lambda _: True)


def header(*names: str) -> list[Row]:
    return [Row(1, names)]


def unusable(rows: Sequence[Row], required: Sequence[str] = ("sku",), **mapped: str) -> FileUnusable:
    with pytest.raises(FileUnusable) as found:
        find_columns(rows, "products", required, mapped)
    return found.value


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1250", "cp1250"),
        ("iso8859-2", "iso8859-2"),
        ("cp852", "cp852"),
    ],
)
def test_polish_text_is_read_whatever_its_encoding(tmp_path: Path, encoding: str, found: str) -> None:
    text = POLISH.replace("–", "-") if encoding in {"iso8859-2", "cp852"} else POLISH
    path = make_csv(tmp_path / "a.csv", text, encoding)
    assert find_encoding(path) == found
    assert ("A1", text.splitlines()[1].partition(";")[2]) in cells(open_csv(path))


def test_western_text_is_not_taken_for_polish(tmp_path: Path) -> None:
    text = "code;name\n1;Crème brûlée à la façon d'Hélène\n2;Señor Ñandú\n"
    path = make_csv(tmp_path / "a.csv", text, "cp1252")
    assert find_encoding(path) == "cp1252"


def test_plain_ascii_is_utf8(tmp_path: Path) -> None:
    assert find_encoding(make_csv(tmp_path / "a.csv", "a;b\n1;2\n")) == "utf-8"


def test_a_few_broken_characters_do_not_make_utf8_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(POLISH.encode() + b"A3;m\xb3ka\n")
    assert find_encoding(path) == "utf-8"
    assert cells(open_csv(path))[-1] == ("A3", "m�ka")


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b;c\n1;2,5;3\n", ";"),
        ("a,b,c\n1,2.5,3\n", ","),
        ("a\tb\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("sep=;\na;b\n1;2\n", ";"),
        ("sep=\t\na\tb,c,d\n", "\t"),
        ('a;b\n"x;y,z,w";2\n', ";"),
        ("only\n1\n2\n", ";"),
        ("Stock of 23 November, all sites\n\nsku;qty\nA;1\nB;2\n", ";"),
    ],
)
def test_the_delimiter_is_found_out(tmp_path: Path, text: str, delimiter: str) -> None:
    assert open_csv(make_csv(tmp_path / "a.csv", text)).format.delimiter == delimiter


def test_a_row_has_the_number_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    path = make_csv(tmp_path / "a.csv", 'a;b\n\n"two\nlines";1\nx;2\n')
    assert [row.number for _, row in open_csv(path).rows()] == [1, 2, 3, 4]


def test_the_line_that_declares_the_delimiter_is_no_row(tmp_path: Path) -> None:
    path = make_csv(tmp_path / "a.csv", "sep=;\na;b\n")
    assert cells(open_csv(path)) == [("a", "b")]


@pytest.mark.parametrize("encoding", ["no-such-encoding", "hex", "utf-32"])
def test_an_encoding_that_cannot_be_used_is_said(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(FileUnusable) as found:
        cells(open_csv(make_csv(tmp_path / "a.csv", POLISH), encoding=encoding))
    assert found.value.code in {"unknown-encoding", "wrong-encoding", "empty-file"}


def test_a_quotation_mark_that_is_not_closed_is_said_with_its_row(tmp_path: Path) -> None:
    text = "a;b\n1;2\n" + '"' + "x" * (1 << 20) + "\n1;2\n"
    with pytest.raises(FileUnusable) as found:
        cells(open_csv(make_csv(tmp_path / "a.csv", text)))
    assert (found.value.code, found.value.facts["row"]) == ("broken-csv", 3)


@pytest.mark.parametrize(
    ("numbers", "decimal"),
    [
        (["4,20", "12", "3,5"], ","),
        (["4.20", "12"], "."),
        (["1.234,50"], ","),
        (["1,234.50"], "."),
        (["0,125"], ","),
        (["1,234", "5,678"], None),
        (["12", "13"], None),
        (["4,20", "4.20"], None),
        (["4,20", "4,30", "4.20"], ","),
    ],
)
def test_the_decimal_mark_is_found_out_of_numbers_that_have_one_reading(
    numbers: list[str], decimal: str | None
) -> None:
    assert find_style(numbers, []) == Style(decimal=decimal)


@pytest.mark.parametrize(
    ("days", "day_first"),
    [(["03/04/2026", "25/12/2026"], True), (["12/25/2026"], False), (["03/04/2026"], None), (["2026-04-03"], None)],
)
def test_the_order_of_day_and_month_is_found_out(days: list[str], day_first: bool | None) -> None:
    assert find_style([], days).day_first is day_first


@pytest.mark.parametrize("make", [make_xlsx, make_ods, make_xls])
def test_a_spreadsheet_gives_the_same_cells_in_every_format(tmp_path: Path, make: object) -> None:
    path = tmp_path / "table.bin"  # the name says nothing
    rows = [tuple("" if cell is None else cell for cell in row) for row in ROWS] if make is make_xls else ROWS
    found = cells(opened(make(path, rows)))  # type: ignore[operator]
    assert found[1] == ("A1", date(2026, 11, 3), 4.5)
    assert found[3] == ("A2", date(2026, 11, 4), 12.0)
    assert len(found) == 4


def test_a_table_may_begin_further_down_and_to_the_right(tmp_path: Path) -> None:
    rows = [(), (), (None, None, "sku", "qty"), (None, None, "A", 1)]
    found = [row for _, row in opened(make_xlsx(tmp_path / "a.xlsx", rows)).rows()]
    assert (found[2].number, found[2].cells) == (3, (None, None, "sku", "qty"))


def test_formulas_give_the_result_that_was_saved_and_their_errors_are_not_empty_cells(tmp_path: Path) -> None:
    path = make_formulas(tmp_path / "a.xlsx", ("a", "b", "c"), (("=1+2", 3), ("=1/0", "#DIV/0!"), "x"))
    three, error, text = cells(opened(path))[1]
    assert (three, text) == (3.0, "x")
    assert str(error) == "Unreadable(fault=<Fault.ERROR: 'error'>, shown='#DIV/0!')"


def test_a_formula_that_was_never_calculated_is_not_an_empty_cell(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", [("a", "b"), ("x", "=1+2")])
    assert "Fault.FORMULA" in str(cells(opened(path))[1][1])


def test_moments_and_truths_come_through(tmp_path: Path) -> None:
    moment = datetime.fromisoformat("2026-11-03T14:05")
    assert cells(opened(make_xlsx(tmp_path / "a.xlsx", [("a", "b"), (moment, True)])))[1] == (moment, True)


def test_the_sheet_with_the_right_headers_is_taken(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(make_xlsx(tmp_path / "a.xlsx", [("Notes",)], sheet="Notes"))
    book.create_sheet("Hidden").append(["sku"])
    book["Hidden"].sheet_state = "hidden"
    book.create_sheet("Stock").append(["sku"])
    book.save(tmp_path / "b.xlsx")
    table = open_table(tmp_path / "b.xlsx", lambda rows: rows[0].cells == ("sku",))
    assert (table.format.name, table.format.sheet) == ("XLSX", "Stock")


def test_a_sheet_that_is_not_there_is_said_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as found:
        open_table(make_xlsx(tmp_path / "a.xlsx", ROWS), lambda _: True, sheet="Stok")
    assert found.value.facts == {"sheet": "Stok", "sheets": "Sheet1"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"\n \n\n", "empty-file"),
        (b"PK\x03\x04 not an archive", "spreadsheet-broken"),
        (b"\xd0\xcf\x11\xe0 not a workbook", "spreadsheet-broken"),
        (b"%PDF-1.7", "not-a-table"),
        (b"<html><table><tr><td>sku</td></tr></table>", "not-a-table"),
        (b"\x89PNG\r\n", "not-a-table"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileUnusable) as found:
        opened(path)
    assert found.value.code == code


def test_a_damaged_workbook_is_refused_with_a_reason(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", ROWS)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(FileUnusable) as found:
        opened(path)
    assert found.value.code == "spreadsheet-broken"


def test_a_spreadsheet_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    with path.open("r+b") as stream:
        stream.truncate(201 << 20)  # a sparse file
    with pytest.raises(FileUnusable) as found:
        opened(path)
    assert found.value.code == "file-too-large"


def test_a_named_sheet_is_taken_whatever_it_holds(tmp_path: Path) -> None:
    table = open_table(make_xlsx(tmp_path / "a.xlsx", ROWS, sheet="Dane"), lambda _: False, sheet="Dane")
    assert table.format.sheet == "Dane"


def test_the_first_sheet_is_taken_when_none_has_the_columns(tmp_path: Path) -> None:
    assert open_table(make_xlsx(tmp_path / "a.xlsx", ROWS), lambda _: False).format.sheet == "Sheet1"


def test_a_span_of_time_is_kept_as_text(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", [("a",), (timedelta(days=1, hours=2),)])
    assert cells(opened(path))[1] == ("1 day, 2:00:00",)


def test_a_file_that_is_not_there_is_refused_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable) as found:
        opened(tmp_path / "none.csv")
    assert found.value.code == "cannot-open"


def test_an_archive_that_is_no_spreadsheet_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(FileUnusable) as found:
        opened(tmp_path / "a.zip")
    assert found.value.facts == {"kind": "ZIP"}


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Cena netto [PLN]", "cena netto"),
        ("ILOŚĆ ", "ilosc"),
        ("Kod_EAN", "kod ean"),
        ("(uwagi)", "uwagi"),
        ("Łódź", "lodz"),
    ],
)
def test_a_header_is_known_without_case_accents_and_brackets(written: str, same: str) -> None:
    assert plain(written) == same


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_can_be_found_by_a_header_and_no_header_stands_for_two(kind: str) -> None:
    known = known_headers(kind)
    assert set(known.values()) == {field.name for field in KINDS[kind].fields}


def test_titles_may_stand_above_the_headers() -> None:
    rows = [Row(1, ("Cennik 2026",)), Row(2, ()), Row(3, ("Indeks", "Nazwa", "Uwagi")), Row(4, ("A", "Kod", "x"))]
    columns = find_columns(rows, "products", ["sku"], {})
    assert (columns.row, dict(columns.index), columns.ignored) == (3, {"sku": 0, "name": 1}, ("Uwagi",))


def test_a_map_names_a_header_that_is_not_known() -> None:
    columns = find_columns(header("Foo", "Nazwa"), "products", ["sku"], {"sku": "foo"})
    assert dict(columns.header) == {"sku": "Foo", "name": "Nazwa"}


def test_a_map_overrides_a_header_that_is_known() -> None:
    columns = find_columns(header("Kod", "Indeks"), "products", ["sku"], {"sku": "Indeks"})
    assert (dict(columns.index), columns.ignored) == ({"sku": 1}, ("Kod",))


def test_a_mapped_header_that_is_not_there_is_said_with_the_nearest() -> None:
    found = unusable(header("Kod", "Nazwa towaru"), name="Nazwa towarru")
    assert (found.code, found.facts["nearest"]) == ("mapped-header-missing", "Nazwa towaru")


def test_two_columns_for_one_field_are_not_guessed() -> None:
    found = unusable(header("Kod", "Indeks"))
    assert (found.code, found.facts["first"], found.facts["second"]) == ("two-columns", "Kod", "Indeks")


def test_a_missing_column_is_said_with_the_headers_that_are_there() -> None:
    found = unusable(header("Nazwa", "Cena"))
    assert (found.code, found.facts["field"], found.facts["found"]) == ("missing-column", "sku", "Nazwa, Cena")


def test_a_file_without_headers_is_said_with_its_first_row() -> None:
    found = unusable([Row(1, ()), Row(2, ("A1", "Milk", 3.0))])
    assert (found.code, found.facts["found"]) == ("no-headers", "A1, Milk")
