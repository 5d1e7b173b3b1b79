"""Segments to what the supplier says: passages of words and tables, each with the quoted line that it stands under."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mail.reading.answer import Passage
from mail.reading.grids import Grid, GridCell, GridRow, text_grids
from mail.reading.scan import Desk, tag
from mail.reading.sign_off import end_of_words
from mail.reading.tokens import TokenKind, tokenise
from mail.segments.segment import Cell, Label, Mark, Segment

_MOST_TEXT = 40_000  # characters of a mail's own words; nobody answers an order in more
_LOOK_BACK = 4  # quoted lines above an answer that may name its order line


@dataclass(frozen=True, slots=True)
class Said:
    """Everything that the supplier wrote in the mail itself."""

    passages: tuple[Passage, ...] = ()
    grids: tuple[Grid, ...] = ()
    unclear: bool = False  # words that nobody could be given


def said_in(segments: Sequence[Segment], desk: Desk, signers: frozenset[str] = frozenset(), prior: str = "en") -> Said:
    """Collect the supplier's passages and the tables that may hold figures of his.

    `signers` are words of the names that he signs with, `prior` is his likely language.
    """
    passages: list[Passage] = []
    unclear = False
    for at, segment in enumerate(segments):
        if segment.row is not None:
            continue
        if segment.label is Label.SUPPLIER and segment.text.strip():
            passage = _passage(segments, at, desk)
            passages.append(_cut(passage, 0, end_of_words(passage.text, signers, desk, prior)))
        elif segment.label is Label.UNKNOWN and any(each.isalnum() for each in segment.text):
            unclear = True
    passages, too_long = _bounded(passages)
    grids = [*_html_grids(segments)]
    words: list[Passage] = []
    for passage in passages:
        rest, drawn = _without_tables(passage)
        grids += drawn
        words += rest
    return Said(tuple(words), tuple(grids), unclear or too_long)


def _bounded(passages: list[Passage]) -> tuple[list[Passage], bool]:
    """The first passages up to the limit, and whether any were left out."""
    kept: list[Passage] = []
    left = _MOST_TEXT
    for passage in passages:
        left -= len(passage.text)
        if left < 0:
            return kept, True
        kept.append(passage)
    return kept, False


def _passage(segments: Sequence[Segment], at: int, desk: Desk) -> Passage:
    segment = segments[at]
    edited = any(Mark.STRUCK in run.marks for run in segment.runs)  # our own line, which says itself what it is about
    about = _lines_above(segments[:at], desk) if _stands_between(segments, at) and not edited else ()
    return Passage(segment.text, segment.part, segment.start, about, segment.quoted)


def _stands_between(segments: Sequence[Segment], at: int) -> bool:
    """True when quoted text of ours stands above and below, or answers stood between quoted lines further up."""
    before = [each.label for each in segments[:at]]
    if Label.OURS not in before:
        return False
    behind = any(each.label is Label.OURS and each.text.strip() for each in segments[at + 1 :])
    first = before.index(Label.OURS)
    return behind or segments[at].quoted or Label.SUPPLIER in before[first:]


def _lines_above(segments: Sequence[Segment], desk: Desk) -> tuple[int, ...]:
    """The order line that the nearest quoted line above names."""
    above: list[str] = []
    for segment in reversed(segments):
        if segment.label is Label.SUPPLIER:
            break
        if segment.label is Label.OURS:
            above += [line for line in reversed(segment.text.split("\n")) if line.strip(" >|")]
    for line in above[:_LOOK_BACK]:
        named = _named_in(line, desk)
        if named:
            return tuple(named) if len(named) == 1 else ()
    return ()


def _named_in(text: str, desk: Desk) -> set[int]:
    tagged = tag([token for token in tokenise(text) if token.kind is not TokenKind.BREAK], (), desk)
    return {line for each in tagged if each.lines is not None and len(each.lines) == 1 for line in each.lines}


def _html_grids(segments: Iterable[Segment]) -> Iterator[Grid]:
    tables: dict[tuple[str, int], list[GridRow]] = {}
    for segment in segments:
        if segment.row is not None and segment.label is not Label.SIGNATURE and segment.label is not Label.DISCLAIMER:
            ours = segment.label is not Label.SUPPLIER
            edited = any(cell.struck or cell.typed or cell.was is not None for cell in segment.row.cells)
            ours = ours or edited  # typed into our own row: only what differs is the supplier's
            cells = tuple(GridCell(_said(cell), struck=cell.struck) for cell in segment.row.cells)
            tables.setdefault((segment.part, segment.row.table), []).append(GridRow(cells, ours))
    for (part, _), rows in tables.items():
        yield Grid(tuple(rows), part)


def _said(cell: Cell) -> str:
    """What was typed in, where that stands out beside the old text of the cell; else all that is not struck out."""
    typed = cell.typed
    if typed and typed != cell.text and not cell.struck:
        return typed
    return cell.text


def _without_tables(passage: Passage) -> tuple[list[Passage], list[Grid]]:
    """The words around the tables that are drawn with characters."""
    words: list[Passage] = []
    grids: list[Grid] = []
    last = 0
    for start, end, grid in text_grids(passage.text):
        grids.append(Grid(grid.rows, passage.part))
        words.append(_cut(passage, last, start))
        last = end
    words.append(_cut(passage, last, len(passage.text)))
    return [each for each in words if each.text.strip()], grids


def _cut(passage: Passage, start: int, end: int) -> Passage:
    return Passage(passage.text[start:end], passage.part, passage.start + start, passage.about, passage.quoted)
