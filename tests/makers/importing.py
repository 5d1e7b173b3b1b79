"""Makes a small shop in a database: two places, three products, one supplier."""

from decimal import Decimal

from store.sessions import Store
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.suppliers import SupplierRow


def make_shop(store: Store) -> None:
    """Places GDY (Warsaw time) and LON, products A1 (with a GTIN) to A3, supplier BALTIC in PLN."""
    with store.transaction() as session:
        session.add_all(
            [
                LocationRow(code="GDY", name="Gdynia", timezone="Europe/Warsaw", country="PL"),
                LocationRow(code="LON", name="London", timezone="Europe/London", country="GB"),
                ProductRow(sku="A1", name="Oat drink", gtin="5901234123457", selling_price=Decimal("7.90")),
                ProductRow(sku="A2", name="Soy drink"),
                ProductRow(sku="A3", name="Rice drink"),
                SupplierRow(code="BALTIC", name="Baltic Foods", currency="PLN"),
            ]
        )
