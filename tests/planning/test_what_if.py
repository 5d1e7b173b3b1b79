"""The plan as it would be."""

import polars as pl

from planning.compute import Plan
from planning.what_if import Supposition, supposed, totals
from tests.makers.demand import make_history, make_items, make_plan, steady


def plan(what: Supposition, sku: str | None = None) -> Plan:
    items = make_items(3, supplier="S", unit_cost=2.0)
    return make_plan(supposed(items, what, sku), make_history(steady(3, count=3)))


def test_a_higher_service_level_ties_up_more_and_orders_more() -> None:
    now, then = totals(plan(Supposition()).full), totals(plan(Supposition(service_level=0.999)).full)
    assert then.safety_value > now.safety_value
    assert then.order_value > now.order_value


def test_a_longer_lead_time_of_one_product_changes_that_product_only() -> None:
    now, then = plan(Supposition()).full, plan(Supposition(lead_time_days=20), "s1").full
    changed = (now["order_quantity"] != then["order_quantity"]).to_list()
    assert changed == [False, True, False]


def test_a_budget_cuts_orders_to_it() -> None:
    then = totals(plan(Supposition(budget=60)).full)
    assert then.order_value <= 60
    assert then.waiting > 0


def test_nothing_supposed_changes_nothing() -> None:
    items = make_items(2)
    assert Supposition().is_empty
    assert supposed(items, Supposition()).equals(items)
    assert not Supposition(budget=0).is_empty


def test_what_the_table_does_not_say_stays_unsaid_for_the_others() -> None:
    items = supposed(make_items(2), Supposition(service_level=0.99), "s0")
    assert items["service_level"].to_list() == [0.99, None]
    assert isinstance(items, pl.DataFrame)
