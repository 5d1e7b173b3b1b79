"""Figures of one order line: its product, quantity, price, and what stock and plan say of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from orders.money import Money
from orders.purchase import OrderLine, PurchaseOrder
from orders.quantity import packs_up
from rules.facts import LineFacts, OrderFacts
from rules.vocabulary import Figures, Unit

_SLIPS = (10, 100, 1000)
_SMALLEST_PACK_SLIP = 4  # below it a wrong pack looks like an ordinary larger order
_MAD_TO_SIGMA = Decimal("1.4826")  # the median distance of a normal spread, made comparable to its deviation
_SLIP_BAND = Decimal("0.8")  # a slip hits its factor within 20 %


@dataclass(frozen=True, slots=True)
class LineGiven:
    """What the figures of a line are computed from."""

    order: PurchaseOrder
    order_facts: OrderFacts
    line: OrderLine
    facts: LineFacts


figure: Figures[LineGiven] = Figures()


@figure(Unit.TEXT)
def product(given: LineGiven) -> str:
    """Code of the product."""
    return given.line.sku


@figure(Unit.YES_NO)
def has_product(given: LineGiven) -> bool:
    """The line names a product."""
    return bool(given.line.sku)


@figure(Unit.YES_NO)
def product_is_known(given: LineGiven) -> bool | None:
    """The product's code stands in our catalogue."""
    return given.facts.product_is_known


@figure(Unit.TEXT)
def nearest_products(given: LineGiven) -> str:
    """Products whose codes look like an unknown one."""
    return ", ".join(given.facts.nearest_products)


@figure(Unit.TEXT)
def product_state(given: LineGiven) -> str | None:
    """active, inactive or discontinued."""
    return given.facts.product_state


@figure(Unit.DAYS)
def days_until_launch(given: LineGiven) -> int:
    """Days until the product may be sold; 0 or less when it is on sale."""
    launch = given.facts.launched_on
    return 0 if launch is None else (launch - given.order_facts.today).days


@figure(Unit.YES_NO)
def is_sold_by_supplier(given: LineGiven) -> bool | None:
    """The supplier has terms for this product."""
    return given.facts.is_sold_by_supplier


@figure(Unit.YES_NO)
def has_supplier_code(given: LineGiven) -> bool:
    """The line carries the supplier's own article code."""
    return bool(given.line.supplier_code)


@figure(Unit.QUANTITY)
def quantity(given: LineGiven) -> int:
    """Ordered quantity."""
    return given.line.quantity


@figure(Unit.QUANTITY)
def pack_size(given: LineGiven) -> int | None:
    """Base units in the supplier's case."""
    return given.facts.pack_size


@figure(Unit.QUANTITY)
def quantity_in_whole_packs(given: LineGiven) -> int | None:
    """The ordered quantity rounded up to whole cases."""
    pack = given.facts.pack_size
    return None if pack is None or pack < 1 else packs_up(given.line.quantity, pack)


@figure(Unit.QUANTITY)
def moq(given: LineGiven) -> int | None:
    """The supplier's minimum quantity for this product; 0 when there is none."""
    return given.facts.moq


@figure(Unit.QUANTITY)
def moq_in_whole_packs(given: LineGiven) -> int | None:
    """The supplier's minimum rounded up to whole cases."""
    pack, least = given.facts.pack_size, given.facts.moq
    return None if pack is None or pack < 1 or least is None else packs_up(least, pack)


@figure(Unit.COUNT)
def lines_with_this_product(given: LineGiven) -> int:
    """Number of the order's lines with the same product."""
    return sum(each.sku == given.line.sku for each in given.order.lines)


@figure(Unit.YES_NO)
def is_first_with_this_product(given: LineGiven) -> bool:
    """No earlier line of the order has the same product."""
    return next(each.line for each in given.order.lines if each.sku == given.line.sku) == given.line.line


@figure(Unit.QUANTITY)
def quantity_of_all_its_lines(given: LineGiven) -> int:
    """Sum of the quantities of all lines with the same product."""
    return sum(each.quantity for each in given.order.lines if each.sku == given.line.sku)


@figure(Unit.YES_NO)
def has_price(given: LineGiven) -> bool:
    """The line has a price above zero."""
    return given.line.unit_price is not None and given.line.unit_price > 0


@figure(Unit.PRICE)
def unit_price(given: LineGiven) -> Decimal | None:
    """Ordered price."""
    return given.line.unit_price


@figure(Unit.MONEY)
def line_value(given: LineGiven) -> Decimal | None:
    """Quantity times price, rounded to cents."""
    price = given.line.unit_price
    return None if price is None else (Money(price, given.order.currency) * given.line.quantity).rounded().amount


@figure(Unit.PRICE)
def list_price(given: LineGiven) -> Decimal | None:
    """Price in the supplier's price list."""
    return given.facts.list_price


@figure(Unit.TEXT)
def list_currency(given: LineGiven) -> str | None:
    """Currency of the supplier's price list (ISO 4217)."""
    return given.facts.list_currency


@figure(Unit.YES_NO)
def list_is_valid(given: LineGiven) -> bool:
    """Today lies between the first and the last day of the price list; a missing end is open."""
    first, last, day = given.facts.list_valid_from, given.facts.list_valid_until, given.order_facts.today
    return (first is None or first <= day) and (last is None or day <= last)


@figure(Unit.PRICE)
def last_price(given: LineGiven) -> Decimal | None:
    """Price paid or confirmed last."""
    return given.facts.last_price


@figure(Unit.PRICE)
def selling_price(given: LineGiven) -> Decimal | None:
    """Net price at which we sell one base unit."""
    return given.facts.selling_price


@figure(Unit.YES_NO)
def has_lead_time(given: LineGiven) -> bool:
    """The time from order to delivery is known for this product and supplier."""
    return given.facts.lead_time_days is not None


@figure(Unit.DAYS)
def lead_time_days(given: LineGiven) -> int | None:
    """Calendar days from order to delivery."""
    return given.facts.lead_time_days


@figure(Unit.DAY)
def earliest_delivery(given: LineGiven) -> date | None:
    """The first open day on which this line can be here when it is ordered today."""
    lead, calendar = given.facts.lead_time_days, given.order_facts.calendar
    if lead is None:
        return None
    day = given.order_facts.today + timedelta(days=lead)
    return calendar.open_day_from(day) if calendar else day


@figure(Unit.QUANTITY)
def proposed_quantity(given: LineGiven) -> int | None:
    """What the plan would order now."""
    return given.facts.proposed_quantity


@figure(Unit.COUNT)
def past_orders(given: LineGiven) -> int | None:
    """Earlier order lines of this product."""
    return given.facts.past_orders


@figure(Unit.QUANTITY)
def usual_quantity(given: LineGiven) -> Decimal | None:
    """Median quantity of earlier order lines of this product."""
    return given.facts.usual_quantity


@figure(Unit.FACTOR)
def quantity_deviation(given: LineGiven) -> Decimal | None:
    """How many usual spreads the quantity lies from the usual one (robust z, Iglewicz and Hoaglin 1993).

    The spread is never taken smaller than a tenth of the usual quantity: who always ordered the same may order a little more.
    """
    usual, spread = given.facts.usual_quantity, given.facts.usual_spread
    if usual is None or spread is None:
        return None
    scale = max(_MAD_TO_SIGMA * spread, usual / 10)
    return Decimal(0) if scale <= 0 else abs(given.line.quantity - usual) / scale


@figure(Unit.PRICE)
def price_a_year_ago(given: LineGiven) -> Decimal | None:
    """The first price that was paid within the last twelve months."""
    return given.facts.price_a_year_ago


@figure(Unit.YES_NO)
def has_other_offer(given: LineGiven) -> bool:
    """Another supplier that may be ordered from sells the product in the same currency, at a price valid today."""
    return given.facts.other_price is not None


@figure(Unit.PRICE)
def other_price(given: LineGiven) -> Decimal | None:
    """The lowest price of another supplier."""
    return given.facts.other_price


@figure(Unit.TEXT)
def other_supplier(given: LineGiven) -> str:
    """The supplier that asks the lowest other price."""
    return given.facts.other_supplier


@figure(Unit.QUANTITY)
def lowered_by(given: LineGiven) -> int:
    """What a person took away from the quantity that the plan put on this line; 0 when nobody did."""
    computed = given.facts.computed_quantity
    return 0 if computed is None else max(0, computed - given.line.quantity)


@figure(Unit.QUANTITY)
def computed_quantity(given: LineGiven) -> int | None:
    """What the plan put on this line before anybody changed it."""
    return given.facts.computed_quantity


@figure(Unit.QUANTITY)
def expected_demand(given: LineGiven) -> Decimal | None:
    """What will be sold until the order after this one can arrive, by the plan."""
    return given.facts.expected_demand


@figure(Unit.QUANTITY)
def planned_elsewhere(given: LineGiven) -> int | None:
    """What other orders to the same place hold of this product that are not out yet."""
    return given.facts.planned_elsewhere


@figure(Unit.TEXT)
def planned_in(given: LineGiven) -> str:
    """Numbers of the orders that hold it."""
    return ", ".join(given.facts.planned_in)


@figure(Unit.QUANTITY)
def reference_quantity(given: LineGiven) -> Decimal | int | None:
    """The usual quantity, or the plan's when there is no usual one."""
    return _reference(given.facts)


@figure(Unit.FACTOR)
def slip_factor(given: LineGiven) -> int | None:
    """10, 100, 1000 or the pack size when the quantity is about that many times too large or too small; else 0."""
    usual = _reference(given.facts)
    if usual is None:
        return None
    if usual <= 0 or given.line.quantity <= 0:
        return 0
    ratio = Decimal(given.line.quantity) / usual
    return _slip(max(ratio, 1 / ratio), given.facts.pack_size)


@figure(Unit.QUANTITY)
def on_hand(given: LineGiven) -> int | None:
    """Stock at the place of delivery."""
    return given.facts.on_hand


@figure(Unit.QUANTITY)
def on_order(given: LineGiven) -> int | None:
    """Open quantity of other orders, sent or planned."""
    return given.facts.on_order


@figure(Unit.QUANTITY)
def stock_and_incoming(given: LineGiven) -> int | None:
    """Stock plus what other orders bring."""
    here, coming = given.facts.on_hand, given.facts.on_order
    return None if here is None or coming is None else here + coming


@figure(Unit.QUANTITY)
def order_up_to(given: LineGiven) -> int | None:
    """Level that the plan fills up to."""
    return given.facts.order_up_to


@figure(Unit.YES_NO)
def has_max_stock(given: LineGiven) -> bool:
    """Somebody set a limit to this product's stock."""
    return given.facts.max_stock is not None


@figure(Unit.QUANTITY)
def max_stock(given: LineGiven) -> int | None:
    """Most that may lie there or be on the way."""
    return given.facts.max_stock


@figure(Unit.QUANTITY)
def stock_with_this_order(given: LineGiven) -> int | None:
    """Stock plus what other orders and this line bring."""
    here, coming = given.facts.on_hand, given.facts.on_order
    return None if here is None or coming is None else here + coming + given.line.quantity


@figure(Unit.YES_NO)
def runs_out(given: LineGiven) -> bool | None:
    """The plan projects a day on which stock runs out without this order."""
    return given.facts.runs_out


@figure(Unit.DAY)
def stockout_day(given: LineGiven) -> date | None:
    """Day on which stock is projected to run out without this order."""
    return given.facts.stockout_on


@figure(Unit.DAYS)
def days_empty_before_delivery(given: LineGiven) -> int | None:
    """Days from the projected stock-out to the day of delivery; 0 or less when it comes in time."""
    day, empty = given.order.delivery_date, given.facts.stockout_on
    return None if day is None or empty is None else (day - empty).days


def _reference(facts: LineFacts) -> Decimal | int | None:
    return facts.proposed_quantity if facts.usual_quantity is None else facts.usual_quantity


def _slip(ratio: Decimal, pack: int | None) -> int:
    factors = (*_SLIPS, *((pack,) if pack is not None and pack >= _SMALLEST_PACK_SLIP else ()))
    hits = [factor for factor in factors if factor * _SLIP_BAND <= ratio <= factor / _SLIP_BAND]
    return min(hits, key=lambda factor: abs(ratio - factor), default=0)
