"""The daily report's figures, as of the moment in which they are asked for."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from orders.purchase import OrderState, PurchaseOrder
from orders.report import CoverBand, DailyReport, DayUnits, OrderBrief
from orders.states import ORDERED
from orders.stock import StockLevel
from store.doors import InboxState
from store.queries.orders import orders_in
from store.queries.stock import running_low, stock_levels
from store.tables.decisions import ProposalState, ReplyProposalRow
from store.tables.inbox import InboxRow
from store.tables.sales import DailySalesRow

_BANDS = ((0, 7), (7, 14), (14, 28), (28, 56), (56, None))


def daily_report(session: Session, day: date) -> DailyReport:
    """Everything the report of this day shows."""
    levels = stock_levels(session)
    return DailyReport(
        day=day,
        cover=cover_bands(levels),
        sold=_sold(session, day),
        waiting=tuple(_brief(order, day) for order in orders_in(session, [OrderState.AWAITING_APPROVAL])),
        late=late_orders(session, day),
        low=running_low(session),
        proposals=len(orders_in(session, [OrderState.PROPOSED])),
        to_read=_to_read(session),
    )


def cover_bands(levels: tuple[StockLevel, ...]) -> tuple[CoverBand, ...]:
    """Products by the days that their available stock lasts at the expected demand."""
    days = [_days_of_cover(level) for level in levels]
    return tuple(
        CoverBand(since, until, sum(1 for each in days if _fits(each, since, until))) for since, until in _BANDS
    )


def late_orders(session: Session, day: date) -> tuple[OrderBrief, ...]:
    """Orders of which something was promised for a day that has passed, the latest first."""
    found = []
    for order in orders_in(session, ORDERED):
        overdue = _overdue_since(order, day)
        if overdue is not None:
            found.append(_brief(order, overdue, (day - overdue).days))
    return tuple(sorted(found, key=lambda brief: (-brief.days_late, brief.number)))


def _overdue_since(order: PurchaseOrder, day: date) -> date | None:
    days = [
        promised
        for line in order.lines
        if line.open_quantity
        for promised in ([each.date for each in line.deliveries] or [order.delivery_date])
        if promised is not None and promised < day
    ]
    return min(days, default=None)


def _days_of_cover(level: StockLevel) -> Decimal | None:
    if level.outlook is None or level.outlook.demand_per_day <= 0:
        return None
    return Decimal(level.available) / level.outlook.demand_per_day


def _fits(days: Decimal | None, since: int, until: int | None) -> bool:
    if days is None:
        return until is None
    return (days >= since or since == 0) and (until is None or days < until)


def _sold(session: Session, day: date) -> tuple[DayUnits, ...]:
    first = day - timedelta(days=14)
    rows = session.execute(
        select(DailySalesRow.day, func.sum(DailySalesRow.quantity))
        .where(DailySalesRow.day >= first, DailySalesRow.day < day)
        .group_by(DailySalesRow.day)
    )
    units = {sold_on: int(quantity) for sold_on, quantity in rows}
    return tuple(
        DayUnits(first + timedelta(days=step), units.get(first + timedelta(days=step), 0)) for step in range(14)
    )


def _brief(order: PurchaseOrder, day: date | None, days_late: int = 0) -> OrderBrief:
    return OrderBrief(order.number, order.supplier_name, order.total, day, days_late)


def _to_read(session: Session) -> int:
    proposals = session.scalar(
        select(func.count()).select_from(ReplyProposalRow).where(ReplyProposalRow.state == ProposalState.PENDING)
    )
    parked = session.scalar(select(func.count()).select_from(InboxRow).where(InboxRow.state == InboxState.PARKED))
    return (proposals or 0) + (parked or 0)
