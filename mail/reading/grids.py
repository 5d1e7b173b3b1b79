"""Tables as plain values, wherever they come from: HTML, a spreadsheet, a PDF, or drawn with characters in a text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: its text, and its value where the file says that it is a number or a date."""

    text: str = ""
    number: Decimal | None = None
    day: date | None = None
    struck: str = ""  # what was crossed out


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row; `ours` when it came back as we wrote it: then only what differs from the order is the supplier's."""

    cells: tuple[GridCell, ...]
    ours: bool = False

    @property
    def text(self) -> str:
        """The row as it is quoted."""
        return " | ".join(cell.text for cell in self.cells if cell.text)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with the place it comes from."""

    rows: tuple[GridRow, ...]
    part: str = ""


def text_grids(text: str) -> Iterator[tuple[int, int, Grid]]:
    """Tables drawn with characters, with their offsets: at least two rows of the same number of columns, or one with bars."""
    lines: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    run: list[tuple[int, str, tuple[str, ...]]] = []
    for start, line in [*lines, (len(text), "")]:
        cells = _cells(line)
        if cells is not None:
            run.append((start, line, cells))
            continue
        if (run and not set(line.strip()) <= set("-+=|_ ")) or (run and not line.strip()):
            yield from _grid_of(run)
            run = []


def _cells(line: str) -> tuple[str, ...] | None:
    stripped = line.strip()
    for mark, least in (("|", 3), ("\t", 3), (";", 4)):
        if stripped.count(mark) >= least - 1:
            cells = tuple(cell.strip() for cell in stripped.strip("|").split(mark))
            return cells if len(cells) >= least else None
    wide = tuple(cell.strip() for cell in _wide_split(stripped))
    return wide if len(wide) >= 4 else None


def _wide_split(line: str) -> list[str]:
    cells: list[str] = []
    current = ""
    gap = 0
    for character in line:
        if character == " ":
            gap += 1
            continue
        if gap >= 2 and current:
            cells.append(current)
            current = ""
        elif gap:
            current += " "
        gap = 0
        current += character
    if current:
        cells.append(current)
    return cells


def _grid_of(run: list[tuple[int, str, tuple[str, ...]]]) -> Iterator[tuple[int, int, Grid]]:
    if len(run) == 1 and ";" in run[0][1] and "|" not in run[0][1] and "\t" not in run[0][1]:
        return  # a sentence with semicolons is no table
    start, last = run[0][0], run[-1]
    rows = tuple(GridRow(tuple(GridCell(cell) for cell in cells)) for _, _, cells in run)
    yield start, last[0] + len(last[1]), Grid(rows)
