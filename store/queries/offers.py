"""Which suppliers sell a product, and on what terms."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True, slots=True)
class PricedOffer:
    """What a supplier asks for one base unit of a product, net."""

    supplier_id: int
    supplier_name: str
    unit_price: Decimal
    currency: str
    valid_from: date | None
    valid_until: date | None

    def is_valid(self, on: date) -> bool:
        """Whether the price holds on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on <= self.valid_until
        )


def priced_offers(session: Session, products: Collection[int]) -> dict[int, list[PricedOffer]]:
    """What suppliers that are not blocked ask for each product, the cheapest first, whatever the currency."""
    term, supplier = SupplierTermRow, SupplierRow
    rows = session.execute(
        select(
            term.product_id, supplier.id, supplier.name, term.unit_price, term.currency, term.valid_from,
            term.valid_until,
        )
        .join(supplier, supplier.id == term.supplier_id)
        .where(term.product_id.in_(products), term.unit_price > Decimal(0), supplier.is_blocked.is_(False))
        .order_by(term.unit_price, supplier.code)
    )  # fmt: skip
    found: dict[int, list[PricedOffer]] = defaultdict(list)
    for product, key, name, price, currency, since, until in rows:
        if price is not None:
            found[product].append(PricedOffer(key, name, price, currency, since, until))
    return dict(found)
