"""Reads cells whose words have a closed meaning: weekdays, states, countries, currencies, zones, addresses."""

import re
from datetime import datetime
from decimal import Decimal
from functools import cache
from zoneinfo import available_timezones

from babel.core import Locale
from email_validator import EmailNotValidError, validate_email

from store.importers.cells import BadCell, Cell, Style, shown
from store.importers.headers import plain
from store.importers.values import decimal, text, yes
from store.tables.catalogue import ProductState

_SHORT_POLISH = {"pn": 1, "cz": 4, "so": 6, "sb": 6, "nd": 7}
_STATES = {
    "active": ProductState.ACTIVE,
    "aktywny": ProductState.ACTIVE,
    "inactive": ProductState.INACTIVE,
    "nieaktywny": ProductState.INACTIVE,
    "discontinued": ProductState.DISCONTINUED,
    "wycofany": ProductState.DISCONTINUED,
}
_HOUR = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?::00)?)?")
_SEPARATORS = re.compile(r"[;,\s]+")
_LANGUAGE = re.compile(r"[a-z]{2}")
_LOWEST_SERVICE, _HIGHEST_SERVICE = Decimal("0.5"), Decimal("0.9999")


def weekdays(cell: Cell) -> str:
    """ISO numbers of weekdays, "1,3,5", from numbers or names in English or Polish; Mon-Fri is a range."""
    names = _weekday_names()
    found: set[int] = set()
    for word in re.split(r"[;,/]+", shown(cell)):
        ends = [names.get(plain(end)) for end in re.split(r"\s*[-–]\s*", word.strip())]
        if None in ends or len(ends) > 2:
            raise BadCell("not-weekdays", shown=shown(cell))
        first, last = ends[0] or 0, ends[-1] or 0
        found |= set(range(first, last + 1)) if first <= last else {*range(first, 8), *range(1, last + 1)}
    return ",".join(str(day) for day in sorted(found))


def time_of_day(cell: Cell) -> str:
    """An hour of the day, "14:00", from 14, 14:00, 14.30 or a spreadsheet's time."""
    if isinstance(cell, datetime):
        return cell.strftime("%H:%M")
    found = _HOUR.fullmatch(shown(cell).strip())
    if found is None or int(found.group(1)) > 23 or int(found.group(2) or 0) > 59:
        raise BadCell("not-an-hour", shown=shown(cell))
    return f"{int(found.group(1)):02d}:{int(found.group(2) or 0):02d}"


def product_state(cell: Cell) -> ProductState:
    """active, inactive or discontinued; yes means active."""
    if not isinstance(cell, bool) and (state := _STATES.get(plain(shown(cell)))):
        return state
    try:
        return ProductState.ACTIVE if yes(cell) else ProductState.INACTIVE
    except BadCell as error:
        raise BadCell("not-a-state", shown=shown(cell)) from error


def service_level(cell: Cell, style: Style) -> Decimal:
    """A share between 0.5 and 0.9999; 95 and 95 % mean 0.95."""
    bare = cell.strip().removesuffix("%") if isinstance(cell, str) else cell
    share = decimal(bare, style)
    share = share / 100 if share > 1 else share
    if not _LOWEST_SERVICE <= share <= _HIGHEST_SERVICE:
        raise BadCell("service-level-out-of-range", shown=shown(cell))
    return share


def country(cell: Cell) -> str:
    """An ISO 3166 country code of two letters."""
    found = text(cell, 60).upper()
    if len(found) != 2 or found not in Locale("en").territories:
        raise BadCell("not-a-country", shown=shown(cell))
    return found


def currency(cell: Cell) -> str:
    """An ISO 4217 currency code."""
    found = text(cell, 60).upper()
    if found not in Locale("en").currencies:
        raise BadCell("not-a-currency", shown=shown(cell))
    return found


def language(cell: Cell) -> str:
    """An ISO 639-1 language code."""
    found = text(cell, 60).lower()
    if not _LANGUAGE.fullmatch(found) or found not in Locale("en").languages:
        raise BadCell("not-a-language", shown=shown(cell))
    return found


def timezone(cell: Cell) -> str:
    """An IANA time zone."""
    found = text(cell, 60)
    if found not in available_timezones():
        raise BadCell("not-a-timezone", shown=shown(cell))
    return found


def emails(cell: Cell) -> tuple[str, ...]:
    """Mail addresses in lower case, separated by commas, semicolons or blanks."""
    return tuple(dict.fromkeys(_email(each, cell) for each in _SEPARATORS.split(text(cell, 1000)) if each))


def domains(cell: Cell) -> tuple[str, ...]:
    """Domains in lower case, with or without a leading @."""
    found = (each.lstrip("@") for each in _SEPARATORS.split(text(cell, 1000)))
    return tuple(dict.fromkeys(_email(f"x@{each}", cell).partition("@")[2] for each in found if each))


def _email(address: str, cell: Cell) -> str:
    try:
        return validate_email(address, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        raise BadCell("not-an-address", shown=shown(cell)) from error


@cache
def _weekday_names() -> dict[str, int]:
    names = {str(number): number for number in range(1, 8)} | _SHORT_POLISH
    for language_code in ("en", "pl"):
        for width in ("wide", "abbreviated", "short"):
            days = Locale(language_code).days["stand-alone"][width]
            names |= {plain(str(name)): number + 1 for number, name in days.items()}
    return names
