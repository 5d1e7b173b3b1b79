"""Goods that come in: counted against the order, discrepancies told, good units booked into stock."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.announcing import happened, show_card
from handlers.house import House
from handlers.loading import Loaded, load, move, require_permission
from handlers.stock import Move, book_move
from orders.clock import Clock
from orders.events import Event
from orders.people import Actor, Permission
from orders.purchase import LINE_ENDED, LineState, OrderState, PurchaseOrder
from orders.quantity import MOST
from orders.refusals import QuantityImpossible, Refusal
from orders.states import Act, is_complete
from store.queries.orders import order_values
from store.tables.purchase import PurchaseOrderLineRow
from store.tables.receipts import Discrepancy, ReceiptLineRow, ReceiptRow
from store.tables.stock import MoveKind


class ReceiptAlreadyBooked(Refusal):
    """This delivery note of this order is booked already."""

    code = "receipt-already-booked"

    def __init__(self, number: str, delivery_note: str) -> None:
        super().__init__(number=number, delivery_note=delivery_note)


class DeliveryNoteMissing(Refusal):
    """A delivery is known by the number of its note; without one a second booking could not be told from the first."""

    code = "delivery-note-missing"

    def __init__(self, number: str) -> None:
        super().__init__(number=number)


class OverReceipt(Refusal):
    """More came than the order expects, beyond the shop's tolerance; confirm it to book it all the same."""

    code = "over-receipt"

    def __init__(self, number: str, line: int, expected: int, counted: int) -> None:
        super().__init__(number=number, line=line, expected=expected, counted=counted)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of one line: good and damaged base units."""

    line: int
    quantity: int
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class ReceiveGoods:
    """Book one delivery. `is_over_confirmed` lets through what exceeds the tolerance."""

    order: str
    delivery_note: str
    counted: tuple[Counted, ...]
    note: str = ""
    is_over_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ShortClose:
    """Stop waiting for what is missing on a line."""

    order: str
    line: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A line whose counted quantity is not what was still expected."""

    line: int
    expected: int
    counted: int
    damaged: int
    discrepancy: Discrepancy


@dataclass(frozen=True, slots=True)
class Received:
    """The order after the delivery, and what did not agree."""

    order: PurchaseOrder
    differences: tuple[Difference, ...]


def receive(session: Session, command: ReceiveGoods, *, actor: Actor, clock: Clock, house: House) -> Received:
    """Book a delivery: receipt, stock moves, line states, journal; the order closes when nothing more is expected.

    Raises NotAllowed, OrderNotFound, ActForbidden, LineNotFound, QuantityImpossible, OverReceipt, ReceiptAlreadyBooked,
    DeliveryNoteMissing.
    """
    require_permission(session, actor, Permission.RECEIVE)
    loaded = load(session, command.order, Act.RECEIVE)
    now = clock.now()
    delivery_note = command.delivery_note.strip()
    _require_new_note(session, loaded, delivery_note)
    receipt = ReceiptRow(
        order_id=loaded.row.id,
        delivery_note=delivery_note,
        received_at=now,
        received_by_id=actor.person_id,
        note=command.note,
        lines=[],
    )
    session.add(receipt)
    session.flush()
    differences = [
        _book_line(session, loaded, receipt, counted, command, actor=actor, clock=clock, house=house)
        for counted in _once_a_line(command.counted)
        if counted.quantity or counted.damaged
    ]
    if not receipt.lines:
        raise QuantityImpossible(0, "nothing-counted")
    told = tuple(difference for difference in differences if difference.discrepancy is not Discrepancy.NONE)
    move(session, loaded)
    after = {
        "delivery_note": delivery_note,
        "lines": [{"line": each.line, "counted": each.counted, "expected": each.expected} for each in differences],
        "discrepancies": len(told),
    }
    happened(session, loaded.row, Event.GOODS_RECEIVED, actor=actor, now=now, after=after, reason=command.note)
    return Received(_close_when_complete(session, loaded, actor=actor, clock=clock), told)


def short_close(session: Session, command: ShortClose, *, actor: Actor, clock: Clock) -> PurchaseOrder:
    """End a line short. Raises NotAllowed, LineNotFound, ActForbidden, QuantityImpossible when it has ended already."""
    require_permission(session, actor, Permission.CANCEL)
    loaded = load(session, command.order, Act.RECEIVE)
    known = loaded.order.line_at(command.line)
    if known.state in LINE_ENDED:
        raise QuantityImpossible(known.open_quantity, "line-ended")
    _row(loaded, command.line).state = LineState.SHORT_CLOSED
    move(session, loaded)
    after = {"line": command.line, "missing": known.open_quantity}
    happened(
        session,
        loaded.row,
        Event.LINE_SHORT_CLOSED,
        actor=actor,
        now=clock.now(),
        after=after,
        reason=command.reason,
    )
    return _close_when_complete(session, loaded, actor=actor, clock=clock)


def _once_a_line(counted: tuple[Counted, ...]) -> list[Counted]:
    """What was counted of a line in several places of one delivery is one count."""
    found: dict[int, Counted] = {}
    for each in counted:
        _require_count(each)
        known = found.get(each.line, Counted(each.line, 0))
        found[each.line] = Counted(each.line, known.quantity + each.quantity, known.damaged + each.damaged)
    return list(found.values())


def _require_count(counted: Counted) -> None:
    least, most = min(counted.quantity, counted.damaged), max(counted.quantity, counted.damaged)
    if least < 0:
        raise QuantityImpossible(least, "below-zero")
    if most > MOST:
        raise QuantityImpossible(most, "too-large")


def _require_new_note(session: Session, loaded: Loaded, note: str) -> None:
    if not note:
        raise DeliveryNoteMissing(loaded.row.number)
    known = session.scalar(
        select(ReceiptRow.id).where(ReceiptRow.order_id == loaded.row.id, ReceiptRow.delivery_note == note)
    )
    if known is not None:
        raise ReceiptAlreadyBooked(loaded.row.number, note)


def _book_line(
    session: Session,
    loaded: Loaded,
    receipt: ReceiptRow,
    counted: Counted,
    command: ReceiveGoods,
    *,
    actor: Actor,
    clock: Clock,
    house: House,
) -> Difference:
    known = loaded.order.line_at(counted.line)
    line = _row(loaded, counted.line)
    arrived = counted.quantity + counted.damaged
    most = known.open_quantity + known.expected_quantity * house.shop.over_receipt_percent / Decimal(100)
    if arrived > most and not command.is_over_confirmed:
        raise OverReceipt(loaded.row.number, counted.line, known.open_quantity, arrived)
    discrepancy = _discrepancy(known.open_quantity, counted)
    receipt.lines.append(
        ReceiptLineRow(
            order_line_id=line.id,
            expected=known.open_quantity,
            quantity=counted.quantity,
            damaged=counted.damaged,
            discrepancy=discrepancy,
        )
    )
    line.received += counted.quantity
    line.state = LineState.RECEIVED if line.received >= known.expected_quantity else LineState.PARTLY_RECEIVED
    if counted.quantity:
        arrival = Move(
            product_id=line.product_id,
            location_id=loaded.row.location_id,
            quantity=counted.quantity,
            kind=MoveKind.RECEIPT,
            key=f"receipt:{receipt.id}:{line.id}",
            note=f"{loaded.row.number} {receipt.delivery_note}",
        )
        book_move(session, arrival, actor=actor, now=clock.now())
    return Difference(counted.line, known.open_quantity, counted.quantity, counted.damaged, discrepancy)


def _discrepancy(expected: int, counted: Counted) -> Discrepancy:
    if counted.damaged:
        return Discrepancy.DAMAGED
    if counted.quantity == expected:
        return Discrepancy.NONE
    return Discrepancy.SHORT if counted.quantity < expected else Discrepancy.OVER


def _row(loaded: Loaded, line: int) -> PurchaseOrderLineRow:
    return next(each for each in loaded.row.lines if each.line == line)


def _close_when_complete(session: Session, loaded: Loaded, *, actor: Actor, clock: Clock) -> PurchaseOrder:
    row, now = loaded.row, clock.now()
    session.flush()
    order = order_values(session, [row])[0]
    if is_complete(order.lines):
        row.state, row.closed_at = OrderState.CLOSED, now
        row.revision += 1
        happened(session, row, Event.ORDER_CLOSED, actor=actor, now=now)
        order = order_values(session, [row])[0]
    show_card(session, row, now=now)
    return order
