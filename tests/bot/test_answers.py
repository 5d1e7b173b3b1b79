"""What a question is answered with: the figures of the period, place, product and supplier that it names."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.answering import answer
from bot.desk import Desk
from orders.wording import wording
from sandbox.slack.client import texts_of
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.planning import PlanRunRow, StockOutlookRow
from store.tables.sales import DailySalesRow
from store.tables.suppliers import SupplierTermRow
from tests.makers.shop import make_supplier
from tests.makers.story import sent
from tests.makers.world import World

pytestmark = pytest.mark.store


def told(desk: Desk, text: str) -> str:
    """Everything that the answer to this sentence says."""
    card = answer(desk, text, wording("en"))
    return texts_of({"text": card.text, "blocks": list(card.blocks)})


def product(session: Session, sku: str) -> int:
    return session.scalars(select(ProductRow.id).where(ProductRow.sku == sku)).one()


def sell(world: World, sku: str, day: date, quantity: int, place: str = "GDY") -> None:
    with world.store.transaction() as session:
        where = session.scalars(select(LocationRow.id).where(LocationRow.code == place)).one()
        session.add(DailySalesRow(product_id=product(session, sku), location_id=where, day=day, quantity=quantity))


def expect(world: World, sku: str, demand_per_day: str) -> None:
    with world.store.transaction() as session:
        where = session.scalars(select(LocationRow.id)).first()
        run = PlanRunRow(today=date(2026, 11, 23), computed_at=world.clock.now(), items=1, proposals=0)
        session.add(run)
        session.flush()
        session.add(
            StockOutlookRow(
                product_id=product(session, sku), location_id=where, run_id=run.id, demand_class="smooth",
                demand_per_day=Decimal(demand_per_day), protection_days=7, safety_stock=5, reorder_point=30,
                order_up_to=60, stockout_risk=Decimal("0.1"), order_quantity=0,
            )
        )  # fmt: skip


def test_sales_are_those_of_the_place_that_is_named(desk: Desk, world: World) -> None:
    with world.store.transaction() as session:
        session.add(LocationRow(code="WAW", name="Warszawa", timezone="Europe/Warsaw", country="PL"))
    yesterday = desk.today - timedelta(days=1)
    sell(world, "OAT-1L", yesterday, 7)
    sell(world, "OAT-1L", yesterday, 30, place="WAW")
    assert "30 units" in told(desk, "sales yesterday in Warszawa")
    assert "37 units" in told(desk, "sales yesterday")


def test_a_forecast_counts_the_days_that_are_named(desk: Desk, world: World) -> None:
    expect(world, "OAT-1L", "3")
    assert "about 21;" in told(desk, "forecast for oat drink")
    assert "about 93;" in told(desk, "forecast for oat drink in december")


def test_a_forecast_of_nothing_in_particular_tells_what_sells_most(desk: Desk, world: World) -> None:
    expect(world, "OAT-1L", "3")
    expect(world, "RICE-5", "8")
    shown = told(desk, "what will sell next week?")
    assert shown.index("Rice") < shown.index("Oat drink")
    assert "Soy" not in shown


def test_who_sells_a_product_is_told_with_the_terms(desk: Desk, world: World) -> None:
    with world.store.transaction() as session:
        other = make_supplier(session, "NORD", name="Nordic Dairy")
        terms = SupplierTermRow(
            supplier_id=other.id, product_id=product(session, "OAT-1L"), unit_price=Decimal("4.05"), currency="PLN",
            pack_size=6, moq=24, lead_time_days=9, is_preferred=False,
        )  # fmt: skip
        session.add(terms)
    shown = told(desk, "who do we buy oat drink from?")
    assert shown.index("Baltic Foods") < shown.index("Nordic Dairy")
    assert "PLN" in shown
    assert "4.05" in shown


def test_orders_of_a_period_are_those_sent_in_it_by_the_shops_clock(desk: Desk, world: World) -> None:
    order = sent(world)
    assert order.number in told(desk, "orders sent today")
    assert order.number not in told(desk, "orders sent last week")


def test_deliveries_of_a_period_are_those_due_in_it(desk: Desk, world: World) -> None:
    order = sent(world)  # due on Wednesday 2 December
    assert order.number in told(desk, "which deliveries arrive on 2 December?")
    assert order.number not in told(desk, "which deliveries arrive tomorrow?")


def test_a_list_holds_only_orders_with_the_product_that_is_named(desk: Desk, world: World) -> None:
    order = sent(world)
    assert order.number in told(desk, "open orders of oat drink")
    assert order.number not in told(desk, "open orders of rice 5 kg")


def test_a_product_that_lasts_is_answered_with_its_stock(desk: Desk, world: World) -> None:
    assert "Oat drink" in told(desk, "when will oat drink run out?")
