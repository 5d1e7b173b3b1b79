"""Collects from the store what the rules may know about an order: one query a subject, None where it is not known."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from handlers.house import House
from orders.purchase import PurchaseOrder
from orders.states import ENDED, ORDERED
from rules.calendar import SiteCalendar
from rules.facts import LineFacts, OrderFacts, SupplierFacts
from store.queries.offers import cheapest_elsewhere
from store.queries.orders import order_values
from store.queries.punctuality import punctuality
from store.queries.stock import coming_supply, planned_in_others, planned_supply
from store.tables.catalogue import LocationClosedDayRow, LocationRow, ProductRow
from store.tables.planning import StockOutlookRow
from store.tables.purchase import PurchaseOrderLineRow, PurchaseOrderRow
from store.tables.stock import StockBalanceRow
from store.tables.suppliers import AddressKind, SupplierAddressRow, SupplierRow, SupplierTermRow

A_YEAR = timedelta(days=365)
SPLITTING_WINDOW = timedelta(hours=72)  # policy A8: orders within it add up against the approval limit


def order_facts(
    session: Session,
    row: PurchaseOrderRow,
    order: PurchaseOrder,
    *,
    today: date,
    now: datetime,
    house: House,
) -> OrderFacts:
    """Everything that the store knows and a rule about this order may ask for.

    The approval limit is in the shop's currency; an order in another one needs two approvers anyway.
    """
    is_comparable = order.currency == house.shop.currency
    return OrderFacts(
        today=today,
        supplier=supplier_facts(session, row.supplier_id, now=now, apart_from=row.id),
        calendar=site_calendar(session, row.location_id),
        open_orders=_open_orders(session, row),
        ordered_in_72_hours=_ordered_lately(session, row, now=now),
        approval_limit=house.shop.needs_two_above if is_comparable else None,
        lines=line_facts(session, row, order, now=now, today=today, house=house),
    )


def supplier_facts(
    session: Session, supplier_id: int, *, now: datetime, apart_from: int | None = None
) -> SupplierFacts:
    """What is known of a supplier; orders before the one in `apart_from`."""
    supplier = session.get_one(SupplierRow, supplier_id)
    earlier, last = session.execute(
        select(func.count(), func.max(PurchaseOrderRow.sent_at)).where(
            PurchaseOrderRow.supplier_id == supplier_id,
            PurchaseOrderRow.sent_at.is_not(None),
            PurchaseOrderRow.id != (apart_from or 0),
        )
    ).one()
    addresses = session.scalars(
        select(SupplierAddressRow.bounced_at).where(
            SupplierAddressRow.supplier_id == supplier_id, SupplierAddressRow.kind == AddressKind.ORDERS
        )
    ).all()
    came = punctuality(session, supplier_id, since=now - A_YEAR)
    return SupplierFacts(
        is_known=True,
        currency=supplier.currency,
        is_blocked=supplier.is_blocked,
        blocked_because=supplier.blocked_reason,
        has_usable_address=any(bounced is None for bounced in addresses),
        minimum_order_value=supplier.minimum_order_value or Decimal(0),
        delivery_weekdays=weekdays(supplier.delivery_weekdays),
        order_weekdays=weekdays(supplier.order_weekdays),
        earlier_orders=earlier,
        last_order_on=last.date() if last else None,
        on_time_percent=Decimal(100 * came.on_time) / came.measured if came.measured else None,
        deliveries_measured=came.measured,
    )


def site_calendar(session: Session, location_id: int) -> SiteCalendar:
    """When a location takes deliveries."""
    place = session.get_one(LocationRow, location_id)
    closed = session.scalars(select(LocationClosedDayRow).where(LocationClosedDayRow.location_id == location_id))
    return SiteCalendar(place.country, weekdays(place.closed_weekdays), {row.day: row.why for row in closed})


def weekdays(text: str) -> frozenset[int]:
    """ISO weekday numbers from their stored form, "1,4"."""
    return frozenset(int(part) for part in text.split(",") if part.strip())


def line_facts(
    session: Session, row: PurchaseOrderRow, order: PurchaseOrder, *, now: datetime, today: date, house: House
) -> tuple[LineFacts, ...]:
    """What is known of each line's product, at the order's supplier and place."""
    keys = {line.line: line.product_id for line in row.lines}
    computed = {line.line: line.proposed_quantity for line in row.lines}
    sells_in = house.shop.currency
    products = _products(session, keys.values())
    terms = _terms(session, row.supplier_id, keys.values())
    balances = _balances(session, row.location_id, keys.values())
    outlooks = _outlooks(session, row.location_id, keys.values())
    history = _history(session, row, keys.values())
    elsewhere = _supply_without(session, row, keys.values())
    offers = cheapest_elsewhere(session, keys.values(), supplier_id=row.supplier_id, currency=order.currency, on=today)
    planned = planned_in_others(session, keys.values(), location_id=row.location_id, apart_from=row.id)
    found = []
    for line in order.lines:
        key = keys[line.line]
        product, term, outlook = products[key], terms.get(key), outlooks.get(key)
        past = _Past(history.get(key, ()), order.currency)
        other_price, other_supplier = offers.get(key, (None, ""))
        found.append(
            LineFacts(
                line=line.line,
                product_is_known=True,
                product_state=product.state.value,
                launched_on=product.launched_on,
                is_sold_by_supplier=term is not None,
                pack_size=term.pack_size if term else None,
                moq=term.moq if term else None,
                lead_time_days=term.lead_time_days if term else None,
                list_price=term.unit_price if term else None,
                list_currency=term.currency if term else None,
                list_valid_from=term.valid_from if term else None,
                list_valid_until=term.valid_until if term else None,
                last_price=past.last_price,
                price_a_year_ago=past.first_price(since=now - A_YEAR),
                other_price=other_price,
                other_supplier=other_supplier,
                selling_price=product.selling_price if order.currency == sells_in else None,
                proposed_quantity=outlook.order_quantity if outlook else None,
                computed_quantity=computed[line.line],
                expected_demand=outlook.demand_per_day * outlook.protection_days if outlook else None,
                planned_elsewhere=sum(quantity for _, quantity in planned.get(key, ())),
                planned_in=tuple(number for number, _ in planned.get(key, ())),
                past_orders=len(past.lines),
                usual_quantity=past.usual_quantity,
                usual_spread=past.usual_spread,
                demand_per_day=outlook.demand_per_day if outlook else None,
                on_hand=balances.get(key),
                on_order=elsewhere.get(key, 0),
                order_up_to=outlook.order_up_to if outlook else None,
                max_stock=product.max_stock,
                runs_out=outlook.stockout_p50 is not None if outlook else None,
                stockout_on=outlook.stockout_p50 if outlook else None,
            )
        )
    return tuple(found)


def answer_line_facts(session: Session, row: PurchaseOrderRow) -> tuple[LineFacts, ...]:
    """Only what the rules about answers ask of each line's product: a backlog of answers is judged with it."""
    keys = {line.line: line.product_id for line in row.lines}
    terms = _terms(session, row.supplier_id, keys.values())
    outlooks = _outlooks(session, row.location_id, keys.values())
    found = []
    for line, key in keys.items():
        term, outlook = terms.get(key), outlooks.get(key)
        found.append(
            LineFacts(
                line=line,
                pack_size=term.pack_size if term else None,
                runs_out=outlook.stockout_p50 is not None if outlook else None,
                stockout_on=outlook.stockout_p50 if outlook else None,
            )
        )
    return tuple(found)


def _products(session: Session, keys: Collection[int]) -> dict[int, ProductRow]:
    return {row.id: row for row in session.scalars(select(ProductRow).where(ProductRow.id.in_(keys)))}


def _terms(session: Session, supplier_id: int, keys: Collection[int]) -> dict[int, SupplierTermRow]:
    rows = session.scalars(
        select(SupplierTermRow).where(SupplierTermRow.supplier_id == supplier_id, SupplierTermRow.product_id.in_(keys))
    )
    return {row.product_id: row for row in rows}


def _balances(session: Session, location_id: int, keys: Collection[int]) -> dict[int, int]:
    rows = session.scalars(
        select(StockBalanceRow).where(StockBalanceRow.location_id == location_id, StockBalanceRow.product_id.in_(keys))
    )
    return {row.product_id: row.on_hand - row.reserved for row in rows}


def _outlooks(session: Session, location_id: int, keys: Collection[int]) -> dict[int, StockOutlookRow]:
    rows = session.scalars(
        select(StockOutlookRow).where(StockOutlookRow.location_id == location_id, StockOutlookRow.product_id.in_(keys))
    )
    return {row.product_id: row for row in rows}


@dataclass(frozen=True, slots=True)
class _PastLine:
    quantity: int
    price: Decimal | None
    currency: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class _Past:
    """Earlier lines of one product, newest first; only prices in the currency of the order are compared with its own."""

    lines: Sequence[_PastLine]
    currency: str

    @property
    def last_price(self) -> Decimal | None:
        return next((line.price for line in self.lines if line.currency == self.currency), None)

    def first_price(self, *, since: datetime) -> Decimal | None:
        prices = [line.price for line in self.lines if line.currency == self.currency and line.sent_at >= since]
        return next((price for price in reversed(prices) if price is not None), None)

    @property
    def usual_quantity(self) -> Decimal | None:
        return _median([Decimal(line.quantity) for line in self.lines])

    @property
    def usual_spread(self) -> Decimal | None:
        usual = self.usual_quantity
        return None if usual is None else _median([abs(line.quantity - usual) for line in self.lines])


def _median(values: Sequence[Decimal]) -> Decimal | None:
    return median(values) if values else None


def _history(session: Session, row: PurchaseOrderRow, keys: Collection[int]) -> dict[int, list[_PastLine]]:
    """Earlier lines sent to the same supplier, newest first."""
    price = func.coalesce(PurchaseOrderLineRow.confirmed_price, PurchaseOrderLineRow.unit_price)
    rows = session.execute(
        select(
            PurchaseOrderLineRow.product_id,
            PurchaseOrderLineRow.quantity,
            price,
            PurchaseOrderRow.currency,
            PurchaseOrderRow.sent_at,
        )
        .join(PurchaseOrderRow, PurchaseOrderRow.id == PurchaseOrderLineRow.order_id)
        .where(
            PurchaseOrderRow.supplier_id == row.supplier_id,
            PurchaseOrderRow.id != row.id,
            PurchaseOrderRow.sent_at.is_not(None),
            PurchaseOrderLineRow.product_id.in_(keys),
        )
        .order_by(PurchaseOrderRow.sent_at.desc())
    )
    found: dict[int, list[_PastLine]] = {}
    for product, quantity, paid, currency, sent_at in rows:
        if sent_at is not None:
            found.setdefault(product, []).append(_PastLine(quantity, paid, currency, sent_at))
    return found


def _supply_without(session: Session, row: PurchaseOrderRow, keys: Collection[int]) -> dict[int, int]:
    """What other orders bring to the same place, sent or planned."""
    coming, planned = coming_supply(session, keys), planned_supply(session, keys)
    own = {line.product_id: line.quantity for line in row.lines} if row.state not in ORDERED | ENDED else {}
    return {
        key: sum(each.quantity for each in coming.get((key, row.location_id), ()) if each.order != row.number)
        + max(0, planned.get((key, row.location_id), 0) - own.get(key, 0))
        for key in keys
    }


def _open_orders(session: Session, row: PurchaseOrderRow) -> tuple[PurchaseOrder, ...]:
    rows = session.scalars(
        select(PurchaseOrderRow).where(
            PurchaseOrderRow.supplier_id == row.supplier_id,
            PurchaseOrderRow.location_id == row.location_id,
            PurchaseOrderRow.state.not_in(ENDED),
            PurchaseOrderRow.id != row.id,
        )
    ).all()
    return order_values(session, rows)


def _ordered_lately(session: Session, row: PurchaseOrderRow, *, now: datetime) -> Decimal | None:
    if row.requested_by_id is None:
        return Decimal(0)
    rows = session.scalars(
        select(PurchaseOrderRow).where(
            PurchaseOrderRow.supplier_id == row.supplier_id,
            PurchaseOrderRow.requested_by_id == row.requested_by_id,
            PurchaseOrderRow.id != row.id,
            PurchaseOrderRow.submitted_at >= now - SPLITTING_WINDOW,
            PurchaseOrderRow.state.not_in(ENDED),
        )
    ).all()
    orders = order_values(session, rows)
    if any(order.currency != row.currency for order in orders):
        return None
    return sum((order.total.amount for order in orders), Decimal(0))
