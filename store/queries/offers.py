"""Which suppliers sell a product, and on what terms."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from store.tables.catalogue import ProductRow
from store.tables.suppliers import SupplierRow, SupplierTermRow


@dataclass(frozen=True, slots=True)
class Offer:
    """One supplier's terms for a product; `unit_price` is net, for one base unit."""

    supplier: str
    supplier_name: str
    supplier_code: str | None
    unit_price: Decimal | None
    currency: str
    pack_size: int
    moq: int
    lead_time_days: int | None
    is_preferred: bool


def offers_of(session: Session, sku: str) -> tuple[Offer, ...]:
    """The terms of every supplier of a product: the preferred first, then the cheapest; none for an unknown product."""
    query = (
        select(SupplierTermRow, SupplierRow)
        .join(SupplierRow, SupplierRow.id == SupplierTermRow.supplier_id)
        .join(ProductRow, ProductRow.id == SupplierTermRow.product_id)
        .where(ProductRow.sku == sku)
        .order_by(SupplierTermRow.is_preferred.desc(), SupplierTermRow.unit_price, SupplierRow.code)
    )
    return tuple(
        Offer(
            supplier=supplier.code,
            supplier_name=supplier.name,
            supplier_code=term.supplier_code,
            unit_price=term.unit_price,
            currency=term.currency,
            pack_size=term.pack_size,
            moq=term.moq,
            lead_time_days=term.lead_time_days,
            is_preferred=term.is_preferred,
        )
        for term, supplier in session.execute(query)
    )


def cheapest_elsewhere(
    session: Session, products: Collection[int], *, supplier_id: int, currency: str, on: date
) -> dict[int, tuple[Decimal, str]]:
    """The lowest price of another supplier for each product, and its name: valid on the day, in the currency, not blocked."""
    rows = session.execute(
        select(SupplierTermRow.product_id, SupplierTermRow.unit_price, SupplierRow.name)
        .join(SupplierRow, SupplierRow.id == SupplierTermRow.supplier_id)
        .where(
            SupplierTermRow.product_id.in_(products),
            SupplierTermRow.supplier_id != supplier_id,
            SupplierTermRow.currency == currency,
            SupplierTermRow.unit_price > Decimal(0),
            or_(SupplierTermRow.valid_from.is_(None), SupplierTermRow.valid_from <= on),
            or_(SupplierTermRow.valid_until.is_(None), SupplierTermRow.valid_until >= on),
            SupplierRow.is_blocked.is_(False),
        )
        .order_by(SupplierTermRow.unit_price.desc(), SupplierRow.code.desc())
    )
    return {product: (price, name) for product, price, name in rows if price is not None}
