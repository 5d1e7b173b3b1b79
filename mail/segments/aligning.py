"""A reply against the mail that we sent: equal is ours, changed or typed between is the supplier's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from mail.segments.closing import closing_labels
from mail.segments.lines import Line
from mail.segments.segment import Label
from mail.segments.sent import SentMail, squeezed

_SHORT = 6  # letters; a shorter stretch is ours only when it is a whole line or cell of ours
_LONG = 15  # letters; outside of quotes a shorter line may be ours by chance
_MOST_COMPARED = 300  # quoted lines that are compared with each of ours
_AUTHOR = frozenset({Label.SUPPLIER, Label.SIGNATURE, Label.DISCLAIMER})
_FORM_ROW = re.compile(r"\d{1,4}:")
_FILLED_ROW = re.compile(r"\s*(\d{1,4}:)\s*\S")
_EDITED = 60.0  # rapidfuzz ratio from which a line counts as one of ours that was edited


@dataclass(frozen=True, slots=True)
class _Ours:
    """Our mail, prepared for looking things up."""

    everything: str
    pieces: frozenset[str]
    lines: tuple[str, ...]
    rows: frozenset[str]  # of the form to fill in, as they went out: "3:"


def aligned(lines: Sequence[Line], labels: Sequence[Label], sent: SentMail) -> tuple[list[Line], list[Label]]:
    """Correct the labels by what we know of our own mail; rows that were edited tell what stood there."""
    ours = _prepared(sent)
    known = [not line.empty and not _is_filled_in(line, ours) and _is_ours(line, ours) for line in lines]
    first, last, beyond = _extent(labels, known)
    compared = 0
    found = list(labels)
    for at, line in enumerate(lines):
        if line.empty:
            continue
        if labels[at] is Label.SUPPLIER and known[at] and not line.runs:
            found[at] = Label.OURS if len(squeezed(line.text)) >= _LONG else found[at]
        elif labels[at] is Label.OURS and not known[at] and compared < _MOST_COMPARED:
            compared += 1
            if _is_typed(line, ours, inside=first < at < beyond):
                found[at] = Label.SUPPLIER
    _close_below(lines, found, last + 1, beyond)
    _rejoin(lines, found, ours)
    _spread(lines, labels, found, ours)
    rows = [
        _with_history(line, sent.rows) if label is Label.SUPPLIER else line
        for line, label in zip(lines, found, strict=True)
    ]
    return rows, found


def _extent(labels: Sequence[Label], known: Sequence[bool]) -> tuple[int, int, int]:
    """The first and the last line of ours that came back, and where another original begins below them, or the text ends."""
    ours = [at for at, each in enumerate(known) if each and labels[at] is Label.OURS]
    if not ours:
        return len(labels), len(labels), len(labels)
    beyond = next((at for at in range(ours[-1] + 1, len(labels)) if labels[at] is Label.HEADER), len(labels))
    return ours[0], ours[-1], beyond


def _close_below(lines: Sequence[Line], found: list[Label], start: int, beyond: int) -> None:
    """What was typed below our mail ends as letters do; gateways put their notices there too."""
    if Label.SUPPLIER not in found[start:beyond]:
        return
    for at, label in closing_labels(lines, start, beyond, last=True).items():
        if found[at] is Label.SUPPLIER:
            found[at] = label


def _rejoin(lines: Sequence[Line], found: list[Label], ours: _Ours) -> None:
    """The end of a quoted line of ours that was wrapped without a quote mark is ours, however short."""
    for at in range(1, len(lines)):
        above, line = lines[at - 1], lines[at]
        if (
            found[at] not in {Label.SUPPLIER, Label.UNKNOWN}
            or found[at - 1] is not Label.OURS
            or above.depth <= line.depth
        ):
            continue
        end = squeezed(line.text)
        if len(end) >= _SHORT and any(squeezed(above.text) + end in each for each in ours.lines):
            found[at] = Label.OURS


def _spread(lines: Sequence[Line], labels: Sequence[Label], found: list[Label], ours: _Ours) -> None:
    """Short lines of ours that stand directly under or above longer ones are ours too ("Kind regards")."""
    for order in (range(len(lines)), reversed(range(len(lines)))):
        near = False
        for at in order:
            if lines[at].empty:
                continue
            is_piece = squeezed(lines[at].text) in ours.pieces and not _is_filled_in(lines[at], ours)
            if near and labels[at] in _AUTHOR and is_piece and not lines[at].runs:
                found[at] = Label.OURS
            near = found[at] is Label.OURS and labels[at] in _AUTHOR


def _with_history(line: Line, rows: Sequence[tuple[str, ...]]) -> Line:
    """A row with what our own row had in each cell that differs; our row is the one with most cells in common."""
    if line.row is None:
        return line
    cells = line.row.cells
    texts = [squeezed(cell.text) for cell in cells]
    alike = [
        (sum(a == squeezed(b) for a, b in zip(texts, row, strict=True)), row) for row in rows if len(row) == len(cells)
    ]
    same, best = max(alike, key=lambda each: each[0], default=(0, ()))
    if same * 2 < len(cells):
        return line
    history = tuple(
        cell if squeezed(cell.text) == squeezed(was) else replace(cell, was=was)
        for cell, was in zip(cells, best, strict=True)
    )
    return replace(line, row=replace(line.row, cells=history))


def _prepared(sent: SentMail) -> _Ours:
    pieces = {squeezed(line) for line in sent.lines}
    pieces |= {squeezed(cell) for row in sent.rows for cell in row}
    return _Ours(
        "".join(squeezed(line) for line in sent.lines),
        frozenset(pieces),
        tuple(squeezed(x) for x in sent.lines),
        frozenset(line for line in sent.lines if _FORM_ROW.fullmatch(line)),
    )


def _is_filled_in(line: Line, ours: _Ours) -> bool:
    """A row of our form with something behind its number: "1: 20" is no "120" of ours, quoted or not."""
    filled = _FILLED_ROW.match(line.text)
    return filled is not None and filled[1] in ours.rows


def _is_ours(line: Line, ours: _Ours) -> bool:
    text = squeezed(line.text)
    if len(text) < _SHORT:
        return not text or text in ours.pieces
    return text in ours.everything


def _is_typed(line: Line, ours: _Ours, *, inside: bool) -> bool:
    """Whether a line of the original that is not in our mail was typed or edited there by the supplier.

    Under quote marks only an edited line of ours counts: another line may come from an older mail of the thread.
    """
    if _is_filled_in(line, ours):
        return True
    text = squeezed(line.text)
    edited = any(fuzz.ratio(text, each, score_cutoff=_EDITED) for each in ours.lines)
    return edited or (inside and line.depth == 0)
