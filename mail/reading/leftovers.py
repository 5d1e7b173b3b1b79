"""Cells of a table that stand under no known heading: what repeats the order needs no reading, all else does."""

from collections.abc import Sequence

from mail.reading.concepts import Concept
from mail.reading.grids import GridCell
from mail.reading.lexicon import language
from mail.reading.numbers import decimal_of
from mail.reading.scan import Desk
from mail.reading.tokens import TokenKind, bare, fold, tokenise
from orders.purchase import OrderLine, PurchaseOrder

_SAYS = frozenset(
    {
        Concept.ACCEPT,
        Concept.AS_ORDERED,
        Concept.NEGATION,
        Concept.REJECT,
        Concept.BACKORDER,
        Concept.LATER,
        Concept.SUBSTITUTE,
        Concept.MISSING,
        Concept.CHANGE,
        Concept.CONDITION,
        Concept.PREPAY,
        Concept.SURCHARGE,
        Concept.HEDGE,
        Concept.TEMPORARY,
        Concept.NOT_DELIVER,
        Concept.ONLY,
        Concept.ASK,
        Concept.QUESTION,
    }
)  # fmt: skip  what makes a cell of words a remark and not a name


def says_something(text: str, prior: str) -> bool:
    """True when the words of a cell could change what the row says."""
    words = [token.folded for token in tokenise(text)]
    return any(_means(words[at:], prior) for at in range(len(words)))


def _means(words: Sequence[str], prior: str) -> bool:
    for code in dict.fromkeys((prior, "en")):
        found = language(code).match(words)
        if found is not None and found[0].concept in _SAYS:
            return True
    return False


def is_order_fact(cell: GridCell, line: OrderLine, order: PurchaseOrder, desk: Desk) -> bool:
    """True when the cell is empty or only repeats something of the order: a code, a number of pieces, a price, a name."""
    text = cell.text.strip()
    if cell.day is not None:
        return cell.day == order.delivery_date
    if cell.number is None and not any(map(str.isalnum, text)):
        return True
    plain = bare(fold(text))
    if plain in desk.articles.codes or plain in desk.order_numbers or text.upper() == order.currency:
        return True
    number = cell.number if cell.number is not None else decimal_of(text.strip(" ."), "pl" if "," in text else "en")
    if number is not None:
        amount = line.unit_price * line.quantity if line.unit_price is not None else None
        facts = (line.line, line.quantity, line.pack_size, line.unit_price, amount)
        return number in facts or number * line.pack_size == line.quantity
    return _is_name(text, desk)


_MOST_FOREIGN = 0.5  # of a name's words: descriptions are abbreviated and translated


def is_name_of(text: str, line: OrderLine, desk: Desk) -> bool:
    """It begins with words of this line's name, most of its words belong there, and so does each of its numbers."""
    tokens = tokenise(text)
    words = [token.folded for token in tokens if token.kind is TokenKind.WORD]
    own = frozenset[str]().union(*desk.articles.full.get(line.line, ()))
    known = [bool(desk.articles.meant(word) & own) for word in words]
    numbers = {token.folded for token in tokens if token.kind is TokenKind.NUMBER}
    sizes = own | {token.folded for token in tokenise(line.description)} | {str(line.pack_size)}
    return bool(known) and known[0] and known.count(False) <= _MOST_FOREIGN * len(known) and numbers <= sizes


def _is_name(text: str, desk: Desk) -> bool:
    """Every word belongs to some line's name."""
    words = [token.folded.replace(",", ".") for token in tokenise(text) if token.kind is not TokenKind.MARK]
    return bool(words) and all(desk.articles.meant(word) for word in words)
