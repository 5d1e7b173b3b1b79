"""Digits to numbers as a supplier writes them: 1.234,50 and 1,234.50 and 1'234.50 are one number, 1.234 may be two."""

import re
from collections.abc import Collection
from decimal import Decimal

from mail.reading.tokens import fold

COMMA_DECIMAL = frozenset({"pl", "de", "fr", "es", "it", "cs", "uk", "nl"})  # languages that write 4,35

_PLAIN = re.compile(r"\d+")
_ONE_MARK = re.compile(r"(\d+)([.,])(\d+)")
_GROUPS_THEN_DECIMALS = re.compile(r"\d{1,3}(?:([.,'])\d{3})+(?:([.,])(\d+))?")


def decimal_of(digits: str, language: str) -> Decimal | None:
    """The number that these digits write in this language; None when they are no number or could be two.

    "1.234" in a language of decimal commas is 1234; "1,234" there is 1.234, which nobody orders or charges: None.
    """
    if _PLAIN.fullmatch(digits):
        return Decimal(digits)
    one = _ONE_MARK.fullmatch(digits)
    if one is not None:
        return _with_one_mark(one[1], one[2], one[3], language)
    groups = _GROUPS_THEN_DECIMALS.fullmatch(digits)
    if groups is None or groups[2] == groups[1]:
        return None
    separators = set(re.findall(r"[.,']", digits[: groups.start(2)] if groups[2] else digits))
    if len(separators) != 1:
        return None
    whole = re.sub(r"[.,']", "", digits[: groups.start(2)] if groups[2] else digits)
    return Decimal(f"{whole}.{groups[3]}" if groups[2] else whole)


def _with_one_mark(whole: str, mark: str, rest: str, language: str) -> Decimal | None:
    if len(rest) != 3 or len(whole) > 3 or whole == "0":
        return Decimal(f"{whole}.{rest}")
    decimal_mark = "," if language in COMMA_DECIMAL else "."
    if mark == decimal_mark:
        return None  # 1,234 written by a Pole, 1.234 by a Briton: thousands are as likely
    return Decimal(whole + rest)


def whole_of(digits: str, language: str) -> int | None:
    """The whole number that these digits write, or None."""
    value = decimal_of(digits, language)
    if value is None or value != value.to_integral_value():
        return None
    return int(value)


def bare_amount(text: str, prior: str) -> Decimal | None:
    """A price in a price column: 4,20 · 1 234,50 zł · 4.20 EUR."""
    digits = "".join(each for each in fold(text) if each in "0123456789.,'")
    letters = "".join(each for each in fold(text) if each.isalpha())
    if not digits or letters not in {"", "zl", "pln", "eur", "euro", "usd", "gbp", "kc", "czk", "uah", "chf"}:
        return None
    return decimal_of(digits.strip(".,"), prior)


_STEP = 10


def is_position(number: int, lines: Collection[int]) -> bool:
    """One of these lines' numbers, or ten times one: so many programs number an order's lines 10, 20, 30."""
    return number in lines or (number % _STEP == 0 and number // _STEP in lines)
