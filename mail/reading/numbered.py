"""Answers numbered like the order's lines with nothing behind the number: "1 prima / 2 500 st. / 3 prima"."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from mail.reading.lexicon import language
from mail.reading.scan import Desk
from mail.reading.tokens import Token, TokenKind

_MARKS = ("/", ";", ",")
_FEWEST_IN_A_ROW = 3  # answers strung together in one row
_FEWEST_ROWS = 2


def with_numbered_rows(rows: Sequence[list[Token]], desk: Desk, prior: str) -> list[list[Token]]:
    """The rows, a colon put behind the numbers of those that answer line by line; lists in one row are cut up."""
    cut = [part for row in rows for part in _cut(row, desk, prior)]
    filled = [row for row in cut if row]
    numbered = [row for row in filled if _is_answer(row, desk, prior)]
    numbers = [int(row[0].folded) for row in numbered]
    ascending = all(one < following for one, following in pairwise(numbers))
    if len(numbered) < _FEWEST_ROWS or not ascending:
        return list(rows)
    heads = {id(row) for row in numbered if _is_numbered(row, desk, prior)}
    return [[row[0], _colon(row[0]), *row[1:]] if id(row) in heads else row for row in cut]


def _colon(number: Token) -> Token:
    return Token(TokenKind.MARK, ":", ":", number.end, number.end, spaced=False)


def _cut(row: list[Token], desk: Desk, prior: str) -> Iterator[list[Token]]:
    """The answers of one row, when every part of it is one."""
    for mark in _MARKS:
        parts = list(_parts(row, mark))
        if len(parts) >= _FEWEST_IN_A_ROW and all(_is_answer(part, desk, prior) for part in parts):
            yield from parts
            return
    yield row


def _parts(row: Sequence[Token], mark: str) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in row:
        if token.folded == mark:
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _is_answer(row: Sequence[Token], desk: Desk, prior: str) -> bool:
    """1) 300 ks, or a number with nothing behind it."""
    marked = len(row) > 2 and row[0].folded.isdigit() and int(row[0].folded) in desk.line_numbers
    return (marked and row[1].folded in {")", ":"}) or _is_numbered(row, desk, prior)


def _is_numbered(row: Sequence[Token], desk: Desk, prior: str) -> bool:
    """A line's number and right behind it a word or another number, which the first one does not count."""
    if len(row) < 2 or not row[0].folded.isdigit() or int(row[0].folded) not in desk.line_numbers:
        return False
    behind = row[1]
    if behind.kind not in (TokenKind.WORD, TokenKind.NUMBER, TokenKind.CODE) or not behind.spaced:
        return False
    named = desk.articles.at(row, 1)
    if named is not None and int(row[0].folded) not in named.lines:
        return False
    return behind.kind is TokenKind.NUMBER or not _is_counted(behind, prior)


def _is_counted(word: Token, prior: str) -> bool:
    """A unit, money or a month: 2 cartons, 3 december."""
    for code in dict.fromkeys((prior, "en")):
        found = language(code).match([word.folded])
        if found is not None:
            meaning = found[0]
            return meaning.unit is not None or meaning.currency is not None or meaning.month is not None
    return False
