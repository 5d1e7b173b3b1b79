"""What the store knows of the products on some orders, read once for all of them: one query a subject."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from statistics import median
from typing import Any, Protocol

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import Session

from orders.stock import Coming
from store.queries.offers import PricedOffer, priced_offers
from store.queries.stock import PlannedLine, coming_supply, planned_lines
from store.tables.catalogue import ProductRow
from store.tables.planning import StockOutlookRow
from store.tables.purchase import PurchaseOrderLineRow, PurchaseOrderRow
from store.tables.stock import StockBalanceRow
from store.tables.suppliers import SupplierTermRow

_Pair = tuple[int, int]
_OF_PRODUCTS: BindParameter[Any] = bindparam("products", expanding=True)
_TERMS = select(SupplierTermRow).where(
    SupplierTermRow.supplier_id.in_(bindparam("suppliers", expanding=True)),
    SupplierTermRow.product_id.in_(_OF_PRODUCTS),
)
_OUTLOOKS = select(
    StockOutlookRow.location_id,
    StockOutlookRow.product_id,
    StockOutlookRow.demand_per_day,
    StockOutlookRow.protection_days,
    StockOutlookRow.order_quantity,
    StockOutlookRow.order_up_to,
    StockOutlookRow.stockout_p50,
).where(
    StockOutlookRow.location_id.in_(bindparam("places", expanding=True)), StockOutlookRow.product_id.in_(_OF_PRODUCTS)
)


class Expected(Protocol):
    """What the plan says of a product at a place, as far as rules ask for it."""

    demand_per_day: Decimal
    protection_days: int
    order_quantity: int
    order_up_to: int
    stockout_p50: date | None


@dataclass(frozen=True, slots=True)
class PastLine:
    """A line that was sent before."""

    order: int
    quantity: int
    price: Decimal | None
    currency: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Past:
    """Earlier lines of one product, newest first; only prices in the currency of the order are compared with its own."""

    lines: Sequence[PastLine]
    currency: str

    @property
    def last_price(self) -> Decimal | None:
        """What was paid or confirmed last."""
        return next((line.price for line in self.lines if line.currency == self.currency), None)

    def first_price(self, *, since: datetime) -> Decimal | None:
        """The first price since a moment."""
        prices = [line.price for line in self.lines if line.currency == self.currency and line.sent_at >= since]
        return next((price for price in reversed(prices) if price is not None), None)

    @property
    def usual_quantity(self) -> Decimal | None:
        """Median of the quantities."""
        return _median([Decimal(line.quantity) for line in self.lines])

    @property
    def usual_spread(self) -> Decimal | None:
        """Median distance from it."""
        usual = self.usual_quantity
        return None if usual is None else _median([abs(line.quantity - usual) for line in self.lines])


@dataclass(frozen=True, slots=True)
class KnownLines:
    """Maps by product, by (supplier, product) or by (place, product), as each name says."""

    products: Mapping[int, ProductRow]
    terms_by_supplier: Mapping[_Pair, SupplierTermRow]
    on_hand_by_place: Mapping[_Pair, int]  # net of reservations
    outlooks_by_place: Mapping[_Pair, Expected]
    past_by_supplier: Mapping[_Pair, Sequence[PastLine]]
    offers: Mapping[int, Sequence[PricedOffer]]
    coming: Mapping[_Pair, Sequence[Coming]]  # by product and place
    planned: Mapping[_Pair, Sequence[PlannedLine]]  # by product and place

    def past(self, row: PurchaseOrderRow, product: int) -> Past:
        """Lines of the product in the supplier's other orders."""
        lines = self.past_by_supplier.get((row.supplier_id, product), ())
        return Past([line for line in lines if line.order != row.id], row.currency)

    def planned_elsewhere(self, row: PurchaseOrderRow, product: int) -> list[PlannedLine]:
        """Lines of the product in other orders to the same place that are not out yet."""
        lines = self.planned.get((product, row.location_id), ())
        return [line for line in lines if line.order_id != row.id]

    def coming_elsewhere(self, row: PurchaseOrderRow, product: int) -> int:
        """Base units that other orders which are out bring to the same place."""
        parts = self.coming.get((product, row.location_id), ())
        return sum(part.quantity for part in parts if part.order != row.number)

    def cheapest_elsewhere(self, row: PurchaseOrderRow, product: int, on: date) -> PricedOffer | None:
        """The lowest price of another supplier in the order's currency that is valid on the day."""
        return next(
            (
                offer
                for offer in self.offers.get(product, ())
                if offer.supplier_id != row.supplier_id and offer.currency == row.currency and offer.is_valid(on)
            ),
            None,
        )


def known_lines(session: Session, rows: Collection[PurchaseOrderRow]) -> KnownLines:
    """Read everything that rules about the lines of these orders may ask for."""
    products = {line.product_id for row in rows for line in row.lines}
    suppliers, places = {row.supplier_id for row in rows}, {row.location_id for row in rows}
    found = session.scalars(select(ProductRow).where(ProductRow.id.in_(products)))
    return KnownLines(
        products={row.id: row for row in found},
        terms_by_supplier=terms_of(session, suppliers, products),
        on_hand_by_place=_on_hand(session, places, products),
        outlooks_by_place=outlooks_of(session, places, products),
        past_by_supplier=_past(session, suppliers, products),
        offers=priced_offers(session, products),
        coming=coming_supply(session, products),
        planned=planned_lines(session, products, places),
    )


def terms_of(session: Session, suppliers: Collection[int], products: Collection[int]) -> dict[_Pair, SupplierTermRow]:
    """Terms by supplier and product."""
    rows = session.scalars(_TERMS, {"suppliers": list(suppliers), "products": list(products)})
    return {(row.supplier_id, row.product_id): row for row in rows}


def outlooks_of(session: Session, places: Collection[int], products: Collection[int]) -> dict[_Pair, Expected]:
    """Outlooks by place and product, without the forecast that they keep."""
    found: Any = session.execute(_OUTLOOKS, {"places": list(places), "products": list(products)})
    return {(each.location_id, each.product_id): each for each in found}


def _on_hand(session: Session, places: Collection[int], products: Collection[int]) -> dict[_Pair, int]:
    row = StockBalanceRow
    found = session.execute(
        select(row.location_id, row.product_id, row.on_hand - row.reserved).where(
            row.location_id.in_(places), row.product_id.in_(products)
        )
    )
    return {(place, product): quantity for place, product, quantity in found}


def _past(session: Session, suppliers: Collection[int], products: Collection[int]) -> dict[_Pair, list[PastLine]]:
    """Lines sent before, newest first."""
    line, order = PurchaseOrderLineRow, PurchaseOrderRow
    price = func.coalesce(line.confirmed_price, line.unit_price)
    rows = session.execute(
        select(order.supplier_id, line.product_id, order.id, line.quantity, price, order.currency, order.sent_at)
        .join(order, order.id == line.order_id)
        .where(order.supplier_id.in_(suppliers), order.sent_at.is_not(None), line.product_id.in_(products))
        .order_by(order.sent_at.desc())
    )
    found: dict[_Pair, list[PastLine]] = {}
    for supplier, product, number, quantity, paid, currency, sent_at in rows:
        if sent_at is not None:
            past = found.setdefault((supplier, product), [])
            past.append(PastLine(number, quantity, paid, currency, sent_at))
    return found


def _median(values: Sequence[Decimal]) -> Decimal | None:
    return median(values) if values else None
