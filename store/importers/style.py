"""Finds out how a file writes decimals and days, from values that can only be read in one way."""

import re
from collections.abc import Iterable

from store.importers.cells import Style

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")
_COMMA = re.compile(r"[-+]?(\d{1,3}(\.\d{3})+|\d+),(\d{1,2}|\d{4,})|[-+]?\d{1,3}(\.\d{3})+,\d+|[-+]?0,\d+")
_POINT = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)\.(\d{1,2}|\d{4,})|[-+]?\d{1,3}(,\d{3})+\.\d+|[-+]?0\.\d+")
_TWO_WAYS = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}\b")


def find_style(numbers: Iterable[str], days: Iterable[str], *, allow_day_numbers: bool = False) -> Style:
    """The style of a file by the texts of its columns of numbers and days.

    Only values that have one reading count (4,20 and 1.234,5 but not 1,234; 25/12/2026 but not 03/04/2026). Where both
    ways occur, the more frequent one is taken, and the others become errors of their rows.
    """
    return Style(_decimal(numbers), _day_first(days), allow_day_numbers)


def without_spaces(text: str) -> str:
    """A number without blanks and apostrophes between its thousands."""
    return _SPACES.sub("", text)


def _decimal(numbers: Iterable[str]) -> str | None:
    commas = points = 0
    for text in numbers:
        number = without_spaces(text)
        commas += _COMMA.fullmatch(number) is not None
        points += _POINT.fullmatch(number) is not None
    if commas == points:
        return None
    return "," if commas > points else "."


def _day_first(days: Iterable[str]) -> bool | None:
    first = second = 0
    for text in days:
        if parts := _TWO_WAYS.match(text.strip()):
            first += int(parts.group(1)) > 12
            second += int(parts.group(2)) > 12
    return None if first == second else first > second
