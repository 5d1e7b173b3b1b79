"""Days on which a site takes no delivery."""

from datetime import date, timedelta

import pytest

from rules.calendar import SiteCalendar

POLAND = SiteCalendar("PL", frozenset({6, 7}), {date(2026, 12, 30): "stocktaking"})


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 4, 6), "Poniedziałek Wielkanocny"),
        (date(2026, 6, 4), "Dzień Bożego Ciała"),
        (date(2027, 5, 27), "Dzień Bożego Ciała"),  # the feast moves with Easter
        (date(2026, 12, 24), "Wigilia Bożego Narodzenia"),  # free since 2025
        (date(2024, 12, 24), None),
        (date(2026, 11, 12), None),
    ],
)
def test_polish_holidays_move_with_easter_and_with_the_law(day: date, name: str | None) -> None:
    assert POLAND.holiday(day) == name


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (date(2026, 12, 3), date(2026, 12, 3)),
        (date(2026, 12, 5), date(2026, 12, 7)),  # over a weekend
        (date(2026, 12, 24), date(2026, 12, 28)),  # over Christmas and a weekend
        (date(2026, 12, 30), date(2026, 12, 31)),
        (date(2026, 12, 31) + timedelta(days=1), date(2027, 1, 4)),
    ],
)
def test_the_next_open_day_skips_everything_that_is_closed(asked: date, given: date) -> None:
    assert POLAND.open_day_from(asked) == given


def test_a_site_that_never_opens_has_no_open_day() -> None:
    assert SiteCalendar("PL", frozenset(range(1, 8))).open_day_from(date(2026, 12, 1)) is None


@pytest.mark.parametrize("country", [None, "XX"])
def test_a_country_without_a_table_is_not_taken_for_one_without_holidays(country: str | None) -> None:
    calendar = SiteCalendar(country)
    assert not calendar.knows_holidays
    assert not calendar.is_closed(date(2026, 12, 25))


def test_a_country_with_one_language_has_its_holidays_too() -> None:
    assert SiteCalendar("US").holiday(date(2026, 7, 4)) == "Independence Day"
