"""An electronic invoice as its file tells it: filed at the order, compared, and never changing it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class EInvoice:
    """What a structured invoice says of itself; None where it is silent.

    `format` is factur-x (inside a PDF), cii, ubl or ksef; `total` is gross, what is to be paid; `account` is where to,
    without spaces; `orders` are the order numbers that it names.
    """

    format: str
    name: str = ""
    number: str | None = None
    issued_on: date | None = None
    currency: str | None = None
    total: Decimal | None = None
    account: str | None = None
    orders: tuple[str, ...] = ()
