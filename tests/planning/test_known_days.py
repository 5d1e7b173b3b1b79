"""Promotions and public holidays: what is known of days to come, learnt from those that have been."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

from orders.wording import wording
from planning.arrays import Numbers
from planning.compute import Plan, Tables, plan_items
from planning.settings import PlanSettings
from tests.makers.demand import TODAY, make_history, make_items, make_plan, steady

DAYS, COUNT, HORIZON = 364, 30, 28
PROMOTED = np.repeat(np.random.default_rng(2).random((DAYS // 7, COUNT)) < 0.2, 7, axis=0)
DEMAND = np.random.default_rng(3).poisson(np.where(PROMOTED, 15, 6)).astype(float)
NEXT_WEEK = [TODAY + timedelta(days=day) for day in range(7, 14)]


def make_promoted(days_to_come: list[date], item: str = "s0") -> pl.DataFrame:
    """The history with its promotions, and those of one item on days to come."""
    past = make_history(DEMAND)
    item_of, day_of = past["sku"].str.slice(1).cast(pl.Int64), (past["date"] - TODAY).dt.total_days() + DAYS
    flags = PROMOTED[day_of.to_numpy(), item_of.to_numpy()].astype(int)
    told = past.with_columns(promotion=pl.Series(flags, dtype=pl.Int64))
    coming = [{"sku": item, "location": "A", "date": day, "quantity": 0.0, "promotion": 1} for day in days_to_come]
    return pl.concat([told, pl.DataFrame(coming, schema=told.schema)])


def forecast(history: pl.DataFrame, **columns: Any) -> tuple[Plan, Numbers]:
    """The plan, and the mean of each day to come (items, days)."""
    daily: list[pl.DataFrame] = []
    tables = Tables(make_items(COUNT, **columns), history.lazy())
    plan = plan_items(tables, TODAY, PlanSettings(), wording("en"), horizon=HORIZON, on_forecast=daily.append)
    return plan, pl.concat(daily)["mean"].to_numpy().reshape(COUNT, HORIZON)


def test_a_promotion_that_is_planned_raises_its_days_and_no_others() -> None:
    plan, daily = forecast(make_promoted(NEXT_WEEK))
    assert daily[0, 7:14].mean() == pytest.approx(15, rel=0.15)
    assert daily[0, :7].mean() == pytest.approx(6, rel=0.15)
    assert daily[1:, :].mean() == pytest.approx(6, rel=0.05)
    assert plan.lines["demand_per_day"][0] == pytest.approx(daily[0, :14].mean(), rel=0.01)


def test_where_nobody_plans_promotions_those_of_the_past_are_part_of_what_sells() -> None:
    _, daily = forecast(make_promoted([]))
    assert daily.mean() == pytest.approx(DEMAND.mean(), rel=0.1)


def test_a_plan_without_promotions_is_told_by_a_row_that_says_so() -> None:
    none = make_promoted([TODAY]).with_columns(
        promotion=pl.when(pl.col("date") >= TODAY).then(0).otherwise("promotion")
    )
    plan, daily = forecast(none)
    assert daily.mean() == pytest.approx(6, rel=0.05)
    assert plan.later_sales == 0


def test_a_promotion_for_an_item_without_history_is_taken() -> None:
    coming = make_promoted(NEXT_WEEK).filter((pl.col("sku") != "s0") | (pl.col("date") >= TODAY))
    plan, daily = forecast(coming)
    assert np.isfinite(daily).all()
    assert plan.lines["demand_class"][0] == "new"
    assert daily[0].tolist() == [0] * HORIZON


def test_a_shop_that_was_closed_on_public_holidays_will_be_again() -> None:
    advent = date(2026, 12, 14)
    demand = steady(6, DAYS, COUNT)
    for day in (date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1), date(2026, 4, 6), date(2026, 5, 1)):
        demand[(day - advent).days] = 0  # counted from the end
    daily: list[pl.DataFrame] = []
    tables = Tables(make_items(COUNT, country="PL"), make_history(demand, today=advent).lazy())
    plan_items(tables, advent, PlanSettings(), wording("en"), horizon=HORIZON, on_forecast=daily.append)
    mean = dict(pl.concat(daily).group_by("date").agg(pl.col("mean").mean()).iter_rows())
    assert mean[date(2026, 12, 25)] == mean[date(2026, 12, 26)] == mean[date(2027, 1, 1)] == 0
    assert mean[date(2026, 12, 23)] == pytest.approx(6, rel=0.05)


def test_holidays_on_which_more_is_sold_do_not_raise_other_days() -> None:
    first = TODAY - timedelta(days=DAYS)
    may = (date(2026, 5, 1) - first).days
    demand = steady(6, DAYS, COUNT)
    demand[may] *= 5
    country = forecast(make_history(demand), country="PL")[1]
    assert country.mean() == pytest.approx(6, rel=0.02)


def test_a_holiday_just_gone_by_raises_the_level_only_where_nobody_knows_that_it_was_one() -> None:
    demand = steady(6, DAYS, COUNT)
    demand[(date(2026, 11, 11) - TODAY).days] *= 3
    history = make_history(demand)
    known, unknown = forecast(history, country="PL")[1].mean(), forecast(history)[1].mean()
    assert known == pytest.approx(6, rel=0.01)
    assert unknown > 1.005 * known


def test_a_place_that_hardly_sells_is_not_taken_for_closed_because_it_sold_nothing_on_a_holiday() -> None:
    advent = date(2026, 12, 14)
    demand = np.zeros((DAYS, 1))
    demand[::4] = 1
    demand[(date(2025, 12, 25) - advent).days] = 0
    daily: list[pl.DataFrame] = []
    tables = Tables(make_items(1, country="PL"), make_history(demand, today=advent).lazy())
    plan_items(tables, advent, PlanSettings(), wording("en"), horizon=HORIZON, on_forecast=daily.append)
    mean = dict(pl.concat(daily).select("date", "mean").iter_rows())
    assert mean[date(2026, 12, 25)] > 0


def test_a_promotion_next_week_sells_no_more_of_what_is_kept_for_a_year() -> None:
    limits = {"shelf_life_days": 350, "lead_time_days": 7, "review_period_days": 7}
    without, with_it = (forecast(make_promoted(days), **limits)[0].full for days in ([TODAY], NEXT_WEEK))
    promoted = with_it["fresh_level"][0] - without["fresh_level"][0]
    assert 0 < promoted < 7 * 15


@pytest.mark.parametrize("days", [1, 20, 56])
def test_a_short_history_has_its_holidays_too(days: int) -> None:
    assert forecast(make_history(steady(6, days, COUNT)), country="PL")[1].mean() == pytest.approx(6, rel=0.2)


def test_a_country_that_nobody_knows_has_no_holidays() -> None:
    history = make_history(steady(6, DAYS, COUNT))
    assert make_plan(make_items(COUNT, country="ZZ"), history).lines.equals(make_plan(make_items(COUNT), history).lines)


@pytest.mark.parametrize("size", [7, 16])
def test_known_days_do_not_depend_on_the_size_of_a_block(size: int) -> None:
    items, history = make_items(COUNT, country="PL", category=["a", "b", "c"] * 10), make_promoted(NEXT_WEEK, "s17")
    parts = make_plan(items, history, settings=PlanSettings(block_items=size))
    assert parts.full.equals(make_plan(items, history).full)
