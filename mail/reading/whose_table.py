"""Whose order a quoted table repeats: below an answer about another order it is no part of that answer."""

from collections.abc import Iterable

from mail.reading.grids import Grid, GridRow
from mail.reading.tokens import fold
from orders.purchase import OrderLine, PurchaseOrder


def repeats_another(grid: Grid, order: PurchaseOrder, others: Iterable[PurchaseOrder]) -> bool:
    """True when every row is ours and more rows repeat lines of one of the others than of this order."""
    if not all(row.ours for row in grid.rows):
        return False
    own = _repeated(grid, order)
    return any(_repeated(grid, other) > own for other in others if other.number != order.number)


def _repeated(grid: Grid, order: PurchaseOrder) -> int:
    return sum(any(_repeats(row, line) for line in order.lines) for row in grid.rows)


def _repeats(row: GridRow, line: OrderLine) -> bool:
    """A row with the line's code and its ordered quantity in cells of their own, or as one of a cell's words."""
    words = {word for cell in row.cells for word in (_plain(cell.text), *map(_plain, cell.text.split()))}
    codes = {_plain(code) for code in (line.supplier_code, line.sku) if code}
    return bool(codes & words) and str(line.quantity) in words


def _plain(text: str) -> str:
    return "".join(each for each in fold(text) if each.isalnum())
