"""Finds products, suppliers and places by the codes that a file uses, with the nearest ones for an unknown code."""

from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.importers.cells import BadCell
from store.importers.headers import nearest
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.suppliers import SupplierRow


class Codes:
    """All codes of the shop, read once: a catalogue fits in memory where its sales do not."""

    def __init__(self, session: Session) -> None:
        products = session.execute(select(ProductRow.id, ProductRow.sku, ProductRow.gtin)).all()
        self._products = {gtin: key for key, _, gtin in products if gtin} | {sku: key for key, sku, _ in products}
        suppliers = session.execute(select(SupplierRow.code, SupplierRow.id, SupplierRow.currency))
        self._suppliers = {code: (key, currency) for code, key, currency in suppliers}
        places = session.execute(select(LocationRow.code, LocationRow.id, LocationRow.timezone))
        self._places = {code: (key, zone) for code, key, zone in places}
        self._nearest = lru_cache(maxsize=1000)(self._search)

    def product(self, code: str) -> int:
        """Key of a product by its code or GTIN; raises BadCell."""
        try:
            return self._products[code]
        except KeyError:
            raise BadCell("unknown-product", shown=code, nearest=self._nearest("product", code)) from None

    def supplier(self, code: str) -> tuple[int, str]:
        """Key and currency of a supplier; raises BadCell."""
        try:
            return self._suppliers[code]
        except KeyError:
            raise BadCell("unknown-supplier", shown=code, nearest=self._nearest("supplier", code)) from None

    def place(self, code: str | None) -> tuple[int, str]:
        """Key and zone of a place; the only place of a shop need not be named. Raises BadCell."""
        if code is None:
            if len(self._places) != 1:
                raise BadCell("no-place" if self._places else "no-places-at-all", places=", ".join(self._places))
            return next(iter(self._places.values()))
        try:
            return self._places[code]
        except KeyError:
            raise BadCell("unknown-place", shown=code, nearest=self._nearest("place", code)) from None

    def every_place(self) -> list[int]:
        """Keys of all places of the shop; raises BadCell when there are none."""
        if not self._places:
            raise BadCell("no-places-at-all", places="")
        return [key for key, _ in self._places.values()]

    def _search(self, kind: str, code: str) -> str:
        known = {"product": [*self._products], "supplier": [*self._suppliers], "place": [*self._places]}
        return nearest(code, known[kind])
