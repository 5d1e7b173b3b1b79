"""Periods and days in a sentence; today is Monday 23 November 2026."""

from datetime import date

import pytest

from bot.language.days import period_of
from bot.language.plain import plain
from tests.makers.chat import MONDAY


def said(text: str, *, is_past: bool = False) -> tuple[str, str]:
    period = period_of(plain(text), MONDAY, is_past=is_past)
    return str(period.since or ""), str(period.until or "")


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("today", "2026-11-23", "2026-11-23"),
        ("pojutrze", "2026-11-25", "2026-11-25"),
        ("przedwczoraj", "2026-11-21", "2026-11-21"),
        ("a week ago", "2026-11-16", "2026-11-16"),
        ("za tydzień", "2026-11-30", "2026-11-30"),
        ("in 2 weeks", "2026-12-07", "2026-12-07"),
        ("3 dni temu", "2026-11-20", "2026-11-20"),
        ("last 10 days", "2026-11-13", "2026-11-22"),
        ("w ciągu najbliższych 7 dni", "2026-11-24", "2026-11-30"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("w przyszłym miesiącu", "2026-12-01", "2026-12-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("4.12.", "2026-12-04", "2026-12-04"),
        ("4.12.2027", "2027-12-04", "2027-12-04"),
        ("2026-12-04", "2026-12-04", "2026-12-04"),
        ("3rd of December", "2026-12-03", "2026-12-03"),
        ("December 3", "2026-12-03", "2026-12-03"),
        ("3 stycznia", "2027-01-03", "2027-01-03"),
        ("in March", "2027-03-01", "2027-03-31"),
        ("od 1 do 15 listopada", "2026-11-01", "2026-11-15"),
        ("from Monday to Friday", "2026-11-23", "2026-11-27"),
        ("since 1 November", "2026-11-01", ""),
        ("from last week", "2026-11-16", "2026-11-22"),
        ("do piątku", "", "2026-11-27"),
        ("by Friday", "", "2026-11-27"),
        ("next Tuesday", "2026-11-24", "2026-11-24"),
        ("w zeszły wtorek", "2026-11-17", "2026-11-17"),
        ("31.02.", "", ""),
        ("you may go", "", ""),
        ("nothing of the kind", "", ""),
    ],
)
def test_a_period_is_resolved_against_today(text: str, since: str, until: str) -> None:
    assert said(text) == (since, until)


def test_what_sold_looks_back_at_a_bare_weekday_and_month() -> None:
    assert said("friday", is_past=True) == ("2026-11-20", "2026-11-20")
    assert said("in december", is_past=True) == ("2025-12-01", "2025-12-31")


def test_the_places_of_days_are_told_so_that_they_are_no_order_numbers() -> None:
    assert period_of("move 142 to 3 december", date(2026, 11, 23), is_past=False).places == ((12, 22),)
