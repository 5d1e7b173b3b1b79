"""Stock that lies: products that nobody buys any more, and far more of others than the plan would ever order."""

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from orders.stock import IdleStock
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.planning import StockOutlookRow
from store.tables.stock import StockBalanceRow
from store.tables.suppliers import SupplierTermRow

SPARE_DAYS = 90  # of demand above the level that the plan fills up to: more than this is overstock


def idle_stock(session: Session, *, location: str | None = None, limit: int | None = None) -> tuple[IdleStock, ...]:
    """Dead stock and overstock by the last plan, the most money first; a product without a price is worth nothing here."""
    outlook, balance = StockOutlookRow, StockBalanceRow
    query = (
        select(ProductRow, LocationRow.code, balance.on_hand - balance.reserved, outlook)
        .join(outlook, outlook.product_id == ProductRow.id)
        .join(
            balance,
            (balance.product_id == ProductRow.id) & (balance.location_id == outlook.location_id),
        )
        .join(LocationRow, LocationRow.id == outlook.location_id)
        .where(balance.on_hand - balance.reserved > outlook.order_up_to)
        .order_by(ProductRow.sku, LocationRow.code)
    )
    if location is not None:
        query = query.where(LocationRow.code == location)
    prices = _prices(session)
    found = []
    for product, place, available, expected in session.execute(query):
        idle = _idle(product, place, available, expected, prices.get(product.id))
        if idle is not None:
            found.append(idle)
    found.sort(key=lambda each: (-each.value, each.sku, each.location))
    return tuple(found[:limit])


def _idle(
    product: ProductRow, place: str, available: int, outlook: StockOutlookRow, price: tuple[Decimal, str] | None
) -> IdleStock | None:
    is_dead = outlook.demand_class == "dead"
    wanted = 0 if is_dead else outlook.order_up_to + int(SPARE_DAYS * outlook.demand_per_day)
    surplus = available - wanted
    if surplus <= 0:
        return None
    cost, currency = price or (Decimal(0), "")
    days = int(available / outlook.demand_per_day) if outlook.demand_per_day > 0 else None
    return IdleStock(
        product.sku,
        product.name,
        place,
        available,
        surplus,
        cost * surplus,
        currency,
        is_dead,
        None if is_dead else days,
    )


def _prices(session: Session) -> dict[int, tuple[Decimal, str]]:
    """The lowest known cost of a base unit of each product."""
    rows = session.execute(
        select(SupplierTermRow.product_id, SupplierTermRow.unit_price, SupplierTermRow.currency)
        .where(SupplierTermRow.unit_price.is_not(None))
        .order_by(SupplierTermRow.product_id, SupplierTermRow.unit_price.desc())
    )
    return {product: (price, currency) for product, price, currency in rows if price is not None}
