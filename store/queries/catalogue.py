"""Products, suppliers and places by their codes, with the nearest names when a code is unknown."""

from collections.abc import Sequence

from rapidfuzz import process, utils
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders.refusals import LocationNotFound, ProductNotFound, SupplierNotFound
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.suppliers import SupplierRow, SupplierTermRow


def product_row(session: Session, sku: str) -> ProductRow:
    """The product with this code or GTIN; raises ProductNotFound with the nearest codes."""
    row = session.scalar(select(ProductRow).where(ProductRow.sku == sku)) or session.scalar(
        select(ProductRow).where(ProductRow.gtin == sku)
    )
    if row is None:
        raise ProductNotFound(sku, nearest_products(session, sku))
    return row


def supplier_row(session: Session, code: str) -> SupplierRow:
    """The supplier with this code; raises SupplierNotFound with the nearest codes."""
    row = session.scalar(select(SupplierRow).where(SupplierRow.code == code))
    if row is None:
        known = session.execute(select(SupplierRow.code, SupplierRow.name)).all()
        raise SupplierNotFound(code, _nearest(code, known))
    return row


def location_row(session: Session, code: str) -> LocationRow:
    """The location with this code; raises LocationNotFound with the nearest codes."""
    row = session.scalar(select(LocationRow).where(LocationRow.code == code))
    if row is None:
        known = session.execute(select(LocationRow.code, LocationRow.name)).all()
        raise LocationNotFound(code, _nearest(code, known))
    return row


def term_row(session: Session, supplier_id: int, product_id: int) -> SupplierTermRow | None:
    """On what terms a supplier sells a product, or None when it does not."""
    return session.scalar(
        select(SupplierTermRow).where(
            SupplierTermRow.supplier_id == supplier_id, SupplierTermRow.product_id == product_id
        )
    )


def supplier_of_product(session: Session, sku: str, location: str | None) -> tuple[str, str]:
    """The preferred supplier of a product and the place to deliver to: the named one, else the shop's first.

    Raises ProductNotFound, SupplierNotFound when nobody sells it, LocationNotFound.
    """
    product = product_row(session, sku)
    code = session.scalar(
        select(SupplierRow.code)
        .join(SupplierTermRow, SupplierTermRow.supplier_id == SupplierRow.id)
        .where(SupplierTermRow.product_id == product.id)
        .order_by(SupplierTermRow.is_preferred.desc(), SupplierTermRow.unit_price)
        .limit(1)
    )
    if code is None:
        raise SupplierNotFound(sku)
    place = location or session.scalar(select(LocationRow.code).order_by(LocationRow.id).limit(1))
    if place is None:
        raise LocationNotFound("")
    return code, place


def nearest_products(session: Session, typed: str, limit: int = 3) -> tuple[str, ...]:
    """Products whose code or name looks like what was typed, as "CODE (name)"."""
    known = session.execute(select(ProductRow.sku, ProductRow.name)).all()
    return _nearest(typed, known, limit)


def _nearest(typed: str, known: Sequence[tuple[str, str]], limit: int = 3) -> tuple[str, ...]:
    choices = [f"{code} ({name})" for code, name in known]
    found = process.extract(typed, choices, processor=utils.default_process, limit=limit, score_cutoff=50)
    return tuple(choice for choice, _, _ in found)
