"""Everything that is on its way, with the day on which it is likely to come: promised is not yet there."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from handlers.supply_history import REMINDER, SupplyLearnt, waiting_in
from orders.purchase import LINE_ENDED, OrderState
from orders.states import ORDERED, PLANNED
from orders.stock import parts_to_come
from store.tables.outbox import SentMailRow
from store.tables.purchase import PromisedDeliveryRow, PurchaseOrderLineRow, PurchaseOrderRow

_UNKNOWN_DAYS = 7  # a part that follows with no firm date is expected a week from today, as every day anew


@dataclass(frozen=True, slots=True)
class OpenPart:
    """Base units of one line that come together."""

    line: int
    product: int
    place: int
    supplier: int
    quantity: int
    due: date | None  # promised, or where nothing is promised wished for; None: no firm date
    sent: date | None  # None: the supplier does not have it yet
    is_promised: bool
    is_reminded: bool


@dataclass(frozen=True, slots=True)
class ExpectedPart:
    """A part and the day on which it is likely to come: by then half of its like have come."""

    part: OpenPart
    day: date


def expected_deliveries(session: Session, learnt: SupplyLearnt, *, today: date) -> list[ExpectedPart]:
    """Open parts of sent orders, and of drafts and orders that are not out yet. Proposals are computed anew."""
    parts = _open_parts(session, today)
    lead = {
        (supplier, product): days
        for supplier, product, days in learnt.lead_times.select("supplier", "product", "lead_time_days").iter_rows()
    }
    days = [_due(part, lead.get((str(part.supplier), str(part.product))), today) for part in parts]
    states = [waiting_in(is_promised=part.is_promised, is_reminded=part.is_reminded) for part in parts]
    ages = np.array([(today - day).days for day in days], np.int64)
    asked = [place for place, part in enumerate(parts) if part.sent is not None and part.due is not None]
    found = learnt.arrivals.days_until(
        [str(parts[place].supplier) for place in asked], [states[place].value for place in asked], ages[asked], 0.5
    )
    likely = dict(zip(asked, found.tolist(), strict=True))
    return [
        ExpectedPart(part, today + timedelta(days=likely[place]) if place in likely else max(days[place], today))
        for place, part in enumerate(parts)
    ]


def keep_expected(session: Session, expected: Sequence[ExpectedPart]) -> int:
    """Write the day of each line's last part where it is another than was kept; returns how many were."""
    latest: dict[int, date] = {}
    for each in expected:
        if each.part.sent is not None:
            latest[each.part.line] = max(each.day, latest.get(each.part.line, each.day))
    kept = dict(
        session.execute(
            select(PurchaseOrderLineRow.id, PurchaseOrderLineRow.expected_on)
            .join(PurchaseOrderRow, PurchaseOrderRow.id == PurchaseOrderLineRow.order_id)
            .where(PurchaseOrderRow.state.in_(ORDERED))
        ).all()
    )
    changed = [{"id": line, "expected_on": day} for line, day in sorted(latest.items()) if kept.get(line) != day]
    if changed:
        session.execute(update(PurchaseOrderLineRow), changed)
    return len(changed)


def _due(part: OpenPart, lead: float | None, today: date) -> date:
    """The promised day; before a promise the later of the wished day and the day that the lead time leads to."""
    if part.is_promised and part.due is not None:
        return part.due
    if part.due is None:
        return today + timedelta(days=_UNKNOWN_DAYS)
    led = part.due if lead is None else (part.sent or today) + timedelta(days=round(lead))
    return max(part.due, led)


def _open_parts(session: Session, today: date) -> list[OpenPart]:
    line, order = PurchaseOrderLineRow, PurchaseOrderRow
    promised = _promised(session)
    reminded = _reminded(session)
    rows = session.execute(
        select(
            line.id, line.product_id, order.location_id, order.supplier_id, order.id, order.state, order.sent_at,
            order.delivery_date, line.quantity, line.confirmed_quantity, line.received,
        )
        .join(order, order.id == line.order_id)
        .where(order.state.in_(ORDERED | (PLANNED - {OrderState.PROPOSED})), line.state.not_in(LINE_ENDED))
        .order_by(line.id)
    )  # fmt: skip
    parts: list[OpenPart] = []
    for key, product, place, supplier, order_id, state, sent_at, wished, quantity, confirmed, received in rows:
        expected = quantity if confirmed is None else confirmed
        sent = sent_at.date() if sent_at is not None and state in ORDERED else None
        for due, count, is_promised in parts_to_come(
            promised.get(key, ()), expected, received, wished or sent or today
        ):
            parts.append(OpenPart(key, product, place, supplier, count, due, sent, is_promised, order_id in reminded))
    return parts


def _promised(session: Session) -> dict[int, list[tuple[date | None, int]]]:
    rows = session.execute(
        select(PromisedDeliveryRow.line_id, PromisedDeliveryRow.day, PromisedDeliveryRow.quantity)
        .join(PurchaseOrderLineRow, PurchaseOrderLineRow.id == PromisedDeliveryRow.line_id)
        .join(PurchaseOrderRow, PurchaseOrderRow.id == PurchaseOrderLineRow.order_id)
        .where(PurchaseOrderRow.state.in_(ORDERED))
        .order_by(PromisedDeliveryRow.id)
    )
    found: dict[int, list[tuple[date | None, int]]] = defaultdict(list)
    for line, day, quantity in rows:
        found[line].append((day, quantity))
    return found


def _reminded(session: Session) -> frozenset[int]:
    rows = session.scalars(
        select(SentMailRow.order_id).where(SentMailRow.kind == REMINDER, SentMailRow.sent_at.is_not(None))
    )
    return frozenset(key for key in rows if key is not None)
