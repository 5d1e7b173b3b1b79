"""What a shop has set about its places, suppliers and products, honoured by the plan on its store."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from handlers.budgets import month_budgets
from handlers.order_calendar import next_chances, order_chances
from handlers.plan_input import plan_input
from handlers.purchasing import AdoptProposal, adopt
from handlers.replenishment import Planned, PlanOrders, compute_orders, keep_plan
from handlers.transfers import CarryOutTransfer, carry_out_transfer
from jobs.morning import compute_plan
from orders.people import SCHEDULER
from orders.purchase import OrderState
from rules.calendar import SiteCalendar
from store.queries.orders import orders_in
from store.queries.transfers import proposed_transfers
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.planning import ProposedTransferRow
from store.tables.promotions import PlannedPromotionRow
from store.tables.sales import DailySalesRow
from store.tables.stock import StockBalanceRow
from store.tables.suppliers import SupplierRow
from tests.makers.world import World

pytestmark = pytest.mark.store
TODAY = date(2026, 11, 23)  # a Monday


@pytest.fixture
def selling(world: World) -> World:
    """Ten oat drinks a day for eight weeks."""
    with world.store.transaction() as session:
        for age in range(1, 57):
            day = TODAY - timedelta(days=age)
            session.add(DailySalesRow(product_id=1, location_id=1, day=day, quantity=Decimal(10)))
    return world


def with_warehouse(world: World, on_hand: int | None) -> None:
    with world.store.transaction() as session:
        warehouse = LocationRow(code="WH", name="Central warehouse", timezone="Europe/Warsaw", country="PL")
        session.add(warehouse)
        session.flush()
        session.get_one(LocationRow, 1).supplied_from_id = warehouse.id
        session.get_one(LocationRow, 1).transfer_days = 3
        session.get_one(LocationRow, 1).transfer_every_days = 7
        if on_hand is not None:
            session.add(StockBalanceRow(product_id=1, location_id=warehouse.id, on_hand=on_hand))


def plan(world: World) -> Planned:
    return compute_plan(world.store, world.clock, world.house)


def wanted(world: World) -> list[tuple[str, int]]:
    """Place and value of each proposal."""
    with world.store.reading() as session:
        found = orders_in(session, [OrderState.PROPOSED])
    return [(order.location, sum(line.quantity for line in order.lines)) for order in found]


def test_a_shop_with_a_full_warehouse_is_filled_from_it_and_nothing_is_bought(selling: World) -> None:
    with_warehouse(selling, 5000)
    assert plan(selling).transfers == 1
    with selling.store.reading() as session:
        (found,) = proposed_transfers(session)
    assert (found.sku, found.source, found.location) == ("OAT-1L", "WH", "GDY")
    assert found.quantity > 10
    assert found.reason.startswith(f"Move {found.quantity} from WH")
    assert wanted(selling) == []


def test_an_empty_warehouse_buys_for_the_shop_even_what_it_never_held(selling: World) -> None:
    with_warehouse(selling, None)
    assert plan(selling).transfers == 0
    ((place, quantity),) = wanted(selling)
    assert (place, quantity % 12) == ("WH", 0)
    assert quantity > 0


def test_ten_plans_keep_the_transfers_of_the_first(selling: World) -> None:
    with_warehouse(selling, 5000)
    plan(selling)
    with selling.store.reading() as session:
        before = session.scalars(select(ProposedTransferRow.id)).all()
    plan(selling)
    with selling.store.reading() as session:
        assert session.scalars(select(ProposedTransferRow.id)).all() == before


def test_what_was_moved_while_the_plan_was_made_is_not_proposed_once_more(selling: World) -> None:
    with_warehouse(selling, 5000)
    plan(selling)
    with selling.store.reading() as session:
        (before,) = proposed_transfers(session)
        computed = compute_orders(session, PlanOrders(), clock=selling.clock, house=selling.house)
    selling.do(carry_out_transfer, CarryOutTransfer(before.id, before.quantity), selling.people.ola)
    with selling.store.transaction() as session:
        keep_plan(session, computed, actor=SCHEDULER, clock=selling.clock)
        assert proposed_transfers(session) == ()


@pytest.mark.parametrize(("hour", "chances"), [(13, (0, 1)), (14, (1, 1))])
def test_an_order_after_the_cut_off_counts_for_the_next_day(world: World, hour: int, chances: tuple[int, int]) -> None:
    with world.store.transaction() as session:
        session.get_one(SupplierRow, 1).order_cutoff = "14:00"
    with world.store.reading() as session:
        assert order_chances(session, TODAY, at=time(hour)).rows() == [("1", *chances)]
        items = plan_input(session, today=TODAY, at=time(hour)).items
    assert items["lead_time_days"].to_list() == [5 + chances[0]] * 3


def test_an_order_on_friday_afternoon_counts_for_the_next_working_day(world: World) -> None:
    friday = date(2026, 11, 27)
    with world.store.transaction() as session:
        session.get_one(SupplierRow, 1).order_cutoff = "14:00"
    with world.store.reading() as session:
        assert order_chances(session, friday, at=time(15)).rows() == [("1", 3, 1)]


@given(
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    st.sets(st.integers(1, 7), min_size=1),
    st.sampled_from([None, "PL", "DE"]),
    st.booleans(),
)
def test_no_chance_to_order_falls_on_a_day_without_orders(
    today: date, days: set[int], country: str | None, is_late: bool
) -> None:
    calendar = SiteCalendar(country, frozenset(range(1, 8)) - days)
    chances = next_chances(calendar, today, is_late=is_late)
    assert chances is not None
    first, second = today + timedelta(days=chances[0]), today + timedelta(days=sum(chances))
    assert not calendar.is_closed(first)
    assert not calendar.is_closed(second)
    assert today + timedelta(days=is_late) <= first < second
    between = [first + timedelta(days=step) for step in range(1, chances[1])]
    assert all(calendar.is_closed(day) for day in between)


def test_a_supplier_s_budget_bounds_what_is_proposed_and_shrinks_by_what_people_ordered(selling: World) -> None:
    plan(selling)
    ((_, without),) = wanted(selling)
    with selling.store.transaction() as session:
        session.get_one(SupplierRow, 1).monthly_budget = Decimal(300)
    plan(selling)
    ((_, within),) = wanted(selling)
    assert 0 < within < without
    assert within * Decimal("4.20") <= 300
    with selling.store.reading() as session:
        number = orders_in(session, [OrderState.PROPOSED])[0].number
    selling.do(adopt, AdoptProposal(number), selling.people.tom, house=selling.house)
    with selling.store.reading() as session:
        budget = month_budgets(session, today=TODAY, house=selling.house).suppliers[1]
    assert (budget.ordered, budget.left) == (within * Decimal("4.20"), 300 - within * Decimal("4.20"))


def test_a_place_s_budget_holds_for_suppliers_of_the_shop_s_currency_only(selling: World) -> None:
    with selling.store.transaction() as session:
        session.get_one(LocationRow, 1).monthly_budget = Decimal(100)
    with selling.store.reading() as session:
        budgets = month_budgets(session, today=TODAY, house=selling.house)
        assert plan_input(session, today=TODAY, budgets=budgets).items["site_budget"].to_list() == [100] * 3
    with selling.store.transaction() as session:
        session.get_one(SupplierRow, 1).currency = "EUR"
    with selling.store.reading() as session:
        assert plan_input(session, today=TODAY, budgets=budgets).items["site_budget"].to_list() == [None] * 3


def test_a_shelf_life_holds_the_order_down(selling: World) -> None:
    plan(selling)
    ((_, without),) = wanted(selling)
    with selling.store.transaction() as session:
        session.get_one(ProductRow, 1).shelf_life_days = 3
        session.get_one(SupplierRow, 1).minimum_order_value = Decimal(0)
    plan(selling)
    ((_, within),) = wanted(selling)
    assert 0 < within < without
    assert within <= 36


def test_a_promotion_that_is_planned_is_ordered_for(selling: World) -> None:
    with selling.store.transaction() as session:
        for age in (20, 21, 22, 23, 24, 25, 26):
            session.get_one(DailySalesRow, (1, 1, TODAY - timedelta(days=age))).quantity = Decimal(40)
        for first, last in ((-26, -20), (2, 8)):
            days = {"first_day": TODAY + timedelta(days=first), "last_day": TODAY + timedelta(days=last)}
            session.add(PlannedPromotionRow(product_id=1, location_id=1, **days))
    plan(selling)
    ((_, with_promotion),) = wanted(selling)
    with selling.store.transaction() as session:
        session.delete(session.get_one(PlannedPromotionRow, (1, 1, TODAY + timedelta(days=2))))
    plan(selling)
    ((_, without),) = wanted(selling)
    assert with_promotion > without + 80


def test_a_promotion_of_which_nothing_was_sold_counts_as_a_day_without_a_sale(selling: World) -> None:
    with selling.store.transaction() as session:
        days = {"first_day": TODAY - timedelta(days=3), "last_day": TODAY + timedelta(days=1)}
        session.add(PlannedPromotionRow(product_id=1, location_id=1, **days))
        session.delete(session.get_one(DailySalesRow, (1, 1, TODAY - timedelta(days=2))))
        session.flush()
        told = plan_input(session, today=TODAY).history.filter(date=TODAY - timedelta(days=2)).collect()
    assert told.select("quantity", "promotion").rows() == [(0, 1)]


def test_each_place_brings_the_public_holidays_of_its_country(world: World) -> None:
    with world.store.reading() as session:
        assert set(plan_input(session, today=TODAY).items["country"]) == {"PL"}
