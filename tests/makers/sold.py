"""A shop that has sold, planned and ordered: rows written as the program would have left them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import select

from handlers.replenishment import Planned
from jobs.morning import compute_plan
from orders.purchase import LineState, OrderState
from store.numbers import next_order_number
from store.tables.catalogue import ProductRow, ProductState
from store.tables.purchase import PromisedDeliveryRow, PurchaseOrderLineRow, PurchaseOrderRow
from store.tables.receipts import Discrepancy, ReceiptLineRow, ReceiptRow
from store.tables.sales import DailySalesRow
from tests.makers.world import World

TODAY = date(2026, 11, 23)


def sell(world: World, a_day: Mapping[int, int], *, days: int = 56, location: int = 1) -> None:
    """So many units of each product, by its key, on every day of the last weeks."""
    with world.store.transaction() as session:
        session.add_all(
            DailySalesRow(
                product_id=product, location_id=location, day=TODAY - timedelta(days=age), quantity=Decimal(units)
            )
            for product, units in a_day.items()
            for age in range(1, days + 1)
        )


def plan(world: World) -> Planned:
    return compute_plan(world.store, world.clock, world.house)


def planned_shop(world: World) -> None:
    """Ten oat drinks and six soy drinks a day, and a plan made of it; the rice is new and no plan knows it."""
    sell(world, {1: 10, 2: 6})
    with world.store.transaction() as session:
        session.get_one(ProductRow, 3).state = ProductState.INACTIVE
    plan(world)


def send_order(
    world: World,
    quantities: Mapping[str, int],
    *,
    delivery: date | None = None,
    sent: date = TODAY - timedelta(days=3),
    promised: date | None = None,
    received: date | None = None,
    location: int = 1,
    supplier: int = 1,
) -> str:
    """An order that the supplier has, promised for a day where one is told, received whole where one is told."""
    with world.store.transaction() as session:
        products = {row.sku: row.id for row in session.scalars(select(ProductRow))}
        state = LineState.CONFIRMED if promised else LineState.OPEN
        row = PurchaseOrderRow(
            number=str(next_order_number(session, sent.year)),
            supplier_id=supplier,
            location_id=location,
            state=OrderState.CLOSED if received else OrderState.SENT,
            currency="PLN",
            delivery_date=delivery,
            created_at=noon(sent),
            sent_at=noon(sent),
            closed_at=noon(received) if received else None,
            lines=[
                PurchaseOrderLineRow(
                    line=number,
                    product_id=products[sku],
                    quantity=quantity,
                    unit_price=Decimal("4.20"),
                    state=LineState.RECEIVED if received else state,
                    received=quantity if received else 0,
                    deliveries=[PromisedDeliveryRow(day=promised, quantity=quantity)] if promised else [],
                )
                for number, (sku, quantity) in enumerate(quantities.items(), 1)
            ],
        )
        session.add(row)
        session.flush()
        if received:
            lines = [
                ReceiptLineRow(
                    order_line_id=line.id, expected=line.quantity, quantity=line.quantity, discrepancy=Discrepancy.NONE
                )
                for line in row.lines
            ]
            note = f"WZ {row.number}"
            session.add(ReceiptRow(order_id=row.id, delivery_note=note, received_at=noon(received), lines=lines))
        return row.number


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
