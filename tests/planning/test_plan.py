"""The plan as the contract promises it."""

import json
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.compute import PLAN_COLUMNS
from planning.settings import PlanSettings
from planning.trace import traces
from tests.makers.demand import TODAY, make_coming, make_history, make_items, make_plan, steady


def line(plan: pl.DataFrame, number: int = 0) -> dict[str, Any]:
    return plan.row(number, named=True)


def test_a_plan_has_the_columns_of_the_contract_and_the_order_of_the_items() -> None:
    items = make_items(3).reverse()
    plan = make_plan(items, make_history(steady(2, count=3))).lines
    assert tuple(plan.columns) == PLAN_COLUMNS
    assert plan["sku"].to_list() == ["s2", "s1", "s0"]


def test_demand_is_forecast_over_lead_time_and_review_period_rounded_up() -> None:
    found = line(make_plan(make_items(lead_time_days=2.5, review_period_days=7), make_history(steady(5))).lines)
    assert found["protection_days"] == 10
    assert found["demand_per_day"] == pytest.approx(5, rel=0.1)


def test_an_item_whose_stock_lasts_is_not_ordered() -> None:
    found = line(make_plan(make_items(on_hand=1000), make_history(steady(5))).lines)
    assert (found["order_quantity"], found["order_value"]) == (0, 0)
    assert str(found["reason"]).startswith("Nothing to order: stock of 1000")


def test_an_order_fills_the_position_up_to_its_level() -> None:
    found = line(make_plan(make_items(on_hand=10, unit_cost=2.5), make_history(steady(5))).lines)
    assert found["order_quantity"] == found["order_up_to"] - 10
    assert found["order_value"] == found["order_quantity"] * 2.5


def test_deliveries_within_the_protection_interval_count_as_stock() -> None:
    items, history = make_items(on_hand=10), make_history(steady(5))
    without = line(make_plan(items, history).lines)
    with_one = line(make_plan(items, history, make_coming([("s0", 3, 20), ("s0", 14, 500), ("s9", 1, 7)])).lines)
    assert with_one["order_quantity"] == without["order_quantity"] - 20


def test_an_overdue_delivery_is_expected_today() -> None:
    plan = make_plan(make_items(), make_history(steady(5)), make_coming([("s0", -5, 100)]))
    assert plan.full["due"][0] == 100


def test_an_item_that_stopped_selling_is_dead_and_not_ordered() -> None:
    demand = steady(3)
    demand[100:] = 0
    found = line(make_plan(make_items(), make_history(demand)).lines)
    assert (found["demand_class"], found["method"], found["order_quantity"]) == ("dead", "none", 0)
    assert found["demand_q99"] == found["stockout_risk"] == 0


def test_an_item_that_was_out_of_stock_all_the_time_is_not_dead() -> None:
    demand, marks = steady(3), np.zeros((365, 1), int)
    demand[100:], marks[100:] = 0, 2
    found = line(make_plan(make_items(), make_history(demand, marks)).lines)
    assert found["demand_class"] != "dead"
    assert found["demand_per_day"] == pytest.approx(3, rel=0.2)


def test_a_new_item_leans_on_its_category() -> None:
    demand = steady(4, count=3)
    demand[:-7, 2] = 0
    demand[-7:, 2] = 1
    items = make_items(3, category="tea", launched_on=[None, None, TODAY - timedelta(days=7)])
    found = line(make_plan(items, make_history(demand)).lines, 2)
    assert (found["demand_class"], found["method"]) == ("new", "category-analogy")
    assert found["demand_per_day"] == pytest.approx(0.2 * 1 + 0.8 * 4, rel=0.1)


def test_a_new_item_without_a_category_is_judged_by_itself() -> None:
    demand = np.zeros((365, 1))
    demand[-10:] = 2
    found = line(make_plan(make_items(), make_history(demand)).lines)
    assert (found["demand_class"], found["method"], found["demand_per_day"]) == ("new", "own-level", 2)


def test_an_item_without_any_history_is_planned_to_nothing() -> None:
    found = line(make_plan(make_items(2), make_history(steady(3))).lines, 1)
    assert (found["demand_class"], found["method"], found["order_quantity"]) == ("new", "none", 0)


@pytest.mark.parametrize(
    ("demand", "kind"),
    [
        (np.full((365, 1), 5.0), "smooth"),
        (np.where(np.arange(365) % 3 == 0, 30.0, 1.0)[:, None], "erratic"),
        (np.where(np.arange(365) % 4 == 0, 5.0, 0.0)[:, None], "intermittent"),
        (np.where(np.arange(365) % 4 == 0, np.where(np.arange(365) % 12 == 0, 50.0, 1.0), 0.0)[:, None], "lumpy"),
    ],
)
def test_demand_is_classed_by_interval_and_size(demand: np.ndarray, kind: str) -> None:
    assert line(make_plan(make_items(), make_history(demand)).lines)["demand_class"] == kind


def test_a_weekday_without_sales_is_forecast_without_sales() -> None:
    demand = steady(6)
    demand[(np.arange(365) + TODAY.weekday() - 365) % 7 == 5] = 0  # Saturdays
    short = line(make_plan(make_items(lead_time_days=0, review_period_days=5), make_history(demand)).lines)
    whole = line(make_plan(make_items(lead_time_days=0, review_period_days=7), make_history(demand)).lines)
    assert short["demand_per_day"] == pytest.approx(6, rel=0.1)
    assert whole["demand_per_day"] == pytest.approx(6 * 6 / 7, rel=0.1)


def test_returns_reduce_their_day_and_never_below_nothing() -> None:
    rows = [(day, 4.0) for day in range(1, 100)] + [(1, -3.0), (2, -30.0)]
    history = pl.DataFrame(
        {
            "sku": "s0",
            "location": "A",
            "date": [TODAY - timedelta(days=day) for day, _ in rows],
            "quantity": [quantity for _, quantity in rows],
        }
    )
    assert make_plan(make_items(), history).full["history_mean"][0] == pytest.approx((97 * 4 + 1) / 99, rel=0.01)


def test_sales_from_today_on_are_left_out_and_counted() -> None:
    history = make_history(steady(3), today=TODAY + timedelta(days=10))
    plan = make_plan(make_items(), history)
    assert plan.later_sales > 0
    assert plan.lines.equals(make_plan(make_items(), history.filter(pl.col("date") < TODAY)).lines)


def test_the_stock_out_window_is_ordered_and_within_sixty_days() -> None:
    found = line(make_plan(make_items(on_hand=100), make_history(steady(5))).lines)
    days = [found["stockout_p20"], found["stockout_p50"], found["stockout_p80"]]
    assert days == sorted(days, key=str)
    assert days[1] == date(2026, 12, 12)  # the twentieth day at five a day


def test_a_stock_out_beyond_sixty_days_has_no_date() -> None:
    found = line(make_plan(make_items(on_hand=1000), make_history(steady(5))).lines)
    assert [found["stockout_p20"], found["stockout_p50"], found["stockout_p80"]] == [None] * 3


def test_an_empty_shelf_has_run_out_today() -> None:
    found = line(make_plan(make_items(on_hand=0, lead_time_days=0), make_history(steady(5))).lines)
    assert (found["stockout_p20"], found["stockout_p80"], found["stockout_risk"]) == (TODAY, TODAY, 1)


def test_a_delivery_in_time_lowers_the_risk() -> None:
    items, history = make_items(on_hand=20), make_history(steady(5))
    late = line(make_plan(items, history).lines)
    saved = line(make_plan(items, history, make_coming([("s0", 2, 100)])).lines)
    assert saved["stockout_risk"] < 0.1
    assert late["stockout_risk"] > 0.9
    assert saved["stockout_p50"] > late["stockout_p50"]


def test_an_uncertain_lead_time_asks_for_more_stock() -> None:
    history = make_history(steady(5))
    sure = line(make_plan(make_items(), history).lines)
    unsure = line(make_plan(make_items(lead_time_sd_days=4), history).lines)
    assert unsure["safety_stock"] > sure["safety_stock"]


def test_order_cost_makes_orders_fewer_and_larger() -> None:
    found = line(make_plan(make_items(order_cost=100), make_history(steady(5))).lines)
    assert found["order_up_to"] > found["reorder_point"]


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_the_size_of_a_block_does_not_matter(size: int) -> None:
    items, history = make_items(200, category="tea"), make_history(steady(1.5, count=200))
    whole = make_plan(items, history)
    parts = make_plan(items, history, settings=PlanSettings(block_items=size))
    assert parts.full.equals(whole.full)


def test_the_same_tables_in_another_order_of_history_give_the_same_plan() -> None:
    items, history = make_items(50), make_history(steady(1.5, count=50))
    shuffled = history.sample(fraction=1, shuffle=True, seed=3)
    settings = PlanSettings(block_items=8)
    assert make_plan(items, shuffled, settings=settings).lines.equals(
        make_plan(items, history, settings=settings).lines
    )


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from([1, 6, 24]),
    st.integers(0, 100),
    st.one_of(st.none(), st.integers(0, 200)),
    st.one_of(st.none(), st.integers(0, 2000)),
    st.integers(0, 500),
    st.one_of(st.none(), st.integers(1, 30)),
    st.one_of(st.none(), st.integers(0, 2000)),
)
def test_no_line_ever_breaks_pack_minimum_maximum_shelf_life_or_budgets(
    pack: int, moq: int, most: int | None, budget: int | None, minimum: int, life: int | None, site: int | None
) -> None:
    items = make_items(
        12, on_hand=list(range(12)), pack_size=pack, moq=moq, max_stock=most, budget=budget, supplier="S",
        supplier_minimum=minimum, unit_cost=1.5, shelf_life_days=life, site_budget=site,
    )  # fmt: skip
    lines = make_plan(items, make_history(steady(2, count=12))).lines
    quantity = lines["order_quantity"].to_numpy()
    assert life is None or (lines["order_up_to"].to_numpy() <= 2 * 1.2 * (life + 7) + 2).all()
    assert life is None or (quantity <= 2 * 1.2 * life + 2).all()
    assert site is None or lines["order_value"].sum() <= site + 1e-6
    assert ((quantity % pack == 0) & ((quantity == 0) | (quantity >= moq))).all()
    assert most is None or ((quantity == 0) | (quantity + np.arange(12) <= most)).all()
    assert budget is None or lines["order_value"].sum() <= budget + 1e-6
    assert lines["order_value"].sum() == 0 or lines["order_value"].sum() >= minimum - 1e-6


def test_goods_that_perish_are_not_stocked_beyond_what_sells_in_time() -> None:
    items = make_items(3, lead_time_days=2, review_period_days=5, shelf_life_days=[None, 4, 4], moq=[0, 0, 60])
    plan = make_plan(items, make_history(steady(5, count=3)), language="en").full
    assert plan["order_up_to"].to_list() == [plan["order_up_to"][0], *[pytest.approx(5 * 6, abs=3)] * 2]
    assert plan["order_quantity"][1] == pytest.approx(5 * 4, abs=3)
    assert plan["order_quantity"][2] == 0
    assert plan["reason_code"].to_list() == ["order", "held-to-shelf-life", "shelf-life-too-short"]
    assert json.loads(traces(plan)[1])[3]["step"] == "fresh"


def test_a_shelf_life_that_is_long_changes_nothing() -> None:
    history = make_history(steady(5))
    assert make_plan(make_items(shelf_life_days=365), history).lines.equals(make_plan(make_items(), history).lines)


def test_a_place_s_budget_is_shared_by_all_its_suppliers() -> None:
    items = make_items(4, supplier=["S", "S", "T", "T"], unit_cost=2.0, site_budget=150.0)
    items = items.with_columns(location=pl.Series(["A", "A", "A", "B"]))
    history = make_history(steady(5, count=4)).with_columns(
        location=pl.when(pl.col("sku") == "s3").then(pl.lit("B")).otherwise(pl.lit("A"))
    )
    plan = make_plan(items, history).full
    assert 140 <= plan["order_value"][:3].sum() <= 150
    assert set(plan["reason_code"].to_list()[:3]) <= {"cut-to-site-budget", "no-site-budget", "order"}
    assert "the budget for A" in "".join(plan["reason"])


def test_a_supplier_s_minimum_never_breaks_the_place_s_budget() -> None:
    items = make_items(2, supplier=["S", "T"], supplier_minimum=[0.0, 400.0], site_budget=300.0, unit_cost=2.0)
    plan = make_plan(items, make_history(steady(5, count=2))).full
    assert plan["order_quantity"][1] == 0
    assert plan["reason_code"][1] == "below-minimum"


@pytest.mark.parametrize("language", ["en", "pl"])
def test_every_reason_is_one_sentence_with_its_figures(language: str) -> None:
    items = make_items(
        6, on_hand=[0, 5, 900, 0, 0, 3], pack_size=6, max_stock=[None, None, None, 40, 4, None], supplier="S"
    )
    reasons = make_plan(items, make_history(steady(2, count=6)), language=language).lines["reason"]
    assert all(reason.endswith(".") and "{" not in reason and "\x00" not in reason for reason in reasons)
    assert reasons.n_unique() == 6
