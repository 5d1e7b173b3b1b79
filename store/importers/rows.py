"""Turns the rows of a table into records: blank rows are skipped, bad ones refused with every reason, good ones given on."""

import contextlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from store.importers.cells import BadCell, Cell, Row, texts
from store.importers.headers import Columns
from store.importers.outcome import Outcome
from store.importers.record import Field, ImportKind, Record, Writing
from store.importers.style import find_style
from store.importers.table import FileUnusable, Table
from store.importers.values import given

_SAMPLE = 2000  # rows that tell how the file writes numbers and days
_EVERY = 1000  # rows between two reports of progress
_REMEMBERED = 50_000  # texts

Progress = Callable[[int, int], None]


def first_rows(table: Table, count: int) -> list[Row]:
    """The first rows; fewer when the file ends or breaks off before."""
    found: list[Row] = []
    with contextlib.suppress(FileUnusable):  # told when the rows are read in earnest
        found.extend(row for _, row in itertools.islice(table.rows(), count))
    return found


def find_table_style(table: Table, kind: ImportKind, outcome: Outcome) -> None:
    """Find out how the file writes numbers and days; what the outcome's style says already stays."""
    columns = _columns(outcome)
    rows = first_rows(table, columns.row + _SAMPLE)[columns.row :]
    written: dict[Writing, list[str]] = {writing: [] for writing in Writing}
    for field in kind.fields:
        index = columns.index.get(field.name)
        if index is not None:
            written[field.writing] += texts(row.cells[index] for row in rows if index < len(row.cells))
    found = find_style(written[Writing.NUMBER], written[Writing.DAY])
    said = outcome.style
    outcome.style = replace(
        said,
        decimal=said.decimal or found.decimal,
        day_first=found.day_first if said.day_first is None else said.day_first,
    )


def read_records(table: Table, kind: ImportKind, outcome: Outcome, progress: Progress) -> Iterator[Record]:
    """The records of the rows below the headers. A file that breaks off keeps what came before."""
    reader = _Reader(kind, _columns(outcome), outcome)
    try:
        for done, row in table.rows():
            if row.number <= reader.columns.row or row.is_empty:
                continue
            outcome.rows += 1
            if outcome.rows % _EVERY == 0:
                progress(done, table.size)
            record = reader.record(row)
            if record is not None:
                yield record
    except FileUnusable as unusable:
        outcome.add_problem(unusable.code, **unusable.facts)
    progress(table.size, table.size)


class _Reader:
    """Reads rows of one file. Good texts are remembered for a while: a million sales repeat the same days and codes."""

    def __init__(self, kind: ImportKind, columns: Columns, outcome: Outcome) -> None:
        self.columns = columns
        self._outcome = outcome
        self._fields = [(field, columns.index[field.name]) for field in kind.fields if field.name in columns.index]
        self._known: dict[tuple[str, str], Any] = {}
        self._is_csv = outcome.format is not None and outcome.format.delimiter is not None

    def record(self, row: Row) -> Record | None:
        """The row's record, or None after noting everything that is wrong with it."""
        cells = row.cells
        if self._is_csv and any(cells[self.columns.width :]):
            self._outcome.refuse(row.number, "too-many-cells", cells=len(cells), headers=self.columns.width)
            return None
        values: dict[str, Any] = {}
        problems: list[tuple[str, BadCell]] = []
        for field, index in self._fields:
            try:
                value = self._value(field, cells[index] if index < len(cells) else None)
            except BadCell as bad:
                problems.append((self.columns.header[field.name], bad))
                continue
            if value is not None:
                values[field.name] = value
        for header, problem in problems:
            self._outcome.add_problem(problem.code, row.number, header, **problem.facts)
        self._outcome.refused += bool(problems)
        return None if problems else Record(row.number, values)

    def _value(self, field: Field, cell: Cell) -> Any:
        if not isinstance(cell, str):
            return self._read(field, cell)
        key = (field.name, cell)
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = self._read(field, cell)
        return self._known[key]

    def _read(self, field: Field, cell: Cell) -> Any:
        found = given(cell)
        if found is not None:
            return field.read(found, self._outcome.style)
        if field.is_required:
            raise BadCell("missing-value")
        return None


def _columns(outcome: Outcome) -> Columns:
    assert outcome.columns is not None  # the headers are found before a row is read
    return outcome.columns
