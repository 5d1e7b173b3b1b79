"""Order numbers in text as suppliers write them: whole, with other signs between, without the prefix, or only the end."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path

from orders.purchase import PurchaseOrder

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_BETWEEN = r"[\s\-_/.\\#:–—]{0,3}"
_YEARLY = re.compile(r"(?<!\w)(?P<number>20\d\d[\s\-_/.]{1,3}\d{1,6})(?!\w|[\-./,]\d)")
_LONGEST = 200_000  # characters
_MOST_MENTIONS = 300  # of one form in one text
_TELLING = 6  # figures: a shorter number is no order number that we failed to know
_SLIPS = str.maketrans({"o": "0", "l": "1", "i": "1"})


@cache
def _typed_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A number after the word for an order, a number after an article, and what must not stand before either."""
    words = tomllib.loads((Path(__file__).parent / "order_words.toml").read_text(encoding="utf-8"))
    order, number, article, other, unit = (
        "|".join(words[key]) for key in ("order", "number", "article", "other", "unit")
    )
    no_unit = rf"(?!\w|[.,:]\d|\s*(?:{unit})(?!\w))"
    nr = rf"(?:(?:{number})[.:]?\s*)"
    announced = rf"(?:(?<!\w)(?:{order})[\s.:]*{nr}?|№\s*|(?<!\w)#\s*|(?<!\w){nr})[#№]?(?<!\d)(?P<number>\d[\d\-/]{{1,14}}\d|\d{{2,6}}){no_unit}"
    named = rf"(?<!\w)(?:{article})\s+(?:\.{{2,3}}|…)?(?P<number>\d{{3,6}})(?!\s*[-/:]?\d){no_unit}"
    before = rf"(?<!\w)(?:{other})\.?\s*(?:{number})?[.:#\s]*$"
    return re.compile(announced, re.IGNORECASE), re.compile(named, re.IGNORECASE), re.compile(before, re.IGNORECASE)


class Closeness(IntEnum):
    """How surely a mention means its order; the smaller the surer."""

    WHOLE = 0  # every part of the number, whatever stands between them
    LOOSE = 1  # prefix, year or zeros left out, or only the end of the number
    MISTYPED = 2  # a letter for a figure, two figures swapped, one wrong


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name an order: `orders` are all that they may mean (none: a number that is not known)."""

    found: str
    orders: tuple[str, ...]
    closeness: Closeness


class NumberBook:
    """The numbers of the orders that may be meant, prepared for finding them in text."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._whole: dict[tuple[str, ...], str] = {}
        self._tails: dict[str, list[str]] = {}
        self._partly: dict[tuple[str, ...], list[str]] = {}
        self._serials: dict[str, str] = {}
        shapes: dict[tuple[bool, ...], set[str]] = {}
        for number in dict.fromkeys(numbers):
            tokens = _key(number)
            self._whole[tokens] = number
            shapes.setdefault(tuple(each.isdigit() for each in tokens), set()).update(
                t for t in tokens if not t.isdigit()
            )
            figures = tuple(each for each in tokens if each.isdigit())
            if figures:
                self._tails.setdefault(figures[-1], []).append(number)
                self._serials[number] = _TOKEN.findall(number)[-1] if number[-1].isdigit() else figures[-1]
            for part in {figures, (*tokens[:1], *figures[-1:])} - {tokens}:
                self._partly.setdefault(part, []).append(number)
        self._patterns = [_shape_pattern(shape, letters) for shape, letters in shapes.items() if any(shape)]
        self._years = {
            each for tokens in self._whole for each in tokens if each.isdigit() and 1990 <= int(each) <= 2100
        }

    def mentions(self, text: str, *, loosely: bool) -> list[Mention]:
        """Every order that the text names; `loosely` also takes incomplete and mistyped numbers."""
        text = unicodedata.normalize("NFKC", text[:_LONGEST])
        found: list[Mention] = []
        taken: list[tuple[int, int]] = []
        for pattern in self._patterns:
            for match in islice(pattern.finditer(text), _MOST_MENTIONS):
                mention = self._whole_mention(match, loosely=loosely)
                if mention is not None:
                    found.append(mention)
                    taken.append(match.span())
        if loosely:
            found += self._loose(text, taken)
        return list(dict.fromkeys(found))

    def _whole_mention(self, match: re.Match[str], *, loosely: bool) -> Mention | None:
        key = _key(match[0])
        if (number := self._whole.get(key)) is not None:
            return Mention(match[0].strip(), (number,), Closeness.WHOLE)
        slipped = _key("".join(_slip(token) for token in _SPLIT.findall(match[0])))
        if (number := self._whole.get(slipped)) is not None:
            return Mention(match[0].strip(), (number,), Closeness.MISTYPED)
        if not any(each.isdigit() for each in key):
            return None
        near = tuple(number for tokens, number in self._whole.items() if _one_slip(tokens, key)) if loosely else ()
        if not near and len(key) == 1 and not self._has_shape_of_ours(key[0]):
            return None  # any number at all, where ours are nothing but figures
        return Mention(match[0].strip(), near, Closeness.MISTYPED)

    def _has_shape_of_ours(self, figures: str) -> bool:
        """As many figures as a number of ours has, and the same first ones."""
        same = (tokens[0] for tokens in self._whole if len(tokens) == 1 and len(tokens[0]) == len(figures))
        return len(figures) >= _TELLING and any(each[:4] == figures[:4] for each in same)

    def _loose(self, text: str, taken: Sequence[tuple[int, int]]) -> list[Mention]:
        found = []
        announced, named, other = _typed_patterns()
        for pattern in (_YEARLY, announced, named):
            for match in islice(pattern.finditer(text), _MOST_MENTIONS):
                if any(start < match.end() and match.start() < end for start, end in taken):
                    continue
                if other.search(text[max(0, match.start() - 20) : match.start("number")]):
                    continue
                orders = self._meant(match["number"])
                if orders:
                    found.append(Mention(match[0].strip(), orders, Closeness.LOOSE))
                    taken = [*taken, match.span()]
        return found

    def _meant(self, typed: str) -> tuple[str, ...]:
        """The orders whose number is, or ends in, what was typed."""
        figures = tuple(_plain(each) for each in re.findall(r"\d+", typed))
        if len(figures) > 1:
            return tuple(self._partly.get(figures, ()))
        if figures[0] in self._years and len(typed) == 4 and figures[0] not in self._tails:
            return ()
        if (exact := self._tails.get(figures[0])) is not None:
            return tuple(exact)
        if len(typed) < 2:
            return ()
        return tuple(number for number, serial in self._serials.items() if serial.endswith(typed))


_SPLIT = re.compile(r"\w+|\W+")


@lru_cache(maxsize=64)
def _book(numbers: tuple[str, ...]) -> NumberBook:
    return NumberBook(numbers)


def book_of(orders: Iterable[PurchaseOrder]) -> NumberBook:
    """The book of these orders; kept, for a thousand mails are read against one context."""
    return _book(tuple(order.number for order in orders))


def _key(number: str) -> tuple[str, ...]:
    return tuple(_plain(each) for each in _TOKEN.findall(number.lower()))


def _plain(token: str) -> str:
    return (token.lstrip("0") or "0") if token.isdigit() else token


def _slip(token: str) -> str:
    """O typed for 0 and l for 1, where figures stand around them."""
    figures = token.lower().translate(_SLIPS)
    return figures if figures.isdigit() and any(each.isdigit() for each in token) else token


def _shape_pattern(shape: tuple[bool, ...], letters: set[str]) -> re.Pattern[str]:
    """What numbers of one shape look like; between two groups of figures there must be a sign."""
    word = "(?:" + "|".join(sorted(map(re.escape, letters), key=len, reverse=True)) + ")"
    pieces, before = [], False
    for at, figures in enumerate(shape):
        if at:
            pieces.append(_BETWEEN.replace("{0,3}", "{1,3}") if figures and before else _BETWEEN)
        pieces.append(r"[\doOlI]{1,12}" if figures else word)
        before = figures
    return re.compile(rf"(?<!\w){''.join(pieces)}(?!\w|[.,]\d)", re.IGNORECASE)


def _one_slip(known: tuple[str, ...], typed: tuple[str, ...]) -> bool:
    """The last group of figures has one wrong figure or two swapped ones; all else is equal."""
    if len(known) != len(typed) or known[:-1] != typed[:-1] or len(known[-1]) < 3 or len(known[-1]) != len(typed[-1]):
        return False
    wrong = [at for at, (a, b) in enumerate(zip(known[-1], typed[-1], strict=True)) if a != b]
    if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
        return known[-1][wrong[0]] == typed[-1][wrong[1]] and known[-1][wrong[1]] == typed[-1][wrong[0]]
    return False
