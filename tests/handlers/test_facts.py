"""What the store tells the rules."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from handlers.facts import line_facts
from handlers.replenishment import PlanOrders, plan_orders
from orders.people import SCHEDULER
from rules.facts import LineFacts
from store.queries.orders import order_by_number
from store.tables.purchase import PurchaseOrderRow
from store.tables.sales import DailySalesRow
from tests.makers.world import World

pytestmark = pytest.mark.store
TODAY = date(2026, 11, 23)


def facts_of_proposal(world: World) -> tuple[LineFacts, ...]:
    with world.store.reading() as session:
        row = session.query(PurchaseOrderRow).one()
        return line_facts(session, row, order_by_number(session, row.number))


def test_a_rule_about_running_out_knows_what_the_plan_projects(world: World) -> None:
    with world.store.transaction() as session:
        for age in range(1, 57):
            day = TODAY - timedelta(days=age)
            session.add(DailySalesRow(product_id=1, location_id=1, day=day, quantity=Decimal(10)))
    world.do(plan_orders, PlanOrders(), SCHEDULER, house=world.house)
    (oat,) = facts_of_proposal(world)
    assert oat.runs_out is True
    assert oat.stockout_on is not None
