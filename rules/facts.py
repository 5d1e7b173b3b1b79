"""What a rule may know: facts that a handler collects from the store. None always means "not known", never "none".

A rule that needs a fact which is None gives a "cannot check" finding, so each field says how a known absence is written.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from orders.purchase import PurchaseOrder
from rules.calendar import SiteCalendar


@dataclass(frozen=True, slots=True)
class SupplierFacts:
    """One supplier, as the order's supplier code finds it."""

    is_known: bool | None = None  # the code stands in our suppliers
    currency: str | None = None  # ISO 4217, in which it sells
    is_blocked: bool | None = None
    blocked_because: str = ""
    has_address: bool | None = None  # a mail address for orders
    address_fails: bool | None = None  # the last mail to each such address bounced
    address_failed_on: date | None = None  # when it did
    minimum_order_value: Decimal | None = None  # net, in its currency; 0 when it asks for none
    delivery_weekdays: frozenset[int] | None = None  # ISO numbers; empty when it delivers on any day
    order_weekdays: frozenset[int] | None = None  # ISO numbers; empty when it takes orders on any day
    earlier_orders: int | None = None  # orders sent to it before this one
    last_order_on: date | None = None  # day on which the last of them was sent
    on_time_percent: Decimal | None = None  # deliveries that came on the promised day or before, of 100
    deliveries_measured: int | None = None  # how many deliveries that share rests on


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What is known of one line's product; quantities in base units, prices net for one base unit."""

    line: int
    product_is_known: bool | None = None
    nearest_products: tuple[str, ...] = ()  # codes that look like an unknown one
    product_state: str | None = None  # active, inactive or discontinued
    launched_on: date | None = None  # None also for a product that is simply there
    is_sold_by_supplier: bool | None = None  # the supplier has terms for it
    pack_size: int | None = None  # base units in the supplier's case
    moq: int | None = None  # the supplier's minimum for this product; 0 when there is none
    lead_time_days: int | None = None  # calendar days from order to delivery
    list_price: Decimal | None = None  # the supplier's price list
    list_currency: str | None = None
    list_valid_from: date | None = None  # None when the list has no first day
    list_valid_until: date | None = None  # None when the list has no last day
    last_price: Decimal | None = None  # paid or confirmed last, in the order's currency
    selling_price: Decimal | None = None  # net, in the order's currency
    proposed_quantity: int | None = None  # what the plan would order now
    past_orders: int | None = None  # earlier order lines of this product
    usual_quantity: Decimal | None = None  # median of what they ordered
    usual_spread: Decimal | None = None  # median distance of those quantities from the usual one
    price_a_year_ago: Decimal | None = None  # first price paid within the last twelve months, in the order's currency
    other_price: Decimal | None = None  # lowest valid price of another supplier, same currency; None when there is none
    other_supplier: str = ""  # who asks it
    computed_quantity: int | None = None  # what the plan put on this line; None when a person wrote it
    expected_demand: Decimal | None = None  # until the order after this one can arrive, by the plan
    planned_elsewhere: int | None = None  # base units in other orders to the same place that are not out yet
    planned_in: tuple[str, ...] = ()  # their numbers
    demand_per_day: Decimal | None = None  # mean of the forecast
    on_hand: int | None = None
    on_order: int | None = None  # open quantity of other orders, sent or planned
    order_up_to: int | None = None  # level that the plan fills up to
    max_stock: int | None = None  # most that may lie there or be on the way; None when nobody set a limit
    runs_out: bool | None = None  # the plan projects a stock-out without this order; False when it sees none
    stockout_on: date | None = None  # the day of it; None when there is none


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """Everything that the rules about an order may rest on. `today` is the day at the site."""

    today: date
    supplier: SupplierFacts = SupplierFacts()
    calendar: SiteCalendar | None = None  # of the place of delivery
    open_orders: tuple[PurchaseOrder, ...] | None = None  # same supplier and place, not ended, this one left out or not
    ordered_in_72_hours: Decimal | None = None  # total of the same requester's other orders to this supplier
    approval_limit: Decimal | None = None  # above it two people must approve; None when there is no such limit
    lines: tuple[LineFacts, ...] = ()

    def of_line(self, line: int) -> LineFacts:
        """Facts of one line; all unknown when nobody collected any."""
        return next((each for each in self.lines if each.line == line), LineFacts(line))


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    """What the rules about a supplier's answer may rest on beside the order and the answer itself."""

    today: date
    sender_is_trusted: bool | None = None  # an address of the supplier, and our server's authentication said yes
    sender_is_supplier_of_order: bool | None = None  # the sender belongs to the supplier that the order went to
    is_newest: bool | None = None  # no later message on this order has been booked already
    contradicts_earlier: bool | None = None  # an answer booked before says something else of the same line
    has_question: bool | None = None  # the supplier asks something, or sets a condition
    has_unreadable_part: bool | None = None  # a scan, an encrypted or unknown attachment
    names_bank_account: bool | None = None  # a bank account or payment address that is not the one we know
    calendar: SiteCalendar | None = None
    lines: tuple[LineFacts, ...] = ()

    def of_line(self, line: int) -> LineFacts:
        """Facts of one line; all unknown when nobody collected any."""
        return next((each for each in self.lines if each.line == line), LineFacts(line))
