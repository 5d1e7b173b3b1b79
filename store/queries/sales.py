"""What sold in a period."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.tables.catalogue import ProductRow
from store.tables.sales import DailySalesRow


@dataclass(frozen=True, slots=True)
class SoldUnits:
    """Units of one product over a period, all places together."""

    sku: str
    name: str
    units: int


def sold_between(
    session: Session, since: date, until: date, *, skus: Collection[str] | None = None, limit: int = 50
) -> tuple[SoldUnits, ...]:
    """Units by product from `since` to `until`, both included, the most first."""
    units = func.sum(DailySalesRow.quantity)
    query = (
        select(ProductRow.sku, ProductRow.name, units)
        .join(DailySalesRow, DailySalesRow.product_id == ProductRow.id)
        .where(DailySalesRow.day >= since, DailySalesRow.day <= until)
        .group_by(ProductRow.sku, ProductRow.name)
        .order_by(units.desc(), ProductRow.sku)
        .limit(limit)
    )
    if skus is not None:
        query = query.where(ProductRow.sku.in_(skus))
    return tuple(SoldUnits(sku, name, int(total)) for sku, name, total in session.execute(query))
