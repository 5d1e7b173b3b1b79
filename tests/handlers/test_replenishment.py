"""The plan on the store: proposals that are updated and never doubled."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from handlers.order_calendar import order_chances
from handlers.plan_input import plan_input
from handlers.purchasing import AdoptProposal, EditLine, SubmitOrder, adopt, edit_line, submit
from handlers.replenishment import Planned, PlanOrders, compute_orders, keep_plan
from handlers.stock import CountStock, count
from jobs.morning import compute_plan
from orders.people import SCHEDULER
from orders.purchase import OrderState
from store.queries.orders import orders_in
from store.queries.stock import running_low, stock_levels
from store.tables.journal import JournalRow
from store.tables.planning import PlanRunRow, StockOutlookRow
from store.tables.purchase import PurchaseOrderLineRow
from store.tables.sales import DailySalesRow
from store.tables.suppliers import SupplierRow
from tests.makers.world import World

pytestmark = pytest.mark.store
TODAY = date(2026, 11, 23)


@dataclass
class Selling:
    """Units of each product sold every day for the last eight weeks."""

    oat: int = 10
    soy: int = 6


def sell(world: World, selling: Selling) -> None:
    with world.store.transaction() as session:
        for product, units in ((1, selling.oat), (2, selling.soy)):
            for age in range(1, 57):
                day = TODAY - timedelta(days=age)
                session.add(DailySalesRow(product_id=product, location_id=1, day=day, quantity=Decimal(units)))


def plan(world: World) -> Planned:
    return compute_plan(world.store, world.clock, world.house)


@pytest.fixture
def planned(world: World) -> World:
    sell(world, Selling())
    plan(world)
    return world


def proposals(world: World) -> list[str]:
    with world.store.reading() as session:
        return [order.number for order in orders_in(session, [OrderState.PROPOSED])]


def test_what_is_needed_becomes_one_proposal_for_each_supplier(planned: World) -> None:
    (number,) = proposals(planned)
    order = planned.order(number)
    assert {line.sku for line in order.lines} == {"OAT-1L", "SOY-1L"}
    assert all(line.quantity % line.pack_size == 0 and line.quantity > 0 for line in order.lines)


def test_each_line_says_why(planned: World) -> None:
    (number,) = proposals(planned)
    assert all(line.reason for line in planned.order(number).lines)


def test_delivery_is_wished_for_on_an_open_day(planned: World) -> None:
    (number,) = proposals(planned)
    wished = planned.order(number).delivery_date
    assert wished is not None
    assert wished >= TODAY + timedelta(days=5)
    assert wished.isoweekday() != 7


def test_order_days_of_the_supplier_are_waited_for_and_bridged(world: World) -> None:
    sell(world, Selling())
    with world.store.transaction() as session:
        session.get_one(SupplierRow, 1).order_weekdays = "4"  # Thursdays; today is a Monday
    with world.store.reading() as session:
        items = plan_input(session, today=TODAY).items
    assert items["lead_time_days"].to_list() == [8, 8, 8]
    assert items["review_period_days"].to_list() == [7, 7, 7]


def test_an_order_day_that_is_a_holiday_falls_out(world: World) -> None:
    christmas = date(2026, 12, 25)  # a Friday; in Poland a holiday, as are New Year's Day and Christmas Eve
    with world.store.transaction() as session:
        session.get_one(SupplierRow, 1).order_weekdays = "5"
    with world.store.reading() as session:
        assert order_chances(session, christmas).rows() == [("1", 14, 7)]


def test_delivery_is_wished_for_on_a_day_on_which_the_supplier_delivers(world: World) -> None:
    sell(world, Selling())
    with world.store.transaction() as session:
        session.get_one(SupplierRow, 1).delivery_weekdays = "2"
    plan(world)
    wished = world.order(proposals(world)[0]).delivery_date
    assert wished == date(2026, 12, 1)


def test_ten_runs_leave_what_one_left(planned: World) -> None:
    before = planned.order(proposals(planned)[0])
    for _ in range(10):
        assert plan(planned).changed == ()
    assert planned.order(proposals(planned)[0]) == before
    with planned.store.reading() as session:
        assert session.query(PlanRunRow).count() == 1


def test_ten_runs_write_nothing_that_one_run_wrote(planned: World) -> None:
    before = row_ids(planned)
    assert [plan(planned).outlooks_written for _ in range(10)] == [0] * 10
    assert row_ids(planned) == before


def row_ids(world: World) -> list[int]:
    with world.store.reading() as session:
        return [key for column in (PurchaseOrderLineRow.id, JournalRow.id) for key in session.scalars(select(column))]


def test_one_count_rewrites_one_outlook(planned: World) -> None:
    planned.do(count, CountStock("RICE-5", "GDY", 41, key="count:1"), planned.people.ola)
    assert plan(planned).outlooks_written == 1


def test_the_history_in_columns_gives_the_same_plan(planned: World, tmp_path: Path) -> None:
    done = compute_plan(planned.store, planned.clock, planned.house, tmp_path / "columns")
    assert (done.changed, done.outlooks_written) == ((), 0)


def test_what_somebody_did_while_the_plan_was_computed_is_left_alone(planned: World) -> None:
    with planned.store.reading() as session:
        computed = compute_orders(session, PlanOrders(), clock=planned.clock, house=planned.house)
    (number,) = proposals(planned)
    planned.do(adopt, AdoptProposal(number), planned.people.tom, house=planned.house)
    with planned.store.transaction() as session:
        done = keep_plan(session, computed, actor=SCHEDULER, clock=planned.clock)
    assert (done.proposals, done.changed, done.expired) == ((), (), ())
    assert planned.order(number).state is OrderState.DRAFT


def test_reasons_follow_the_figures_though_the_quantity_stays(planned: World) -> None:
    (number,) = proposals(planned)
    before = planned.order(number)
    planned.clock.move(days=1)
    planned.do(count, CountStock("OAT-1L", "GDY", 39, key="count:1"), planned.people.ola)
    plan(planned)
    after = planned.order(number)
    assert [line.reason for line in after.lines] != [line.reason for line in before.lines]


def test_new_figures_change_the_proposal_in_place(planned: World) -> None:
    (number,) = proposals(planned)
    planned.do(count, CountStock("OAT-1L", "GDY", 100, key="count:1"), planned.people.ola)
    assert plan(planned).changed == (number,)
    assert proposals(planned) == [number]
    assert "proposal-updated" in planned.story(number)


def test_a_proposal_whose_need_has_gone_expires(planned: World) -> None:
    (number,) = proposals(planned)
    for sku in ("OAT-1L", "SOY-1L"):
        planned.do(count, CountStock(sku, "GDY", 5000, key=f"count:{sku}"), planned.people.ola)
    assert plan(planned).expired == (number,)
    assert planned.order(number).state is OrderState.EXPIRED


def test_a_draft_counts_as_supply_and_is_not_touched(planned: World) -> None:
    (number,) = proposals(planned)
    planned.do(adopt, AdoptProposal(number), planned.people.tom, house=planned.house)
    before = planned.order(number)
    assert plan(planned).proposals == ()
    assert planned.order(number) == before


def test_a_proposal_can_be_submitted_as_it_is(planned: World) -> None:
    (number,) = proposals(planned)
    done = planned.do(submit, SubmitOrder(number), planned.people.tom, house=planned.house)
    assert done.order.state is OrderState.AWAITING_APPROVAL
    assert done.order.requested_by == "Tom"


def test_editing_a_proposal_makes_it_somebodys_draft(planned: World) -> None:
    (number,) = proposals(planned)
    order = planned.order(number)
    edit = EditLine(number, 1, quantity=order.lines[0].quantity + order.lines[0].pack_size)
    done = planned.do(edit_line, edit, planned.people.tom, house=planned.house)
    assert done.order.state is OrderState.DRAFT


def test_every_product_gets_an_outlook(planned: World) -> None:
    with planned.store.reading() as session:
        assert session.query(StockOutlookRow).count() == 3
        oat = stock_levels(session, skus=["OAT-1L"])[0]
        assert oat.outlook is not None
        assert round(oat.outlook.demand_per_day) == 10
        assert [level.sku for level in running_low(session)][:1] == ["OAT-1L"]


def test_a_shop_without_sales_gets_no_proposals(world: World) -> None:
    assert plan(world).proposals == ()
