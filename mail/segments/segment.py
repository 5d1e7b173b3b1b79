"""A message divided: who wrote which stretch of it. Nothing is deleted, everything has a label."""

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """Whose words a segment holds."""

    SUPPLIER = "supplier"  # newly written by the author
    OURS = "ours"  # quoted, or our own text come back
    HEADER = "header"  # attribution lines, forwarded headers
    SIGNATURE = "signature"
    DISCLAIMER = "disclaimer"
    UNKNOWN = "unknown"  # could not be attributed


class Mark(StrEnum):
    """How the author made a stretch of text stand out."""

    STRUCK = "struck"  # crossed out: no longer said
    INSERTED = "inserted"  # <ins>, tracked insertion
    COLOURED = "coloured"  # a colour of its own, against the text around it
    BOLD = "bold"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that share the same marks."""

    text: str
    marks: frozenset[Mark] = frozenset()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of an HTML table; `was` is what our sent mail had in its place, where that differs."""

    runs: tuple[Run, ...]
    header: bool = False
    was: str | None = None

    @property
    def text(self) -> str:
        """What the cell says: everything but the struck-out text, spaces normalised."""
        if len(self.runs) == 1 and not self.runs[0].marks:
            return " ".join(self.runs[0].text.split())
        return " ".join("".join(run.text for run in self.runs if Mark.STRUCK not in run.marks).split())

    @property
    def struck(self) -> str:
        """The struck-out text, spaces normalised; "" when nothing was crossed out."""
        return " ".join("".join(run.text for run in self.runs if Mark.STRUCK in run.marks).split())

    @property
    def typed(self) -> str:
        """The inserted or coloured text, spaces normalised; "" when nothing stands out."""
        loud = {Mark.INSERTED, Mark.COLOURED}
        kept = (run.text for run in self.runs if loud & run.marks and Mark.STRUCK not in run.marks)
        return " ".join("".join(kept).split())


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of an HTML table; `table` counts the tables of the message from 0, `row` the rows of that table."""

    table: int
    row: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the message with one label: lines of text, or one table row (then `row` is set).

    `start` and `end` are character offsets into the rendered text of the part: for a plain part its own text, for HTML
    what `mail.segments.rendering` makes of it. `text` leaves struck-out words away, `runs` keeps them. `quoted` says
    that the supplier's words stand inside quoted text (typed between the lines, or edited in place).
    """

    label: Label
    text: str
    part: str
    start: int
    end: int
    runs: tuple[Run, ...] = ()
    row: TableRow | None = None
    quoted: bool = False
