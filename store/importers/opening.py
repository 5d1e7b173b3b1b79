"""Opens a file as a table by what its first bytes say it is, whatever its name says."""

import zipfile
from pathlib import Path

from store.importers.csv_table import open_csv
from store.importers.spreadsheet import Chooser, open_spreadsheet
from store.importers.table import FileUnusable, Table

_FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"\x1f\x8b": "gzip",
}


def open_table(
    path: Path,
    is_table: Chooser,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Table:
    """The table of a file; raises FileUnusable with a reason that a person can act on."""
    try:
        with path.open("rb") as stream:
            start = stream.read(512)
        if start.startswith(b"PK\x03\x04"):
            return open_spreadsheet(path, _zip_kind(path), is_table, sheet=sheet)
        if start.startswith(b"\xd0\xcf\x11\xe0"):
            return open_spreadsheet(path, "XLS", is_table, sheet=sheet)
        _refuse_foreign(start)
        return open_csv(path, encoding=encoding, delimiter=delimiter)
    except OSError as error:
        raise FileUnusable("cannot-open", why=error.strerror or str(error)) from error


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise FileUnusable("spreadsheet-broken", why="the archive is cut off") from error
    if "xl/workbook.xml" in names or any(name.startswith("xl/") for name in names):
        return "XLSX"
    if "content.xml" in names:
        return "ODS"
    raise FileUnusable("not-a-table", kind="ZIP")


def _refuse_foreign(start: bytes) -> None:
    for magic, kind in _FOREIGN.items():
        if start.startswith(magic):
            raise FileUnusable("not-a-table", kind=kind)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise FileUnusable("not-a-table", kind="HTML or XML")
