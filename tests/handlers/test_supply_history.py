"""Lead times and days of arrival learnt from the store, and what they do to the plan."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from handlers.open_deliveries import ExpectedPart, expected_deliveries
from handlers.plan_input import plan_input
from handlers.supply_history import SupplyLearnt, learn_supply
from orders.reply import Outcome
from store.queries.stock import coming_supply
from store.tables.outbox import SentMailRow
from store.tables.purchase import ConfirmationRow, PurchaseOrderLineRow, PurchaseOrderRow
from tests.makers.sold import TODAY, noon, plan, planned_shop, sell, send_order
from tests.makers.world import World

pytestmark = pytest.mark.store


def delivered(world: World, days: int, *, times: int = 12, promised_in: int | None = None, sku: str = "OAT-1L") -> None:
    """Orders of the past months, each delivered so many days after it was sent."""
    for number in range(times):
        sent = TODAY - timedelta(days=40 + 7 * number)
        promised = None if promised_in is None else sent + timedelta(days=promised_in)
        order = send_order(world, {sku: 60}, sent=sent, promised=promised, received=sent + timedelta(days=days))
        if promised is not None:
            answer(world, order, booked=sent + timedelta(days=1), promised=promised)


def answer(world: World, number: str, *, booked: date, promised: date) -> None:
    with world.store.transaction() as session:
        line = session.scalars(
            select(PurchaseOrderLineRow)
            .join(PurchaseOrderRow, PurchaseOrderRow.id == PurchaseOrderLineRow.order_id)
            .where(PurchaseOrderRow.number == number)
        ).one()
        parts = [{"date": promised.isoformat(), "quantity": line.quantity}]
        session.add(
            ConfirmationRow(
                line_id=line.id, version=1, outcome=Outcome.ACCEPTED, quantity=None, unit_price=None,
                deliveries=parts, evidence=[], booked_at=noon(booked),
            )
        )  # fmt: skip


def learn(world: World) -> SupplyLearnt:
    with world.store.reading() as session:
        return learn_supply(session, today=TODAY)


def expected(world: World) -> list[ExpectedPart]:
    with world.store.reading() as session:
        return expected_deliveries(session, learn_supply(session, today=TODAY), today=TODAY)


def lead_time(world: World, product: int) -> float:
    with world.store.reading() as session:
        items = plan_input(session, today=TODAY).items
    return float(items.filter(items["sku"] == str(product))["lead_time_days"][0])


def test_without_receipts_the_stated_lead_time_is_planned_with(world: World) -> None:
    assert lead_time(world, 1) == 5


def test_receipts_move_the_lead_time_of_the_product_and_of_its_suppliers_others(world: World) -> None:
    delivered(world, days=9)
    assert lead_time(world, 1) == pytest.approx(9, abs=0.8)
    assert lead_time(world, 2) == pytest.approx(8.5, abs=0.8)


def test_a_supplier_that_delivers_late_makes_the_plan_order_more(world: World) -> None:
    sell(world, {1: 10})
    plan(world)
    before = quantity(world)
    delivered(world, days=9)
    plan(world)
    assert quantity(world) > before


def quantity(world: World) -> int:
    with world.store.reading() as session:
        return session.scalars(
            select(PurchaseOrderLineRow.quantity)
            .join(PurchaseOrderRow, PurchaseOrderRow.id == PurchaseOrderLineRow.order_id)
            .where(PurchaseOrderLineRow.product_id == 1, PurchaseOrderRow.state == "proposed")
        ).one()


def test_a_promise_of_a_supplier_that_is_always_four_days_late_is_expected_four_days_later(world: World) -> None:
    delivered(world, days=9, promised_in=5)
    promised = TODAY + timedelta(days=3)
    order = send_order(world, {"OAT-1L": 60}, sent=TODAY - timedelta(days=2), promised=promised)
    (part,) = expected(world)
    assert part.part.is_promised
    assert abs((part.day - promised).days - 4) <= 1
    plan(world)
    with world.store.reading() as session:
        (coming,) = coming_supply(session)[1, 1]
    assert (coming.order, coming.day, coming.expected) == (order, promised, part.day)


def test_an_unanswered_order_ages_and_is_expected_later_every_day(world: World) -> None:
    delivered(world, days=5)
    send_order(world, {"OAT-1L": 60}, sent=TODAY - timedelta(days=2))
    send_order(world, {"OAT-1L": 60}, sent=TODAY - timedelta(days=12))
    fresh, old = expected(world)
    assert abs((fresh.day - TODAY).days - 3) <= 1
    assert old.day > TODAY


def test_a_draft_cannot_come_before_its_lead_time(world: World) -> None:
    delivered(world, days=9)
    send_order(world, {"OAT-1L": 60}, delivery=TODAY + timedelta(days=2))
    with world.store.transaction() as session:
        last = session.scalars(select(PurchaseOrderRow).order_by(PurchaseOrderRow.id.desc())).first()
        assert last is not None
        last.state, last.sent_at = last.state.DRAFT, None
    (part,) = expected(world)
    assert part.part.sent is None
    assert part.day >= TODAY + timedelta(days=8)


def test_a_part_without_a_firm_date_is_expected_in_a_week(world: World) -> None:
    number = send_order(world, {"OAT-1L": 60}, promised=TODAY + timedelta(days=2))
    with world.store.transaction() as session:
        line = session.scalars(
            select(PurchaseOrderLineRow)
            .join(PurchaseOrderRow, PurchaseOrderRow.id == PurchaseOrderLineRow.order_id)
            .where(PurchaseOrderRow.number == number)
        ).one()
        line.deliveries[0].quantity = 24
    first, rest = expected(world)
    assert (first.part.quantity, rest.part.quantity) == (24, 36)
    assert rest.day == TODAY + timedelta(days=7)


def test_a_reminder_is_a_state_of_its_own(world: World) -> None:
    number = send_order(world, {"OAT-1L": 60}, sent=TODAY - timedelta(days=9))
    with world.store.transaction() as session:
        order = session.scalars(select(PurchaseOrderRow).where(PurchaseOrderRow.number == number)).one()
        session.add(
            SentMailRow(
                order_id=order.id, kind="order_reminder", message_id="<r@shop>", recipients=[], raw=b"",
                created_at=noon(TODAY), sent_at=noon(TODAY - timedelta(days=2)),
            )
        )  # fmt: skip
    assert learn(world).episodes["state"].to_list() == ["unanswered", "reminded"]
    assert expected(world)[0].part.is_reminded


def test_a_plan_keeps_the_expected_day_once_and_not_again(world: World) -> None:
    planned_shop(world)
    send_order(world, {"OAT-1L": 60}, promised=TODAY + timedelta(days=2))
    plan(world)
    with world.store.reading() as session:
        days = session.scalars(select(PurchaseOrderLineRow.expected_on)).all()
    assert sum(day is not None for day in days) == 1
