"""Several lines meant at once: both helmets, le due catene, gloves in both sizes, the other three; and two things that follow."""

from collections.abc import Sequence

from mail.reading.concepts import Concept
from mail.reading.figures import Lines, Phrase
from mail.reading.scan import Tagged, span_of

_BOTH = 2  # lines
_BETWEEN = 4  # words that may stand between "both" and the noun: both sizes of the helmet
# before a number they make it one of articles: "the two chains", where "two chains" may be two pieces
_DEFINITE = frozenset({
    "the", "these", "those", "die", "diese", "den", "der", "les", "des", "aux", "ces", "nos", "vos", "los", "las",
    "estos", "estas", "i", "gli", "le", "dei", "degli", "delle", "ai", "agli", "alle", "sui", "sulle", "questi",
    "queste", "de", "deze", "te", "ty", "ці",
})  # fmt: skip
_SHORT = 2  # words of "alle drei"; longer ones name the whole order
_OPENING = frozenset({"(", ",", ":", "-", "[", "="})
_CLOSING = frozenset({")", "]"})


def group_at(tagged: Sequence[Tagged], at: int) -> tuple[Lines, int] | None:
    """The lines that a shared noun means when the words say that all of them are meant."""
    if _is_shared(tagged[at]):
        end = _counted_behind(tagged, at)
        return (Lines(tagged[at].lines or (), span_of(tagged, at, end - at), "list"), end - at) if end else None
    count, begin = _count(tagged, at)
    if not count:
        return None
    noun = _noun(tagged, begin)
    if noun is None or not _fits(count, tagged[noun].lines or ()):
        return None
    end = noun + 1
    while end < len(tagged) and tagged[end].means(Concept.KIND):
        end += 1
    return Lines(tagged[noun].lines or (), span_of(tagged, at, end - at), "list"), end - at


_ALL = -1


def _is_shared(each: Tagged) -> bool:
    return each.lines is not None and len(each.lines) > 1 and each.by in ("name", "family", "list")


def _fits(count: int, lines: Sequence[int]) -> bool:
    return count in (_ALL, len(lines))


def _count(tagged: Sequence[Tagged], at: int) -> tuple[int, int]:
    """How many are meant, from "both", "all" or a number behind its article; and where the noun may begin. Zero: none of these."""
    if tagged[at].means(Concept.BOTH):
        return _BOTH, at + 1
    if tagged[at].means(Concept.ALL) and len(tagged[at].tokens) <= _SHORT:
        number = tagged[at + 1].meaning.number if at + 1 < len(tagged) else None
        return (number, at + 2) if number is not None and number > 1 else (_ALL, at + 1)
    if tagged[at].folded in _DEFINITE and at + 1 < len(tagged):
        number = tagged[at + 1].meaning.number
        if number is not None and number > 1:
            return number, at + 2
        if tagged[at + 1].means(Concept.BOTH):
            return _BOTH, at + 2
    return 0, at


def _noun(tagged: Sequence[Tagged], begin: int) -> int | None:
    """Where the shared noun stands: right here, or behind articles and "sizes of"."""
    for at in range(begin, min(begin + _BETWEEN, len(tagged))):
        if _is_shared(tagged[at]):
            return at
        if not (tagged[at].known or tagged[at].means(Concept.KIND, Concept.OF, Concept.FILLER)):
            return None
    return None


def _counted_behind(tagged: Sequence[Tagged], at: int) -> int:
    """Where "(both sizes)", ", ambas medidas" or "in beiden Farben" behind the noun ends; zero when nothing of the kind stands there."""
    lines = tagged[at].lines or ()
    begin = at + 1
    opened = begin < len(tagged) and tagged[begin].folded in _OPENING
    bracketed = opened and tagged[begin].folded in {"(", "["}
    begin += opened
    while begin < len(tagged) and tagged[begin].known and begin < at + _BETWEEN:
        begin += 1
    if begin >= len(tagged):
        return 0
    count, end = _count(tagged, begin)
    if not count and tagged[begin].meaning.number is not None:
        count, end = tagged[begin].meaning.number or 0, begin + 1
    if not count or not _fits(count, lines):
        return 0
    named = end
    while end < len(tagged) and tagged[end].means(Concept.KIND):
        end += 1
    closes = end < len(tagged) and tagged[end].folded in _CLOSING
    if end == named and opened and not (bracketed and closes):
        return 0  # "helmets, both …" goes on: of what it is said, the next words tell
    return end + 1 if bracketed and closes else end


_MOST = 9  # lines or remarks that somebody counts


def counted_rest(tagged: Sequence[Tagged], at: int) -> tuple[Phrase, int] | None:
    """The other four lines · gli altri tre articoli · die übrigen zwei: the lines that are not named, and how many they are."""
    if not tagged[at].means(Concept.REST, Concept.REST_LINES) or at + 1 >= len(tagged):
        return None
    number, end = _number(tagged, at + 1), at + 2
    if not number:
        return None
    named = end
    while end < len(tagged) and end < named + 2 and (tagged[end].means(Concept.LINE) or tagged[end].folded in _ITEMS):
        end += 1
    if tagged[at + 1].is_number and end == named:
        return None  # the other 4: pieces, or lines
    if end == named and (_is_unit(tagged, end) or _is_unit(tagged, end + 1)):
        return None  # the other two cartons
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
