"""Which column of a table holds what: by its heading, word for word, or by what the heading's words mean."""

from collections.abc import Mapping
from functools import lru_cache

from mail.reading.concepts import Concept
from mail.reading.grids import Grid, GridRow
from mail.reading.lexicon import LANGUAGES, Column, Language, Unit, heading_words, language

Columns = Mapping[int, Column]

_LONGEST = 60  # characters of a heading
_ROWS = 25  # so far down a heading is looked for
_AROUND = frozenset(
    {
        "eur",
        "euro",
        "€",
        "pln",
        "zl",
        "gbp",
        "£",
        "usd",
        "$",
        "czk",
        "kc",
        "uah",
        "chf",
        "netto",
        "net",
        "ht",
        "excl",
        "vat",
        "btw",
        "iva",
        "dph",
        "mwst",
        "tva",
        "hors",
        "bez",
        "без",
        "пдв",
        "грн",
        "esclusa",
        "%",
    }
)  # fmt: skip  what a heading adds to its word without changing it
_PARTS: tuple[tuple[frozenset[Concept], Column], ...] = (
    (frozenset({Concept.QUANTITY, Concept.ACCEPT}), Column.QUANTITY_CONFIRMED),
    (frozenset({Concept.QUANTITY, Concept.DELIVER}), Column.QUANTITY_CONFIRMED),
    (frozenset({Concept.QUANTITY, Concept.OLD}), Column.QUANTITY_ORDERED),
    (frozenset({Concept.PRICE, Concept.ACCEPT}), Column.PRICE_CONFIRMED),
    (frozenset({Concept.PRICE, Concept.NEW}), Column.PRICE_CONFIRMED),
    (frozenset({Concept.PRICE, Concept.OLD}), Column.PRICE_ORDERED),
    (frozenset({Concept.DATE, Concept.ACCEPT}), Column.DATE_CONFIRMED),
    (frozenset({Concept.DATE, Concept.NEW}), Column.DATE_CONFIRMED),
    (frozenset({Concept.DATE, Concept.OLD}), Column.DATE_ORDERED),
    (frozenset({Concept.DATE, Concept.SHIP}), Column.SHIP_DATE),
    (frozenset({Concept.QUANTITY}), Column.QUANTITY),
    (frozenset({Concept.PRICE}), Column.PRICE),
    (frozenset({Concept.DATE}), Column.DATE),
    (frozenset({Concept.DATE, Concept.DELIVER}), Column.DATE),
)  # the words' meanings that make a column, when they are all that the heading means


def heading(grid: Grid, prior: str) -> tuple[int | None, Columns]:
    """The row with most column names, of the first rows; in the language that knows most of them."""
    best: tuple[int | None, Columns] = (None, {})
    for at, row in enumerate(grid.rows[:_ROWS]):
        for code in dict.fromkeys((prior, "en", *LANGUAGES)):
            columns = _named(row, code)
            if len(columns) >= 2 and len(columns) > len(best[1]):
                best = (at, columns)
    return best


def column_named(text: str, prior: str) -> Column | None:
    """What one heading or label stands for, in the likely language or in English."""
    return _column(text, prior) or _column(text, "en")


def _named(row: GridRow, code: str) -> Columns:
    found: dict[int, Column] = {}
    if any(cell.number is not None or cell.day is not None for cell in row.cells):
        return found
    for at, cell in enumerate(row.cells):
        column = _column(cell.text, code) if cell.text and len(cell.text) <= _LONGEST else None
        if column is not None:
            found[at] = column
    return found


@lru_cache(maxsize=20_000)
def _column(text: str, code: str) -> Column | None:
    spoken = language(code)
    words = heading_words(text)
    known = spoken.columns.get(words)
    if known is not None or len(words) > 6:
        return known
    bare = tuple(word for word in words if word not in _AROUND)
    if _is_money_each(words, bare, spoken):
        return Column.PRICE
    counted = tuple(word for word in bare if not _is_piece(word, spoken))
    return spoken.columns.get(bare) or _meant(bare, spoken) or spoken.columns.get(counted)


def _is_money_each(words: tuple[str, ...], bare: tuple[str, ...], spoken: Language) -> bool:
    """Kč/ks, €/Stk: money for a piece, and no other word."""
    money = any(word in _AROUND for word in words)
    return money and bool(bare) and all(_is_piece(word, spoken) for word in bare)


def _is_piece(word: str, spoken: Language) -> bool:
    found = spoken.match((word,))
    return found is not None and found[0].unit is Unit.PIECES


def _meant(words: tuple[str, ...], spoken: Language) -> Column | None:
    """Qté confirmée: a word for quantity and one for yes."""
    concepts: set[Concept] = set()
    at = 0
    while at < len(words):
        found = spoken.match(words[at:])
        if found is None:
            if words[at] not in spoken.common:
                return None
            at += 1
            continue
        if found[0].concept is None:
            return None
        concepts.add(found[0].concept)
        at += found[1]
    concepts -= {Concept.OF, Concept.FILLER, Concept.DATE_HINT, Concept.NET, Concept.EACH, Concept.PER}
    return next((column for parts, column in _PARTS if parts == concepts), None)
