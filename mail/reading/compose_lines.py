"""Words and numbers that point at order lines: line 3, lines 1, 2 and 5, pos. 2-4, the second one."""

from collections.abc import Sequence

from mail.reading.concepts import Concept
from mail.reading.figures import Lines
from mail.reading.lexicon import Language
from mail.reading.numbers import whole_of
from mail.reading.scan import NOTHING, Tagged, span_of
from mail.reading.tokens import TokenKind

_LAST = -1


def line_reference(
    tagged: Sequence[Tagged], at: int, language: Language, known: frozenset[int]
) -> tuple[Lines, int] | None:
    """Line 3 · lines 1, 2 and 5 · pos. 2-4 · 2nd line · #3."""
    if tagged[at].means(Concept.LINE):
        start = at + 1
        while start < len(tagged) and tagged[start].folded in {".", ":", "#", "no", "nr"} and start < at + 3:
            start += 1
        start = _behind_opening(tagged, start, known)
        numbers, end = _number_list(tagged, start, language, known)
        if numbers:
            lines = tuple(dict.fromkeys(numbers))
            return Lines(lines, span_of(tagged, at, end - at), "number"), end - at
    return _lettered(tagged, at, known) or _ordinal(tagged, at, known)


_LETTERS = frozenset({"l", "r", "p"})  # of ligne, línea, riga, position
_STARTS = frozenset({",", ";", ".", "(", "-", ":"})


def _lettered(tagged: Sequence[Tagged], at: int, known: frozenset[int]) -> tuple[Lines, int] | None:
    """L1: ok, L2: 90 pcs. A letter and a line's number in one word, where a clause begins."""
    number = tagged[at + 1] if at + 1 < len(tagged) else None
    if tagged[at].folded not in _LETTERS or number is None or not number.is_number or number.tokens[0].spaced:
        return None
    begins = at == 0 or tagged[at - 1].folded in _STARTS or tagged[at - 1].means(Concept.AND, Concept.EXCEPT)
    if not begins or not number.folded.isdigit() or int(number.folded) not in known:
        return None
    return Lines((int(number.folded),), span_of(tagged, at, 2), "number"), 2


_OPENINGS = (("de", "la"), ("da",), ("dalla",), ("dal",), ("de",), ("du",), ("van",), ("la",), ("le",))
_REACHING = (
    ("t", "/", "m"),
    ("tot", "en", "met"),
    ("tot", "en", "met", "regel"),
    ("a", "la"),
    ("alla",),
    ("al",),
    ("au",),
    ("a",),
    ("tot",),
    ("tm",),
)  # fmt: skip  regels 1 t/m 3, lignes 2 à 4, righe da 1 a 3, de la 2 a la 4


def _behind(tagged: Sequence[Tagged], at: int, words: tuple[str, ...]) -> int | None:
    """Where what follows these words begins; None when others stand here."""
    told: list[str] = []
    while at < len(tagged) and len(told) < len(words):
        told += [token.folded for token in tagged[at].tokens]
        at += 1
    return at if tuple(told) == words else None


def _behind_opening(tagged: Sequence[Tagged], at: int, known: frozenset[int]) -> int:
    """Behind "from" in lines from 2 to 4, where a reach of lines follows."""
    for words in _OPENINGS:
        start = _behind(tagged, at, words)
        if start is not None and _reached(tagged, start, known) is not None:
            return start
    return at


def _reached(tagged: Sequence[Tagged], at: int, known: frozenset[int]) -> tuple[int, int] | None:
    """The last line of a reach whose first number stands at `at`, and where it ends; both are lines of the order."""
    if at >= len(tagged) or not tagged[at].folded.isdigit() or int(tagged[at].folded) not in known:
        return None
    for words in _REACHING:
        end = _behind(tagged, at + 1, words)
        if end is not None and end < len(tagged) and tagged[end].means(Concept.LINE):
            end += 1
        if end is None or end >= len(tagged) or not tagged[end].is_number or not tagged[end].folded.isdigit():
            continue
        last = int(tagged[end].folded)
        if int(tagged[at].folded) < last and last in known and not _counts_something(tagged, end):
            return last, end + 1
    return None


def _number_list(
    tagged: Sequence[Tagged], at: int, language: Language, known: frozenset[int] = frozenset()
) -> tuple[list[int], int]:
    numbers: list[int] = []
    if at < len(tagged) and tagged[at].folded in _FROM:
        at += 1
    end = first = at
    while at < len(tagged):
        found = _line_number(tagged[at], language)
        if found is None or (numbers and _counts_something(tagged, at)):
            break
        numbers += found
        reached = _reached(tagged, at, known)
        if reached is not None:
            numbers += range(numbers[-1] + 1, reached[0] + 1)
            at = reached[1] - 1
        end = at = at + 1
        separators, joined = 0, False
        while at < len(tagged) and separators < 3 and _joins_numbers(tagged[at]):
            joined = joined or tagged[at].means(Concept.AND)
            at += 1
            separators += 1
        reach = _range_mark(tagged, first, end) if not separators else 0
        at, separators = at + reach, separators + reach
        dashed = separators and at < len(tagged) and (tagged[at - 1].folded == "-" or reach)
        if dashed and tagged[at].is_number and not _counts_something(tagged, at):
            last = whole_of(tagged[at].folded, language.code)
            if last is not None and numbers[-1] < last <= numbers[-1] + 50:
                numbers += range(numbers[-1] + 1, last)
        if joined and at < len(tagged) and tagged[at].means(Concept.LINE):
            at += 1  # line 7 and line 12
    return numbers, end


_FROM = frozenset({"od", "von", "from", "de", "da", "dalla", "van", "від", "з"})
_UP_TO = frozenset({"à", "a", "al", "alla", "bis", "to", "through", "thru", "do", "az", "až", "tot", "до", "по"})


_RISKY = frozenset({"to", "a", "al", "alla", "do", "до", "po", "по"})  # reduce line 1 to 4
_PLURALS = frozenset(
    {
        "lines",
        "items",
        "positions",
        "lignes",
        "postes",
        "articles",
        "lineas",
        "posiciones",
        "articulos",
        "righe",
        "posizioni",
        "voci",
        "pozycje",
        "pozycji",
        "linie",
        "polozky",
        "polozek",
        "radky",
        "позиції",
        "позицій",
        "рядки",
        "regels",
    }
)  # fmt: skip  folded


def _range_mark(tagged: Sequence[Tagged], first: int, at: int) -> int:
    """How many tokens stand for "up to" between two numbers of lines: lignes 1 à 3, regels 11 t/m 13."""
    marks = 3 if "".join(each.folded for each in tagged[at : at + 3]) == "t/m" else 1
    last = at + marks
    if last >= len(tagged) or not tagged[last].is_number or _counts_something(tagged, last):
        return 0
    named = tagged[first - 1].folded if first else ""
    if tagged[at].folded in _RISKY and named not in _PLURALS | _FROM and not _begins_with_yes(tagged, first, last):
        return 0
    return marks if marks > 1 or tagged[at].tokens[0].folded in _UP_TO else 0


def _begins_with_yes(tagged: Sequence[Tagged], first: int, last: int) -> bool:
    """Pos 1 to 3 no problem: nothing stands before that could be changed from one number to the other."""
    alone = first == 1 or (first > 1 and tagged[first - 2].folded in {".", ",", ";"})
    return alone and last + 1 < len(tagged) and tagged[last + 1].means(Concept.ACCEPT, Concept.AS_ORDERED)


def _line_number(each: Tagged, language: Language) -> list[int] | None:
    if each.meaning.number is not None:
        return [each.meaning.number]
    if not each.is_number:
        return None
    parts = each.folded.split("-")
    if (
        len(parts) == 2
        and all(part.isdigit() for part in parts)
        and int(parts[0]) < int(parts[1]) <= int(parts[0]) + 50
    ):
        return list(range(int(parts[0]), int(parts[1]) + 1))
    if "," in each.folded and all(part.isdigit() and len(part) <= 2 for part in each.folded.split(",")):
        return [int(part) for part in each.folded.split(",")]
    if "/" in each.folded and all(part.isdigit() and len(part) <= 2 for part in each.folded.split("/")):
        return [int(part) for part in each.folded.split("/")]
    value = whole_of(each.folded, language.code)
    return None if value is None or not 0 < value < 1000 else [value]


def _counts_something(tagged: Sequence[Tagged], at: int) -> bool:
    """True when a unit, money or a month follows the number, so that it is no line number."""
    following = tagged[at + 1] if at + 1 < len(tagged) else None
    if following is None:
        return False
    meaning = following.meaning
    return meaning.unit is not None or meaning.currency is not None or meaning.month is not None


def _joins_numbers(each: Tagged) -> bool:
    return each.means(Concept.AND) or each.folded in {",", "-", "/", "&", "+"}


def _ordinal(tagged: Sequence[Tagged], at: int, known: frozenset[int]) -> tuple[Lines, int] | None:
    """The second one, the last line, the 2nd position: a place in the order's list."""
    meaning = tagged[at].meaning
    if meaning.ordinal is None:
        return _counted_ends(tagged, at, known)
    several = tagged[at + 1].meaning.number if at + 1 < len(tagged) else None
    if several is not None and meaning.ordinal in (1, _LAST):
        numbers = sorted(known)
        lines = tuple(numbers[:several] if meaning.ordinal == 1 else numbers[-several:])
        return Lines(lines, span_of(tagged, at, 2), "place"), 2
    taken = 2 if at + 1 < len(tagged) and tagged[at + 1].means(Concept.LINE) else 1
    elsewhere = _is_adverb(tagged, at) or _is_of_another(tagged, at + 1) or _counts_what_is_left(tagged, at)
    if taken == 1 and (elsewhere or _counts_portion(tagged, at) or _is_fraction(tagged, at)):
        return None
    numbers = sorted(known)
    place = meaning.ordinal
    if place == _LAST:
        place = len(numbers)
    line = numbers[place - 1] if 0 < place <= len(numbers) else 0
    return Lines((line,), span_of(tagged, at, taken), "place"), taken


def _is_of_another(tagged: Sequence[Tagged], at: int) -> bool:
    """The papers are in the first box, as last time: what follows the number is a thing of its own and no line."""
    if at >= len(tagged) or tagged[at].kind is not TokenKind.WORD or tagged[at].lines is not None:
        return False
    talk = tagged[at].means(Concept.SMALL_TALK, Concept.WISH) or tagged[at].meaning.unit is not None
    return talk or (tagged[at].meaning is NOTHING and not tagged[at].known)


def _counts_what_is_left(tagged: Sequence[Tagged], at: int) -> bool:
    """Only 20, the last 4 are not coming: of a quantity, not of the lines."""
    is_last = tagged[at].meaning.ordinal == _LAST and at + 1 < len(tagged) and tagged[at + 1].is_number
    return is_last and any(each.is_number for each in tagged[:at])


def _counts_portion(tagged: Sequence[Tagged], at: int) -> bool:
    """20 pcs on the 4th and the last 10 pcs on the 11th: a part of the quantity, no line of the order."""
    if at + 2 >= len(tagged) or not tagged[at + 1].is_number or tagged[at + 1].meaning.unit is not None:
        return False
    return tagged[at + 2].meaning.unit is not None


def _counted_ends(tagged: Sequence[Tagged], at: int, known: frozenset[int]) -> tuple[Lines, int] | None:
    """Les deux premières lignes · las tres últimas · dwie pierwsze: the number stands before the place."""
    several = 2 if tagged[at].means(Concept.BOTH) else tagged[at].meaning.number
    place = tagged[at + 1].meaning.ordinal if at + 1 < len(tagged) else None
    if several is None or several < 2 or place not in (1, _LAST):
        return None
    numbers = sorted(known)
    lines = tuple(numbers[:several] if place == 1 else numbers[-several:])
    taken = 3 if at + 2 < len(tagged) and tagged[at + 2].means(Concept.LINE) else 2
    return Lines(lines, span_of(tagged, at, taken), "place"), taken


_ONE = frozenset({"one", "een", "un", "une", "uno", "una", "ein", "eine"})
_SMALLEST_FRACTION = 3  # the second and the first are no part of anything


def _is_fraction(tagged: Sequence[Tagged], at: int) -> bool:
    """Twee derde, two thirds, een derde: a part of a quantity, and no third line."""
    before = tagged[at - 1] if at else None
    place = tagged[at].meaning.ordinal or 0
    return (
        before is not None
        and place >= _SMALLEST_FRACTION
        and (before.meaning.number is not None or before.folded in _ONE)
    )


def _is_adverb(tagged: Sequence[Tagged], at: int) -> bool:
    """I need to ask the warehouse first: no line. A bare English ordinal at the end of its clause."""
    if len(tagged[at].tokens) > 1 or at == 0 or tagged[at].folded not in {"first", "last", "second"}:
        return False
    ends = at + 1 >= len(tagged) or tagged[at + 1].folded in {",", ".", ";", "!"}
    return ends and not tagged[at - 1].means(Concept.AND) and tagged[at - 1].folded not in {"the", ","}


_ARTICLES = frozenset(
    {
        "the",
        "die",
        "der",
        "den",
        "das",
        "la",
        "le",
        "les",
        "el",
        "los",
        "las",
        "il",
        "lo",
        "i",
        "gli",
        "de",
        "het",
        "no",
        "nr",
    }
)
_SAYS = (
    Concept.ACCEPT,
    Concept.AS_ORDERED,
    Concept.DELIVER,
    Concept.NOT_DELIVER,
    Concept.SHIP,
    Concept.REJECT,
    Concept.BACKORDER,
    Concept.NEGATION,
    Concept.WITHOUT,
    Concept.LATER,
)  # fmt: skip  what may be said of a line that is named by nothing but its number
_REACH = 3  # words between the number and what is said of it


def bare_reference(
    tagged: Sequence[Tagged], at: int, language: Language, known: frozenset[int], *, used: bool
) -> tuple[Lines, int] | None:
    """Lines 1 and 2 are fine, the 3 is cancelled · 1 and 3 come as usual: numbers where lines had numbers before.

    A list of numbers needs no line named before it: "1, 2, 5 good".
    """
    if not tagged[at].is_number or not _begins(tagged, at):
        return None
    numbers, end = _number_list(tagged, at, language, known)
    if not numbers or not known.issuperset(numbers) or _counts_something(tagged, end - 1):
        return None
    agreed = len(numbers) > 1 and _agreed_to(tagged, at) and _ends_here(tagged, end)
    if agreed or (used and _is_fem(tagged, at) and end < len(tagged) and tagged[end].folded in {",", ":"}):
        return Lines(tuple(dict.fromkeys(numbers)), span_of(tagged, at, end - at), "number"), end - at
    if not used and (len(numbers) < 2 or end >= len(tagged) or not tagged[end].means(*_SAYS)):
        return None
    behind = end
    while behind < len(tagged) and behind < end + _REACH and _is_word(tagged[behind]):
        if tagged[behind].means(*_SAYS) or (used and tagged[behind].means(Concept.NEW, Concept.CHANGE)):
            return Lines(tuple(dict.fromkeys(numbers)), span_of(tagged, at, end - at), "number"), end - at
        behind += 1
    return None


def _begins(tagged: Sequence[Tagged], at: int) -> bool:
    """The number stands behind an article, or begins a sentence or a clause."""
    before = tagged[at - 1] if at else None
    marks = _ARTICLES | {".", "!", ";", ",", ":", "-"}
    return before is None or before.folded in marks or before.means(Concept.BUT) or before.folded in _AGREED


_AGREED = frozenset({"pour", "para", "per", "for", "fur", "voor", "dla", "pro"})


def _agreed_to(tagged: Sequence[Tagged], at: int) -> bool:
    """Ok pour 1, 3 et 4."""
    return at > 1 and tagged[at - 1].folded in _AGREED and tagged[at - 2].means(Concept.ACCEPT)


def _is_fem(tagged: Sequence[Tagged], at: int) -> bool:
    """Pour la 2, la 3: ligne, línea and riga are feminine, days are not."""
    return at > 0 and tagged[at - 1].folded == "la"


def _ends_here(tagged: Sequence[Tagged], at: int) -> bool:
    return at >= len(tagged) or tagged[at].folded in {".", ";", "!"}


def _is_word(each: Tagged) -> bool:
    figure = each.is_number or each.meaning.unit is not None or each.meaning.currency is not None
    return not figure and each.meaning.month is None and each.folded not in {".", ",", ";", "!", "?"}
