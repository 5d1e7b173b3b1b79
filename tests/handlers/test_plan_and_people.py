"""The plan beside people who act at that very moment, and after a run that broke off."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, select

from handlers.purchasing import AdoptProposal, adopt
from handlers.replenishment import PlanOrders, compute_orders, keep_plan, unjudged_proposals
from jobs.morning import compute_plan
from orders.people import SCHEDULER
from orders.purchase import OrderState
from store.queries.orders import orders_in
from store.tables.decisions import FindingRow
from store.tables.purchase import PurchaseOrderLineRow, PurchaseOrderRow
from store.tables.suppliers import SupplierTermRow
from tests.makers.sold import sell
from tests.makers.world import World

pytestmark = pytest.mark.store


@pytest.fixture
def planned(world: World) -> World:
    sell(world, {1: 10, 2: 6})
    compute_plan(world.store, world.clock, world.house)
    return world


def proposed(world: World) -> PurchaseOrderRow:
    with world.store.reading() as session:
        return session.scalars(select(PurchaseOrderRow).where(PurchaseOrderRow.state == OrderState.PROPOSED)).one()


def test_a_proposal_adopted_as_the_plan_asks_for_it_is_not_proposed_twice(planned: World) -> None:
    if planned.store.is_sqlite:
        pytest.skip("SQLite lets one writer in at a time")
    number = proposed(planned).number
    with planned.store.reading() as session:
        computed = compute_orders(session, PlanOrders(), clock=planned.clock, house=planned.house)

    def adopt_first(orm: Any) -> None:
        if getattr(orm.statement, "_for_update_arg", None) is not None and not acted:
            acted.append(number)
            planned.do(adopt, AdoptProposal(number, 1), planned.people.tom, house=planned.house)

    acted: list[str] = []
    with planned.store.transaction() as session:
        event.listen(session, "do_orm_execute", adopt_first)
        keep_plan(session, computed, actor=SCHEDULER, clock=planned.clock)
    with planned.store.reading() as session:
        assert acted
        assert orders_in(session, [OrderState.PROPOSED]) == ()


def test_a_proposal_that_a_broken_run_left_unjudged_is_judged_by_the_next(world: World) -> None:
    sell(world, {1: 10, 2: 6})
    with world.store.transaction() as session:
        computed = compute_orders(session, PlanOrders(), clock=world.clock, house=world.house)
        keep_plan(session, computed, actor=SCHEDULER, clock=world.clock)  # and here the process dies
    with world.store.reading() as session:
        assert unjudged_proposals(session) == (proposed(world).number,)
    planned = compute_plan(world.store, world.clock, world.house)
    assert planned.proposals + planned.changed == ()
    with world.store.reading() as session:
        assert unjudged_proposals(session) == ()
        assert session.scalars(select(FindingRow)).first() is not None


def test_a_price_reaches_the_order_to_the_last_digit(world: World) -> None:
    exact = Decimal("123456789012.345679")  # more digits than a float holds
    with world.store.transaction() as session:
        for term in session.scalars(select(SupplierTermRow)):
            term.unit_price = exact
    sell(world, {1: 10, 2: 6})
    compute_plan(world.store, world.clock, world.house)
    with world.store.reading() as session:
        assert set(session.scalars(select(PurchaseOrderLineRow.unit_price))) == {exact}
