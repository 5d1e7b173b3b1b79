"""Which suppliers sell a product, and on what terms."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
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
