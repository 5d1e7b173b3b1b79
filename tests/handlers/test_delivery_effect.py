"""What a late or short delivery does, answered from the store."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from handlers.delivery_effect import DeliveryChange, delivery_effect
from orders.effect import DeliveryEffect
from orders.purchase import Delivery
from orders.refusals import OrderNotFound
from tests.makers.sold import planned_shop, send_order
from tests.makers.world import World

pytestmark = pytest.mark.store
TODAY = date(2026, 11, 23)


@pytest.fixture
def ordered(world: World) -> World:
    """Ten oat drinks and six soy drinks are sold a day, 40 of each are there; 120 of each come on Thursday."""
    planned_shop(world)
    send_order(world, {"OAT-1L": 120, "SOY-1L": 120}, delivery=TODAY + timedelta(days=3))
    return world


def effect(world: World, number: str = "PO-2026-0002", **change: Any) -> DeliveryEffect:
    with world.store.reading() as session:
        return delivery_effect(session, DeliveryChange(number, **change), clock=world.clock)


def test_a_week_later_the_faster_seller_runs_out_first(ordered: World) -> None:
    late = effect(ordered, days=7)
    assert [each.sku for each in late.running_out] == ["OAT-1L", "SOY-1L"]
    assert late.running_out[0].out_likely == TODAY + timedelta(days=3)
    assert late.running_out[0].missing > 50


def test_on_time_nothing_runs_out(ordered: World) -> None:
    assert effect(ordered).running_out == ()


def test_a_line_that_is_named_comes_as_it_says_and_the_others_stay(ordered: World) -> None:
    short = effect(ordered, deliveries={1: (Delivery(TODAY + timedelta(days=3), 12),)})
    assert [each.sku for each in short.running_out] == ["OAT-1L"]


def test_a_part_without_a_date_counts_as_out_of_sight(ordered: World) -> None:
    open_end = effect(ordered, deliveries={1: (Delivery(None, 120),), 2: ()})
    assert {each.sku for each in open_end.running_out} == {"OAT-1L", "SOY-1L"}


def test_another_delivery_of_the_product_is_counted_in(ordered: World) -> None:
    send_order(ordered, {"OAT-1L": 480}, delivery=TODAY + timedelta(days=2))
    assert [each.sku for each in effect(ordered, days=7).running_out] == ["SOY-1L"]


def test_a_product_that_no_plan_knows_is_named(world: World) -> None:
    number = send_order(world, {"RICE-5": 4}, delivery=TODAY + timedelta(days=3))
    found = effect(world, number, days=7)
    assert (found.affected, found.unplanned) == ((), ("RICE-5",))


def test_an_unknown_order_is_refused(world: World) -> None:
    with pytest.raises(OrderNotFound), world.store.reading() as session:
        delivery_effect(session, DeliveryChange("PO-2026-0999", days=1), clock=world.clock)


def test_chances_are_shares(ordered: World) -> None:
    assert all(Decimal(0) <= each.chance_then <= 1 for each in effect(ordered, days=7).affected)
