"""Lines and remarks that are counted and not named: the other three, all four lines, two things that follow."""

from collections.abc import Sequence

from mail.reading.concepts import Concept
from mail.reading.figures import Phrase
from mail.reading.lexicon import Language
from mail.reading.scan import Tagged, span_of

_BOTH = 2  # lines
_MOST = 9  # lines or remarks that somebody counts
_RESTS = (Concept.REST, Concept.REST_LINES)


def counted_lines(tagged: Sequence[Tagged], at: int, language: Language) -> tuple[Phrase, int] | None:
    """The other four lines · gli altri tre articoli · les trois autres · all four: which they are, and how many."""
    inside = _counted_inside(tagged[at], language) if tagged[at].means(Concept.ALL, Concept.REST_LINES) else 0
    if inside:
        which = Concept.ALL if tagged[at].means(Concept.ALL) else Concept.REST_LINES
        return Phrase(which, span_of(tagged, at, 1), inside), 1
    if at + 1 >= len(tagged):
        return None
    if tagged[at].means(*_RESTS):
        return _counted_behind(tagged, at)
    return _counted_before(tagged, at) or _counted_whole(tagged, at)


_THE = frozenset({"las", "los", "les", "le", "i", "gli", "die", "the", "de"})


_LONG = 4  # digits: no order has so many lines
_EVERY = frozenset({"all", "alle"})


def _counted_whole(tagged: Sequence[Tagged], at: int) -> tuple[Phrase, int] | None:
    """Confirmo las 3 líneas · les trois références · all 5 lines: all of them, when there are so many."""
    every = tagged[at].folded in _EVERY
    if not (every or tagged[at].folded in _THE) or at + 2 >= len(tagged) or len(tagged[at].tokens) > 1:
        return None
    number, named = _number(tagged, at + 1), tagged[at + 2]
    digits = tagged[at + 1].folded
    if every and not number and digits.isdigit() and len(digits) < _LONG and named.means(Concept.LINE):
        number = int(digits)  # all 24 lines
    end = at + 3
    numbered = end < len(tagged) and (tagged[end].is_number or tagged[end].known or tagged[end].folded == ":")
    if number < _BOTH or (numbered and not every) or not (named.means(Concept.LINE) or named.folded in _ITEMS):
        return None
    return Phrase(Concept.ALL, span_of(tagged, at, end - at), number), end - at


def _counted_inside(each: Tagged, language: Language) -> int:
    """The number in "the other two" or "all three lines", where the language has them as one phrase."""
    for token in each.tokens if len(each.tokens) > 1 else ():
        found = language.match([token.folded])
        if found is not None and ((found[0].number or 0) > 1 or found[0].concept is Concept.BOTH):
            return found[0].number or _BOTH
    return 0


def _counted_before(tagged: Sequence[Tagged], at: int) -> tuple[Phrase, int] | None:
    """The three other lines · trzy pozostałe."""
    number = tagged[at].meaning.number or 0
    if not 1 < number <= _MOST or not tagged[at + 1].means(*_RESTS) or _is_unit(tagged, at + 2):
        return None
    return Phrase(Concept.REST_LINES, span_of(tagged, at, 2), number), 2


def _counted_behind(tagged: Sequence[Tagged], at: int) -> tuple[Phrase, int] | None:
    """The other three lines; not the other 4, which may be pieces, and not the other two cartons."""
    number, named = _number(tagged, at + 1), at + 2
    end = named
    while end < len(tagged) and end < named + 2 and (tagged[end].means(Concept.LINE) or tagged[end].folded in _ITEMS):
        end += 1
    counts = tagged[at + 1].is_number or _is_unit(tagged, end) or _is_unit(tagged, end + 1)
    if not number or (end == named and counts):
        return None
    return Phrase(Concept.REST_LINES, span_of(tagged, at, end - at), number), end - at


# folded
_ITEMS = frozenset({
    "articles", "items", "products", "ones", "artikel", "artikeln", "produkte", "articulos", "productos",
    "referencias", "articoli", "prodotti", "voci", "artykuly", "produkty", "towary", "artykulow", "produits",
    "references", "vyrobky", "artikly", "товари", "товарів", "артикули", "artikelen", "producten", "partidas",
})  # fmt: skip


def counted_things(tagged: Sequence[Tagged], at: int) -> tuple[Phrase, int] | None:
    """Two things · 2 bémols · dos cosas: what is announced has to follow; the number is no quantity."""
    number = _number(tagged, at)
    end = at + 1
    while end < len(tagged) and tagged[end].known and end < at + 3:
        end += 1
    if not number or end >= len(tagged):
        return None
    if tagged[end].means(Concept.CHANGE) and tagged[end].folded in _CHANGES:
        return Phrase(Concept.ONLY_CHANGE, span_of(tagged, at, end + 1 - at), number), end + 1 - at
    if not tagged[end].means(Concept.THING):
        return None
    return Phrase(Concept.THING, span_of(tagged, at, end + 1 - at), number), end + 1 - at


# folded: so many of them, and nothing else differs
_CHANGES = frozenset({
    "changes", "deviations", "corrections", "anderungen", "abweichungen", "zmiany", "roznice", "odstepstwa",
    "changements", "modifications", "ecarts", "cambios", "modificaciones", "modifiche", "variazioni", "zmeny",
    "odchylky", "зміни", "відхилення", "wijzigingen", "afwijkingen", "aanpassingen", "zmena", "zmiana", "anderung",
    "abweichung",
})  # fmt: skip


def _number(tagged: Sequence[Tagged], at: int) -> int:
    if tagged[at].meaning.number is not None:
        return tagged[at].meaning.number or 0
    if tagged[at].means(Concept.BOTH):
        return _BOTH
    digits = tagged[at].is_number and tagged[at].folded.isdigit()
    return int(tagged[at].folded) if digits and 0 < int(tagged[at].folded) <= _MOST else 0


def _is_unit(tagged: Sequence[Tagged], at: int) -> bool:
    return at < len(tagged) and tagged[at].meaning.unit is not None
