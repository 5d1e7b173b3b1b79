"""The course of what an order is most urgently wanted for."""

from datetime import date, timedelta

import pytest

from handlers.order_picture import order_course
from jobs.morning import compute_plan
from orders.purchase import OrderState
from planning.course import Course
from store.queries.orders import orders_in
from store.tables.catalogue import LocationRow
from store.tables.stock import StockBalanceRow
from tests.makers.story import drafted, proposed
from tests.makers.world import World

pytestmark = pytest.mark.store
TODAY = date(2026, 11, 23)


@pytest.fixture
def planned(world: World) -> World:
    """Ten oat drinks and four soy drinks a day: oat runs out first."""
    proposed(world)
    return world


def course(world: World, today: date = TODAY) -> Course:
    with world.store.reading() as session:
        (order,) = orders_in(session, [OrderState.PROPOSED])
        found = order_course(session, order.number, today=today)
    assert found is not None
    return found[0]


def test_the_most_urgent_product_is_drawn_with_what_sold_and_what_is_ordered(planned: World) -> None:
    found = course(planned)
    assert (found.sku, found.location) == ("OAT-1L", "GDY")
    assert [week.sold for week in found.weeks[:13]] == [0] * 5 + [70] * 8
    assert found.days[0].middle == pytest.approx(30, abs=1)
    assert found.order_quantity > 0
    assert found.days[(found.arrives - TODAY).days].ordered > found.days[(found.arrives - TODAY).days].middle


def test_a_forecast_of_yesterday_is_drawn_from_today_on(planned: World) -> None:
    assert course(planned, TODAY + timedelta(days=1)).days[0].day == TODAY + timedelta(days=1)


def test_a_warehouse_s_picture_counts_the_shops_that_it_supplies(planned: World) -> None:
    with planned.store.transaction() as session:
        warehouse = LocationRow(code="WH", name="Warehouse")
        session.add(warehouse)
        session.flush()
        session.add(StockBalanceRow(product_id=1, location_id=warehouse.id, on_hand=0))
        session.get_one(LocationRow, 1).supplied_from_id = warehouse.id
    compute_plan(planned.store, planned.clock, planned.house)
    found = course(planned)
    assert (found.location, found.weeks[12].sold) == ("WH", 70)
    assert found.days[0].middle == pytest.approx(30, abs=1)


def test_an_order_of_what_no_plan_knows_has_no_course(world: World) -> None:
    with world.store.reading() as session:
        assert order_course(session, drafted(world).number, today=TODAY) is None
