"""Suppliers' answers as they stand before a manager."""

from datetime import date
from decimal import Decimal
from typing import Any

from handlers.replies import RecordReply, record_reply
from orders.people import SCHEDULER
from orders.purchase import Delivery, PurchaseOrder
from orders.reply import Decision, Kind, LineReading, MatchedBy, OrderResponse, Outcome, Reading
from store.doors import Door
from store.inbox import Incoming, write_down
from tests.makers.world import World

OAT_LESS = LineReading(1, Outcome.CHANGED, 96, Decimal("4.20"), (Delivery(date(2026, 12, 3), 96),))
OAT_YES = LineReading(1, Outcome.ACCEPTED, 120, Decimal("4.20"))
SOY_YES = LineReading(2, Outcome.ACCEPTED, 60, Decimal("3.80"))


def arrived(world: World, text: str, key: str) -> int:
    """A mail in the inbox."""
    with world.store.transaction() as session:
        incoming = Incoming(
            Door.MAIL,
            key,
            world.clock.now(),
            raw=b"raw",
            payload={"text": text},
            sender="jan@baltic.example",
            subject="Re: your order",
        )
        return write_down(session, incoming) or 0


def answered(
    world: World, order: PurchaseOrder, *, text: str = "96 only", accepted: bool = False, **overrides: Any
) -> None:
    """The supplier sends less oat drink (all of it when `accepted`), all of the soy drink, and a manager must look."""
    oat = OAT_YES if accepted else OAT_LESS
    response = OrderResponse(order.number, MatchedBy.THREAD, True, (oat, SOY_YES))
    values: dict[str, Any] = {"kind": Kind.ORDER_RESPONSE, "decision": Decision.REVIEW, "sender_trusted": True}
    reading = Reading("<a@baltic>", supplier="BALTIC", responses=(response,), **(values | overrides))
    command = RecordReply(arrived(world, text, "orders/1/1"), reading, ("the quantity differs",))
    world.do(record_reply, command, SCHEDULER, house=world.house)


def arrive_to_read(world: World, text: str) -> None:
    """A mail that names no order of ours."""
    reading = Reading(
        "<b@baltic>", supplier="BALTIC", kind=Kind.ORDER_RESPONSE, decision=Decision.REVIEW, sender_trusted=True
    )
    command = RecordReply(arrived(world, text, "orders/1/2"), reading, ("no order is named",))
    world.do(record_reply, command, SCHEDULER, house=world.house)
