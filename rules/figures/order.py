"""Figures of a whole order: its header, its supplier, its total and its day of delivery."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from orders.purchase import PurchaseOrder
from rules.facts import OrderFacts
from rules.similarity import most_like
from rules.vocabulary import Figures, Unit


@dataclass(frozen=True, slots=True)
class OrderGiven:
    """What the figures of an order are computed from."""

    order: PurchaseOrder
    facts: OrderFacts
    duplicate_window_days: int = 14


figure: Figures[OrderGiven] = Figures()


@figure(Unit.COUNT)
def order_lines(given: OrderGiven) -> int:
    """Number of lines of the order."""
    return len(given.order.lines)


@figure(Unit.YES_NO)
def has_supplier(given: OrderGiven) -> bool:
    """The order names a supplier."""
    return bool(given.order.supplier)


@figure(Unit.YES_NO)
def has_currency(given: OrderGiven) -> bool:
    """The order names its currency."""
    return bool(given.order.currency)


@figure(Unit.YES_NO)
def has_delivery_place(given: OrderGiven) -> bool:
    """The order says where to deliver."""
    return bool(given.order.location)


@figure(Unit.TEXT)
def supplier(given: OrderGiven) -> str:
    """Name of the supplier, or its code."""
    return given.order.supplier_name or given.order.supplier


@figure(Unit.YES_NO)
def supplier_is_known(given: OrderGiven) -> bool | None:
    """The supplier's code stands in our suppliers."""
    return given.facts.supplier.is_known


@figure(Unit.YES_NO)
def supplier_is_blocked(given: OrderGiven) -> bool | None:
    """Nobody may order from this supplier."""
    return given.facts.supplier.is_blocked


@figure(Unit.TEXT)
def supplier_blocked_because(given: OrderGiven) -> str:
    """Why the supplier is blocked; empty text when nobody wrote a reason."""
    return given.facts.supplier.blocked_because


@figure(Unit.YES_NO)
def supplier_has_address(given: OrderGiven) -> bool | None:
    """There is a mail address for orders."""
    return given.facts.supplier.has_address


@figure(Unit.YES_NO)
def supplier_address_fails(given: OrderGiven) -> bool | None:
    """Mail to each of the supplier's addresses for orders came back the last time."""
    return given.facts.supplier.address_fails


@figure(Unit.DAY)
def supplier_address_failed_on(given: OrderGiven) -> date | None:
    """Day on which mail to the supplier came back; not known while an address works."""
    return given.facts.supplier.address_failed_on


@figure(Unit.COUNT)
def earlier_orders(given: OrderGiven) -> int | None:
    """Orders sent to this supplier before."""
    return given.facts.supplier.earlier_orders


@figure(Unit.DAYS)
def days_since_last_order(given: OrderGiven) -> int | None:
    """Days since the last order was sent to this supplier."""
    last = given.facts.supplier.last_order_on
    return None if last is None else (given.facts.today - last).days


@figure(Unit.PERCENT)
def on_time_percent(given: OrderGiven) -> Decimal | None:
    """Share of the supplier's deliveries that came on the promised day or before."""
    return given.facts.supplier.on_time_percent


@figure(Unit.COUNT)
def deliveries_measured(given: OrderGiven) -> int | None:
    """Number of deliveries that on_time_percent rests on."""
    return given.facts.supplier.deliveries_measured


@figure(Unit.TEXT)
def order_currency(given: OrderGiven) -> str:
    """Currency of the order (ISO 4217)."""
    return given.order.currency


@figure(Unit.TEXT)
def supplier_currency(given: OrderGiven) -> str | None:
    """Currency in which the supplier sells (ISO 4217)."""
    return given.facts.supplier.currency


@figure(Unit.MONEY)
def order_total(given: OrderGiven) -> Decimal | None:
    """Net value of the order; not known while a line has no price."""
    return None if given.order.has_unpriced_lines else given.order.total.amount


@figure(Unit.MONEY)
def minimum_order_value(given: OrderGiven) -> Decimal | None:
    """The smallest order that the supplier takes; 0 when it asks for none."""
    return given.facts.supplier.minimum_order_value


@figure(Unit.MONEY)
def missing_to_minimum(given: OrderGiven) -> Decimal | None:
    """What the order lacks to the supplier's minimum; 0 when it is reached."""
    total, minimum = order_total(given), minimum_order_value(given)
    if not isinstance(total, Decimal) or not isinstance(minimum, Decimal):
        return None
    return max(Decimal(0), minimum - total)


@figure(Unit.DAY)
def today(given: OrderGiven) -> date:
    """Today at the site."""
    return given.facts.today


@figure(Unit.YES_NO)
def has_delivery_date(given: OrderGiven) -> bool:
    """The order says when it should arrive."""
    return given.order.delivery_date is not None


@figure(Unit.DAY)
def delivery_date(given: OrderGiven) -> date | None:
    """Day on which the order should arrive."""
    return given.order.delivery_date


@figure(Unit.DAYS)
def days_until_delivery(given: OrderGiven) -> int | None:
    """Days from today to the day of delivery; negative when it has passed."""
    day = given.order.delivery_date
    return None if day is None else (day - given.facts.today).days


@figure(Unit.YES_NO)
def is_closed_weekday(given: OrderGiven) -> bool | None:
    """The site takes no deliveries on that day of the week."""
    day, calendar = given.order.delivery_date, given.facts.calendar
    return None if day is None or calendar is None else day.isoweekday() in calendar.closed_weekdays


@figure(Unit.YES_NO)
def is_public_holiday(given: OrderGiven) -> bool | None:
    """The day of delivery is a public holiday at the site; not known without the site's country."""
    day, calendar = given.order.delivery_date, given.facts.calendar
    if day is None or calendar is None or not calendar.knows_holidays:
        return None
    return calendar.holiday(day) is not None


@figure(Unit.TEXT)
def holiday_name(given: OrderGiven) -> str | None:
    """Name of the public holiday on the day of delivery; empty text when it is none."""
    day, calendar = given.order.delivery_date, given.facts.calendar
    return None if day is None or calendar is None else calendar.holiday(day) or ""


@figure(Unit.YES_NO)
def is_own_closed_day(given: OrderGiven) -> bool | None:
    """The site closed this single day by itself (stocktaking, shutdown)."""
    day, calendar = given.order.delivery_date, given.facts.calendar
    return None if day is None or calendar is None else day in calendar.closed_days


@figure(Unit.TEXT)
def closed_because(given: OrderGiven) -> str | None:
    """The site's reason for a closed day of its own; empty text when there is none."""
    day, calendar = given.order.delivery_date, given.facts.calendar
    return None if day is None or calendar is None else calendar.closed_days.get(day, "")


@figure(Unit.DAY)
def next_open_day(given: OrderGiven) -> date | None:
    """The first day from the day of delivery on that the site takes deliveries."""
    day, calendar = given.order.delivery_date, given.facts.calendar
    return None if day is None or calendar is None else calendar.open_day_from(day)


@figure(Unit.YES_NO)
def is_delivery_weekday(given: OrderGiven) -> bool | None:
    """The supplier delivers on that day of the week."""
    day, weekdays = given.order.delivery_date, given.facts.supplier.delivery_weekdays
    return None if day is None or weekdays is None else not weekdays or day.isoweekday() in weekdays


@figure(Unit.DAY)
def next_delivery_day(given: OrderGiven) -> date | None:
    """The first open day from the day of delivery on, of those on which the supplier delivers."""
    day, weekdays = given.order.delivery_date, given.facts.supplier.delivery_weekdays
    if day is None or weekdays is None:
        return None
    for offset in range(31):
        candidate = day + timedelta(days=offset)
        is_open = given.facts.calendar is None or not given.facts.calendar.is_closed(candidate)
        if is_open and (not weekdays or candidate.isoweekday() in weekdays):
            return candidate
    return None


@figure(Unit.YES_NO)
def is_order_weekday(given: OrderGiven) -> bool | None:
    """The supplier takes orders today."""
    weekdays = given.facts.supplier.order_weekdays
    return None if weekdays is None else not weekdays or given.facts.today.isoweekday() in weekdays


@figure(Unit.DAY)
def next_order_day(given: OrderGiven) -> date | None:
    """The first day from today on which the supplier takes orders."""
    weekdays = given.facts.supplier.order_weekdays
    if weekdays is None:
        return None
    days = (given.facts.today + timedelta(days=offset) for offset in range(7))
    return next((day for day in days if not weekdays or day.isoweekday() in weekdays), None)


@figure(Unit.PERCENT)
def likeness_percent(given: OrderGiven) -> Decimal | None:
    """How alike the most similar open order of the same supplier and place is, in articles and quantities; 0 without one."""
    if given.facts.open_orders is None:
        return None
    found = _most_like(given)
    return found[1] if found else Decimal(0)


@figure(Unit.TEXT)
def most_similar_order(given: OrderGiven) -> str | None:
    """Number of the open order that is most like this one; empty text without one."""
    if given.facts.open_orders is None:
        return None
    found = _most_like(given)
    return found[0] if found else ""


@figure(Unit.YES_NO)
def has_approval_limit(given: OrderGiven) -> bool:
    """The shop has set a total above which two people must approve."""
    return given.facts.approval_limit is not None


@figure(Unit.MONEY)
def approval_limit(given: OrderGiven) -> Decimal | None:
    """Total above which two people must approve."""
    return given.facts.approval_limit


@figure(Unit.MONEY)
def ordered_in_72_hours(given: OrderGiven) -> Decimal | None:
    """Total of the same requester's other orders to this supplier within 72 hours."""
    return given.facts.ordered_in_72_hours


def _most_like(given: OrderGiven) -> tuple[str, Decimal] | None:
    return most_like(
        given.order,
        given.facts.open_orders or (),
        today=given.facts.today,
        within_days=given.duplicate_window_days,
    )
