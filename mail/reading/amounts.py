"""Figures of a mail in the order's own terms: base units, and the net price of one base unit."""

from decimal import Decimal

from mail.reading.doubts import Doubt
from mail.reading.endings import same_word
from mail.reading.figures import Price, Quantity
from mail.reading.lexicon import Unit
from mail.reading.tokens import TokenKind, tokenise
from orders.purchase import OrderLine

_DOZEN = 12
_MOST_OVER = Decimal("1.5")  # cases that would be more than this share of the order are counted in another unit
_MOST_TIMES = 10  # a quantity so many times the ordered one is another number
_CENT = Decimal("0.01")
_FINEST = Decimal("0.0001")
PLAUSIBLE = (Decimal("0.5"), Decimal(2))  # a new price outside this share of the old one is a slip of the unit


def pieces(said: Quantity, line: OrderLine) -> int | Doubt:
    """Base units that a quantity means on this line, or why that cannot be told."""
    counted = _counted(said, line)
    if isinstance(counted, int) and line.quantity and counted > line.quantity * _MOST_TIMES:
        return Doubt.QUANTITY_UNCLEAR  # a code or a year, hardly so many goods
    return counted


def _counted(said: Quantity, line: OrderLine) -> int | Doubt:
    if said.value != said.value.to_integral_value() and said.unit is not Unit.CASES:
        return Doubt.QUANTITY_UNCLEAR
    if said.unit is Unit.CASES:
        return _from_cases(said, line)
    if said.unit is Unit.PACKS:
        return _from_packs(said, line)
    if said.unit is None or (said.unit is Unit.WARES and not _names_word(line, said.word)):
        return _from_bare(int(said.value), line)
    pieces_in = {Unit.PIECES: 1, Unit.WARES: 1, Unit.DOZENS: _DOZEN}.get(said.unit)
    return Doubt.UNIT_UNKNOWN if pieces_in is None else int(said.value * pieces_in)


def _from_packs(said: Quantity, line: OrderLine) -> int | Doubt:
    """10 boxes are 10 cases; of staples that are sold by the box they may be 10 boxes; 200 packs of 300 reams are reams."""
    too_many = said.value * line.pack_size > line.quantity * _MOST_OVER
    if too_many and said.value <= line.quantity and said.of is None and said.value == said.value.to_integral_value():
        return int(said.value)
    if _names_word(line, said.word) and line.pack_size > 1 and said.of is None:
        return Doubt.UNIT_UNKNOWN
    return _from_cases(said, line)


def _names_word(line: OrderLine, word: str) -> bool:
    """The article's own name holds the unit: staples (box), copy paper (ream)."""
    names = (token.folded for token in tokenise(line.description) if token.kind is TokenKind.WORD)
    return bool(word) and any(same_word(word, each) for each in names if len(each) > 2)


def _from_cases(said: Quantity, line: OrderLine) -> int | Doubt:
    if said.of is not None and said.of != line.pack_size:
        return Doubt.PACK_DIFFERS
    if line.pack_size <= 1:
        return Doubt.UNIT_UNKNOWN
    counted = said.value * line.pack_size
    if counted > line.quantity * _MOST_OVER and said.value <= line.quantity:
        return Doubt.UNIT_UNKNOWN  # "200 packs" of 300 reams: the pack is the ream
    return int(counted) if counted == counted.to_integral_value() else Doubt.QUANTITY_UNCLEAR


def _from_bare(number: int, line: OrderLine) -> int | Doubt:
    """A number with no unit counts pieces, unless as many cases would also fit into the order."""
    if number == 0 or line.pack_size == 1 or number * line.pack_size > line.quantity:
        return number
    return Doubt.UNIT_UNKNOWN


def base_price(said: Price, line: OrderLine, currency: str) -> Decimal | Doubt:
    """The net price of one base unit that a price means, or why that cannot be told."""
    if said.currency is not None and currency and said.currency != currency:
        return Doubt.CURRENCY
    if said.basis_unit in (Unit.PACKS, Unit.WARES):
        return _of_pack(said, line)
    size = _size_of_basis(said, line)
    if isinstance(size, Doubt):
        return size
    price = said.amount / (said.basis * size)
    if line.unit_price:
        low, high = PLAUSIBLE
        if not low < price / line.unit_price < high:
            return Doubt.PRICE_UNCLEAR
    return written(price, line.unit_price)


def _size_of_basis(said: Price, line: OrderLine) -> int | Doubt:
    """How many base units one of what is priced holds."""
    if said.basis_unit in (None, Unit.PIECES):
        return 1
    if said.basis_unit is not Unit.CASES or line.pack_size <= 1:
        return Doubt.UNIT_UNKNOWN
    return line.pack_size if said.of in (None, line.pack_size) else Doubt.PACK_DIFFERS


def _of_pack(said: Price, line: OrderLine) -> Decimal | Doubt:
    """Per box, per roll: of the article's own pack or of a case, whichever comes near the ordered price."""
    low, high = PLAUSIBLE
    per_pack = said.amount / said.basis
    sizes = {1, said.of if said.of is not None else line.pack_size}
    if not line.unit_price or said.of not in (None, 1, line.pack_size):
        return Doubt.PACK_DIFFERS if said.of else Doubt.UNIT_UNKNOWN
    near = [per_pack / size for size in sizes if low < per_pack / size / line.unit_price < high]
    return written(near[0], line.unit_price) if len(near) == 1 else Doubt.PRICE_UNCLEAR


def written(price: Decimal, like: Decimal | None) -> Decimal:
    """The price with as many decimals as it needs, at least two; the order's own notation when it is the same price."""
    if like is not None and price == like:
        return like
    rounded = price.quantize(_FINEST)
    return rounded.quantize(_CENT) if rounded == rounded.quantize(_CENT) else rounded.normalize()
