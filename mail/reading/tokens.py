"""Text to tokens that know where they stand. Folding keeps the length, so that every offset points into the original."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_ONE_FOR_ONE = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ß": "s", "æ": "a", "œ": "o", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "−": "-", "‑": "-", "‒": "-",
        "\t": " ", "\r": " ", "×": "x", "⁄": "/", "：": ":", "，": ",",
    }
)  # fmt: skip
_KEPT = frozenset("йїґўё")  # Cyrillic letters that only look like a letter with an accent


class TokenKind(StrEnum):
    """What a token looks like."""

    WORD = "word"
    NUMBER = "number"  # digits with whatever stands between them: 1.234,50 3.12.2026 10/12
    CODE = "code"  # letters and digits in one: an article or a document
    MARK = "mark"  # one punctuation mark or symbol
    BREAK = "break"  # the end of a line of text
    FOREIGN = "foreign"  # an address of the web or of mail: never part of an answer


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text; `folded` is lower case without accents, `start` and `end` are offsets into the original."""

    kind: TokenKind
    text: str
    folded: str
    start: int
    end: int
    spaced: bool  # white space or nothing stands before it


def fold(text: str) -> str:
    """Lower case, accents off, one kind of space, dash and quote; exactly as long as `text`."""
    if text.isascii():
        return text.lower().replace("\t", " ").replace("\r", " ")
    return "".join(map(_fold_one, text))


def bare(folded: str) -> str:
    """Letters and digits alone, as codes and numbers are compared."""
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


@lru_cache(maxsize=4_096)
def _fold_one(character: str) -> str:
    lowered = character.lower()
    if len(lowered) != 1 or lowered.isascii():
        return lowered[:1].translate(_ONE_FOR_ONE)
    mapped = lowered.translate(_ONE_FOR_ONE)
    if mapped != lowered or mapped in _KEPT:
        return mapped
    if unicodedata.category(lowered) == "Zs":
        return " "
    base = unicodedata.normalize("NFKD", lowered)[:1]
    return base if base.isalnum() else lowered


_SHAPES = re.compile(
    r"""
    (?P<foreign> (?:https?://|www\.)\S+ | [\w.+-]+@[\w-]+(?:\.[\w-]+)+ )
  | (?P<code> \b(?=[\w/-]*\d)(?=[\w/-]*[^\W\d_])[^\W_][\w]*(?:[-/][\w]*\w)*(?![^\W_]) )
  | (?P<apart> (?<![\d.,])(?:0?[1-9]|[12]\d|3[01])\.\ (?:1[0-2]|0?[1-9])(?=\.(?!\d)) )
  | (?P<number> \d(?:[\d.,/'-]*\d)? )
  | (?P<elided> \b(?:[ldnscjmt]|qu|jusqu|lorsqu|puisqu|dell|all|nell|dall|sull|un|quest|quell|quant)'(?=[^\W_]) )
  | (?P<word> [^\W\d_]+(?:'[^\W\d_]+|-(?=[^\W\d_])[^\W\d_]+)* )
  | (?P<break> \n )
  | (?P<mark> [^\s] )
    """,
    re.VERBOSE,
)
_KINDS = {"elided": TokenKind.WORD, "apart": TokenKind.NUMBER}
_GLUED = re.compile(r"(\d[\d.,]*)([^\W\d_]+)|([^\W\d_]{1,4})(\d{1,4}(?:/\d{2,4})?)")

_ENDED = re.compile(r"(\d{1,2})(-[^\W\d_]{1,3})")  # 50-й, 3-го
_SLASHED = re.compile(r"([^\W\d_]{1,4})/(\d+)")  # EUR/100


_REMEMBERED = 1_000  # characters; what is longer is hardly asked for again, and would fill the memory


def tokenise(text: str) -> tuple[Token, ...]:
    """Every token of the text, in order; nothing but white space lies between them."""
    return _remembered(text) if len(text) <= _REMEMBERED else _tokenised(text)


@lru_cache(maxsize=512)
def _remembered(text: str) -> tuple[Token, ...]:
    """Several readers look at the same line, one after the other."""
    return _tokenised(text)


def _tokenised(text: str) -> tuple[Token, ...]:
    folded = fold(text)
    tokens: list[Token] = []
    last = 0
    for found in _SHAPES.finditer(folded):
        kind = _KINDS.get(str(found.lastgroup)) or TokenKind(str(found.lastgroup))
        word = found.group().replace(" ", "")  # "4. 12." is the day 4.12.
        spaced = found.start() == 0 or found.start() > last or folded[found.start() - 1] == "\n"
        last = found.end()
        tokens += _cut(Token(kind, text[found.start() : last], word, found.start(), last, spaced))
    return tuple(tokens)


def _cut(token: Token) -> list[Token]:
    """Take apart what only looks like a code: 96szt, KW49, 3rd."""
    if token.kind is not TokenKind.CODE:
        return [token]
    slashed = _SLASHED.fullmatch(token.folded)
    if slashed is not None:
        cut = slashed.end(1)
        return [
            Token(TokenKind.WORD, token.text[:cut], token.folded[:cut], token.start, token.start + cut, token.spaced),
            Token(TokenKind.MARK, "/", "/", token.start + cut, token.start + cut + 1, spaced=False),
            Token(
                TokenKind.NUMBER,
                token.text[cut + 1 :],
                token.folded[cut + 1 :],
                token.start + cut + 1,
                token.end,
                spaced=False,
            ),
        ]
    glued = _ENDED.fullmatch(token.folded) or _GLUED.fullmatch(token.folded)
    if glued is None:
        return [token]
    first = glued[1] or glued[3]
    middle = token.start + len(first)
    kinds = (TokenKind.NUMBER, TokenKind.WORD) if first[0].isdigit() else (TokenKind.WORD, TokenKind.NUMBER)
    cut = middle - token.start
    return [
        Token(kinds[0], token.text[:cut], token.folded[:cut], token.start, middle, token.spaced),
        Token(kinds[1], token.text[cut:], token.folded[cut:], middle, token.end, spaced=False),
    ]
