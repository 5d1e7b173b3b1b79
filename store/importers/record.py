"""What an import is made of: its fields, the records read from rows, and the writer that puts them into the database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy.orm import Session

from store.importers.cells import Cell, Style
from store.importers.outcome import Outcome


class Writing(StrEnum):
    """How a field is written in a file; numbers and days tell the file's style."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `read` makes its value of a cell that is not blank, and raises BadCell."""

    name: str
    read: Callable[[Cell, Style], Any]
    writing: Writing = Writing.TEXT
    is_required: bool = False  # the column must be there, and no cell of it may be blank


@dataclass(frozen=True, slots=True)
class Record:
    """A row that was read: the values of its cells that are not blank. A blank cell leaves what the database has."""

    row: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What an import knows beside the file: the moment, the place of rows that name none, and the file's fingerprint."""

    now: datetime
    sha256: str
    location: str | None = None


class Writer(Protocol):
    """Writes records of one kind; what it refuses and changes goes to the outcome."""

    def write(self, records: Sequence[Record]) -> None:
        """Take the next records."""

    def finish(self) -> None:
        """The file has ended."""


class StagedWriter(Writer, Protocol):
    """Writes records into temporary tables; only `finish` touches those that others use."""

    def settle(self) -> None:
        """The file has ended, and nothing is locked yet."""


@dataclass(frozen=True, slots=True)
class ImportKind:
    """One kind of file."""

    name: str
    fields: tuple[Field, ...]
    writer: Callable[[Session, Outcome, Circumstances], Writer]
    staged_writer: Callable[[Session, Outcome, Circumstances], StagedWriter] | None = None

    @property
    def required(self) -> tuple[str, ...]:
        """Fields whose columns must be there."""
        return tuple(field.name for field in self.fields if field.is_required)
