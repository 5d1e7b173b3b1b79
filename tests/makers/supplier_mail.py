"""Mails as suppliers write them, and the orders that they answer."""

from collections.abc import Sequence
from email.message import EmailMessage

from mail.attachments.opening import open_attachments
from mail.message import read_message
from mail.reading.read import read
from orders.context import KnownProduct, KnownSupplier, ReadingContext
from orders.purchase import OrderState, PurchaseOrder
from orders.reply import Reading
from tests.makers.reading import DELIVERY, TODAY, order_lines

OUR_ADDRESS = "orders@shop.example"


def make_order(number: str = "PO-2026-0142", supplier: str = "BALTIC", currency: str = "PLN") -> PurchaseOrder:
    return PurchaseOrder(
        number=number,
        supplier=supplier,
        currency=currency,
        lines=order_lines("BF"),
        state=OrderState.SENT,
        delivery_date=DELIVERY,
        message_id=f"<{number.lower()}@shop.example>",
    )


def make_context(*orders: PurchaseOrder) -> ReadingContext:
    return ReadingContext(
        today=TODAY,
        timezone="Europe/Warsaw",
        mailbox=OUR_ADDRESS,
        suppliers=(
            KnownSupplier("BALTIC", "Baltic Foods", ("sales@baltic.example",), ("baltic.example",), "PL", "pl", "PLN"),
        ),
        products=(KnownProduct("OAT-1L", "Oat drink 1 l", "5901234123457"),),
        orders=orders or (make_order(),),
    )


def make_mail(
    text: str,
    *,
    answers: str | None = "<po-2026-0142@shop.example>",
    sender: str = "sales@baltic.example",
    subject: str = "Re: order",
    html: str | None = None,
    attachments: Sequence[tuple[str, bytes]] = (),
) -> bytes:
    mail = EmailMessage()
    mail["From"] = f"Sales <{sender}>"
    mail["To"] = OUR_ADDRESS
    mail["Subject"] = subject
    mail["Date"] = "Mon, 23 Nov 2026 10:00:00 +0100"
    mail["Message-ID"] = "<answer@baltic.example>"
    if answers is not None:
        mail["In-Reply-To"] = answers
    mail.set_content(text)
    if html is not None:
        mail.add_alternative(html, subtype="html")
    for name, content in attachments:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def read_mail(raw: bytes, context: ReadingContext | None = None) -> Reading:
    message = read_message(raw)
    return read(message, context or make_context(), attachments=open_attachments(message))


def line_of(reading: Reading, line: int) -> tuple[str, int | None, str | None, list[str]]:
    """One line of the first response: outcome, quantity, price, deliveries as text."""
    found = next(each for each in reading.responses[0].lines if each.line == line)
    deliveries = [f"{each.date}:{each.quantity}" for each in found.deliveries]
    return found.outcome.value, found.quantity, None if found.unit_price is None else str(found.unit_price), deliveries
