"""What became of sent orders, as the planner learns from it: lead times from receipts, arrivals against promises."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import polars as pl
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from orders.purchase import LINE_ENDED
from planning.arrivals import ArrivalTable, Waiting, learn_arrivals
from planning.episodes import episodes_of
from planning.lead_time import DELIVERED, TERMS, learn_lead_times
from store.column_types import as_float
from store.tables.outbox import SentMailRow
from store.tables.purchase import ConfirmationRow, PurchaseOrderLineRow, PurchaseOrderRow
from store.tables.receipts import ReceiptLineRow, ReceiptRow
from store.tables.suppliers import SupplierTermRow

LEARNT_DAYS = 730  # orders sent longer ago say nothing of today
REMINDER = "order_reminder"  # kind of the mails that ask a supplier again


@dataclass(frozen=True, slots=True)
class SupplyLearnt:
    """What receipts and answers teach: `lead_times` by supplier and product, and the course of open deliveries."""

    lead_times: pl.DataFrame
    arrivals: ArrivalTable
    delivered: pl.DataFrame
    terms: pl.DataFrame
    episodes: pl.DataFrame


def learn_supply(session: Session, *, today: date) -> SupplyLearnt:
    """Learn from the orders of the last two years."""
    terms = _terms(session)
    lines = _sent_lines(session, today)
    delivered = _delivered(lines, today)
    lead_times = learn_lead_times(delivered, terms)
    episodes = episodes_of(lines, _promises(session, today), _reminders(session), lead_times, today)
    return SupplyLearnt(lead_times, learn_arrivals(episodes), delivered, terms, episodes)


def waiting_in(*, is_promised: bool, is_reminded: bool) -> Waiting:
    """The state in which an open delivery waits."""
    if is_promised:
        return Waiting.PRESSED if is_reminded else Waiting.PROMISED
    return Waiting.REMINDED if is_reminded else Waiting.UNANSWERED


def _terms(session: Session) -> pl.DataFrame:
    rows = session.execute(
        select(
            SupplierTermRow.supplier_id,
            SupplierTermRow.product_id,
            SupplierTermRow.lead_time_days,
            as_float(session, SupplierTermRow.lead_time_sd_days),
        ).order_by(SupplierTermRow.id)
    ).all()
    schema = {"supplier": pl.Int64, "product": pl.Int64, "stated": pl.Float64, "stated_sd": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row").cast(TERMS)  # type: ignore[arg-type]


_LINES = {
    "line": pl.Int64,
    "order": pl.Int64,
    "supplier": pl.Int64,
    "product": pl.Int64,
    "sent": pl.Date,
    "wished": pl.Date,
    "has_ended": pl.Boolean,
    "ended": pl.Date,
}


def _sent_lines(session: Session, today: date) -> pl.DataFrame:
    """Each line that a supplier has had, with the day on which half of what came of it was in (`arrived`)."""
    since = datetime.combine(today - timedelta(days=LEARNT_DAYS), time.min, UTC)
    order = PurchaseOrderRow
    rows = session.execute(
        select(
            PurchaseOrderLineRow.id,
            order.id,
            order.supplier_id,
            PurchaseOrderLineRow.product_id,
            order.sent_at,
            order.delivery_date,
            PurchaseOrderLineRow.state,
            order.closed_at,
        )
        .join(order, order.id == PurchaseOrderLineRow.order_id)
        .where(order.sent_at >= since)
        .order_by(PurchaseOrderLineRow.id)
    )
    values = [
        (line, number, supplier, product, sent.date(), wished, state in LINE_ENDED, closed.date() if closed else None)
        for line, number, supplier, product, sent, wished, state, closed in rows
        if sent is not None
    ]
    lines = pl.DataFrame(values, schema=_LINES, orient="row")
    return lines.join(_arrived(session, since), on="line", how="left", maintain_order="left").cast(
        {"supplier": pl.String, "product": pl.String, "order": pl.String}
    )


def _arrived(session: Session, since: datetime) -> pl.DataFrame:
    rows = session.execute(
        select(
            ReceiptLineRow.order_line_id,
            ReceiptRow.received_at,
            ReceiptLineRow.quantity + ReceiptLineRow.damaged,
        )
        .join(ReceiptRow, ReceiptRow.id == ReceiptLineRow.receipt_id)
        .where(ReceiptRow.received_at >= since)
        .order_by(ReceiptRow.received_at, ReceiptLineRow.id)
    )
    values = [(line, at.date(), quantity) for line, at, quantity in rows]
    counted = pl.DataFrame(values, schema={"line": pl.Int64, "arrived": pl.Date, "quantity": pl.Int64}, orient="row")
    half = pl.col("quantity").cum_sum().over("line") * 2 >= pl.col("quantity").sum().over("line")
    return counted.filter(half).unique("line", keep="first", maintain_order=True).select("line", "arrived")


def _delivered(lines: pl.DataFrame, today: date) -> pl.DataFrame:
    """Lines that came, and those that should still come with their days so far."""
    seen = lines.filter(pl.col("arrived").is_not_null() | ~pl.col("has_ended"))
    until = pl.col("arrived").fill_null(today)
    return seen.select(
        "supplier",
        "product",
        "order",
        days=(until - pl.col("sent")).dt.total_days().clip(lower_bound=0),
        age=(pl.lit(today) - until).dt.total_days(),
        is_open=pl.col("arrived").is_null(),
    ).cast(DELIVERED)  # type: ignore[arg-type]


def _promises(session: Session, today: date) -> pl.DataFrame:
    """Each answer that named a day: when it was booked, and the day by which half of the quantity was promised."""
    since = datetime.combine(today - timedelta(days=LEARNT_DAYS), time.min, UTC)
    rows = session.execute(
        select(ConfirmationRow.line_id, ConfirmationRow.booked_at, ConfirmationRow.deliveries)
        .where(ConfirmationRow.booked_at >= since)
        .order_by(ConfirmationRow.line_id, ConfirmationRow.version)
    )
    values = [(line, booked.date(), _half_promised(parts)) for line, booked, parts in rows]
    return pl.DataFrame(values, schema={"line": pl.Int64, "answered": pl.Date, "promised": pl.Date}, orient="row")


def _half_promised(parts: list[dict[str, object]]) -> date | None:
    dated = sorted((str(each["date"]), int(str(each["quantity"]))) for each in parts if each.get("date"))
    total, so_far = sum(quantity for _, quantity in dated), 0
    for day, quantity in dated:
        so_far += quantity
        if 2 * so_far >= total:
            return date.fromisoformat(day)
    return None


def _reminders(session: Session) -> pl.DataFrame:
    """The day on which each order's supplier was last asked again."""
    rows = session.execute(
        select(SentMailRow.order_id, func.max(SentMailRow.sent_at))
        .where(SentMailRow.kind == REMINDER, SentMailRow.sent_at.is_not(None), SentMailRow.order_id.is_not(None))
        .group_by(SentMailRow.order_id)
    )
    values = [(str(order), at.date()) for order, at in rows if at is not None]
    return pl.DataFrame(values, schema={"order": pl.String, "reminded": pl.Date}, orient="row")
