"""Which order line a code, a GTIN or a name means."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mail.reading.tokens import Token, TokenKind, fold, tokenise
from orders.purchase import PurchaseOrder

_LONGEST = 8  # tokens that one code may be torn into: BF - 1001 / A
_TELLING = 3  # letters: a shorter word names nothing by itself


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

    def at(self, tokens: Sequence[Token], start: int) -> Mention | None:
        """The article named by the tokens that begin here: a code first, else words of a name."""
        return self._code(tokens, start) or self._name(tokens, start)

    def _code(self, tokens: Sequence[Token], start: int) -> Mention | None:
        joined = ""
        found: Mention | None = None
        for length, token in enumerate(tokens[start : start + _LONGEST], start=1):
            if token.kind is TokenKind.BREAK or (token.kind is TokenKind.MARK and token.folded not in "-/._"):
                break
            joined += _alnum(token.folded)
            if joined in self.codes and token.kind is not TokenKind.MARK and not _short_number(tokens, start, joined):
                found = Mention((self.codes[joined],), length, "code")
        return found

    def _name(self, tokens: Sequence[Token], start: int) -> Mention | None:
        """The longest run of words that all belong to lines' names, when it holds a telling word or a whole name."""
        fitting = frozenset(self.full)
        said: list[str] = []
        for token in tokens[start:]:
            lines = self.names.get(_name_word(token.folded), frozenset()) & fitting
            if not lines or token.kind is TokenKind.BREAK:
                break
            fitting = lines
            said.append(_name_word(token.folded))
        while said and not (said[-1][0].isalnum()):
            said.pop()
        words = frozenset(word for word in said if word[0].isalnum())
        if not words or not any(word.isalpha() and len(word) >= _TELLING and word in self.spoken for word in words):
            return None
        fitting = frozenset(line for line, names in self.full.items() if any(words <= name for name in names))
        exact = tuple(sorted(line for line in fitting if words in self.full[line]))
        if len(exact) == 1:
            return Mention(exact, len(said), "name")
        return Mention(tuple(sorted(fitting)), len(said), "name") if fitting else None


def _short_number(tokens: Sequence[Token], start: int, joined: str) -> bool:
    """A code of few digits is taken for a number unless something says that it is a code."""
    if not joined.isdigit() or len(joined) > 5:
        return False
    return start == 0 or tokens[start - 1].folded.rstrip(".") not in {"art", "nr", "no", "code", "kod", "ref", "#"}


def _alnum(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def _name_word(word: str) -> str:
    return word.replace(",", ".")


@lru_cache(maxsize=512)
def articles_of(
    order: PurchaseOrder, names: tuple[tuple[str, str], ...], gtins: tuple[tuple[str, str], ...]
) -> Articles:
    """The names of an order's lines; `names` and `gtins` are the products' by SKU."""
    name_of, gtin_of = dict(names), dict(gtins)
    codes: dict[str, int] = {}
    twice: set[str] = set()
    full: dict[int, tuple[frozenset[str], ...]] = {}
    for line in order.lines:
        for code in {_alnum(fold(each)) for each in (line.supplier_code, line.sku, gtin_of.get(line.sku)) if each}:
            if code in codes:
                twice.add(code)
            codes[code] = line.line
        described = {_words(text) for text in (line.description, name_of.get(line.sku, "")) if text}
        full[line.line] = tuple(described - {frozenset()})
    words = {number: frozenset[str]().union(*described) for number, described in full.items()}
    by_word: dict[str, set[int]] = {}
    for number, said in words.items():
        for word in said:
            by_word.setdefault(word, set()).add(number)
    counted = Counter(word for said in words.values() for word in said)
    return Articles(
        codes={code: line for code, line in codes.items() if code not in twice},
        names={word: frozenset(lines) for word, lines in by_word.items()},
        full=full,
        spoken=frozenset(word for word in counted if word.isalpha() and len(word) >= _TELLING),
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(_name_word(token.folded) for token in tokenise(text) if token.folded[0].isalnum())
