"""Cells of a table as they come from a file, and how a file writes its numbers and days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Fault(StrEnum):
    """Why a spreadsheet's cell has no value."""

    FORMULA = "formula"  # a formula that was never calculated and saved
    ERROR = "error"  # #REF!, #DIV/0! and the like
    MERGED = "merged"  # hidden below a merged cell; only its first cell has the value


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell without a value: why, and what stands there (a formula's error, the merged range)."""

    fault: Fault
    shown: str = ""


Cell = str | float | bool | date | datetime | Unreadable | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it (from 1), and its cells from column A on."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_empty(self) -> bool:
        """True when no cell holds anything."""
        return all(cell is None or cell == "" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Style:
    """How a file writes what can be written in two ways. None: the file does not show which."""

    decimal: str | None = None  # "," or "."
    day_first: bool | None = None  # 03/04/2026 is in April
    allow_day_numbers: bool = False  # 46000 in a column of days is a spreadsheet's count of days


class BadCell(ValueError):
    """A cell that cannot be used; `code` names its sentence, `facts` what the sentence mentions."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}")
        self.code = code
        self.facts = facts


def shown(cell: Cell) -> str:
    """A cell as a person sees it, short enough for a sentence."""
    if isinstance(cell, Unreadable):
        return cell.shown
    text = f"{cell:.15g}" if isinstance(cell, float) else str("" if cell is None else cell)
    return text if len(text) <= 60 else text[:57] + "..."


def column_name(index: int) -> str:
    """The letters above a column; index 0 is A, 26 is AA."""
    letters = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        letters = chr(ord("A") + rest) + letters
        index -= 1
    return letters


def column_index(letters: str) -> int:
    """The index of a column by its letters; A is 0."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def texts(cells: Iterable[Cell]) -> list[str]:
    """The cells that are text and not blank, trimmed."""
    return [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
