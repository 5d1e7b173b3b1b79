"""Steps that many tests of handlers and doors start from."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from handlers.approvals import ApproveOrder, approve
from handlers.dispatch import KeepMail, RecordSent, StartSending, keep_mail, record_sent, start_sending
from handlers.purchasing import DraftOrder, SubmitOrder, WantedLine, draft, submit
from jobs.morning import compute_plan
from orders.people import SCHEDULER
from orders.purchase import PurchaseOrder, content_hash
from store.tables.sales import DailySalesRow
from tests.makers.world import World

WEDNESDAY = date(2026, 12, 2)


def drafted(world: World, *lines: WantedLine, **overrides: Any) -> PurchaseOrder:
    wanted = lines or (WantedLine("OAT-1L", 120), WantedLine("SOY-1L", 60))
    values: dict[str, Any] = {"supplier": "BALTIC", "location": "GDY", "delivery_date": WEDNESDAY}
    command = DraftOrder(lines=wanted, **(values | overrides))
    return world.do(draft, command, world.people.tom, house=world.house).order


def proposed(world: World) -> str:
    """The number of what the plan proposes after eight weeks of ten oat and four soy drinks a day."""
    today = world.clock.now().date()
    with world.store.transaction() as session:
        for product, units in ((1, 10), (2, 4)):
            for age in range(1, 57):
                day = today - timedelta(days=age)
                session.add(DailySalesRow(product_id=product, location_id=1, day=day, quantity=Decimal(units)))
    planned = compute_plan(world.store, world.clock, world.house)
    return str(planned.proposals[0])


def submitted(world: World, *lines: WantedLine) -> PurchaseOrder:
    order = drafted(world, *lines)
    return world.do(submit, SubmitOrder(order.number), world.people.tom, house=world.house).order


def approval_of(order: PurchaseOrder) -> ApproveOrder:
    return ApproveOrder(order.number, order.revision, content_hash(order))


def approved(world: World, *lines: WantedLine) -> PurchaseOrder:
    order = submitted(world, *lines)
    return world.do(approve, approval_of(order), world.people.maya, house=world.house).order


def sent(world: World, *lines: WantedLine) -> PurchaseOrder:
    order = approved(world, *lines)
    mail = world.outbox("order_mail")[-1]
    world.do(start_sending, StartSending(order.number, order.revision), SCHEDULER)
    message_id = f"<{order.number}@shop.example>"
    letter = KeepMail(order.number, "order", mail.id, message_id, None, ("orders@baltic.example",), b"raw")
    with world.store.transaction() as session:
        keep_mail(session, letter, clock=world.clock)
    return world.do(record_sent, RecordSent(order.number, message_id), SCHEDULER)
