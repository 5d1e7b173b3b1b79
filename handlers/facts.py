"""Collects from the store what the rules may know about orders, None where it is not known."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from handlers.house import House
from handlers.known_lines import KnownLines, known_lines, outlooks_of, terms_of
from orders.purchase import PurchaseOrder
from rules.calendar import SiteCalendar
from rules.facts import LineFacts, OrderFacts, SupplierFacts
from store.queries.orders_beside import OrderBeside, orders_beside
from store.queries.punctuality import punctuality
from store.tables.catalogue import LocationClosedDayRow, LocationRow
from store.tables.purchase import PurchaseOrderRow
from store.tables.suppliers import AddressKind, SupplierAddressRow, SupplierRow

_CLOSED_DAYS = select(LocationClosedDayRow.day, LocationClosedDayRow.why).where(
    LocationClosedDayRow.location_id == bindparam("place")
)
A_YEAR = timedelta(days=365)
SPLITTING_WINDOW = timedelta(hours=72)  # policy A8: orders within it add up against the approval limit


def order_facts(
    session: Session,
    rows: Sequence[PurchaseOrderRow],
    orders: Sequence[PurchaseOrder],
    *,
    now: datetime,
    house: House,
) -> Iterator[OrderFacts]:
    """Everything that the store knows and a rule about each of these orders may ask for.

    The approval limit is in the shop's currency; an order in another one needs two approvers anyway.
    """
    known = known_lines(session, rows)
    window = int(house.rulebook.settings["duplicate_window_days"].value)
    beside = _beside(session, rows, now=now, window=window)
    places = {place: session.get_one(LocationRow, place) for place in sorted({row.location_id for row in rows})}
    calendars = {place: site_calendar(session, place) for place in places}
    for row, order in zip(rows, orders, strict=True):
        is_comparable = order.currency == house.shop.currency
        today = now.astimezone(ZoneInfo(places[row.location_id].timezone)).date()
        yield OrderFacts(
            today=today,
            supplier=supplier_facts(session, row.supplier_id, now=now, apart_from=row.id),
            calendar=calendars[row.location_id],
            open_orders=_open_orders(row, beside.get(row.supplier_id, ())),
            ordered_in_72_hours=_ordered_lately(row, beside.get(row.supplier_id, ()), now=now),
            approval_limit=house.shop.needs_two_above if is_comparable else None,
            lines=_line_facts(known, row, order, now=now, today=today, house=house),
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
    failed = [each for each in addresses if each is not None]
    fails = bool(failed) and len(failed) == len(addresses)
    came = punctuality(session, supplier_id, since=now - A_YEAR)
    return SupplierFacts(
        is_known=True,
        currency=supplier.currency,
        is_blocked=supplier.is_blocked,
        blocked_because=supplier.blocked_reason,
        has_address=bool(addresses),
        address_fails=fails,
        address_failed_on=max(failed).date() if fails else None,
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
    closed = session.execute(_CLOSED_DAYS, {"place": location_id})
    return SiteCalendar(place.country, weekdays(place.closed_weekdays), {row.day: row.why for row in closed})


def weekdays(text: str) -> frozenset[int]:
    """ISO weekday numbers from their stored form, "1,4"."""
    return frozenset(int(part) for part in text.split(",") if part.strip())


def _line_facts(
    known: KnownLines, row: PurchaseOrderRow, order: PurchaseOrder, *, now: datetime, today: date, house: House
) -> tuple[LineFacts, ...]:
    """What is known of each line's product, at the order's supplier and place."""
    line_rows = {line.line: line for line in row.lines}
    sells_in = house.shop.currency
    found = []
    for line in order.lines:
        key = line_rows[line.line].product_id
        product, term = known.products[key], known.terms_by_supplier.get((row.supplier_id, key))
        outlook = known.outlooks_by_place.get((row.location_id, key))
        past, planned = known.past(row, key), known.planned_elsewhere(row, key)
        planned_quantity = sum(each.quantity for each in planned)
        other = known.cheapest_elsewhere(row, key, today)
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
                other_price=other.unit_price if other else None,
                other_supplier=other.supplier_name if other else "",
                selling_price=product.selling_price if order.currency == sells_in else None,
                proposed_quantity=outlook.order_quantity if outlook else None,
                computed_quantity=line_rows[line.line].proposed_quantity,
                expected_demand=outlook.demand_per_day * outlook.protection_days if outlook else None,
                planned_elsewhere=planned_quantity,
                planned_in=tuple(each.number for each in planned),
                past_orders=len(past.lines),
                usual_quantity=past.usual_quantity,
                usual_spread=past.usual_spread,
                demand_per_day=outlook.demand_per_day if outlook else None,
                on_hand=known.on_hand_by_place.get((row.location_id, key)),
                on_order=known.coming_elsewhere(row, key) + planned_quantity,
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
    terms = terms_of(session, [row.supplier_id], keys.values())
    outlooks = outlooks_of(session, [row.location_id], keys.values())
    found = []
    for line, key in keys.items():
        term, outlook = terms.get((row.supplier_id, key)), outlooks.get((row.location_id, key))
        found.append(
            LineFacts(
                line=line,
                pack_size=term.pack_size if term else None,
                runs_out=outlook.stockout_p50 is not None if outlook else None,
                stockout_on=outlook.stockout_p50 if outlook else None,
            )
        )
    return tuple(found)


def _beside(
    session: Session, rows: Sequence[PurchaseOrderRow], *, now: datetime, window: int
) -> dict[int, list[OrderBeside]]:
    """Orders that have not ended, by supplier."""
    found = orders_beside(
        session,
        suppliers={row.supplier_id for row in rows},
        places={row.location_id for row in rows},
        requesters={row.requested_by_id for row in rows if row.requested_by_id is not None},
        sent_since=now - timedelta(days=window + 1),
        submitted_since=now - SPLITTING_WINDOW,
    )
    by_supplier: dict[int, list[OrderBeside]] = defaultdict(list)
    for each in found:
        by_supplier[each.supplier_id].append(each)
    return by_supplier


def _open_orders(row: PurchaseOrderRow, beside: Sequence[OrderBeside]) -> tuple[PurchaseOrder, ...]:
    return tuple(each.value for each in beside if each.location_id == row.location_id and each.order_id != row.id)


def _ordered_lately(row: PurchaseOrderRow, beside: Sequence[OrderBeside], *, now: datetime) -> Decimal | None:
    """Total of the requester's other orders within the window; None where one is in another currency."""
    if row.requested_by_id is None:
        return Decimal(0)
    lately = [
        each.value
        for each in beside
        if each.order_id != row.id
        and each.requested_by_id == row.requested_by_id
        and each.submitted_at is not None
        and each.submitted_at >= now - SPLITTING_WINDOW
    ]
    if any(order.currency != row.currency for order in lately):
        return None
    return sum((order.total.amount for order in lately), Decimal(0))
