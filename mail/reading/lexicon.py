"""The languages' data: phrases, units, months and number words, read from `languages/*.toml` and checked at start."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from itertools import repeat
from types import MappingProxyType
from typing import Any

from mail.reading.concepts import Concept
from mail.reading.tokens import TokenKind, fold, tokenise
from mail.reading.word_lists import WordList, word_list


class LanguageUnusable(ValueError):
    """A language file has a mistake; the message names file, key and phrase."""


class Unit(StrEnum):
    """What is counted."""

    PIECES = "pieces"  # base units
    CASES = "cases"  # `pack_size` base units
    PACKS = "packs"  # box, packet: a case, unless so many cases were never ordered: then what the article is sold in
    WARES = "wares"  # roll, bag, ream: what the article is sold in, hardly ever a case
    DOZENS = "dozens"  # twelve base units
    PALLETS = "pallets"  # nobody told how many
    WEIGHT = "weight"  # kilograms, litres


class Column(StrEnum):
    """What a table's column holds."""

    LINE = "line"
    CODE = "code"
    GTIN = "gtin"
    NAME = "name"
    QUANTITY = "quantity"
    QUANTITY_ORDERED = "quantity_ordered"
    QUANTITY_CONFIRMED = "quantity_confirmed"
    CASES = "cases"
    UNIT = "unit"
    PACK = "pack"
    PRICE = "price"
    PRICE_ORDERED = "price_ordered"
    PRICE_CONFIRMED = "price_confirmed"
    PRICE_PER = "price_per"
    TOTAL = "total"
    DATE = "date"
    DATE_ORDERED = "date_ordered"
    DATE_CONFIRMED = "date_confirmed"
    SHIP_DATE = "ship_date"
    STATUS = "status"
    COMMENT = "comment"
    DISCOUNT = "discount"
    VAT = "vat"


class _Node:
    """A place in the tree of phrases; `stems` are words of which only the beginning is given."""

    __slots__ = ("meaning", "stems", "words")

    def __init__(self) -> None:
        self.words: Mapping[str, _Node] = _NOWHERE
        self.stems: Mapping[str, _Node] = _NOWHERE
        self.meaning: Meaning | None = None

    @property
    def leads_nowhere(self) -> bool:
        """True where every phrase ends."""
        return self.words is _NOWHERE and self.stems is _NOWHERE

    def after(self, word: str) -> list["_Node"]:
        """Where this word leads: itself first, then the longest stem."""
        following = self.words.get(word)
        found = [] if following is None else [following]
        if self.stems:
            for length in range(len(word), 1, -1):
                following = self.stems.get(word[:length])
                if following is not None:
                    found.append(following)
        return found

    def grown(self, word: str) -> "_Node":
        """The place that this word leads to, made when there is none; most places lead nowhere and need no table."""
        is_stem = word.endswith("*")
        table = self.stems if is_stem else self.words
        word = word.rstrip("*")
        if word in table:
            return table[word]
        node = _Node()
        if not isinstance(table, dict):
            table = {}
            if is_stem:
                self.stems = table
            else:
                self.words = table
        table[word] = node
        return node


_NOWHERE: Mapping[str, _Node] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase means: a concept, a unit, a month (1–12), a weekday (0 Monday), a number or an ordinal (-1 last)."""

    concept: Concept | None = None
    unit: Unit | None = None
    month: int | None = None
    weekday: int | None = None
    number: int | None = None
    ordinal: int | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """One language's knowledge."""

    code: str
    root: _Node
    common: frozenset[str]
    everyday: frozenset[str]  # words that tell nothing of goods; an article that is called by one of them comes first
    columns: Mapping[tuple[str, ...], Column]
    weighty: frozenset[
        str
    ]  # words that side business never holds; * leaves the end open, ^ only first, + only beside a day
    beside_yes: Mapping[str, WordList]  # what is looked for beside a yes, in folded text; made when asked for

    def match(self, words: Sequence[str]) -> tuple[Meaning, int] | None:
        """The longest phrase at the beginning of `words` and how many words it takes."""
        return _longest(self.root, words, 0)

    def knows(self, word: str) -> bool:
        """True when the word stands in some phrase of the language by itself."""
        return self.carries_nothing(word) or _longest(self.root, (word,), 0) is not None

    def carries_nothing(self, word: str) -> bool:
        """True for a word that tells nothing of an order by itself."""
        return word in self.common or word in self.everyday

    def finds(self, key: str, words: str) -> bool:
        """True when a phrase of this list of [beside_yes] stands in the folded words."""
        return self.beside_yes[key].finds(words)


def _longest(node: _Node, words: Sequence[str], at: int) -> tuple[Meaning, int] | None:
    best = (node.meaning, at) if node.meaning is not None and at else None
    if at >= len(words) or node.leads_nowhere:
        return best
    for following in node.after(words[at]):
        found = _longest(following, words, at + 1)
        if found is not None and (best is None or found[1] > best[1]):
            best = found
    return best


LANGUAGES = ("en", "pl", "de", "fr", "es", "it", "cs", "uk", "nl")
_TABLES = frozenset(
    {"phrases", "units", "months", "weekdays", "numbers", "ordinals", "currencies", "columns", "beside_yes"}
)
BESIDE_YES = (
    "hinges",
    "goods",
    "carriers",
    "ways",
    "must",
    "still",
    "only",
    "mood",
    "done",
    "earlier",
    "articles",
    "feasts",
    "turns",
    "regret",
    "denying",
)
"""The lists of [beside_yes]; docs/how-to/add-a-language.md says what stands in them."""


@cache
def language(code: str) -> Language:
    """The language with this code; raises LanguageUnusable when its file has a mistake."""
    text = (files("mail.reading") / "languages" / f"{code}.toml").read_text(encoding="utf-8")
    return build(code, tomllib.loads(text))


def build(code: str, data: Mapping[str, Any]) -> Language:
    """Check a language's data and make its tree of phrases."""
    unknown = set(data) - _TABLES - {"common", "everyday", "weighty"}
    if unknown:
        raise LanguageUnusable(f"{code}.toml: unknown table {min(unknown)!r}; known are {', '.join(sorted(_TABLES))}")
    root = _Node()
    for meaning, phrase in _phrases(code, data):
        for variant in _variants(phrase):
            _add(code, root, variant, meaning)
    common, everyday, weighty = (_words(data, key) for key in ("common", "everyday", "weighty"))
    return Language(code, root, common, everyday, dict(_columns(code, data)), weighty, _beside_yes(code, data))


def _words(data: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(fold(" ".join(str(data.get(key, "")).split())).split())


class _BesideYes(dict[str, WordList]):
    """The lists of [beside_yes], each made when it is first asked for: of most languages none is in most runs."""

    def __init__(self, told: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self.told = told

    def __missing__(self, key: str) -> WordList:
        self[key] = word_list(self.told.get(key, ()))
        return self[key]


def _beside_yes(code: str, data: Mapping[str, Any]) -> _BesideYes:
    told = data.get("beside_yes", {})
    if unknown := set(told) - set(BESIDE_YES):
        raise LanguageUnusable(f"{code}.toml: [beside_yes] has no list {min(unknown)!r}")
    return _BesideYes(told)


def _columns(code: str, data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Column]]:
    for key, names in data.get("columns", {}).items():
        if key not in set(Column):
            raise LanguageUnusable(f"{code}.toml: [columns] has no column {key!r}")
        for name in names:
            for variant in _variants(name):
                yield heading_words(variant), Column(key)


@lru_cache(maxsize=20_000)
def heading_words(text: str) -> tuple[str, ...]:
    """A column's heading as it is looked up: its words without points and brackets."""
    return tuple(token.folded for token in tokenise(text) if token.kind is not TokenKind.MARK or token.folded == "#")


def _phrases(code: str, data: Mapping[str, Any]) -> Iterator[tuple[Meaning, str]]:
    for key, phrases in data.get("phrases", {}).items():
        if key not in set(Concept):
            raise LanguageUnusable(f"{code}.toml: [phrases] has no meaning {key!r}")
        yield from zip(repeat(Meaning(concept=Concept(key))), phrases)
    for key, phrases in data.get("units", {}).items():
        yield from zip(repeat(Meaning(unit=Unit(key))), phrases)
    for number, names in enumerate(data.get("months", ()), start=1):
        yield from zip(repeat(Meaning(month=number)), names)
    for number, names in enumerate(data.get("weekdays", ())):
        yield from zip(repeat(Meaning(weekday=number)), names)
    for value, names in data.get("numbers", {}).items():
        yield from zip(repeat(Meaning(number=int(value))), names)
    for value, names in data.get("ordinals", {}).items():
        yield from zip(repeat(Meaning(ordinal=int(value))), names)
    for currency, names in data.get("currencies", {}).items():
        yield from zip(repeat(Meaning(currency=currency)), names)


def _variants(phrase: str) -> Iterator[str]:
    """The phrase, and the spelling without umlauts that keyboards abroad give."""
    yield phrase
    if phrase.isascii():
        return
    plain = phrase
    for letter, spelt in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("œ", "oe")):
        plain = plain.replace(letter, spelt)
    if plain != phrase:
        yield plain


def _add(code: str, root: _Node, phrase: str, meaning: Meaning) -> None:
    node = root
    words = phrase_words(phrase)
    if not words:
        raise LanguageUnusable(f"{code}.toml: an empty phrase")
    for word in words:
        node = node.grown(word)
    if node.meaning is not None and node.meaning != meaning:
        raise LanguageUnusable(f"{code}.toml: {phrase!r} has two meanings: {_told(node.meaning)} and {_told(meaning)}")
    node.meaning = meaning


def _told(meaning: Meaning) -> str:
    return next(
        str(value)
        for value in (
            meaning.concept, meaning.unit, meaning.month, meaning.weekday, meaning.number, meaning.ordinal,
            meaning.currency,
        )
        if value is not None
    )  # fmt: skip


def phrase_words(phrase: str) -> list[str]:
    """The words of a phrase as the scanner will meet them; a trailing * stays with its word."""
    if phrase.replace(" ", "").isalpha():
        return fold(phrase).split()  # what most phrases are: quick, because every start reads thousands of them
    words: list[str] = []
    for token in tokenise(phrase):
        if token.kind is TokenKind.MARK and (token.folded == "*" or (token.folded == "'" and words)):
            words[-1] += token.folded  # de l' stands before a word
        else:
            words.append(token.folded)
    return words
