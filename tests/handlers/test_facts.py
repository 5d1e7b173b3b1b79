"""What the store tells the rules."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from handlers.facts import order_facts
from handlers.house import House
from handlers.purchasing import WantedLine
from handlers.receiving import Counted, ReceiveGoods, receive
from jobs.morning import compute_plan
from rules.facts import LineFacts, OrderFacts
from store.queries.orders import order_values
from store.tables.catalogue import ProductRow
from store.tables.purchase import PromisedDeliveryRow, PurchaseOrderLineRow, PurchaseOrderRow
from store.tables.sales import DailySalesRow
from store.tables.suppliers import SupplierTermRow
from tests.makers.shop import make_supplier
from tests.makers.story import drafted, sent
from tests.makers.world import World

pytestmark = pytest.mark.store
TODAY = date(2026, 11, 23)


def facts_of_proposal(world: World) -> tuple[LineFacts, ...]:
    with world.store.reading() as session:
        number = session.query(PurchaseOrderRow).one().number
    return facts_of(world, number).lines


def facts_of(world: World, number: str) -> OrderFacts:
    """What the rules get to know of an order."""
    with world.store.reading() as session:
        row = session.query(PurchaseOrderRow).filter_by(number=number).one()
        (found,) = order_facts(session, [row], order_values(session, [row]), now=world.clock.now(), house=world.house)
        return found


def test_a_rule_about_running_out_knows_what_the_plan_projects(world: World) -> None:
    with world.store.transaction() as session:
        for age in range(1, 57):
            day = TODAY - timedelta(days=age)
            session.add(DailySalesRow(product_id=1, location_id=1, day=day, quantity=Decimal(10)))
    compute_plan(world.store, world.clock, world.house)
    (oat,) = facts_of_proposal(world)
    assert oat.runs_out is True
    assert oat.stockout_on is not None


def arrived(world: World, number: str, note: str, line: int, quantity: int) -> None:
    world.do(receive, ReceiveGoods(number, note, (Counted(line, quantity),)), world.people.ola, house=world.house)


def test_a_supplier_without_deliveries_has_no_punctuality(world: World) -> None:
    supplier = facts_of(world, drafted(world).number).supplier
    assert (supplier.deliveries_measured, supplier.on_time_percent) == (0, None)


def test_a_supplier_is_as_punctual_as_its_deliveries_were(world: World) -> None:
    order = sent(world)  # asked for 2 December
    arrived(world, order.number, "WZ 1", 1, 60)
    world.clock.move(days=10)
    arrived(world, order.number, "WZ 2", 1, 60)
    supplier = facts_of(world, drafted(world).number).supplier
    assert (supplier.deliveries_measured, supplier.on_time_percent) == (2, Decimal(50))


def test_a_promised_day_counts_before_the_day_that_was_asked(world: World) -> None:
    order = sent(world)
    with world.store.transaction() as session:
        line = session.query(PurchaseOrderLineRow).filter_by(line=1).one()
        line.deliveries = [PromisedDeliveryRow(day=date(2026, 12, 20), quantity=120)]
    world.clock.move(days=20)
    arrived(world, order.number, "WZ 1", 1, 120)
    assert facts_of(world, drafted(world).number).supplier.on_time_percent == Decimal(100)


def test_prices_in_another_currency_are_not_compared(world: World) -> None:
    sent(world)
    order = drafted(world)
    with world.store.transaction() as session:
        session.query(PurchaseOrderRow).filter_by(number=order.number).one().currency = "EUR"
    oat = facts_of(world, order.number).of_line(1)
    assert (oat.last_price, oat.price_a_year_ago, oat.selling_price) == (None, None, None)


def test_a_limit_in_the_shops_currency_does_not_hold_for_another(world: World) -> None:
    world.house = House(replace(world.house.shop, needs_two_above=Decimal(100)), world.house.rulebook)
    order = drafted(world)
    assert facts_of(world, order.number).approval_limit == Decimal(100)
    with world.store.transaction() as session:
        session.query(PurchaseOrderRow).filter_by(number=order.number).one().currency = "EUR"
    assert facts_of(world, order.number).approval_limit is None


def test_earlier_prices_and_quantities_are_known(world: World) -> None:
    sent(world, WantedLine("OAT-1L", 120, Decimal("4.00")))
    oat = facts_of(world, drafted(world).number).of_line(1)
    assert (oat.past_orders, oat.last_price, oat.price_a_year_ago) == (1, Decimal(4), Decimal(4))
    assert (oat.usual_quantity, oat.usual_spread) == (Decimal(120), Decimal(0))


def test_a_price_of_more_than_a_year_ago_is_not_the_first_of_the_year(world: World) -> None:
    sent(world)
    world.clock.move(days=366)
    oat = facts_of(world, drafted(world, delivery_date=date(2027, 12, 1)).number).of_line(1)
    assert (oat.last_price, oat.price_a_year_ago) == (Decimal("4.20"), None)


def test_another_supplier_s_valid_offer_is_known(world: World) -> None:
    with world.store.transaction() as session:
        oat = session.query(ProductRow).filter_by(sku="OAT-1L").one()
        offers = {"NORD": ("3.90", {}), "BLOCKED": ("1.00", {}), "PAST": ("1.10", {"valid_until": date(2026, 1, 1)})}
        for code, (price, terms) in offers.items():
            supplier = make_supplier(session, code, is_blocked=code == "BLOCKED")
            session.add(
                SupplierTermRow(
                    supplier_id=supplier.id,
                    product_id=oat.id,
                    unit_price=Decimal(price),
                    currency="PLN",
                    pack_size=1,
                    **terms,
                )
            )
    known = facts_of(world, drafted(world).number).of_line(1)
    assert (known.other_price, known.other_supplier) == (Decimal("3.90"), "Nord Foods")


def test_what_another_order_plans_already_is_known(world: World) -> None:
    first = drafted(world, WantedLine("OAT-1L", 36))
    oat, soy = facts_of(world, drafted(world).number).lines
    assert (oat.planned_elsewhere, oat.planned_in) == (36, (first.number,))
    assert (soy.planned_elsewhere, soy.planned_in) == (0, ())
