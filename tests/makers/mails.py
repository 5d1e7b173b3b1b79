"""Mails as they arrive, a few words each."""

from datetime import date
from email.message import EmailMessage

from mail.message import Message, read_message
from orders.context import KnownSupplier, ReadingContext
from orders.purchase import OrderState, PurchaseOrder

SHOP = "orders@sklep.example"
ANNA = "anna@balticfoods.example"


def raw_mail(text: str = "OK", **headers: str) -> bytes:
    """Bytes of a mail from Anna to the shop in UTF-8; a header's name has _ for -, "from_" is From."""
    given = {
        "from": f"Anna Nowak <{ANNA}>",
        "to": SHOP,
        "subject": "Re: [PO-2026-0142]",
        "date": "Mon, 23 Nov 2026 10:00:00 +0100",
        "content-type": "text/plain; charset=utf-8",
    }
    given |= {name.strip("_").replace("_", "-").lower(): value for name, value in headers.items()}
    top = "".join(f"{name}: {value}\n" for name, value in given.items() if value)
    return f"{top}\n{text}".encode()


def make_mail(text: str = "OK", **headers: str) -> Message:
    """The same, read."""
    return read_message(raw_mail(text, **headers))


def make_html_mail(html: str, **headers: str) -> Message:
    """A mail whose only text is HTML, read."""
    return make_mail(html, content_type="text/html; charset=utf-8", **headers)


def mail_with_files(*files: tuple[str, str, bytes], text: str = "See the attachment.") -> EmailMessage:
    """A mail with attachments: name, media type, content."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = ANNA, SHOP, "Re: PO-2026-0142"
    mail.set_content(text)
    for name, kind, content in files:
        main, _, sub = kind.partition("/")
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return mail


def make_context(
    *numbers: str, authserv_id: str | None = None, suppliers: tuple[KnownSupplier, ...] = ()
) -> ReadingContext:
    """A shop that has sent these orders to Baltic Foods; Message-IDs are `<number@sklep.example>` in lower case."""
    baltic = KnownSupplier(
        code="BALTIC",
        name="Baltic Foods sp. z o.o.",
        emails=("zamowienia@balticfoods.example",),
        domains=("balticfoods.example",),
        country="PL",
        language="pl",
    )
    return ReadingContext(
        today=date(2026, 11, 23),
        mailbox=SHOP,
        authserv_id=authserv_id,
        suppliers=(baltic, *suppliers),
        orders=tuple(make_sent_order(number) for number in numbers),
    )


def make_sent_order(number: str, *, supplier: str = "BALTIC", message_id: str | None = None) -> PurchaseOrder:
    """An order that is with the supplier."""
    known = message_id or f"<{number.lower()}.1@mailer.example>"
    return PurchaseOrder(
        number=number, supplier=supplier, currency="PLN", state=OrderState.SENT, lines=(), message_id=known
    )
