"""Answers "what if this order comes late or short": which of its products then run out, by the last plan's forecast."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from orders.clock import Clock
from orders.effect import Affected, DeliveryEffect
from orders.purchase import LINE_ENDED, Delivery
from orders.stock import Coming
from planning.kept import forecast_from
from planning.slips import Arrival, Slip, Supply, slips
from planning.stockout import HORIZON
from store.queries.orders import order_row
from store.queries.stock import coming_supply, open_deliveries
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.planning import PlanRunRow, StockOutlookRow
from store.tables.purchase import PurchaseOrderLineRow, PurchaseOrderRow
from store.tables.stock import StockBalanceRow


@dataclass(frozen=True, slots=True)
class DeliveryChange:
    """What may become of an order: every open delivery so many days later, or lines delivered as `deliveries` says.

    `deliveries` is what of each line still comes, by line number: base units by day, None for a part without a firm
    date, which then counts as out of sight. A line that it does not name is only moved by `days`; an empty tuple is a
    line that does not come at all.
    """

    order: str
    days: int = 0
    deliveries: Mapping[int, tuple[Delivery, ...]] | None = None


def delivery_effect(session: Session, change: DeliveryChange, *, clock: Clock) -> DeliveryEffect:
    """Which products of the order run out when it is delivered so, and by how much. Writes nothing.

    Stock and other deliveries are those of this moment, demand is the last plan's. Looks as far as the latest delivery
    or the day on which an order of today could help, whichever is later, 60 days at most. Raises OrderNotFound.
    """
    order = order_row(session, change.order)
    place = session.get_one(LocationRow, order.location_id)
    today = clock.now().astimezone(ZoneInfo(place.timezone)).date()
    lines = [line for line in order.lines if line.state not in LINE_ENDED]
    keys = sorted({line.product_id for line in lines})
    planned = _planned(session, place.id, keys)
    known = [key for key in keys if key in planned]
    supplies = [
        _supply(session, key, order, [line for line in lines if line.product_id == key], change, planned[key], today)
        for key in known
    ]
    names = {row.id: row for row in session.scalars(select(ProductRow).where(ProductRow.id.in_(keys)))}
    found = [
        _affected(names[key], place.code, slip)
        for key, slip in zip(known, _compared(session, [planned[key] for key in known], supplies, today), strict=True)
    ]
    found.sort(key=lambda each: (not each.runs_out, -each.chance_then, each.sku))
    return DeliveryEffect(order.number, tuple(found), tuple(names[key].sku for key in keys if key not in planned))


def _planned(session: Session, place: int, keys: Sequence[int]) -> dict[int, StockOutlookRow]:
    rows = session.scalars(
        select(StockOutlookRow).where(StockOutlookRow.location_id == place, StockOutlookRow.product_id.in_(keys))
    )
    return {row.product_id: row for row in rows if row.figures}


def _compared(
    session: Session, outlooks: Sequence[StockOutlookRow], supplies: Sequence[Supply], today: date
) -> tuple[Slip, ...]:
    if not outlooks:
        return ()
    made_on = session.get_one(PlanRunRow, outlooks[0].run_id).today
    forecast, is_whole = forecast_from([row.figures or {} for row in outlooks], made_on, today)
    return slips(forecast, is_whole, supplies, today)


def _supply(
    session: Session,
    product: int,
    order: PurchaseOrderRow,
    lines: Sequence[PurchaseOrderLineRow],
    change: DeliveryChange,
    outlook: StockOutlookRow,
    today: date,
) -> Supply:
    others = [
        each
        for each in coming_supply(session, [product]).get((product, order.location_id), ())
        if each.order != order.number
    ]
    as_promised = [each for line in lines for each in open_deliveries(line, order)]
    as_it_will_be = [each for line in lines for each in _changed(line, order, change)]
    promised, then = (_arrivals([*others, *own], today) for own in (as_promised, as_it_will_be))
    latest = max((day for day, _ in (*promised, *then) if day < HORIZON), default=0)
    return Supply(
        on_hand=float(stock_of_chain(session, product, order.location_id)),
        promised=promised,
        then=then,
        days=max(latest, outlook.protection_days),
    )


def stock_of_chain(session: Session, product: int, place: int) -> int:
    """What is there, and in the places that are supplied from there: the plan's demand of a centre is that of all."""
    chain = select(LocationRow.id).where(or_(LocationRow.id == place, LocationRow.supplied_from_id == place))
    found = session.scalar(
        select(func.sum(StockBalanceRow.on_hand - StockBalanceRow.reserved)).where(
            StockBalanceRow.product_id == product, StockBalanceRow.location_id.in_(chain)
        )
    )
    return int(found or 0)


def _changed(line: PurchaseOrderLineRow, order: PurchaseOrderRow, change: DeliveryChange) -> list[Coming]:
    if change.deliveries is not None and line.line in change.deliveries:
        return [Coming(order.number, each.date, each.quantity) for each in change.deliveries[line.line]]
    later = timedelta(days=change.days)
    return [
        Coming(each.order, None if each.day is None else each.day + later, each.quantity)
        for each in open_deliveries(line, order)
    ]


def _arrivals(coming: Iterable[Coming], today: date) -> list[Arrival]:
    """Days from today and quantities; what has no firm date is out of sight, what is overdue comes today at the soonest."""
    return [(HORIZON if each.day is None else max((each.day - today).days, 0), float(each.quantity)) for each in coming]


def _affected(product: ProductRow, place: str, slip: Slip) -> Affected:
    return Affected(
        sku=product.sku,
        name=product.name,
        unit=product.unit,
        location=place,
        chance_promised=Decimal(str(round(slip.chance_promised, 3))),
        chance_then=Decimal(str(round(slip.chance_then, 3))),
        out_early=slip.out_p20,
        out_likely=slip.out_p50,
        missing=Decimal(str(round(slip.missing, 1))),
        runs_out=slip.runs_out,
    )
