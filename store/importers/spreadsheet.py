"""Opens a spreadsheet (XLSX, XLS, ODS) as a table: in a guarded child, which hands over the rows compressed."""

import json
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from store.guarded import Limits, Unopenable, guarded
from store.importers.cells import Cell, Fault, Row, Unreadable, column_name
from store.importers.table import FileUnusable, Format, Table
from store.importers.workbook import preview, sheet_rows

LIMITS = Limits(memory=1 << 30, cpu_seconds=120, wall_seconds=180.0)  # a million rows need 20 s
_LARGEST = 200 << 20  # bytes of file
_CHUNK = 1 << 16

Chooser = Callable[[list[Row]], bool]


def open_spreadsheet(path: Path, name: str, is_table: Chooser, *, sheet: str | None = None) -> Table:
    """The table of a workbook: the sheet that was named, else the first visible one whose first rows hold the columns.

    Raises FileUnusable when the workbook cannot be opened or has no such sheet.
    """
    if path.stat().st_size > _LARGEST:
        raise FileUnusable("file-too-large", megabytes=_LARGEST >> 20)
    data = path.read_bytes()
    chosen = _choose(_opened(preview, data), is_table, sheet)
    answer = _opened(sheet_rows, chosen.encode() + b"\n" + data)
    packed: bytes = answer["packed"]

    def rows() -> Iterator[tuple[int, Row]]:
        for number, line in enumerate(_lines(packed), start=1):
            yield number, Row(number, tuple(_cell(each) for each in json.loads(line)))

    return Table(path, Format(name, sheet=chosen), answer["count"], rows)


def _opened(function: Callable[[bytes], Any], data: bytes) -> Any:
    try:
        return guarded(function, data, LIMITS)
    except Unopenable as unopenable:
        raise FileUnusable(f"spreadsheet-{unopenable.reason}", why=unopenable.detail) from unopenable


def _choose(sheets: list[dict[str, Any]], is_table: Chooser, wanted: str | None) -> str:
    names = [each["name"] for each in sheets]
    if wanted is not None:
        if wanted not in names:
            raise FileUnusable("no-such-sheet", sheet=wanted, sheets=", ".join(names))
        return wanted
    if not names:
        raise FileUnusable("empty-file")
    for each in sheets:
        rows = [Row(number, tuple(_cell(cell) for cell in row)) for number, row in enumerate(each["rows"], start=1)]
        if is_table(rows):
            return str(each["name"])
    return str(names[0])


def _lines(packed: bytes) -> Iterator[bytes]:
    """JSON lines out of the compressed bytes, a piece at a time."""
    unpacker = zlib.decompressobj()
    rest = b""
    for start in range(0, len(packed), _CHUNK):
        lines = (rest + unpacker.decompress(packed[start : start + _CHUNK])).split(b"\n")
        rest = lines.pop()
        yield from lines


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        return _special(*next(iter(value.items())))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value or None if isinstance(value, str) else value
    return float(value)


def _special(kind: str, text: str) -> Cell:
    if kind == "day":
        return date.fromisoformat(text)
    if kind == "moment":
        return datetime.fromisoformat(text)
    if kind == "merged":
        row, _, column = text.partition(":")
        return Unreadable(Fault.MERGED, f"{column_name(int(column))}{row}")
    if kind in {Fault.FORMULA.value, Fault.ERROR.value}:
        return Unreadable(Fault(kind), text)
    return text
