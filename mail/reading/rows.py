"""One row of a table against its order line: figures by the headings of their columns, or by what each cell is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mail.reading.amounts import PLAUSIBLE, base_price, pieces
from mail.reading.articles import Articles
from mail.reading.columns import Columns
from mail.reading.compose import compose
from mail.reading.doubts import Doubt
from mail.reading.facts import Facts, Figure, Role
from mail.reading.figures import Day, Lines, Other, OtherKind, Price, Quantity, Span
from mail.reading.grids import GridCell, GridRow
from mail.reading.leftovers import is_name_of, is_order_fact, says_something
from mail.reading.lexicon import Column, Unit, language
from mail.reading.numbers import bare_amount, is_position
from mail.reading.scan import Desk, tag
from mail.reading.tokens import bare, fold, tokenise
from orders.purchase import OrderLine, PurchaseOrder

_NOWHERE = Span(0, 0)
_PRICED = re.compile(r"\d+[.,]\d{2}")  # alone in its cell: 2,10 is no day there
_CENTS = Decimal("0.02")  # what rounding may take from a row's total


@dataclass(frozen=True, slots=True)
class RowSaid:
    """What a row says of a line: figures as facts, and words (status, remark) still to be read."""

    line: int
    facts: Facts
    words: tuple[str, ...]
    row: GridRow


QUANTITIES = (Column.QUANTITY_CONFIRMED, Column.QUANTITY, Column.CASES)
_PRICES = (Column.PRICE_CONFIRMED, Column.PRICE)
DAYS = (Column.DATE_CONFIRMED, Column.DATE)


def code_line(text: str, articles: Articles) -> int | None:
    """The line whose code stands alone in a cell."""
    return articles.codes.get(bare(fold(text)))


class Row:
    """One row against its order line."""

    def __init__(
        self,
        row: GridRow,
        line: OrderLine,
        columns: Columns,
        order: PurchaseOrder,
        desk: Desk,
        prior: str,
        units: Mapping[int, Unit],
        width: int,
    ) -> None:
        self.width = width  # cells of the heading: what stands further right was written beside the table
        self.row, self.line, self.columns, self.order = row, line, columns, order
        self.desk, self.prior, self.units = desk, prior, units
        self.facts = Facts()
        self.words: list[str] = []

    def read(self) -> RowSaid | None:
        """What the row says; None when it says nothing."""
        if self.columns:
            self._by_columns()
        else:
            self._by_content()
        if not self.facts.events and not self.words and not self.facts.doubts:
            return None
        if self.facts.events:
            self.facts.deliver = True
        return RowSaid(self.line.line, self.facts, tuple(self.words), self.row)

    def _cell(self, *wanted: Column) -> tuple[int, GridCell] | None:
        """The first filled cell of the most telling column."""
        for column in wanted:
            for at, cell in enumerate(self.row.cells):
                if self.columns.get(at) is column and (cell.text.strip() or cell.number is not None):
                    return at, cell
        return None

    def _by_columns(self) -> None:
        confirmed = any(self.columns.get(at) is Column.QUANTITY_CONFIRMED for at in self.columns)
        wanted = QUANTITIES if not confirmed else (Column.QUANTITY_CONFIRMED,)
        quantity = self._cell(*wanted)
        if quantity is not None:
            self._quantity(*quantity)
        price = self._cell(*_PRICES)
        if price is not None:
            self._price(price[1])
        day = self._cell(*DAYS)
        if day is not None:
            self._day(day[1])
        elif self._cell(Column.SHIP_DATE) is not None and not self.row.ours:
            self.facts.doubts.add(Doubt.SHIP_DATE)
        for column in (Column.STATUS, Column.COMMENT):
            cell = self._cell(column)
            if cell is not None:
                self.words.append(cell[1].text)
        if confirmed and quantity is None and not self.words:
            self.facts.events.clear()  # an empty answer beside what was ordered answers nothing
        self._check_total()
        self._hear_leftovers()

    def _hear_leftovers(self) -> None:
        """What stands under no heading that we know: a remark, or a figure that nobody can name."""
        for at, cell in enumerate(self.row.cells):
            if at in self.columns or self._is_order_fact(cell):
                continue
            beside = at >= self.width or not self.row.ours
            if at >= self.width:
                self.words.append(cell.text)
            elif cell.number is not None or cell.day is not None or any(map(str.isdigit, cell.text)):
                if beside:
                    self.facts.doubts.add(Doubt.UNEXPLAINED)
            elif beside and says_something(cell.text, self.prior):
                self.words.append(cell.text)

    def _is_order_fact(self, cell: GridCell) -> bool:
        return is_order_fact(cell, self.line, self.order, self.desk)

    def _by_content(self) -> None:
        """No headings: each cell says by itself what it is, or nothing is known."""
        is_named = False
        for cell in self.row.cells:
            atoms = self._atoms(cell)
            if not atoms:
                continue
            if code_line(cell.text, self.desk.articles) is not None or self._describes(cell) or _names(atoms):
                is_named = True
                continue
            if _is_unit_code(cell.text):
                continue
            number = cell.text.strip().rstrip(".")
            if not is_named and number.isdigit() and is_position(int(number), (self.line.line,)):
                continue  # a position stands before its article: behind it, 10 is a quantity
            if _PRICED.fullmatch(number) and self._is_near_price(number):
                self._price(cell)
                continue
            self.words.append(cell.text)

    def _is_near_price(self, text: str) -> bool:
        amount, low, high = bare_amount(text, self.prior), *PLAUSIBLE
        return bool(amount and self.line.unit_price) and low < (amount or 0) / (self.line.unit_price or 1) < high

    def _describes(self, cell: GridCell) -> bool:
        """Screws 4x40, 200 pcs, beside a cell that counts: how many are in one of them is part of its name."""
        if not is_name_of(cell.text, self.line, self.desk) or says_something(cell.text, self.prior):
            return False
        others = (each for each in self.row.cells if each is not cell)
        return any(any(isinstance(atom, Quantity) for atom in self._atoms(each)) or _counts(each) for each in others)

    def _atoms(self, cell: GridCell) -> tuple[object, ...]:
        spoken = language(self.prior)
        languages = [spoken] if spoken.code == "en" else [spoken, language("en")]
        return compose(tag(tokenise(cell.text), languages, self.desk), spoken, self.desk)

    def _quantity(self, at: int, cell: GridCell) -> None:
        unit = self._unit_cell() or self.units.get(at)
        if cell.number is not None:
            self._say(Quantity(cell.number, unit, _NOWHERE))
            return
        atoms = [atom for atom in self._atoms(cell) if not _is_nothing(atom)]
        if len(atoms) == 1 and isinstance(atoms[0], Quantity):
            said = atoms[0]
            self._say(Quantity(said.value, said.unit or unit, _NOWHERE, said.of))
        elif atoms:
            self.words.append(cell.text)

    def _unit_cell(self) -> Unit | None:
        cell = self._cell(Column.UNIT)
        if cell is None:
            return None
        for atom in tag(tokenise(cell[1].text), [language(self.prior), language("en")], self.desk):
            if atom.meaning.unit is not None:
                return atom.meaning.unit
        return None

    def _price(self, cell: GridCell) -> None:
        amount, currency, basis, unit = cell.number, None, Decimal(1), None
        if amount is None:
            money = [each for each in self._atoms(GridCell(f"{cell.text}")) if not _is_nothing(each)]
            if len(money) == 1 and isinstance(money[0], Price):
                amount, currency = money[0].amount, money[0].currency
                basis, unit = money[0].basis, money[0].basis_unit
            else:
                amount = bare_amount(cell.text, self.prior)
        if amount is None:
            self.words.append(cell.text)
            return
        per = self._cell(Column.PRICE_PER)
        if per is not None:
            basis, unit = self._basis(per[1])
        self._say(Price(amount, currency, _NOWHERE, basis, unit))

    def _basis(self, cell: GridCell) -> tuple[Decimal, Unit | None]:
        if cell.number is not None:
            return cell.number or Decimal(1), Unit.PIECES
        for atom in self._atoms(cell):
            if isinstance(atom, Quantity) and atom.value > 0:
                return atom.value, atom.unit or Unit.PIECES
            if isinstance(atom, Other) and atom.kind is OtherKind.UNIT:
                tagged = tag(tokenise(atom.text), [language(self.prior), language("en")], self.desk)
                return Decimal(1), next((each.meaning.unit for each in tagged), None)
        self.facts.doubts.add(Doubt.PRICE_UNCLEAR)
        return Decimal(1), None

    def _day(self, cell: GridCell) -> None:
        if cell.day is not None:
            self._say(Day(cell.day, _NOWHERE))
            return
        found = self.desk.calendar.digits(cell.text.strip().rstrip("."), is_date=True)
        if found is not None:
            self._say(Day(found[0], _NOWHERE, found[1]))
            return
        days = self._atoms(cell)
        first = days[0] if len(days) == 1 else None
        if isinstance(first, Day):
            self._say(first)
        else:
            self.words.append(cell.text)

    def _say(self, value: Quantity | Day | Price) -> None:
        """In a row of ours only what differs from the order was typed by the supplier."""
        if self.row.ours and self._is_as_ordered(value):
            return
        if isinstance(value, Day) and value.value is None:
            self.facts.doubts.add(Doubt.VAGUE_DATE)
        self.facts.events.append(Figure(value, Role.FINAL))

    def _is_as_ordered(self, value: Quantity | Day | Price) -> bool:
        if isinstance(value, Quantity):
            bare = value.unit is None and value.value == self.line.quantity
            return bare or pieces(value, self.line) == self.line.quantity
        if isinstance(value, Price):
            return base_price(value, self.line, self.order.currency) == self.line.unit_price
        return value.value == self.order.delivery_date

    def _check_total(self) -> None:
        """Quantity times price must give the row's total: else a discount or another basis hides in it."""
        total = self._cell(Column.TOTAL)
        discount = self._cell(Column.DISCOUNT)
        if discount is not None and discount[1].text.strip(" 0,.%-") and not self.row.ours:
            self.facts.doubts.add(Doubt.SURCHARGE)
        if total is None or self.row.ours:
            return
        sum_ = total[1].number if total[1].number is not None else bare_amount(total[1].text, self.prior)
        quantity = next((f.value for f in self.facts.figures(Quantity, Role.FINAL)), None)
        price = next((f.value for f in self.facts.figures(Price, Role.FINAL)), None)
        if sum_ is None or not isinstance(quantity, Quantity) or not isinstance(price, Price):
            return
        counted = pieces(quantity, self.line)
        each = base_price(price, self.line, self.order.currency)
        if (
            isinstance(counted, int)
            and isinstance(each, Decimal)
            and abs(counted * each - sum_) > max(_CENTS, sum_ / 500)
        ):
            self.facts.doubts.add(Doubt.TOTALS)


# as order systems print them: UN/ECE Recommendation 20 and what the languages abbreviate; OOS and EOL are none
_UNIT_CODES = frozenset(
    {"PZ", "SC", "BS", "PC", "PCE", "PCS", "EA", "ST", "STK", "SZT", "KS", "UD", "UDS", "PZA", "CT", "KAR", "CRT", "BX",
     "CS", "PK", "VE", "BT", "RO", "RL", "PR", "DZ", "SET", "KG", "ШТ", "УП", "U", "UN", "CF", "CFZ", "CX", "CJ", "H87", "C62"}
)  # fmt: skip


def _is_unit_code(text: str) -> bool:
    return text.strip(" .") in _UNIT_CODES


def _names(atoms: Sequence[object]) -> bool:
    return all(isinstance(atom, Lines) for atom in atoms)


def _counts(cell: GridCell) -> bool:
    return cell.text.strip().isdigit()


def _is_nothing(atom: object) -> bool:
    return isinstance(atom, Other) and atom.kind in (OtherKind.MARK, OtherKind.KNOWN)
