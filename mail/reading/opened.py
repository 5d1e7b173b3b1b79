"""What an opened attachment holds, as plain values: the guarded child opens it, the reader only reads this."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mail.reading.grids import Grid
from orders.invoice import EInvoice


@dataclass(frozen=True, slots=True)
class ConfirmedLine:
    """A line of a structured confirmation, with its status as the standard writes it."""

    line: int | None
    code: str | None
    gtin: str | None
    status: str  # accepted, rejected, changed, backordered, unsaid
    quantity: Decimal | None = None
    unit: str | None = None  # UN/ECE recommendation 20 code
    price: Decimal | None = None
    price_basis: Decimal = Decimal(1)
    day: date | None = None
    substitute_code: str | None = None
    text: str = ""
    our_code: str | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A structured answer (UBL OrderResponse, EDIFACT ORDRSP) or announcement (DESADV)."""

    order: str | None
    whole: str  # accepted, rejected, changed, unsaid: what the head says of the order
    lines: tuple[ConfirmedLine, ...]
    currency: str | None = None
    day: date | None = None
    is_ship_notice: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """One attachment. `problem` says why nothing could be read: encrypted, broken, too-large, scan, unknown-type."""

    name: str
    part: str = ""
    text: str = ""
    grids: tuple[Grid, ...] = ()
    confirmation: Confirmation | None = None
    is_invoice: bool = False
    invoice: EInvoice | None = None
    problem: str | None = None
    laid_out: str = ""  # the lines of a PDF as they stand on the page
    order_key: str = ""  # the order that the hidden sheet of our own workbook names
    harmless: bool = False  # a picture, a signature, a calendar entry: nothing that could answer
