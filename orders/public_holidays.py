"""Public holidays of a country, from the tables of the library `holidays`."""

from datetime import date
from functools import cache

import holidays


@cache
def public_holidays(country: str, year: int) -> dict[date, str] | None:
    """Holidays of one year by day, movable feasts included; None for a country (ISO 3166) that has no table.

    The language is named, because the library would else take it from the machine's environment.
    """
    try:
        language = holidays.country_holidays(country).default_language
        return dict(holidays.country_holidays(country, years=year, language=language))
    except NotImplementedError:
        return None
