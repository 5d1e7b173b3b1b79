"""Opens a CSV file as a table: encoding and delimiter are found out, rows are read one at a time."""

import contextlib
import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from store.importers.cells import Row
from store.importers.encoding import find_encoding
from store.importers.table import FileUnusable, Format, Table

DELIMITERS = ";,\t|"
_SAMPLE_LINES = 200
_LONGEST_CELL = 1 << 20  # characters; beyond it a quotation mark is missing somewhere


def open_csv(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Table:
    """The table of a CSV file; raises FileUnusable for an unknown encoding or an empty file."""
    found = encoding or find_encoding(path)
    try:
        with path.open("rb") as raw, _text(raw, found) as stream:
            sample = [line for _, line in zip(range(_SAMPLE_LINES), stream, strict=False)]
    except LookupError as error:
        raise FileUnusable("unknown-encoding", encoding=found) from error
    except UnicodeError as error:
        raise FileUnusable("wrong-encoding", encoding=found) from error
    if not any(line.strip() for line in sample):
        raise FileUnusable("empty-file")
    declared = _declared(sample[0])
    mark = delimiter or declared or _delimiter(sample)
    table_format = Format("CSV", encoding=found, delimiter=mark)

    def rows() -> Iterator[tuple[int, Row]]:
        return _rows(path, found, mark, skip_first=declared is not None)

    return Table(path, table_format, path.stat().st_size, rows)


def _text(raw: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """Bytes that the encoding does not know become U+FFFD, so that only their rows are refused."""
    return io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")


def _declared(first_line: str) -> str | None:
    """The delimiter of a line `sep=;`, which spreadsheets write and read."""
    line = first_line.strip().strip("\ufeff").strip('"').lower()
    return line[4:5] or "\t" if line.startswith("sep=") else None


def _delimiter(sample: list[str]) -> str:
    """The delimiter that cuts the lines into the same number of columns most often, the more columns the better."""
    return max(DELIMITERS, key=lambda mark: (_evenness(sample, mark), -DELIMITERS.index(mark)))


def _evenness(sample: list[str], mark: str) -> float:
    widths: Counter[int] = Counter()
    with contextlib.suppress(csv.Error):  # told when the rows are read
        widths.update(len(row) for row in csv.reader(sample, delimiter=mark) if row)
    width, lines = max(widths.items(), key=lambda item: (item[1] if item[0] > 1 else 0, item[0]), default=(0, 0))
    return 0.0 if width < 2 else lines / sum(widths.values()) + width / 1000


def _rows(path: Path, encoding: str, mark: str, *, skip_first: bool) -> Iterator[tuple[int, Row]]:
    """Each row with the number of bytes read so far."""
    csv.field_size_limit(_LONGEST_CELL)
    with path.open("rb") as raw, _text(raw, encoding) as stream:
        if skip_first:
            stream.readline()
        reader = csv.reader(stream, delimiter=mark)
        number = 0
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise FileUnusable("broken-csv", row=number + 1, why=str(error)) from error
            if cells is None:
                return
            number += 1
            yield raw.tell(), Row(number, tuple(cells))
