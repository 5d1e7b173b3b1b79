"""Figures of a supplier's answer to an order: the message as a whole, and each line of the order in its light."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from orders.purchase import OrderLine, PurchaseOrder
from orders.reply import LineReading, OrderResponse, Outcome
from orders.states import ORDERED
from rules.facts import LineFacts, ReplyFacts
from rules.vocabulary import Figures, Unit


@dataclass(frozen=True, slots=True)
class ReplyGiven:
    """What the figures of an answer are computed from."""

    order: PurchaseOrder
    response: OrderResponse
    facts: ReplyFacts


@dataclass(frozen=True, slots=True)
class ReplyLineGiven:
    """What the figures of one line of an answer are computed from; `reading` None when the message has none for it."""

    order: PurchaseOrder
    reply: ReplyFacts
    line: OrderLine
    reading: LineReading | None
    facts: LineFacts


reply_figure: Figures[ReplyGiven] = Figures()
line_figure: Figures[ReplyLineGiven] = Figures()


@reply_figure(Unit.TEXT)
def order_number(given: ReplyGiven) -> str:
    """Number of the order that the answer is about."""
    return given.order.number


@reply_figure(Unit.TEXT)
def order_state(given: ReplyGiven) -> str:
    """State of the order."""
    return given.order.state.value


@reply_figure(Unit.YES_NO)
def order_is_open(given: ReplyGiven) -> bool:
    """The order has been sent and waits for goods."""
    return given.order.state in ORDERED


@reply_figure(Unit.YES_NO)
def sender_is_trusted(given: ReplyGiven) -> bool | None:
    """The sender's address is the supplier's, and our own server's authentication results said yes."""
    return given.facts.sender_is_trusted


@reply_figure(Unit.YES_NO)
def sender_is_supplier_of_order(given: ReplyGiven) -> bool | None:
    """The sender belongs to the supplier that the order went to."""
    return given.facts.sender_is_supplier_of_order


@reply_figure(Unit.YES_NO)
def is_understood(given: ReplyGiven) -> bool:
    """Every statement of the message about this order was understood."""
    return given.response.understood


@reply_figure(Unit.YES_NO)
def is_newest(given: ReplyGiven) -> bool | None:
    """No later message on this order has been booked already."""
    return given.facts.is_newest


@reply_figure(Unit.YES_NO)
def contradicts_earlier(given: ReplyGiven) -> bool | None:
    """An answer that is booked already says something else of the same line."""
    return given.facts.contradicts_earlier


@reply_figure(Unit.YES_NO)
def has_question(given: ReplyGiven) -> bool | None:
    """The supplier asks something, or sets a condition."""
    return given.facts.has_question


@reply_figure(Unit.YES_NO)
def has_unreadable_part(given: ReplyGiven) -> bool | None:
    """A part of the message could not be read: a scan, an encrypted or unknown attachment."""
    return given.facts.has_unreadable_part


@reply_figure(Unit.YES_NO)
def names_bank_account(given: ReplyGiven) -> bool | None:
    """The message names a bank account or payment address that is not the one we know."""
    return given.facts.names_bank_account


@line_figure(Unit.TEXT)
def product(given: ReplyLineGiven) -> str:
    """Code of the product."""
    return given.line.sku


@line_figure(Unit.TEXT)
def outcome(given: ReplyLineGiven) -> str:
    """accepted, changed, backordered, rejected, substituted or unmentioned."""
    return (given.reading.outcome if given.reading else Outcome.UNMENTIONED).value


@line_figure(Unit.YES_NO)
def will_come(given: ReplyLineGiven) -> bool:
    """The supplier says that this very product comes, now or later."""
    return given.reading is not None and given.reading.outcome in {
        Outcome.ACCEPTED,
        Outcome.CHANGED,
        Outcome.BACKORDERED,
    }


@line_figure(Unit.QUANTITY)
def ordered_quantity(given: ReplyLineGiven) -> int:
    """Ordered quantity."""
    return given.line.quantity


@line_figure(Unit.QUANTITY)
def answered_quantity(given: ReplyLineGiven) -> int:
    """Quantity that the supplier will deliver: what it wrote, else what was ordered; 0 when it delivers nothing."""
    if given.reading is None or given.reading.outcome in {Outcome.REJECTED, Outcome.SUBSTITUTED}:
        return 0
    return given.line.quantity if given.reading.quantity is None else given.reading.quantity


@line_figure(Unit.QUANTITY)
def pack_size(given: ReplyLineGiven) -> int | None:
    """Base units in the supplier's case."""
    return given.facts.pack_size


@line_figure(Unit.YES_NO)
def names_price(given: ReplyLineGiven) -> bool:
    """The answer names a price for this line."""
    return given.reading is not None and given.reading.unit_price is not None


@line_figure(Unit.PRICE)
def ordered_price(given: ReplyLineGiven) -> Decimal | None:
    """Ordered price."""
    return given.line.unit_price


@line_figure(Unit.PRICE)
def answered_price(given: ReplyLineGiven) -> Decimal | None:
    """Price that the supplier named."""
    return given.reading.unit_price if given.reading else None


@line_figure(Unit.COUNT)
def promised_deliveries(given: ReplyLineGiven) -> int:
    """Number of deliveries that the answer promises for this line."""
    return len(given.reading.deliveries) if given.reading else 0


@line_figure(Unit.QUANTITY)
def promised_quantity(given: ReplyLineGiven) -> int:
    """Sum of the promised deliveries."""
    return sum(each.quantity for each in given.reading.deliveries) if given.reading else 0


@line_figure(Unit.YES_NO)
def has_undated_delivery(given: ReplyLineGiven) -> bool:
    """A part follows with no firm date."""
    return given.reading is not None and any(each.date is None for each in given.reading.deliveries)


@line_figure(Unit.YES_NO)
def names_day(given: ReplyLineGiven) -> bool:
    """The answer names a day for at least a part of this line."""
    return bool(_days(given))


@line_figure(Unit.DAY)
def delivery_date(given: ReplyLineGiven) -> date | None:
    """Day on which the order should arrive."""
    return given.order.delivery_date


@line_figure(Unit.DAY)
def promised_day(given: ReplyLineGiven) -> date | None:
    """The last day that the answer names for this line."""
    return max(_days(given), default=None)


@line_figure(Unit.DAYS)
def days_late(given: ReplyLineGiven) -> int | None:
    """Days from the requested to the last promised day; negative when it comes earlier."""
    requested, last = given.order.delivery_date, max(_days(given), default=None)
    return None if requested is None or last is None else (last - requested).days


@line_figure(Unit.YES_NO)
def promised_day_is_closed(given: ReplyLineGiven) -> bool | None:
    """The site takes no deliveries on one of the promised days."""
    calendar = given.reply.calendar
    if calendar is None:
        return None
    is_closed = any(calendar.is_closed(day) for day in _days(given))
    return is_closed if is_closed or calendar.knows_holidays else None


@line_figure(Unit.TEXT)
def substitute(given: ReplyLineGiven) -> str:
    """The article that is offered instead; empty text when none is."""
    offered = given.reading.substitute if given.reading else None
    return " ".join(filter(None, (offered.supplier_code, offered.description))) if offered else ""


@line_figure(Unit.YES_NO)
def runs_out(given: ReplyLineGiven) -> bool | None:
    """The plan projects a day on which stock runs out without this line."""
    return given.facts.runs_out


@line_figure(Unit.DAY)
def stockout_day(given: ReplyLineGiven) -> date | None:
    """Day on which stock is projected to run out without this line."""
    return given.facts.stockout_on


@line_figure(Unit.DAYS)
def days_until_stockout(given: ReplyLineGiven) -> int | None:
    """Days from today until stock is projected to run out without this line."""
    empty = given.facts.stockout_on
    return None if empty is None else (empty - given.reply.today).days


def _days(given: ReplyLineGiven) -> list[date]:
    return [each.date for each in given.reading.deliveries if each.date is not None] if given.reading else []
