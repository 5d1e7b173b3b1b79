"""Spreadsheets and CSV files to tables of plain cells; runs in the guarded child."""

import csv
import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

from charset_normalizer import from_bytes
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from mail.attachments.containers import checked
from store.guarded import Unopenable

_KEY_SHEET = "key"
_MOST_ROWS = 10_000
_MOST_COLUMNS = 100
_DELIMITERS = ";\t,|"
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_BOUND = re.compile(rb'\b(min|max)="(\d+)"')

Cell = str | float | date | None


def open_spreadsheet(data: bytes) -> dict[str, Any]:
    """Every visible sheet of an xlsx, xls or ods file, hidden rows and columns left out."""
    hidden: dict[str, tuple[set[int], set[int]]] = {}
    if data[:4] == b"PK\x03\x04":
        container = checked(data)
        hidden = _hidden(container)
    elif "EncryptedPackage".encode("utf-16-le") in data:
        raise Unopenable("encrypted")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = [
            _grid(book, sheet.name, hidden.get(sheet.name, (set(), set())))
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible
        ]
    except CalamineError as error:
        raise Unopenable("broken", str(error)[:200]) from error
    return {"grids": [grid for grid in grids if grid], "order_key": _order_key(book)}


def _order_key(book: CalamineWorkbook) -> str:
    """The number in the hidden sheet that our own workbook carries (mail.outgoing.workbook); '' in any other file."""
    hidden = [each.name for each in book.sheets_metadata if each.visible != SheetVisibleEnum.Visible]
    if _KEY_SHEET not in hidden:
        return ""
    rows = book.get_sheet_by_name(_KEY_SHEET).to_python(nrows=1)
    return str(rows[0][0]).strip()[:40] if rows and rows[0] else ""


def _grid(book: CalamineWorkbook, name: str, hidden: tuple[set[int], set[int]]) -> list[list[Cell]]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > _MOST_ROWS or sheet.total_width > 16_384:
        raise Unopenable("too-large", f"{sheet.total_height} rows")
    rows = sheet.to_python(skip_empty_area=False, nrows=_MOST_ROWS)
    kept = [
        [_cell(value) for at, value in enumerate(row[:_MOST_COLUMNS], start=1) if at not in hidden[1]]
        for number, row in enumerate(rows, start=1)
        if number not in hidden[0]
    ]
    return [row for row in kept if any(cell not in (None, "") for cell in row)]


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, (time, timedelta)) or value is None:
        return None if value is None else str(value)
    if isinstance(value, date):
        return value
    return str(value)[:2_000]


def _hidden(container: zipfile.ZipFile) -> dict[str, tuple[set[int], set[int]]]:
    """Rows and columns that Excel does not show, by the sheet's name."""
    names = _sheet_files(container)
    hidden: dict[str, tuple[set[int], set[int]]] = {}
    for name, member in names.items():
        xml = container.read(member)
        columns: set[int] = set()
        for column in _HIDDEN_COLUMN.finditer(xml):
            bounds = {key: int(value) for key, value in _BOUND.findall(column.group())}
            columns.update(range(bounds.get(b"min", 1), min(bounds.get(b"max", 0), _MOST_COLUMNS) + 1))
        hidden[name] = ({int(row) for row in _HIDDEN_ROW.findall(xml)}, columns)
    return hidden


def _sheet_files(container: zipfile.ZipFile) -> dict[str, str]:
    """Sheet names to the files that hold them, from workbook.xml and its relations."""
    members = set(container.namelist())
    if "xl/workbook.xml" not in members or "xl/_rels/workbook.xml.rels" not in members:
        return {}
    relations = container.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets: dict[str, str] = {}
    for relation in re.findall(r"<Relationship\b[^>]*>", relations):
        key, target = re.search(r'\bId="([^"]+)"', relation), re.search(r'\bTarget="([^"]+)"', relation)
        if key and target:
            targets[key[1]] = target[1].lstrip("/").removeprefix("xl/")
    book = container.read("xl/workbook.xml").decode("utf-8", "replace")
    files: dict[str, str] = {}
    for sheet in re.findall(r"<sheet\b[^>]*>", book):
        name, key = re.search(r'\bname="([^"]*)"', sheet), re.search(r'\br:id="([^"]+)"', sheet)
        if name and key and f"xl/{targets.get(key[1], '')}" in members:
            files[name[1].replace("&amp;", "&")] = f"xl/{targets[key[1]]}"
    return files


def open_csv(data: bytes) -> dict[str, Any]:
    """A CSV file in whatever encoding and with whatever delimiter; a first line "sep=;" is believed."""
    text = _decoded(data)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text = first.strip()[4], rest
    else:
        delimiter = max(_DELIMITERS, key=lambda mark: _regularity(text, mark))
    rows: list[list[Cell]] = []
    for row in csv.reader(io.StringIO(text), delimiter=delimiter):
        if len(rows) >= _MOST_ROWS:
            raise Unopenable("too-large", f"more than {_MOST_ROWS} rows")
        if any(cell.strip() for cell in row):
            rows.append([cell.strip() for cell in row[:_MOST_COLUMNS]])
    return {"grids": [rows] if rows else []}


def _decoded(data: bytes) -> str:
    for charset in ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            continue
    best = from_bytes(data, cp_isolation=["cp1250", "cp1252", "cp1251", "iso-8859-2"]).best()
    return str(best) if best is not None else data.decode("cp1252", "replace")


def _regularity(text: str, mark: str) -> tuple[int, int]:
    """How many lines share the commonest count of the mark, and that count."""
    counts = [line.count(mark) for line in text.splitlines()[:50] if line.strip()]
    filled = [count for count in counts if count]
    if not filled:
        return (0, 0)
    common = max(set(filled), key=filled.count)
    return (filled.count(common), common)
