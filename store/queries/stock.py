"""Stock levels: on hand from the balance, coming from open order lines, outlook from the last plan."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from orders.purchase import LINE_ENDED
from orders.states import ORDERED, PLANNED
from orders.stock import Coming, Outlook, StockLevel, parts_to_come
from store.tables.catalogue import LocationRow, ProductRow, ProductState
from store.tables.planning import StockOutlookRow
from store.tables.purchase import PurchaseOrderLineRow, PurchaseOrderRow
from store.tables.stock import StockBalanceRow

_Place = tuple[int, int]  # product and location
_MOST_NAMED = 5000  # above this a query over everything is cheaper than naming each product


def stock_levels(
    session: Session, *, skus: Collection[str] | None = None, location: str | None = None, limit: int | None = None
) -> tuple[StockLevel, ...]:
    """Stock of these products (all when None) at a location (all when None), by product and location code."""
    query = _balances()
    if skus is not None:
        query = query.where(ProductRow.sku.in_(skus))
    if location is not None:
        query = query.where(LocationRow.code == location)
    return _levels(session, query.limit(limit))


def running_low(session: Session, *, location: str | None = None, limit: int | None = None) -> tuple[StockLevel, ...]:
    """What is at or below its reorder point, what is on order counted in; the most urgent first."""
    query = _balances().where(
        ProductRow.state == ProductState.ACTIVE,
        StockBalanceRow.on_hand - StockBalanceRow.reserved <= StockOutlookRow.reorder_point,
    )
    if location is not None:
        query = query.where(LocationRow.code == location)
    low = [level for level in _levels(session, query) if level.is_low]
    low.sort(key=lambda level: -(level.outlook.stockout_risk if level.outlook else 0))
    return tuple(low[:limit])


def running_out(
    session: Session, *, skus: Collection[str] | None = None, location: str | None = None, limit: int | None = None
) -> tuple[StockLevel, ...]:
    """What (of these products; of all when None) is likely to run out within the plan's sight, soonest first."""
    query = _likely_to_run_out(_balances(), location)
    if skus is not None:
        query = query.where(ProductRow.sku.in_(skus))
    return _levels(session, query.order_by(None).order_by(StockOutlookRow.stockout_p50, ProductRow.sku).limit(limit))


def products_running_out(session: Session, *, location: str | None = None) -> int:
    """How many products are likely to run out within the plan's sight, at this location or anywhere."""
    query = _likely_to_run_out(_balances(), location).with_only_columns(func.count(ProductRow.id.distinct()))
    return session.execute(query.order_by(None)).scalar_one()


def in_demand(session: Session, *, location: str | None = None, limit: int = 12) -> tuple[StockLevel, ...]:
    """What is expected to sell most, by the last plan."""
    query = _balances().where(ProductRow.state == ProductState.ACTIVE, StockOutlookRow.demand_per_day > 0)
    if location is not None:
        query = query.where(LocationRow.code == location)
    most = query.order_by(None).order_by(StockOutlookRow.demand_per_day.desc(), ProductRow.sku)
    return _levels(session, most.limit(limit))


def on_hand(session: Session, product_id: int, location_id: int) -> int:
    """Base units there now, by the balance."""
    balance = session.get(StockBalanceRow, (product_id, location_id))
    return 0 if balance is None else balance.on_hand


_Found = tuple[ProductRow, LocationRow, StockBalanceRow, StockOutlookRow | None]


def _likely_to_run_out(
    query: Select[ProductRow, LocationRow, StockBalanceRow, StockOutlookRow], location: str | None
) -> Select[ProductRow, LocationRow, StockBalanceRow, StockOutlookRow]:
    query = query.where(ProductRow.state == ProductState.ACTIVE, StockOutlookRow.stockout_p50.is_not(None))
    return query if location is None else query.where(LocationRow.code == location)


def _balances() -> Select[ProductRow, LocationRow, StockBalanceRow, StockOutlookRow]:
    return (
        select(ProductRow, LocationRow, StockBalanceRow, StockOutlookRow)
        .join(StockBalanceRow, StockBalanceRow.product_id == ProductRow.id)
        .join(LocationRow, LocationRow.id == StockBalanceRow.location_id)
        .outerjoin(
            StockOutlookRow,
            (StockOutlookRow.product_id == ProductRow.id) & (StockOutlookRow.location_id == LocationRow.id),
        )
        .order_by(ProductRow.sku, LocationRow.code)
    )


def _levels(
    session: Session, query: Select[ProductRow, LocationRow, StockBalanceRow, StockOutlookRow]
) -> tuple[StockLevel, ...]:
    found: list[_Found] = [(row[0], row[1], row[2], row[3]) for row in session.execute(query)]
    products = {product.id for product, _, _, _ in found} if len(found) <= _MOST_NAMED else None
    coming, planned = coming_supply(session, products), planned_supply(session, products)
    return tuple(
        StockLevel(
            sku=product.sku,
            name=product.name,
            unit=product.unit,
            location=place.code,
            location_name=place.name,
            on_hand=balance.on_hand,
            reserved=balance.reserved,
            planned=planned.get((product.id, place.id), 0),
            coming=tuple(coming.get((product.id, place.id), ())),
            outlook=None if outlook is None else outlook_value(outlook),
        )
        for product, place, balance, outlook in found
    )


def coming_supply(session: Session, products: Collection[int] | None = None) -> dict[_Place, list[Coming]]:
    """Open quantities of sent orders by product and location; a promised delivery on its day, the rest on the order's."""
    query = (
        select(PurchaseOrderLineRow, PurchaseOrderRow)
        .join(PurchaseOrderRow, PurchaseOrderRow.id == PurchaseOrderLineRow.order_id)
        .where(PurchaseOrderRow.state.in_(ORDERED), PurchaseOrderLineRow.state.not_in(LINE_ENDED))
        .order_by(PurchaseOrderRow.delivery_date, PurchaseOrderRow.id)
    )
    if products is not None:
        query = query.where(PurchaseOrderLineRow.product_id.in_(products))
    supply: dict[_Place, list[Coming]] = defaultdict(list)
    for line, order in session.execute(query):
        supply[line.product_id, order.location_id] += open_deliveries(line, order)
    return dict(supply)


def open_deliveries(line: PurchaseOrderLineRow, order: PurchaseOrderRow) -> list[Coming]:
    """What of one line still comes: what is promised on its day, the rest on the order's."""
    expected = line.quantity if line.confirmed_quantity is None else line.confirmed_quantity
    told = [(each.day, each.quantity) for each in line.deliveries]
    parts = parts_to_come(told, expected, line.received, order.delivery_date)
    return [Coming(order.number, day, quantity, line.expected_on) for day, quantity, _ in parts]


def planned_supply(session: Session, products: Collection[int] | None = None) -> dict[_Place, int]:
    """Base units in proposals, drafts and orders that are not out yet, by product and location."""
    query = (
        select(PurchaseOrderLineRow.product_id, PurchaseOrderRow.location_id, func.sum(PurchaseOrderLineRow.quantity))
        .join(PurchaseOrderRow, PurchaseOrderRow.id == PurchaseOrderLineRow.order_id)
        .where(PurchaseOrderRow.state.in_(PLANNED))
        .group_by(PurchaseOrderLineRow.product_id, PurchaseOrderRow.location_id)
    )
    if products is not None:
        query = query.where(PurchaseOrderLineRow.product_id.in_(products))
    return {(product, place): int(quantity) for product, place, quantity in session.execute(query)}


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A product's line in an order that is not out yet."""

    order_id: int
    number: str
    quantity: int


def planned_lines(
    session: Session, products: Collection[int], locations: Collection[int]
) -> dict[_Place, list[PlannedLine]]:
    """Lines of proposals, drafts and orders that are not out yet, by product and location, in the order of numbers."""
    line, order = PurchaseOrderLineRow, PurchaseOrderRow
    rows = session.execute(
        select(line.product_id, order.location_id, order.id, order.number, line.quantity)
        .join(order, order.id == line.order_id)
        .where(order.state.in_(PLANNED), order.location_id.in_(locations), line.product_id.in_(products))
        .order_by(order.number)
    )
    found: dict[_Place, list[PlannedLine]] = defaultdict(list)
    for product, place, order_id, number, quantity in rows:
        found[product, place].append(PlannedLine(order_id, number, quantity))
    return dict(found)


def outlook_value(row: StockOutlookRow) -> Outlook:
    """A stored outlook as a value."""
    return Outlook(
        demand_per_day=row.demand_per_day,
        reorder_point=row.reorder_point,
        order_up_to=row.order_up_to,
        stockout_p20=row.stockout_p20,
        stockout_p50=row.stockout_p50,
        stockout_p80=row.stockout_p80,
        stockout_risk=row.stockout_risk,
        order_quantity=row.order_quantity,
        reason=row.reason,
    )
