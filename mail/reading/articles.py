"""Which order line a code, a GTIN or a name means."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from mail.reading.endings import dutch_singulars, is_compound_of, same_word, shared_letters, singular_of
from mail.reading.tokens import Token, TokenKind, bare, fold, tokenise
from orders.purchase import PurchaseOrder

_LONGEST = 8  # tokens that one code may be torn into: BF - 1001 / A
_SEVERAL = 2  # lines
_TELLING = 3  # letters: a shorter word names nothing by itself
_BEGINNING = 3  # letters that a word and its other forms share
_LETTERED = re.compile(r"([^\W\d_]{2,4})(\d+)")  # a code of letters, then digits
_MOST_KEPT = 5_000  # words looked up and remembered for one order
MEASURES = frozenset({"l", "ml", "cl", "g", "kg", "mg", "cm", "mm", "m", "inch"})
INCH_MARKS = frozenset({'"', "″"})
_MEASURE_NAMES = {
    "litre": "l",
    "litres": "l",
    "liter": "l",
    "liters": "l",
    "litro": "l",
    "litros": "l",
    "litri": "l",
    "litr": "l",
    "litra": "l",
    "litru": "l",
    "litry": "l",
    "л": "l",
    "литр": "l",
    "літр": "l",
    "літра": "l",
    "гр": "g",
    "г": "g",
    "gram": "g",
    "grams": "g",
    "gramm": "g",
    "grammes": "g",
    "gramos": "g",
    "grammi": "g",
    "gramow": "g",
    "gr": "g",
    "кг": "kg",
    "см": "cm",
    "мм": "mm",
    "мл": "ml",
    "inches": "inch",
    "zoll": "inch",
    "cali": "inch",
    "cale": "inch",
    "pouces": "inch",
    "pulgadas": "inch",
    "pollici": "inch",
    "palcu": "inch",
    "дюймів": "inch",
    "дюйми": "inch",
}  # fmt: skip  how people write out what names abbreviate


@dataclass(frozen=True, slots=True)
class Mention:
    """Lines that a stretch of tokens names; several when the words fit more than one."""

    lines: tuple[int, ...]
    length: int
    by: str


@dataclass(frozen=True, slots=True)
class Articles:
    """The order's lines by every name that a supplier may call them."""

    codes: Mapping[str, int]
    names: Mapping[str, frozenset[int]]
    full: Mapping[int, tuple[frozenset[str], ...]]
    spoken: frozenset[str]
    heads: Mapping[int, tuple[frozenset[str], ...]]  # of names like "cage for bottles" the words before the "for"
    kinds: Mapping[int, frozenset[str]]  # the one word of each name that says what the article is
    _starts: frozenset[str]  # what codes begin with, the whole codes among them
    _beginnings: Mapping[str, tuple[str, ...]]
    _meant: dict[str, frozenset[str]]  # what was looked up before
    _shapes: frozenset[tuple[str, int]]  # letters that codes begin with, and how many digits follow

    def at(self, tokens: Sequence[Token], start: int) -> Mention | None:
        """The article named by the tokens that begin here: a code first, else words of a name."""
        return self._code(tokens, start) or self._name(tokens, start)

    def _code(self, tokens: Sequence[Token], start: int) -> Mention | None:
        joined = ""
        found: Mention | None = None
        for length, token in enumerate(tokens[start : start + _LONGEST], start=1):
            if token.kind is TokenKind.BREAK or (token.kind is TokenKind.MARK and token.folded not in "-/._"):
                break
            joined += bare(token.folded)
            if joined not in self._starts:
                break
            if joined in self.codes and token.kind is not TokenKind.MARK and not _short_number(tokens, start, joined):
                found = Mention((self.codes[joined],), length, "code")
        return found

    def like_code(self, tokens: Sequence[Token], start: int) -> int:
        """How many tokens from here on look like a code of this order and are none; 0 when they do not.

        The order's codes have a point (DV.620) or no digit (SV-NERO), which no code elsewhere has.
        """
        first = tokens[start]
        if first.kind is not TokenKind.WORD or not first.text[:1].isupper():
            return 0
        whole = bare(first.folded)
        if "-" in first.folded and any(whole.startswith(code) and len(whole) - len(code) < 4 for code in self.codes):
            return 1
        if start + 2 >= len(tokens) or tokens[start + 1].folded != "." or tokens[start + 1].spaced:
            return 0
        number = tokens[start + 2]
        like = any(len(code) == len(whole) + len(number.folded) and code.startswith(whole) for code in self.codes)
        return 3 if like and number.folded.isdigit() and not number.spaced else 0

    def torn_code(self, tokens: Sequence[Token], start: int) -> int:
        """How many tokens a code takes that has the shape of the order's codes and is none of them: TD 43 beside TD 41."""
        if start + 1 >= len(tokens) or not tokens[start].text.isupper() or tokens[start].kind is not TokenKind.WORD:
            return 0
        end = start + 2 if tokens[start + 1].folded in {"-", ".", "/"} else start + 1
        if end >= len(tokens) or not tokens[end].folded.isdigit():
            return 0
        return end + 1 - start if (tokens[start].folded, len(tokens[end].folded)) in self._shapes else 0

    def _name(self, tokens: Sequence[Token], start: int) -> Mention | None:
        """The longest run of words that all belong to lines' names, when it holds a telling word or a whole name."""
        words, length = self._run(tokens, start)
        sized = len(words) == 2 and words[0][0].isdigit() and words[1] in MEASURES
        if not words or not (sized or any(_is_word(word) and self._tells(word) for word in words)):
            return None
        if words[0].replace(".", "").isdigit() and (len(words) < 2 or words[1] not in MEASURES):
            return None  # 48 mugs: so many of them
        fitting = tuple(sorted(line for line, names in self.full.items() if any(self._covers(n, words) for n in names)))
        exact = tuple(
            line
            for line in fitting
            if any(len(n) == len(set(words)) and self._covers(n, words) for n in self.full[line])
        )
        if len(exact) == 1:
            return Mention(exact, length, "name")
        fitting = self._by_head(fitting, words)
        if not fitting or (sized and len(fitting) > 1):
            return None
        plural = len(fitting) > 1 and any(word not in self.names for word in words)
        return Mention(fitting, length, "family" if plural else "name")

    def _by_head(self, fitting: tuple[int, ...], words: Sequence[str]) -> tuple[int, ...]:
        """The bottles, beside a cage for bottles: what the word itself names comes before what it explains."""
        telling = [word for word in words if _is_word(word)]
        named = (
            tuple(line for line in fitting if any(self._covers(head, telling) for head in self.heads[line])) or fitting
        )
        if len(named) < _SEVERAL:
            return named
        meant = frozenset[str]().union(*(self.meant(word) for word in telling))
        return tuple(line for line in named if meant & self.kinds[line]) or named

    def _run(self, tokens: Sequence[Token], start: int) -> tuple[list[str], int]:
        """The words from here on that some one line's name has, whatever their ending; and how many tokens they take."""
        fitting = frozenset(self.full)
        said: list[str] = []
        length = 0
        for at, token in enumerate(tokens[start:], start):
            word = name_word_at(tokens, at)
            if said and word in _EXPLAINING:
                continue
            lines = fitting & frozenset[int]().union(*(self.names[each] for each in self.meant(word)))
            if not lines or token.kind is TokenKind.BREAK:
                break
            fitting = lines
            if word[0].isalnum():
                said.append(word)
                length = at + 1 - start
        return said, length

    def meant(self, word: str) -> frozenset[str]:
        """The words of names that this word may be: itself, else those that differ in the ending only."""
        if word in self.names:
            return frozenset({word})
        if word not in self._meant:
            if len(self._meant) > _MOST_KEPT:
                self._meant.clear()
            begins = {word[:_BEGINNING], singular_of(word)[:_BEGINNING]}
            near = [each for begin in begins for each in self._beginnings.get(begin, ())] if _is_word(word) else []
            found = _nearest(word, [each for each in near if same_word(word, each)])
            found = found or dutch_singulars(word) & self.spoken
            self._meant[word] = found or frozenset(each for each in self.spoken if is_compound_of(each, word))
        return self._meant[word]

    def _tells(self, word: str) -> bool:
        return bool(self.meant(word) & self.spoken)

    def _covers(self, name: frozenset[str], words: Sequence[str]) -> bool:
        return all(self.meant(word) & name for word in words)


_NEARER = 3  # letters that one word shares more than another


def _nearest(word: str, found: Sequence[str]) -> frozenset[str]:
    """Of words that may all be meant those that share most letters: Blumentöpfe are a Blumentopf, no Blumenerde."""
    shared = {each: shared_letters(word, each) for each in found}
    most = max(shared.values(), default=0)
    return frozenset(each for each, letters in shared.items() if letters > most - _NEARER)


def _short_number(tokens: Sequence[Token], start: int, joined: str) -> bool:
    """A code of few digits is taken for a number unless something says that it is a code."""
    if not joined.isdigit() or len(joined) > 5:
        return False
    if len(joined) >= 4 and (
        start == 0
        or _is_bulleted(tokens, start)
        or tokens[start - 1].folded in {"(", "["}
        or tokens[start - 1].kind is TokenKind.BREAK
    ):
        return False  # the clips (71110), or a row that begins with the code
    behind = tokens[start + 1].folded if start + 1 < len(tokens) else ""
    if len(joined) >= 4 and behind == ":" and tokens[start - 1].folded in {".", ";", ","}:
        return False
    return start == 0 or tokens[start - 1].folded.rstrip(".") not in {"art", "nr", "no", "code", "kod", "ref", "#"}


def _is_bulleted(tokens: Sequence[Token], start: int) -> bool:
    """- 80143: confirmed."""
    return start == 1 and tokens[0].folded in {"-", "*", "•", "·"} and tokens[1].spaced


def _is_word(word: str) -> bool:
    """A word that can name something; essuie-mains is one."""
    return len(word) >= _TELLING and word.replace("-", "").isalpha()


def name_word(word: str) -> str:
    """A word as names hold it: measures abbreviated, a decimal point, no English genitive ("the granola's gone up")."""
    return _MEASURE_NAMES.get(word) or word.removesuffix("'s").replace(",", ".")


def name_word_at(tokens: Sequence[Token], at: int) -> str:
    """The word of a name that stands here; the mark behind a number is an inch."""
    token = tokens[at]
    if token.folded in INCH_MARKS and at and tokens[at - 1].kind is TokenKind.NUMBER and not token.spaced:
        return "inch"
    return name_word(token.folded)


@lru_cache(maxsize=512)
def articles_of(
    order: PurchaseOrder, names: tuple[tuple[str, str], ...], gtins: tuple[tuple[str, str], ...], spoken: str = "en"
) -> Articles:
    """The names of an order's lines; `names` and `gtins` are the products' by SKU, `spoken` is the supplier's language."""
    name_of, gtin_of = dict(names), dict(gtins)
    codes: dict[str, int] = {}
    twice: set[str] = set()
    full: dict[int, tuple[frozenset[str], ...]] = {}
    heads: dict[int, tuple[frozenset[str], ...]] = {}
    kinds: dict[int, frozenset[str]] = {}
    described: dict[int, list[str]] = {}
    for line in order.lines:
        for code in {bare(fold(each)) for each in (line.supplier_code, line.sku, gtin_of.get(line.sku)) if each}:
            if code in codes:
                twice.add(code)
            codes[code] = line.line
        texts = [text for text in (line.description, name_of.get(line.sku, "")) if text]
        described[line.line] = texts
        full[line.line] = tuple({name_words(text) for text in texts} - {frozenset()})
        heads[line.line] = tuple({name_words(_head(text)) for text in texts} - {frozenset()})
        kinds[line.line] = frozenset(_kind(_head(text), spoken) for text in texts)
    words = {number: frozenset[str]().union(*names) for number, names in full.items()}
    attributes = frozenset(word for texts in described.values() for text in texts for word in _counted_words(text))
    attributes -= frozenset[str]().union(*kinds.values())
    by_word: dict[str, set[int]] = {}
    for number, said in words.items():
        for word in said:
            by_word.setdefault(word, set()).add(number)
    counted = Counter(word for said in words.values() for word in said)
    return Articles(
        codes={code: line for code, line in codes.items() if code not in twice},
        names={word: frozenset(lines) for word, lines in by_word.items()},
        full=full,
        spoken=frozenset(word for word in counted if _is_word(word)) - attributes,
        heads=heads,
        kinds=kinds,
        _starts=frozenset(code[:end] for code in codes for end in range(len(code) + 1)),
        _beginnings=_by_beginning(by_word),
        _meant={},
        _shapes=frozenset((found[1], len(found[2])) for found in map(_LETTERED.fullmatch, codes) if found),
    )


def _counted_words(text: str) -> Iterator[str]:
    """Light switch 1 gang 2 way: what is counted inside a name tells articles apart and names none by itself."""
    tokens = tokenise(text)
    for before, token in pairwise(tokens[1:]):
        if before.kind is TokenKind.NUMBER and token.kind is TokenKind.WORD:
            yield name_word(token.folded)


def _by_beginning(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        if _is_word(word):
            found[word[:_BEGINNING]] = (*found.get(word[:_BEGINNING], ()), word)
    return found


_EXPLAINING = frozenset(
    {
        "na",
        "do",
        "od",
        "de",
        "d'",
        "du",
        "des",
        "di",
        "da",
        "del",
        "della",
        "per",
        "pour",
        "para",
        "à",
        "con",
        "avec",
        "für",
        "fur",
        "mit",
        "for",
        "with",
        "van",
        "voor",
        "z",
        "ze",
        "s",
        "для",
        "з",
        "із",
    }
)  # fmt: skip  what comes behind explains the article and is not the article


def _head(text: str) -> str:
    """The words of a name before the first that only explains them: Koszyk na bidon is a koszyk."""
    for token in tokenise(text)[1:]:
        if token.folded in _EXPLAINING:
            return text[: token.start]
    return text


def _kind(text: str, spoken: str) -> str:
    """The word before all measures that says what it is: the last in English (chain oil), the first elsewhere (Sattel Gel)."""
    words: list[str] = []
    for token in tokenise(text):
        if token.folded[0].isdigit():
            break
        if token.kind is TokenKind.WORD:
            words.append(name_word(token.folded))
    if not words:
        return ""
    return words[-1] if spoken == "en" else words[0]


def name_words(text: str) -> frozenset[str]:
    """The words of an article's name, as they are looked up."""
    tokens = tokenise(text)
    words = (name_word_at(tokens, at) for at in range(len(tokens)))
    return frozenset(word for word in words if word[0].isalnum() and word not in _EXPLAINING)
