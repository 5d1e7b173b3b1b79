"""The one form in which plain text and HTML are divided: lines that know their quote depth and where they stand."""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

from mail.segments.segment import Run, TableRow


class Zone(Enum):
    """What the mail program itself says of a stretch, by its HTML containers."""

    OPEN = auto()  # nothing said
    HEADER = auto()  # attribution line, header block
    QUOTE = auto()  # the original message
    SIGNATURE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is shown; `text` has no quote marks and no struck-out words, `start` and `end` are offsets in the part.

    `runs` is filled only where something stands out; `rule` says that a drawn line (<hr>, a border) stands above.
    """

    text: str
    start: int
    end: int
    depth: int = 0
    zone: Zone = Zone.OPEN
    runs: tuple[Run, ...] = ()
    row: TableRow | None = None
    rule: bool = False

    @property
    def empty(self) -> bool:
        """True when there is nothing to read."""
        return not self.text


MOST_LINES = 10_000  # lines of one text that are told apart
LONGEST_LINE = 20_000  # characters; a longer line is nobody's
_DRAWN = re.compile(r"\s*(?:>{7,}|>{2}.*<{2})\s*$")  # a line drawn of marks, or words between them (">>> sale <<<")
_MARKS = re.compile(r"[ \t]{0,3}((?:>[ \t]?)+)")


def plain_lines(text: str) -> list[Line]:
    """The lines of a plain text, quote marks counted and taken off; what is beyond all measure stays one long line."""
    found, at = [], 0
    for raw in text.split("\n", MOST_LINES):
        end = at + len(raw)
        depth, start = 0, at
        if ">" in raw and (marks := _MARKS.match(raw)) is not None and not _DRAWN.match(raw):
            depth, start = marks[1].count(">"), at + marks.end()
        found.append(Line(text[start:end].rstrip(), start, end, depth))
        at = end + 1
    return found


def marked_by_hand(lines: list[Line]) -> list[Line]:
    """The lines of an HTML text, quote marks taken off where its program typed them as letters: several lines one under another."""
    marked = {at for at, line in enumerate(lines) if line.text[:1] == ">" and line.row is None and not line.runs}
    if len(marked) < 2:  # one alone is an arrow or a bullet
        return lines
    filled = [at for at, line in enumerate(lines) if not line.empty]
    beside = {at for above, below in pairwise(filled) if above in marked and below in marked for at in (above, below)}
    return [_unmarked(line) if at in beside else line for at, line in enumerate(lines)]


def _unmarked(line: Line) -> Line:
    marks = _MARKS.match(line.text)
    if marks is None:
        return line
    return replace(
        line, text=line.text[marks.end() :], start=line.start + marks.end(), depth=line.depth + marks[1].count(">")
    )
