"""Where the truth is known: distance to the optimum, service reached, bias of days that sold out."""

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest
from scipy import stats

from orders.wording import wording
from planning.compute import Tables, plan_items
from planning.settings import PlanSettings
from tests.makers.demand import TODAY, make_history, make_items, make_plan, steady

Numbers = npt.NDArray[np.floating[Any]]
ITEMS, DAYS, PROTECTION = 1500, 365, 14


def make_truth(seed: int = 7) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Mean, r and p of stationary negative binomial items, and a year of their demand."""
    chance = np.random.default_rng(seed)
    mean = np.exp(chance.normal(0, 1, ITEMS))
    p = 1 / chance.uniform(1.2, 4, ITEMS)
    r = mean * p / (1 - p)
    return mean, r, p, chance.negative_binomial(r, p, (DAYS, ITEMS)).astype(float)


def shortage(stock: Numbers, mean: Numbers, r: Numbers, p: Numbers, days: int) -> Numbers:
    over, more = stats.nbinom(r * days, p), stats.nbinom(r * days + 1, p)
    expected: Numbers = mean * days * more.sf(stock - 1) - stock * over.sf(stock)
    return expected


def test_stock_costs_at_most_a_twentieth_more_than_with_the_true_distribution() -> None:
    mean, r, p, demand = make_truth()
    plan = make_plan(make_items(ITEMS, service_type="cycle"), make_history(demand)).full

    def cost(stock: Numbers) -> float:
        short = shortage(stock, mean, r, p, PROTECTION)
        return float((0.95 * short + 0.05 * (stock - mean * PROTECTION + short)).sum())

    best = cost(stats.nbinom.ppf(0.95, r * PROTECTION, p))
    assert cost(plan["reorder_point"].to_numpy()) <= 1.05 * best


@pytest.mark.parametrize("service", [0.9, 0.95, 0.98])
def test_the_fill_rate_asked_for_is_reached_within_a_point(service: float) -> None:
    mean, r, p, demand = make_truth()
    stock = make_plan(make_items(ITEMS, service_level=service), make_history(demand)).full["reorder_point"].to_numpy()
    missing = shortage(stock, mean, r, p, 14) - shortage(stock, mean, r, p, 7)
    assert 1 - missing.sum() / (7 * mean.sum()) == pytest.approx(service, abs=0.01)


def make_sales(demand: Numbers, stock: Numbers) -> tuple[Numbers, npt.NDArray[np.integer[Any]]]:
    """What a shop sells that is filled up to a level each week and loses what it has not got, with its marks."""
    sold, marks = np.zeros_like(demand), np.zeros(demand.shape, int)
    left = stock.copy()
    for day, wanted in enumerate(demand):
        left = stock.copy() if day % 7 == 0 else left
        sold[day] = np.minimum(wanted, left)
        marks[day] = np.where(left <= 0, 2, np.where(wanted >= left, 1, 0))
        left = left - sold[day]
    return sold, marks


def test_lost_sales_do_not_bias_demand_by_more_than_a_hundredth() -> None:
    mean, _, _, demand = make_truth()
    sold, marks = make_sales(demand, np.maximum(np.round(mean * 8.4), 3))
    plan = make_plan(make_items(ITEMS), make_history(sold, marks)).full
    assert sold.sum() == pytest.approx(0.91 * demand.sum(), rel=0.01)
    assert plan["history_mean"].sum() == pytest.approx(demand.mean(axis=0).sum(), rel=0.01)


def test_a_shop_filled_on_mondays_is_not_thought_quiet_on_sundays() -> None:
    mean, _, _, demand = make_truth()
    sold, marks = make_sales(demand, np.maximum(np.round(mean * 8.4), 3))
    forecasts: list[pl.DataFrame] = []
    tables = Tables(make_items(ITEMS), make_history(sold, marks).lazy())
    plan_items(tables, TODAY, PlanSettings(), wording("en"), horizon=7, on_forecast=forecasts.append)
    by_day = pl.concat(forecasts).group_by("date").agg(pl.col("mean").sum())["mean"].to_numpy()
    assert sold.reshape(-1, ITEMS)[6::7].sum() < 0.8 * demand[6::7].sum()
    assert by_day.min() > 0.94 * by_day.max()


def test_selling_out_daily_says_something_where_it_happens_on_the_days_of_high_demand() -> None:
    demand = np.random.default_rng(5).poisson(2.5, (DAYS, 200)).astype(float)
    stock = 4.0
    plan = make_plan(make_items(200), make_history(np.minimum(demand, stock), (demand >= stock).astype(int))).full
    raw = np.minimum(demand, stock).mean()
    assert 0.5 * (raw + demand.mean()) < plan["history_mean"].mean() < 1.02 * demand.mean()


def test_one_huge_order_does_not_become_the_new_level() -> None:
    quiet, loud = steady(3, 365, 1), steady(3, 365, 1)
    loud[-5] += 300
    levels = [make_plan(make_items(), make_history(each)).full["level"][0] for each in (quiet, loud)]
    assert levels[1] < levels[0] * loud.mean() / quiet.mean() * 1.1


def test_fractional_demand_is_completed_too() -> None:
    demand = np.random.default_rng(3).gamma(4, 0.5, (DAYS, 50)).round(2)
    sold, marks = make_sales(demand, np.full(50, 13.0))
    plan = make_plan(make_items(50), make_history(sold, marks)).full
    assert sold.sum() < 0.97 * demand.sum()
    assert plan["history_mean"].sum() == pytest.approx(demand.mean(axis=0).sum(), rel=0.02)


def test_a_shop_that_sells_out_most_days_is_not_believed_every_time() -> None:
    demand = 5 + np.random.default_rng(1).integers(0, 5, (90, 1)).astype(float)
    always = make_plan(make_items(), make_history(demand, np.ones((90, 1), int))).full["history_mean"][0]
    assert demand.mean() <= always < 1.1 * demand.mean()


def test_days_that_began_empty_do_not_count_as_days_without_demand() -> None:
    demand, marks = np.full((200, 1), 4.0), np.zeros((200, 1), int)
    demand[::2], marks[::2] = 0, 2
    assert make_plan(make_items(), make_history(demand, marks)).full["history_mean"][0] == pytest.approx(4, rel=0.01)


def test_a_day_on_which_the_whole_shop_sold_nothing_was_a_closed_day() -> None:
    demand = np.random.default_rng(2).poisson(3, (200, 60)).astype(float)
    demand[90:100] = 0
    with_calendar = make_plan(make_items(60), make_history(demand)).full
    without = make_plan(make_items(60), make_history(demand), settings=PlanSettings(closed_day_items=1e6)).full
    assert with_calendar["history_mean"].sum() == pytest.approx(3 * 60, rel=0.03)
    assert without["history_mean"].sum() == pytest.approx(3 * 60 * 0.95, rel=0.03)


def test_an_item_that_grew_tenfold_for_good_is_planned_at_its_new_size() -> None:
    demand = np.vstack([steady(10, 300), steady(100, 60)])
    assert make_plan(make_items(), make_history(demand)).full["level"][0] == pytest.approx(100, rel=0.05)
