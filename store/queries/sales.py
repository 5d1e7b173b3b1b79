"""What sold in a period."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.tables.catalogue import LocationRow, ProductRow
from store.tables.sales import DailySalesRow


@dataclass(frozen=True, slots=True)
class SoldUnits:
    """Units of one product over a period."""

    sku: str
    name: str
    units: int


@dataclass(frozen=True, slots=True)
class Sold:
    """What sold in a period: all units, how many products, and the products that sold most."""

    units: int
    products: int
    most: tuple[SoldUnits, ...]


def sold_between(
    session: Session,
    since: date,
    until: date,
    *,
    skus: Collection[str] | None = None,
    location: str | None = None,
    limit: int = 50,
) -> Sold:
    """Units from `since` to `until`, both included, of these products (all when None) at a location (all when None)."""
    units = func.sum(DailySalesRow.quantity).label("units")
    query = (
        select(ProductRow.sku, ProductRow.name, units)
        .join(DailySalesRow, DailySalesRow.product_id == ProductRow.id)
        .where(DailySalesRow.day >= since, DailySalesRow.day <= until)
        .group_by(ProductRow.sku, ProductRow.name)
    )
    if skus is not None:
        query = query.where(ProductRow.sku.in_(skus))
    if location is not None:
        query = query.join(LocationRow, LocationRow.id == DailySalesRow.location_id).where(LocationRow.code == location)
    each = query.subquery()
    total, products = session.execute(select(func.sum(each.c.units), func.count()).select_from(each)).one()
    most = session.execute(query.order_by(units.desc(), ProductRow.sku).limit(limit))
    return Sold(int(total or 0), products, tuple(SoldUnits(sku, name, int(count)) for sku, name, count in most))
