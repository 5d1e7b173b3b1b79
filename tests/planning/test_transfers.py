"""Shops that are filled from a warehouse: transfer before buying, and one pooled need."""

import json
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orders.wording import wording
from planning.compute import PLAN_COLUMNS, TRANSFER_COLUMNS, Plan
from planning.problems import UnusableTable
from planning.trace import traces
from tests.makers.demand import make_coming, make_history, make_plan, steady

HISTORY = make_history(np.hstack([steady(4, 120), steady(4, 120, seed=2), steady(2, 120, seed=3)]))


def chain(shops: list[float], warehouse: float, **columns: Any) -> pl.DataFrame:
    """A warehouse W and shops of one product, with what lies in each."""
    count = len(shops)
    frame = pl.DataFrame(
        {
            "sku": ["s0"] * (count + 1),
            "location": [*(f"S{number}" for number in range(count)), "W"],
            "on_hand": [*shops, warehouse],
            "lead_time_days": [1.0] * count + [14.0],
            "review_period_days": [1.0] * count + [7.0],
            "supplied_from": ["W"] * count + [None],
        }
    )
    return frame.with_columns(**columns)


def sold(shops: int) -> pl.DataFrame:
    """Each shop sells the same four a day."""
    return pl.concat(
        [HISTORY.filter(pl.col("sku") == "s0").with_columns(location=pl.lit(f"S{n}")) for n in range(shops)]
    )


def plan_of(shops: list[float], warehouse: float, **columns: Any) -> Plan:
    return make_plan(chain(shops, warehouse, **columns), sold(len(shops)))


def test_a_shop_is_filled_from_the_warehouse_and_buys_nothing() -> None:
    full = plan_of([2, 100], 500).full
    assert full["transfer_quantity"].to_list()[0] == full["order_up_to"][0] - 2 > 0
    assert full["transfer_quantity"].to_list()[1:] == [0, 0]
    assert full["order_quantity"].to_list()[:2] == [0, 0]


def test_the_warehouse_buys_for_the_demand_of_all_and_counts_what_lies_in_the_shops() -> None:
    empty, filled = plan_of([0, 0], 0).full, plan_of([8, 8], 0).full
    assert empty["demand_per_day"][2] == pytest.approx(8, rel=0.1)
    assert empty["order_quantity"][2] - filled["order_quantity"][2] == 16
    assert filled["method"][2] == "pooled"


def test_what_lies_in_one_shop_beyond_its_level_helps_no_other() -> None:
    lopsided, even = plan_of([10_000, 0], 0).full, plan_of([0, 0], 0).full
    level = lopsided["order_up_to"][0]
    assert even["order_quantity"][2] - lopsided["order_quantity"][2] == level


def test_demand_pooled_needs_less_safety_than_the_shops_apart() -> None:
    together = plan_of([0, 0, 0, 0], 0).full
    alone = make_plan(
        chain([0, 0, 0, 0], 0, supplied_from=None, lead_time_days=14.0, review_period_days=8.0), sold(4)
    ).full
    assert together["safety_stock"][4] < alone["safety_stock"][:4].sum()


def test_what_is_short_fills_all_shops_to_the_same_chance() -> None:
    full = plan_of([0, 4], 10).full
    sent = full["transfer_quantity"].to_list()
    assert sum(sent) == 10
    assert abs((sent[0] + 0) - (sent[1] + 4)) <= 1


def test_the_last_case_goes_to_the_shop_that_runs_out_first() -> None:
    assert plan_of([0, 3], 12, pack_size=12.0).full["transfer_quantity"].to_list() == [12, 0, 0]


def test_what_the_warehouses_own_customers_need_is_not_given_away() -> None:
    own = HISTORY.filter(pl.col("sku") == "s0").with_columns(location=pl.lit("W"))
    full = make_plan(chain([0], 200), pl.concat([sold(1), own])).full
    assert full["free"][0] == 200 - full["kept_here"][1]
    assert full["kept_here"][1] > 4 * 21


def test_a_delivery_on_its_way_to_the_warehouse_counts_for_all() -> None:
    coming = make_coming([("s0", 3, 30)]).with_columns(location=pl.lit("W"))
    without, with_it = plan_of([0], 0).full, make_plan(chain([0], 0), sold(1), coming).full
    assert without["order_quantity"][1] - with_it["order_quantity"][1] == 30


@pytest.mark.parametrize(("there", "code"), [(500, "transfer"), (3, "transfer-part"), (0, "transfer-none")])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_reason_says_what_is_moved_and_why(there: float, code: str, language: str) -> None:
    full = make_plan(chain([0], there), sold(1), language=language).full
    assert full["reason_code"][0] == code
    assert "{" not in full["reason"][0] + full["reason"][1]
    steps = json.loads(traces(full)[0])
    told = [wording(language).say(f"why.{step['step']}", **step) for step in steps]
    assert all("{" not in each for each in told)
    assert ("W" in full["reason"][0], steps[-1]["step"]) == (True, "transfer")


def test_the_order_of_the_warehouse_explains_itself_with_the_stock_of_the_shops() -> None:
    full = plan_of([5, 5], 0).full
    steps = {step["step"]: step for step in json.loads(traces(full)[2])}
    assert full["reason_code"][2] == "order-pooled"
    assert steps["position-pooled"]["at_shops"] == 10
    assert steps["need"]["result"] == full["order_up_to"][2] - 10


@pytest.mark.parametrize(
    ("source", "what"),
    [("S0", "is where the row itself is"), ("X", "has no row of this product"), ("S1", "one step is understood")],
)
def test_a_source_that_cannot_fill_is_refused_with_its_row(source: str, what: str) -> None:
    with pytest.raises(UnusableTable, match=f"items, row 1, column supplied_from: '{source}' .*{what}"):
        plan_of([0, 0], 0, supplied_from=pl.Series([source, "W", None]))


def test_transfers_stand_in_the_plan_only_where_a_place_is_supplied_from_another() -> None:
    assert tuple(plan_of([0], 9).lines.columns) == PLAN_COLUMNS + TRANSFER_COLUMNS
    assert tuple(plan_of([0], 9, supplied_from=None).lines.columns) == PLAN_COLUMNS


@settings(max_examples=15, deadline=None)
@given(
    shops=st.lists(st.integers(0, 40), min_size=1, max_size=5),
    warehouse=st.integers(0, 120),
    pack=st.integers(1, 6),
    moq=st.integers(0, 9),
)
def test_no_more_is_moved_than_lies_there_nor_than_is_needed(
    shops: list[int], warehouse: int, pack: int, moq: int
) -> None:
    columns = {"pack_size": pl.lit(float(pack)), "moq": pl.lit(float(moq))}
    full = plan_of([float(each) for each in shops], warehouse, **columns).full
    sent = full["transfer_quantity"].to_numpy()
    assert sent.sum() <= warehouse
    assert (sent <= full["wanted"].to_numpy()).all()
    assert (sent % pack == 0).all()
    assert ((sent == 0) | (sent >= moq)).all()
    assert full["wanted"].sum() <= full["free"][0] or sent.sum() > full["free"][0] - max(pack, -(-moq // pack) * pack)
