"""Which products, suppliers, places and orders a sentence names: codes exactly, names by their words."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rapidfuzz import process

from bot.language.lexicon import lexicon
from bot.language.names import Named, Names
from bot.language.plain import bare_code, parts_of, plain, words_of
from orders.context import KnownPlace, KnownProduct, KnownSupplier, ReadingContext
from orders.purchase import PurchaseOrder

_LEGAL = frozenset(
    [
        "sp",
        "z",
        "oo",
        "o",
        "spolka",
        "akcyjna",
        "sa",
        "ltd",
        "limited",
        "gmbh",
        "inc",
        "llc",
        "co",
        "kg",
        "ag",
        "plc",
        "bv",
        "sro",
        "srl",
        "spa",
    ]
)
_LONGEST_CODE = 4  # words that a code may be typed in: "oat 1 l"
_LEAST_NUMBER = 4  # digits of a code without letters


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a sentence names, and its words with the places that names have taken."""

    words: tuple[str, ...]
    products: Named
    suppliers: Named
    places: Named
    coded: frozenset[str]  # words that are codes, in plain text


def named_in(text: str, context: ReadingContext) -> Spoken:
    """Everything but orders that the sentence names."""
    words = tuple(parts_of(plain(text)))
    coded, written = _codes_in(text, context)
    places = _places(words, context)
    suppliers = _suppliers(text, words, context)
    products = Named(coded) if coded else _products(context.products).find(words, places.words)
    if products.words == suppliers.words and _is_rather_a_product(words, products, suppliers):
        suppliers = Named()
    elif products.words <= suppliers.words and not coded and suppliers.words:
        products = Named()
    elif suppliers.words < products.words:
        suppliers = replace(suppliers, codes=(), unclear=(), words=frozenset())
    return Spoken(words, products, suppliers, places, written)


def _is_rather_a_product(words: tuple[str, ...], products: Named, suppliers: Named) -> bool:
    """A word that names both is a supplier after "from" or "with", and where it is the supplier's whole name."""
    if not products.words or suppliers.share == 1.0:
        return False
    before = words[min(products.words) - 1] if min(products.words) else ""
    return not lexicon().mood["sources"].starts.fullmatch(before)


def nearest_products(text: str, context: ReadingContext, limit: int = 3) -> tuple[str, ...]:
    """Products whose names look like the words of the sentence that mean nothing else, best first."""
    wanted = " ".join(word for word in parts_of(plain(text)) if word not in lexicon().small)
    names = {product.sku: plain(product.name) for product in context.products}
    found = process.extract(wanted, names, limit=limit, score_cutoff=60) if wanted else []
    return tuple(code for _, _, code in found)


def _codes_in(text: str, context: ReadingContext) -> tuple[tuple[str, ...], frozenset[str]]:
    """Products by SKU, GTIN or a supplier's code, and the plain words that were these codes."""
    known = _codes(context.products) | {
        bare_code(plain(line.supplier_code)): line.sku
        for order in context.orders
        for line in order.lines
        if line.supplier_code
    }
    words = words_of(plain(text))
    found: dict[str, None] = {}
    written: set[str] = set()
    at = 0
    while at < len(words):
        length = next((n for n in range(_LONGEST_CODE, 0, -1) if _is_code(words[at : at + n], known, text)), 0)
        if length:
            found[known[bare_code("".join(words[at : at + length]))]] = None
            written |= set(words[at : at + length])
        at += length or 1
    return tuple(found), frozenset(written)


def _is_code(words: list[str], known: dict[str, str], text: str) -> bool:
    """Codes of letters only are words too: they count when they are typed as they are written, in capitals."""
    code = bare_code("".join(words))
    if code not in known:
        return False
    if code.isdigit():
        return len(code) >= _LEAST_NUMBER and len(words) == 1
    if any(character.isdigit() for character in code):
        return len(words) == 1 or any(character.isdigit() for character in words[-1])
    return known[code] in text or len(words_of(text)) == 1


@lru_cache(maxsize=8)
def _codes(products: tuple[KnownProduct, ...]) -> dict[str, str]:
    codes = {bare_code(plain(product.gtin)): product.sku for product in products if product.gtin}
    return codes | {bare_code(plain(product.sku)): product.sku for product in products}


@lru_cache(maxsize=8)
def _products(products: tuple[KnownProduct, ...]) -> Names:
    return Names([(product.sku, product.name) for product in products])


@lru_cache(maxsize=8)
def _supplier_names(suppliers: tuple[KnownSupplier, ...]) -> Names:
    return Names(
        [
            (each.code, " ".join(word for word in words_of(each.name) if plain(word).strip(".") not in _LEGAL))
            for each in suppliers
        ]
    )


@lru_cache(maxsize=8)
def _place_names(places: tuple[KnownPlace, ...]) -> Names:
    return Names([(place.code, place.name) for place in places])


def _suppliers(text: str, words: tuple[str, ...], context: ReadingContext) -> Named:
    spoken = {bare_code(plain(word)) for word in words_of(text)}
    exact = tuple(each.code for each in context.suppliers if bare_code(plain(each.code)) in spoken)
    if exact:
        return Named(exact, words=_at(words, exact))
    return _supplier_names(context.suppliers).find(words)


def _places(words: tuple[str, ...], context: ReadingContext) -> Named:
    exact = tuple(place.code for place in context.locations if plain(place.code) in words)
    if exact:
        return Named(exact, words=_at(words, exact))
    found = _place_names(context.locations).find(words)
    return found if found.codes else Named()


def _at(words: tuple[str, ...], codes: tuple[str, ...]) -> frozenset[int]:
    parts = {part for code in codes for part in parts_of(plain(code))}
    return frozenset(at for at, word in enumerate(words) if word in parts)


_FULL = re.compile(r"\b(?:po|zam)?[\s\-_/#]*(20\d\d)\s?[-/]\s?0*(\d{1,6})\b(?!-)")
_PREFIXED = re.compile(
    r"(?:\b(?:po|zam|zamowieni\w*|orders?|order\s+number|nr|no|number|numer\w*)[\s.:\-#]{1,3}(?:nr|no|number|numer)?[\s.:#]*|#|\bpo)"
    r"0*(\d{1,6})\b(?![.,/-]\d)"
)
_BARE = re.compile(r"(?<![\w.,/:-])(?<!\bto )(?<!\bna )(?<!\bby )(?<!\bdo )0*(\d{1,6})\b(?![.,/:-]\d)")
_TARGETED = re.compile(
    r"(?<![\w.,/:-])0*(\d{1,6})\b(?![.,/:-]\d)"
)  # after "to" a number is an order's only if no other is


@dataclass(frozen=True, slots=True)
class OrdersNamed:
    """Known orders that are named; numbers that look like an order's and are none; the digits that were read as orders."""

    numbers: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


def orders_named(text: str, context: ReadingContext, *, counts: frozenset[str], is_order_given: bool) -> OrdersNamed:
    """Orders by number, with or without prefix and year. `text` is plain; `counts` are words that make a number a count.

    `is_order_given`: the sentence orders goods, so that a number in "order 120 …" is no order's.
    """
    known = {order.number for order in context.orders}
    ends = {order.number.rsplit("-", 1)[-1].lstrip("0"): order.number for order in sorted(context.orders, key=_number)}
    found = _Found()
    for match in _FULL.finditer(text):
        number = f"PO-{match[1]}-{int(match[2]):04d}"
        found.add(number if number in known else None, number, match)
    if is_order_given:
        return found.named()
    for pattern in (_PREFIXED, _BARE, _TARGETED):
        for match in pattern.finditer(text):
            is_new = not found.has(match) and not _is_count(text, match, counts)
            if is_new and not (pattern is _TARGETED and found.numbers):
                found.add(ends.get(match[1]), match[1] if pattern is _PREFIXED else None, match)
    return found.named()


@dataclass(slots=True)
class _Found:
    numbers: dict[str, None] = field(default_factory=dict)
    unknown: dict[str, None] = field(default_factory=dict)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def add(self, number: str | None, otherwise: str | None, match: re.Match[str]) -> None:
        if number is not None:
            self.numbers[number] = None
        elif otherwise is not None:
            self.unknown[otherwise] = None
        else:
            return
        self.spans.append(match.span())

    def has(self, match: re.Match[str]) -> bool:
        return any(start < match.end(1) <= end for start, end in self.spans)

    def named(self) -> OrdersNamed:
        return OrdersNamed(tuple(self.numbers), tuple(self.unknown), tuple(self.spans))


def _number(order: PurchaseOrder) -> str:
    return order.number


def _is_count(text: str, match: re.Match[str], counts: frozenset[str]) -> bool:
    """True for the 12 of "12 cases"."""
    return bool({*words_of(text[match.end() :])[:1]} & counts)
