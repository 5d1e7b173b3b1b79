"""Several lines called by the one noun that they share: both helmets, le due catene, gloves in both sizes, all tubes."""

from collections.abc import Sequence

from mail.reading.concepts import Concept
from mail.reading.figures import Lines
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
    surely = bool(count) and not _is_denied(tagged, at)
    if not count:
        count, begin = tagged[at].meaning.number or 0, at + 1  # two helmets: pieces, or both of them?
    noun = _noun(tagged, begin) if count else None
    if noun is None or (surely and not _fits(count, tagged[noun].lines or ())):
        return None
    end = noun + 1
    while end < len(tagged) and tagged[end].means(Concept.KIND):
        end += 1
    by = "list" if surely else "some"
    return Lines(tagged[noun].lines or (), span_of(tagged, at, end - at), by), end - at


_OF = frozenset({"of", "de", "der", "des", "dei", "degli", "delle", "di", "van", "z", "ze", "із", "з"})


def _is_denied(tagged: Sequence[Tagged], at: int) -> bool:
    """Not both helmets, nicht alle Züge: which of them, nobody says. "None of the two" is no such no."""
    if tagged[at].folded in _OF:
        return False
    before = at - 1
    while before >= 0 and (tagged[before].known or tagged[before].means(Concept.OF)):
        if tagged[before].means(Concept.OF) or tagged[before].folded in _OF:
            return False
        before -= 1
    return before >= 0 and tagged[before].means(Concept.NEGATION)


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


_IN = (Concept.DATE_HINT, Concept.PRICE_HINT, Concept.OF)  # in beiden Größen, v obou velikostech


def _counted_behind(tagged: Sequence[Tagged], at: int) -> int:
    """Where "(both sizes)", ", ambas medidas" or "in beiden Farben" behind the noun ends; zero when nothing of the kind stands there."""
    lines = tagged[at].lines or ()
    begin = at + 1
    opened = begin < len(tagged) and tagged[begin].folded in _OPENING
    bracketed = opened and tagged[begin].folded in {"(", "["}
    begin += opened
    while begin < len(tagged) and (tagged[begin].known or tagged[begin].means(*_IN)) and begin < at + _BETWEEN:
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
