"""What a purchase order is: header, lines, promised deliveries, and what follows from them. Knows nothing of the world."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from orders.money import Money
from orders.refusals import LineNotFound


class OrderState(StrEnum):
    """Where an order stands; allowed moves are in orders.states."""

    PROPOSED = "proposed"  # computed by the plan, counts as planned supply
    EXPIRED = "expired"  # proposal whose need has gone
    DRAFT = "draft"  # editable, counts as planned supply
    AWAITING_APPROVAL = "awaiting_approval"  # content frozen, cards are out
    APPROVED = "approved"  # a person with the role said yes to exactly this content
    SENDING = "sending"  # the mail is in the outbox
    SENT = "sent"  # the supplier's server has taken the mail; counts as ordered
    CANCEL_REQUESTED = "cancel_requested"  # we asked the supplier to cancel
    CLOSED = "closed"  # every line received, short-closed, rejected or cancelled
    CANCELLED = "cancelled"


class LineState(StrEnum):
    """Where one line stands."""

    OPEN = "open"  # nothing said by the supplier
    CONFIRMED = "confirmed"  # the supplier's answer is booked
    CHANGE_PENDING = "change_pending"  # an answer waits for a manager
    BACKORDERED = "backordered"  # comes later, no firm date
    SUBSTITUTE_PENDING = "substitute_pending"  # another article is offered
    REJECTED = "rejected"  # will not be delivered
    PARTLY_RECEIVED = "partly_received"
    RECEIVED = "received"
    SHORT_CLOSED = "short_closed"  # we stopped waiting for the rest
    CANCELLED = "cancelled"


LINE_ENDED = frozenset({LineState.REJECTED, LineState.RECEIVED, LineState.SHORT_CLOSED, LineState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Delivery:
    """A promised delivery: base units on a day; `date` None for a part that follows with no firm date."""

    date: date | None
    quantity: int


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line: what was ordered (base units, net price of one base unit) and what the supplier confirmed of it."""

    line: int
    sku: str
    quantity: int
    description: str = ""
    supplier_code: str | None = None
    pack_size: int = 1
    unit_price: Decimal | None = None
    state: LineState = LineState.OPEN
    confirmed_quantity: int | None = None
    confirmed_price: Decimal | None = None
    deliveries: tuple[Delivery, ...] = ()
    received: int = 0
    reason: str = ""

    @property
    def expected_quantity(self) -> int:
        """Base units that should arrive: the confirmed quantity, else the ordered one."""
        return self.quantity if self.confirmed_quantity is None else self.confirmed_quantity

    @property
    def open_quantity(self) -> int:
        """Base units still to come; 0 once the line has ended."""
        return 0 if self.state in LINE_ENDED else max(0, self.expected_quantity - self.received)

    @property
    def price(self) -> Decimal | None:
        """Net price of one base unit in force: the confirmed one, else the ordered one."""
        return self.unit_price if self.confirmed_price is None else self.confirmed_price


@dataclass(frozen=True, slots=True)
class PurchaseOrder:
    """An order as every room sees it. `revision` grows with each change and guards against stale clicks."""

    number: str
    supplier: str
    currency: str
    lines: tuple[OrderLine, ...]
    state: OrderState = OrderState.DRAFT
    revision: int = 1
    supplier_name: str = ""
    location: str = ""
    delivery_date: date | None = None
    sent_on: date | None = None
    message_id: str | None = None
    requested_by: str | None = None
    note: str = ""
    on_hold: bool = False
    extra: dict[str, object] = field(default_factory=dict, compare=False)

    def line_at(self, line: int) -> OrderLine:
        """The line with this number; raises LineNotFound."""
        for candidate in self.lines:
            if candidate.line == line:
                return candidate
        raise LineNotFound(self.number, line)

    @property
    def total(self) -> Money:
        """Net value of all lines whose price is known, each line rounded to cents before it is added."""
        total = Money(Decimal(0), self.currency)
        for line in self.lines:
            if line.price is not None:
                total += (Money(line.price, self.currency) * line.expected_quantity).rounded()
        return total

    @property
    def has_unpriced_lines(self) -> bool:
        """True when the total is not the whole truth."""
        return any(line.price is None for line in self.lines)


def content_hash(order: PurchaseOrder) -> str:
    """SHA-256 over what an approval covers: supplier, place, currency, date, and each line's article, quantity and price.

    Equal content gives an equal hash whatever the order of the lines or the notation of a price (4.2 and 4.20).
    """
    content = {
        "supplier": order.supplier,
        "location": order.location,
        "currency": order.currency,
        "delivery_date": order.delivery_date.isoformat() if order.delivery_date else None,
        "lines": sorted(
            [line.sku, line.supplier_code, line.quantity, line.pack_size, _plain(line.unit_price)]
            for line in order.lines
        ),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _plain(price: Decimal | None) -> str | None:
    return None if price is None else format(price.normalize(), "f")
