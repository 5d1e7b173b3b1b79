"""How many: the number of a sentence that is a quantity, in base units."""

import re
from collections.abc import Iterable

from bot.language.lexicon import lexicon
from orders.context import ReadingContext

_NUMBER = re.compile(
    r"(?<![\w.,/:-])(\d{1,3}(?:[ .,]\d{3})+|\d{1,6})(?![.,]?\d)(?:\s*x\b|\s+x\s)?\s*([^\W\d_]+)?(?![/:-]\d)"
)
_LINE = re.compile(r"\b(?:lines?|pozycj\w*|linii|lini\w*)\s*(?:nr\s*)?$")
_LINE_NUMBER = re.compile(r"\b(?:lines?|pozycj\w*|linii|lini\w*)\s*(?:nr\s*)?\d")
_TARGET = re.compile(r"(?:\bto|\bna|\bdo|->|→|=|:)\s*$")
DOZEN = 12


def counting_words() -> frozenset[str]:
    """Words that make the number before them a count: units, and measures, which belong to names."""
    return frozenset(word for word in _COUNTING if word)


def names_line(text: str) -> bool:
    """True when a plain sentence speaks of a line of an order by its number."""
    return _LINE_NUMBER.search(text) is not None


def quantity_of(
    text: str,
    products: tuple[str, ...],
    context: ReadingContext,
    taken: Iterable[tuple[int, int]],
    codes: frozenset[str],
) -> int | None:
    """The quantity in base units, or None.

    None when none is named, several products have one each, it is in cases of an unknown size, or it is a price.
    `text` is plain, `taken` are the places of order numbers and dates, `codes` are words that are codes. The number
    after "to" wins over another: in "from 120 to 96" the 96 is meant.
    """
    found = [
        (match, value)
        for match in _NUMBER.finditer(_in_digits(text))
        if (value := _value(match, codes)) is not None and not _is_taken(match, taken, text)
    ]
    if not found:
        return None
    if len(products) > 1 and len({value for _, value in found}) > 1:
        return None
    targets = [each for each in found if _TARGET.search(_in_digits(text)[: each[0].start()])]
    match, value = (targets or found)[0]
    unit = _unit(match[2] or "")
    if unit is None and lexicon().mood["prices"].heard(text):
        return None
    return _in_base_units(value, unit, products, context)


def _in_base_units(value: int, unit: str | None, products: tuple[str, ...], context: ReadingContext) -> int | None:
    if unit == "dozen":
        return value * DOZEN
    if unit != "case":
        return value
    pack = _pack(products, context)
    return value * pack if pack else None


def _in_digits(text: str) -> str:
    """Number words as digits, padded so that places stay what they were."""
    numbers = lexicon().numbers

    def digits(match: re.Match[str]) -> str:
        value = numbers.get(match[0])
        return match[0] if value is None or len(str(value)) > len(match[0]) else str(value).ljust(len(match[0]))

    return re.sub(r"[a-z]+", digits, text)


def _value(match: re.Match[str], codes: frozenset[str]) -> int | None:
    if match[1] in codes or (match[2] or "") in lexicon().measures:
        return None
    return int(re.sub(r"\D", "", match[1]))


def _is_taken(match: re.Match[str], taken: Iterable[tuple[int, int]], text: str) -> bool:
    start, end = match.span(1)
    return any(start < last and first < end for first, last in taken) or bool(_LINE.search(text[:start]))


def _unit(word: str) -> str | None:
    return next((name for name, words in lexicon().units.items() if words.starts.fullmatch(word)), None)


def _pack(products: tuple[str, ...], context: ReadingContext) -> int | None:
    packs = {line.pack_size for order in context.orders for line in order.lines if line.sku in products}
    return packs.pop() if len(packs) == 1 else None


def _words() -> set[str]:
    return {word for words in lexicon().units.values() for word in re.findall(r"[a-z]+", words.pattern.pattern)}


_COUNTING = frozenset(_words() | set(lexicon().measures) | {"x"})
