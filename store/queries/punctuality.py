"""How punctual a supplier has been: deliveries that came on the promised day or before."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.tables.catalogue import LocationRow
from store.tables.purchase import PromisedDeliveryRow, PurchaseOrderLineRow, PurchaseOrderRow
from store.tables.receipts import ReceiptLineRow, ReceiptRow


@dataclass(frozen=True, slots=True)
class Punctuality:
    """Deliveries with a promised day, and how many of them came in time."""

    measured: int
    on_time: int


def punctuality(session: Session, supplier_id: int, *, since: datetime) -> Punctuality:
    """Count the supplier's deliveries since a moment; one of several lines is late when any of them is.

    A line is promised for the first of its promised days, or, when the supplier named none, for the day that was asked.
    """
    received = session.execute(
        select(ReceiptRow.id, ReceiptRow.received_at, LocationRow.timezone, ReceiptLineRow.order_line_id)
        .join(ReceiptLineRow, ReceiptLineRow.receipt_id == ReceiptRow.id)
        .join(PurchaseOrderRow, PurchaseOrderRow.id == ReceiptRow.order_id)
        .join(LocationRow, LocationRow.id == PurchaseOrderRow.location_id)
        .where(PurchaseOrderRow.supplier_id == supplier_id, ReceiptRow.received_at >= since)
    ).all()
    promised = _promised(session, supplier_id, since) if received else {}
    came: dict[int, bool] = defaultdict(lambda: True)
    for receipt, at, zone, line in received:
        due = promised.get(line)
        if due is not None:
            came[receipt] = came[receipt] and at.astimezone(ZoneInfo(zone)).date() <= due
    return Punctuality(len(came), sum(came.values()))


def _promised(session: Session, supplier_id: int, since: datetime) -> dict[int, date]:
    """Days of the lines of which something came since a moment, however many the supplier has ever had."""
    came = (
        select(ReceiptLineRow.order_line_id)
        .join(ReceiptRow, ReceiptRow.id == ReceiptLineRow.receipt_id)
        .where(ReceiptRow.received_at >= since)
    )
    rows = session.execute(
        select(PurchaseOrderLineRow.id, PurchaseOrderRow.delivery_date, PromisedDeliveryRow.day)
        .join(PurchaseOrderRow, PurchaseOrderRow.id == PurchaseOrderLineRow.order_id)
        .outerjoin(PromisedDeliveryRow, PromisedDeliveryRow.line_id == PurchaseOrderLineRow.id)
        .where(PurchaseOrderRow.supplier_id == supplier_id, PurchaseOrderLineRow.id.in_(came))
    )
    asked: dict[int, date] = {}
    named: dict[int, date] = {}
    for line, wished, day in rows:
        if wished is not None:
            asked[line] = wished
        if day is not None:
            named[line] = min(day, named.get(line, day))
    return asked | named
