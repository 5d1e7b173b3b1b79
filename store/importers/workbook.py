"""Opens a spreadsheet's bytes; runs only in the guarded child and answers with plain values.

calamine gives no value for a formula that was never calculated and for an error such as #REF!: both look like an empty cell.
In XLSX they are found in the sheet's XML (ECMA-376 part 1, 18.3.1.4: `<c t="e">`, `<f>` without `<v>`), so that no cell is
taken for empty that is not.
"""

import datetime as dt
import io
import json
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from defusedxml import ElementTree
from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from store.guarded import Unopenable
from store.importers.cells import column_index

PREVIEW_ROWS = 40
_MERGED_MOST = 20_000  # merged cells that are told one by one
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_VALUE = re.compile(rb"<v>([^<]+)</v>")
_XML_CHUNK = 1 << 20


def preview(data: bytes) -> list[dict[str, Any]]:
    """Name and first rows of each visible sheet, in the order of the workbook."""
    book = _book(data)
    names = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
    return [{"name": name, "rows": _first_rows(book.get_sheet_by_name(name))} for name in names]


def sheet_rows(request: bytes) -> dict[str, Any]:
    """All rows of one sheet as compressed JSON lines; the request is the sheet's name, a line end, and the workbook."""
    name, _, data = request.partition(b"\n")
    book = _book(data)
    sheet = book.get_sheet_by_name(name.decode())
    faults = _faults(data, name.decode()) | _merged(sheet)
    packer = zlib.compressobj(1)
    packed = bytearray()
    count = 0
    for row in _rows(sheet):
        cells = _with_faults(row, faults.get(count, {}))
        packed += packer.compress(json.dumps(cells, default=_tagged, ensure_ascii=False).encode() + b"\n")
        count += 1
    packed += packer.flush()
    return {"count": count, "packed": bytes(packed)}


def _book(data: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise Unopenable("encrypted") from error


def _with_faults(row: list[Any], faults: dict[int, dict[str, str]]) -> list[Any]:
    """The row with what is wrong in the place of a cell that only looks empty."""
    cells = row + [""] * (max(faults, default=-1) + 1 - len(row))
    for column, fault in faults.items():
        if cells[column] in ("", None):
            cells[column] = fault
    return cells


def _rows(sheet: CalamineSheet) -> Iterator[list[Any]]:
    """Rows from the sheet's first row and column on, also when it begins further down or to the right."""
    if sheet.start is None:
        return
    left = [None] * sheet.start[1]
    for row in sheet.iter_rows():
        yield [*left, *row]


def _first_rows(sheet: CalamineSheet) -> list[list[Any]]:
    return [
        [_tagged(cell) if isinstance(cell, dt.date | dt.time | dt.timedelta) else cell for cell in row]
        for row, _ in zip(_rows(sheet), range(PREVIEW_ROWS), strict=False)
    ]


def _tagged(value: Any) -> dict[str, str]:
    if isinstance(value, dt.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    return {"other": str(value)}


def _merged(sheet: CalamineSheet) -> dict[int, dict[int, dict[str, str]]]:
    """The cells below a merged one: only its first cell has the value."""
    found: dict[int, dict[int, dict[str, str]]] = {}
    count = 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left) and count < _MERGED_MOST:
                    found.setdefault(row, {})[column] = {"merged": f"{top + 1}:{left}"}
                    count += 1
    return found


def _faults(data: bytes, name: str) -> dict[int, dict[int, dict[str, str]]]:
    """Formulas without a value and error values of an XLSX sheet, by row and column (from 0)."""
    if not data.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = _part(archive, name)
        if part is None:
            return {}
        found: dict[int, dict[int, dict[str, str]]] = {}
        with archive.open(part) as stream:
            for piece in _pieces(stream):
                for attributes, inside in _CELL.findall(piece) if _suspicious(piece) else ():
                    fault, place = _fault(attributes, inside), _PLACE.search(attributes)
                    if fault and place:
                        row, column = int(place.group(2)) - 1, column_index(place.group(1).decode())
                        found.setdefault(row, {})[column] = fault
    return found


def _suspicious(piece: bytes) -> bool:
    return b"<f" in piece or b't="e"' in piece


def _fault(attributes: bytes, inside: bytes) -> dict[str, str] | None:
    value = _VALUE.search(inside)
    if b't="e"' in attributes:
        return {"error": value.group(1).decode(errors="replace") if value else ""}
    is_empty_text = b't="str"' in attributes  # a formula whose result is an empty text
    return {"formula": ""} if b"<f" in inside and not value and not is_empty_text else None


def _pieces(stream: Any) -> Iterator[bytes]:
    """The sheet's XML in pieces that end with a whole row."""
    rest = b""
    while chunk := stream.read(_XML_CHUNK):
        rest += chunk
        end = rest.rfind(b"</row>")
        if end >= 0:
            yield rest[:end]
            rest = rest[end:]
    yield rest


def _part(archive: zipfile.ZipFile, name: str) -> str | None:
    """The archive's member that holds a sheet; None for ODS, which has one member for all."""
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except KeyError:
        return None
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet") and sheet.get("name") == name:
            target = targets.get(sheet.get(_RELATION), "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            return path if path in archive.namelist() else None
    return None
