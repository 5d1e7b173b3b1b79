"""Tables to what they say of each line: rows are matched by code, columns by their headings."""

from collections.abc import Sequence
from dataclasses import dataclass

from mail.reading.articles import name_words
from mail.reading.columns import Columns, column_named, heading
from mail.reading.doubts import Doubt
from mail.reading.grids import Grid, GridRow
from mail.reading.lexicon import Column, Unit
from mail.reading.rows import DAYS, QUANTITIES, Row, RowSaid, code_line
from mail.reading.scan import Desk
from orders.purchase import PurchaseOrder


@dataclass(frozen=True, slots=True)
class GridRead:
    """Everything that a table says of the order."""

    rows: tuple[RowSaid, ...] = ()
    doubts: frozenset[Doubt] = frozenset()
    is_ours: bool = False  # it speaks of our order's articles
    days: tuple[str, ...] = ()  # "delivery date: 3.12.", said beside the lines for all of them


def read_grid(grid: Grid, order: PurchaseOrder, desk: Desk, prior: str) -> GridRead:
    """Read a table against the order."""
    header, columns = heading(grid, prior)
    body = [row for at, row in enumerate(grid.rows) if at != header and any(map(str.isalnum, row.text))]
    units = _column_units(body, columns, order, desk)
    said: list[RowSaid] = []
    days: list[str] = []
    doubts: set[Doubt] = set()
    for row in body:
        line, found = _line_of(row, columns, desk)
        doubts |= found
        if line is None:
            if columns and not row.ours and _looks_like_a_line(row, columns):
                doubts.add(Doubt.UNEXPLAINED)
            days += [] if row.ours else _labelled_day(row, prior)
            continue
        width = len(grid.rows[header].cells) if header is not None else 0
        read = Row(row, order.line_at(line), columns, order, desk, prior, units, width).read()
        if read is not None:
            said.append(read)
        elif _crossed_out(row, desk):
            doubts.add(Doubt.UNEXPLAINED)  # a line struck out, and nothing in its place
    numbers = [each.line for each in said]
    if len(numbers) != len(set(numbers)) and _differ(said):
        doubts.add(Doubt.CONTRADICTION)
    return GridRead(tuple(said), frozenset(doubts), is_ours=bool(said), days=tuple(days))


def _labelled_day(row: GridRow, prior: str) -> list[str]:
    """Delivery date | 3.12.2026: a row of a label and its value, above or below the lines."""
    filled = [cell for cell in row.cells if cell.text.strip() or cell.day is not None]
    if len(filled) != 2 or column_named(filled[0].text.strip(" :"), prior) not in DAYS:
        return []
    return [f"{filled[0].text.strip(' :')}: {filled[1].day.isoformat() if filled[1].day else filled[1].text}"]


def _differ(said: Sequence[RowSaid]) -> bool:
    """Two rows of one line are a split only when each has its own day; here: any repeated line is doubtful."""
    return len({each.line for each in said}) != len(said)


def _line_of(row: GridRow, columns: Columns, desk: Desk) -> tuple[int | None, set[Doubt]]:
    """By code first; a line number beside it must not contradict."""
    by_code = {line for line in (code_line(cell.text, desk.articles) for cell in row.cells) if line is not None}
    by_code = by_code or _crossed_out(row, desk)
    if len(by_code) > 1:
        return None, {Doubt.CONTRADICTION}
    number = _number_in(row, columns, desk)
    if by_code:
        line = next(iter(by_code))
        return line, ({Doubt.CONTRADICTION} if number not in (None, line) else set())
    named = _name_line(row, columns, desk)
    if named is not None:
        return named, ({Doubt.CONTRADICTION} if number not in (None, named) else set())
    foreign = any(columns.get(at) is Column.CODE and cell.text.strip() for at, cell in enumerate(row.cells))
    return (None if foreign else number), set()


def _crossed_out(row: GridRow, desk: Desk) -> set[int]:
    """The line whose code was struck out: what is written beside it is said of that line."""
    return {line for line in (code_line(cell.struck, desk.articles) for cell in row.cells if cell.struck) if line}


def _number_in(row: GridRow, columns: Columns, desk: Desk) -> int | None:
    for at, cell in enumerate(row.cells):
        if columns.get(at) is Column.LINE:
            text = cell.text.strip().rstrip(".")
            if text.isdigit() and int(text) in desk.line_numbers:
                return int(text)
    return None


def _name_line(row: GridRow, columns: Columns, desk: Desk) -> int | None:
    for at, cell in enumerate(row.cells):
        if columns.get(at) is Column.NAME:
            words = name_words(cell.text)
            lines = [line for line, names in desk.articles.full.items() if words in names]
            if len(lines) == 1:
                return lines[0]
    return None


def _looks_like_a_line(row: GridRow, columns: Columns) -> bool:
    """An article that is not ours, with a quantity: more than a sum or a remark."""
    filled = {columns[at] for at, cell in enumerate(row.cells) if at in columns and cell.text.strip()}
    return Column.CODE in filled and bool(filled & {Column.QUANTITY, Column.QUANTITY_CONFIRMED, Column.PRICE})


def _column_units(body: Sequence[GridRow], columns: Columns, order: PurchaseOrder, desk: Desk) -> dict[int, Unit]:
    """Bare numbers of a column count pieces when one of them is just what was ordered on its line."""
    units: dict[int, Unit] = {}
    for row in body:
        line, _ = _line_of(row, columns, desk)
        if line is None:
            continue
        for at, column in columns.items():
            if column is Column.CASES:
                units[at] = Unit.CASES
            elif at < len(row.cells) and column in QUANTITIES:
                ordered = order.line_at(line)
                text = row.cells[at].text.strip()
                if text.isdigit() and int(text) == ordered.quantity and ordered.pack_size > 1:
                    units[at] = Unit.PIECES
    return units
