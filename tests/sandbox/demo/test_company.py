"""The demo company's year of sales, brought to whatever day it is."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from sandbox.demo.company import sales_files

SATURDAY = 6  # the shop is closed


def days(path: Path) -> list[date]:
    return sorted(set(pl.read_csv(path, columns=["date"], try_parse_dates=True)["date"].to_list()))


@pytest.mark.parametrize("today", [date(2026, 11, 23) + timedelta(days=at) for at in range(7)])
def test_the_last_sales_are_yesterdays_and_weekdays_stay_what_they_were(tmp_path: Path, today: date) -> None:
    history, last_day = (days(path) for path in sales_files(tmp_path, today))
    yesterday = today - timedelta(days=1)
    is_closed = yesterday.isoweekday() == SATURDAY
    assert last_day == [yesterday - timedelta(days=1) if is_closed else yesterday]
    assert history[-1] < last_day[0]
    assert SATURDAY not in {day.isoweekday() for day in history}
