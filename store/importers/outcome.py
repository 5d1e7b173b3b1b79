"""What came of an import: counts, what would change, and what is wrong in which row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from store.importers.cells import Style
from store.importers.headers import Columns
from store.importers.table import Format

_MOST_TOLD = 1000  # problems and changes beyond it are only counted, so that a bad file of a million rows stays small


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: where, its code and what its sentence mentions. Row 0: the whole file."""

    file: str
    code: str
    facts: Mapping[str, object]
    row: int = 0
    column: str = ""  # header, or letters where there is none
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One value that an import sets: of which thing, which field, before and after."""

    row: int
    thing: str
    field: str
    before: str
    after: str


@dataclass(slots=True)
class Outcome:
    """One file's outcome. `created`, `changed` and `unchanged` count things, `rows` and `refused` count rows."""

    path: Path
    kind: str
    format: Format | None = None
    columns: Columns | None = None
    style: Style = field(default_factory=Style)
    rows: int = 0
    refused: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    added_up: int = 0  # rows that were added to others of the same product, place and day
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    changes: list[Change] = field(default_factory=list)
    change_count: int = 0
    is_unusable: bool = False  # nothing could be read at all
    is_kept: bool = False  # written to the database; not so in a dry run, or when a strict import was refused

    def add_problem(self, code: str, row: int = 0, column: str = "", /, **facts: object) -> None:
        """Note a problem of the file or of one of its rows."""
        self.problem_count += 1
        if len(self.problems) < _MOST_TOLD:
            sheet = self.format.sheet if self.format else None
            self.problems.append(Problem(self.path.name, code, facts, row, column, sheet))

    def refuse(self, row: int, code: str, column: str = "", /, **facts: object) -> None:
        """Leave one row out, for this reason."""
        self.refused += 1
        self.add_problem(code, row, self.header(column), **facts)

    def header(self, field: str) -> str:
        """The header of a field's column as the file has it."""
        return self.columns.header.get(field, "") if self.columns else ""

    def add_change(self, change: Change) -> None:
        """Note a value that is set."""
        self.change_count += 1
        if len(self.changes) < _MOST_TOLD:
            self.changes.append(change)
