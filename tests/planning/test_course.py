"""What people look at: the course of one item, as values, drawing and picture."""

from datetime import timedelta

import numpy as np
import polars as pl
import pytest

from orders.wording import wording
from planning.compute import Tables, plan_items
from planning.course import Course, course_of
from planning.drawing import drawing_of
from planning.picture import alt_text, picture_of
from planning.settings import PlanSettings
from tests.makers.demand import TODAY, make_coming, make_history, make_items, steady


def course(
    on_hand: int = 40, coming: list[tuple[str, int, float]] | None = None, rate: float = 4, **columns: object
) -> Course:
    items, history = make_items(2, on_hand=on_hand, **columns), make_history(steady(rate, count=2)).lazy()
    on_order = None if coming is None else make_coming(coming)
    full = plan_items(Tables(items, history, on_order), TODAY, PlanSettings(), wording("en"), keeps_forecast=True).full
    return course_of(next(full.iter_rows(named=True)), history, on_order, TODAY)


def test_the_past_is_what_was_sold_of_this_item_week_by_week() -> None:
    sold = [week.sold for week in course().weeks if week.sold is not None]
    truth = steady(4, count=2)[:, 0][-91:].reshape(13, 7).sum(axis=1)
    assert sold == truth.tolist()


def test_the_weeks_to_come_lie_around_seven_days_of_the_level() -> None:
    coming = [week for week in course().weeks if week.sold is None]
    assert len(coming) == 6
    assert all(week.low < week.middle < week.high for week in coming)
    assert coming[0].middle == pytest.approx(28, abs=2)


def test_stock_falls_by_demand_and_rises_by_deliveries() -> None:
    days = course(40, [("s0", 3, 30), ("s1", 1, 500)]).days
    assert days[0].middle == pytest.approx(36, abs=1)
    assert [day.arriving for day in days[:5]] == [0, 0, 0, 30, 0]
    assert days[3].middle > days[2].middle + 20
    assert days[-1].high == 0


def test_what_is_ordered_today_is_there_after_the_lead_time() -> None:
    found = course(5)
    assert found.order_quantity > 0
    lead = (found.arrives - TODAY).days
    assert found.days[lead - 1].ordered == found.days[lead - 1].middle
    assert found.days[lead].ordered > found.days[lead].middle


def test_a_delivery_that_is_overdue_comes_today_and_one_far_off_is_not_seen() -> None:
    assert [day.arriving for day in course(40, [("s0", -3, 6), ("s0", 80, 12)]).days if day.arriving] == [6]


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_terminal_shows_fan_deliveries_and_the_days_of_running_out(language: str) -> None:
    lines = drawing_of(course(40, [("s0", 3, 30)]), wording(language))
    text = "\n".join(lines)
    assert all(mark in text for mark in "█░▲×")
    assert all(len(line) <= 90 for line in lines)


def test_an_item_that_nothing_is_known_of_can_be_drawn() -> None:
    lines = drawing_of(course(0, rate=0), wording("en"))
    assert len(lines) > 8


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("on_hand", [5, 40, 4000])
def test_the_picture_is_a_png_and_says_the_same_in_words(language: str, on_hand: int) -> None:
    found = course(on_hand, [("s0", 3, 30)])
    assert picture_of(found, wording(language)).startswith(b"\x89PNG")
    assert alt_text(found, wording(language)).startswith("s0")


def test_dates_may_be_written_in_the_tables() -> None:
    items, history = make_items(on_hand=40), make_history(steady(4))
    texts = history.with_columns(pl.col("date").cast(pl.String)).lazy()
    coming = make_coming([("s0", 3, 30)]).with_columns(pl.col("date").cast(pl.String))
    full = plan_items(Tables(items, texts, coming), TODAY, PlanSettings(), wording("en"), keeps_forecast=True).full
    found = course_of(next(full.iter_rows(named=True)), texts, coming, TODAY)
    assert found.days[3].arriving == 30
    assert found.weeks[0].first == TODAY - timedelta(days=91)
    assert np.isclose(sum(week.sold or 0 for week in found.weeks), steady(4)[-91:].sum())
