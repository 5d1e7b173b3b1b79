"""A table in a file, whatever the format: its rows one after the other, and what was found out about the file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from store.importers.cells import Row


class FileUnusable(Exception):
    """The file cannot be read as a table at all; `code` names the sentence, `facts` what it mentions."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Format:
    """What was found out of a file: CSV, XLSX, XLS or ODS; encoding and delimiter of a CSV; the sheet of the others."""

    name: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `rows()` begins anew at each call and holds one row at a time.

    `size` and the figure that the rows come with count the same thing (bytes or rows), so that progress can be shown.
    """

    path: Path
    format: Format
    size: int
    rows: Callable[[], Iterator[tuple[int, Row]]]
