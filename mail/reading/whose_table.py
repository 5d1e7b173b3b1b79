"""Whose order a quoted table repeats: below an answer about another order it is no part of that answer."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from mail.reading.grids import Grid, GridRow
from mail.reading.tokens import bare, fold
from orders.purchase import OrderLine, PurchaseOrder


def repeats_another(grid: Grid, order: PurchaseOrder, others: Iterable[PurchaseOrder]) -> bool:
    """True when every row is ours and more rows repeat lines of one of the others than of this order."""
    if not all(row.ours for row in grid.rows):
        return False
    rows = [_words(row) for row in grid.rows]
    own = _repeated(rows, order)
    return any(_repeated(rows, other) > own for other in others if other.number != order.number)


def _repeated(rows: Sequence[frozenset[str]], order: PurchaseOrder) -> int:
    """How many rows have a line's code and its ordered quantity in cells of their own, or as one of a cell's words."""
    lines = [(str(line.quantity), _codes(line)) for line in order.lines]
    return sum(any(quantity in words and codes & words for quantity, codes in lines) for words in rows)


def _words(row: GridRow) -> frozenset[str]:
    return frozenset(bare(fold(part)) for cell in row.cells for part in (cell.text, *cell.text.split()))


@lru_cache(maxsize=4_096)
def _codes(line: OrderLine) -> frozenset[str]:
    return frozenset(bare(fold(code)) for code in (line.supplier_code, line.sku) if code)
