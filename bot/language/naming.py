"""Which products, suppliers, places and orders a sentence names: codes exactly, names by their words, inflected or mistyped."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.language.plain import plain, words_of
from orders.context import ReadingContext
from orders.numbers import typed_number

_CLOSE = 84.0  # a word of the sentence is a word of the name at or above this likeness
_APART = 8.0  # two names nearer to each other than this are both candidates
_STEM = 5  # letters by which inflected words are compared first
_LEAST = 0.6  # share of a name's words that must be named


@dataclass(frozen=True, slots=True)
class Named:
    """The codes named; `unclear` are several that fit equally well."""

    codes: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


def products_named(text: str, context: ReadingContext) -> Named:
    """Products by SKU, GTIN, a supplier's code on an order, or name."""
    spoken = {plain(word) for word in words_of(text)}
    codes = {plain(product.sku): product.sku for product in context.products}
    codes |= {plain(product.gtin): product.sku for product in context.products if product.gtin}
    codes |= {
        plain(line.supplier_code): line.sku for order in context.orders for line in order.lines if line.supplier_code
    }
    exact = tuple(dict.fromkeys(sku for code, sku in codes.items() if code in spoken))
    return Named(exact) if exact else _by_name(text, [(product.sku, product.name) for product in context.products])


def suppliers_named(text: str, context: ReadingContext) -> Named:
    """Suppliers by code or name."""
    spoken = {plain(word) for word in words_of(text)}
    exact = tuple(supplier.code for supplier in context.suppliers if plain(supplier.code) in spoken)
    return Named(exact) if exact else _by_name(text, [(each.code, each.name) for each in context.suppliers], least=0.4)


def places_named(text: str, context: ReadingContext) -> Named:
    """Locations by code or by a word of their name, inflected: Gdynia, w Gdyni."""
    spoken = [plain(word) for word in words_of(text)]
    exact = tuple(place.code for place in context.locations if plain(place.code) in spoken)
    if exact:
        return Named(exact)
    return Named(
        tuple(
            place.code
            for place in context.locations
            if any(_alike(word, part) for word in spoken for part in words_of(plain(place.name)) if len(part) > 3)
        )
    )


def orders_named(text: str, context: ReadingContext) -> tuple[str, ...]:
    """Open orders by number, with or without prefix and year."""
    known = {order.number for order in context.orders}
    ends = {order.number.rsplit("-", 1)[-1].lstrip("0"): order.number for order in context.orders}
    found = []
    spoken = words_of(text)
    for at, word in enumerate(spoken):
        meant = typed_number(word, this_year=context.today.year)
        if meant is None:
            continue
        is_counted = at + 1 < len(spoken) and plain(spoken[at + 1])[:4] in _COUNTED
        if str(meant) in known:
            found.append(str(meant))
        elif not is_counted and str(meant.serial) in ends:
            found.append(ends[str(meant.serial)])
    return tuple(dict.fromkeys(found))


_COUNTED = frozenset(
    {"case", "cart", "box", "boxe", "pack", "pcs", "piec", "unit", "kart", "opak", "op", "szt", "sztu", "dni", "days"}
)


def _by_name(text: str, known: Sequence[tuple[str, str]], least: float = _LEAST) -> Named:
    spoken = [plain(word) for word in words_of(text)]
    scored = sorted(((_share(spoken, name), code) for code, name in known), reverse=True)
    best = [(score, code) for score, code in scored if score >= least * 100]
    if not best:
        return Named()
    top = [code for score, code in best if best[0][0] - score < _APART]
    return Named((top[0],)) if len(top) == 1 else Named((), tuple(sorted(top)))


def _share(spoken: Sequence[str], name: str) -> float:
    """How much of a name the sentence says, weighed by the length of its words."""
    parts = [part for part in words_of(plain(name)) if len(part) > 1 or part.isdigit()]
    total = sum(len(part) for part in parts)
    if not total:
        return 0.0
    return 100.0 * sum(len(part) for part in parts if any(_alike(word, part) for word in spoken)) / total


def _alike(word: str, part: str) -> bool:
    if word == part:
        return True
    if len(part) < 4 or len(word) < 4:
        return False
    is_inflected = word[:_STEM] == part[:_STEM] and abs(len(word) - len(part)) <= 3
    return is_inflected or fuzz.ratio(word, part) >= _CLOSE
