"""Public holidays: what each location sells on them beside other days, learnt from its totals; 0 where it is closed.

Holidays are known by name, so that Easter is found wherever it falls. One that was not seen yet is taken for what the
location's holidays are on average.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from orders.public_holidays import public_holidays
from planning.arrays import Numbers, Whole
from planning.history import Sales
from planning.shop_calendar import ShopCalendar

AROUND = 28  # days on each side that tell what a day would have sold
OWN_DAYS = 0.5  # days' worth of sales that one holiday must outweigh to be believed for half of what it shows
SURELY = 3.0  # units usual on a holiday from which selling none means a closed shop: chance alone would in 5 % of cases
CLOSED = 0.05  # a factor below this is a closed shop
LEAST = 0.2  # of the factor that a past day is divided by
MOST = 4.0


@dataclass(frozen=True, slots=True)
class HolidayShape:
    """Factors of locations by day, 1 on other days."""

    past: Numbers  # (groups, days), oldest first
    ahead: Numbers  # (groups, days from today on)


def learn_holidays(
    items: pl.DataFrame, sales: Sales, calendar: ShopCalendar, today: date, ahead_days: int
) -> HolidayShape | None:
    """The holidays of each location's `country`; None where no country is known or none has a holiday to tell of."""
    if items["country"].is_null().all() or not sales.days:
        return None
    groups, days = len(sales.sold), sales.days
    past, ahead = np.ones((groups, days), np.float32), np.ones((groups, ahead_days))
    for group, country in _countries(items, sales.group).items():
        names = _named_days(country, today - timedelta(days=days), days + ahead_days)
        before = {day: name for day, name in names.items() if day < days}
        sold, usual = sales.sold[group, days:0:-1], _usual(sales, calendar, group, frozenset(before))
        factor_of = _factors(before, sold, usual)
        average = factor_of.pop("", 1.0)
        for day, name in names.items():
            factor = factor_of.get(name, average)
            if day < days:
                past[group, day] = max(factor, LEAST)
            else:
                ahead[group, day - days] = 0.0 if factor < CLOSED else factor
    return None if (ahead == 1).all() and (past == 1).all() else HolidayShape(past, ahead)


def _countries(items: pl.DataFrame, group: Whole) -> dict[int, str]:
    """Country of each location; of locations that share one calendar the first that is known."""
    known = items.select("country", group=pl.Series(group)).filter(pl.col("country").is_not_null())
    return dict(known.group_by("group", maintain_order=True).first().select("group", "country").iter_rows())


def _named_days(country: str, first: date, count: int) -> dict[int, str]:
    """Names of the holidays among `count` days from `first` on, by number of the day."""
    last = first + timedelta(days=count - 1)
    found: dict[int, str] = {}
    for year in range(first.year, last.year + 1):
        for day, name in (public_holidays(country, year) or {}).items():
            if first <= day <= last:
                found[(day - first).days] = name
    return found


def _usual(sales: Sales, calendar: ShopCalendar, group: int, left_out: frozenset[int]) -> Numbers:
    """What each past day would have sold: the weekday's factor times the mean of the days around it."""
    days = sales.days
    weekday = calendar.weekday_shape[group][(np.arange(days) + calendar.first_weekday) % 7].astype(np.float64)
    told = (weekday > 0) & ~calendar.is_closed[group]
    told[list(left_out)] = False
    sold = np.where(told, sales.sold[group, days:0:-1], 0)
    exposure = np.where(told, weekday, 0)
    usual: Numbers = _around(sold) / np.maximum(_around(exposure), 1e-9) * weekday
    return usual


def _around(values: Numbers) -> Numbers:
    """Sum of each day and those around it."""
    return np.convolve(values, np.ones(2 * AROUND + 1))[AROUND : AROUND + len(values)]


def _factors(names: dict[int, str], sold: Numbers, usual: Numbers) -> dict[str, float]:
    """Factor of each holiday by name, and under "" that of all of them; days on which nothing is usual tell nothing."""
    told = [day for day in names if usual[day] > 0]
    if not told:
        return {}
    average = float(sold[told].sum() / usual[told].sum())
    found = {"": min(average, MOST)}
    for name in {names[day] for day in told}:
        own = [day for day in told if names[day] == name]
        doubt = OWN_DAYS * float(usual[own].mean()) if average >= CLOSED else 0.0
        factor = float(sold[own].sum() + doubt * average) / float(usual[own].sum() + doubt)
        is_closed = sold[own].sum() == 0 and usual[own].sum() > SURELY
        found[name] = 0.0 if is_closed else min(factor, MOST)
    return found
