"""The arithmetic behind a line."""

import json
from typing import Any

import numpy as np
import polars as pl
import pytest

from orders.wording import wording
from planning.nightly import plan_shop
from planning.trace import traces
from tests.makers.demand import TODAY, make_coming, make_history, make_items, make_plan, steady


def steps_of(**columns: Any) -> dict[str, dict[str, Any]]:
    plan = make_plan(make_items(**columns), make_history(steady(5)))
    return {step["step"]: step for step in json.loads(traces(plan.full)[0])}


def test_the_steps_reproduce_the_order_quantity() -> None:
    steps = steps_of(on_hand=10, pack_size=12, moq=24)
    demand, point, need, packs = steps["demand"], steps["point-fill"], steps["need"], steps["packs"]
    assert demand["result"] == pytest.approx(demand["days"] * demand["a_day"], abs=0.005 * demand["days"])
    assert point["result"] == pytest.approx(point["mean"] + point["safety"], abs=0.01)
    assert need["result"] == point["result"] - 10
    assert packs["result"] == np.ceil(max(need["result"], 24) / 12) * 12


def test_an_item_with_enough_stock_stops_there() -> None:
    assert list(steps_of(on_hand=1000)) == ["demand", "spread", "point-fill", "position", "enough"]


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"service_type": "cycle"}, "point-cycle"),
        ({"order_cost": 100}, "batch"),
        ({"max_stock": 30}, "held"),
        ({"budget": 20.0}, "cut"),
        ({"supplier_minimum": 120.0}, "raised"),
        ({"supplier_minimum": 1e6, "margin": 0.0}, "waiting"),
        ({"supplier_minimum": 1e6, "max_stock": 200}, "unreachable"),
    ],
)
def test_every_adjustment_has_its_step(columns: dict[str, Any], code: str) -> None:
    assert code in steps_of(supplier="S", **columns)


def shop_plan(items: pl.DataFrame, count: int = 1, language: str = "en") -> pl.DataFrame:
    history = make_history(steady(5, count=count)).lazy()
    return plan_shop(items, history, make_coming([]), today=TODAY, language=language)


def test_the_nightly_run_gets_whole_units_and_its_arithmetic() -> None:
    plan = shop_plan(make_items(on_hand=10))
    found, need = plan.row(0, named=True), json.loads(traces(plan)[0])[4]
    assert found["order_quantity"] == found["order_up_to"] - 10 > 0
    assert need == {"step": "need", "up_to": found["order_up_to"], "position": 10, "result": found["order_quantity"]}


def test_the_nightly_run_keeps_the_forecast() -> None:
    found = shop_plan(make_items(on_hand=10)).row(0, named=True)
    kept = json.loads(found["figures"])
    assert kept["level"] == found["level"]
    assert sum(kept[f"path_{day}"] for day in range(7)) == pytest.approx(7 * found["level"], rel=0.05)


@pytest.mark.parametrize("language", ["en", "pl"])
def test_every_step_has_its_sentence(language: str) -> None:
    items = make_items(6, on_hand=[0, 500, 0, 0, 0, 0], max_stock=[None, None, 30, None, None, None], order_cost=5)
    for text in traces(shop_plan(items, 6, language)):
        told = [wording(language).say(f"why.{step['step']}", **step) for step in json.loads(text)]
        assert all("{" not in line for line in told)


def test_a_shop_without_items_has_an_empty_plan() -> None:
    assert shop_plan(make_items(1).clear()).is_empty()
