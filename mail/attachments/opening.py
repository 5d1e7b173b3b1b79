"""A message's attachments to plain tables and text; whatever a stranger's file does, it does it in a guarded child."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from mail.attachments.kinds import FileKind, kind_of
from mail.message import Message
from mail.mime.parts import Attachment
from mail.reading.grids import Grid, GridCell, GridRow
from mail.reading.opened import Confirmation, ConfirmedLine, Opened
from orders.invoice import EInvoice
from store.guarded import Unopenable, guarded_call

_MOST_BYTES = 10 << 20
_MOST_ATTACHMENTS = 25
_OPENERS = {
    FileKind.SPREADSHEET: "mail.attachments.spreadsheets:open_spreadsheet",
    FileKind.CSV: "mail.attachments.spreadsheets:open_csv",
    FileKind.PDF: "mail.attachments.documents:open_pdf",
    FileKind.DOCX: "mail.attachments.documents:open_docx",
    FileKind.XML: "mail.attachments.ubl:open_xml",
    FileKind.EDIFACT: "mail.attachments.edifact:open_edifact",
}  # run in the child only, which imports what they need
_UNREAD = {FileKind.PICTURE: "scan", FileKind.MACROS: "macros"}
_PDF_TABLES = "mail.attachments.documents:open_pdf_tables"


def open_attachments(message: Message) -> tuple[Opened, ...]:
    """Open what can hold an answer; the rest is named with the reason why it was not read."""
    attachments = [*message.attachments, *(each for inner in message.forwarded for each in inner.attachments)]
    opened = [_open(each) for each in attachments[:_MOST_ATTACHMENTS]]
    opened += [Opened(each.filename, each.path, problem="too-many") for each in attachments[_MOST_ATTACHMENTS:]]
    return tuple(opened)


def _open(attachment: Attachment) -> Opened:
    name, part, kind = attachment.filename, attachment.path, kind_of(attachment)
    if kind is FileKind.HARMLESS or (kind is FileKind.PICTURE and attachment.inline):
        return Opened(name, part, harmless=True)
    if kind is FileKind.TEXT:
        return Opened(name, part, attachment.content.decode("utf-8", "replace"))
    if kind not in _OPENERS:
        return Opened(name, part, problem=_UNREAD.get(kind, "unknown-type"))
    if len(attachment.content) > _MOST_BYTES:
        return Opened(name, part, problem="too-large")
    try:
        return _from_plain(name, part, guarded_call(_OPENERS[kind], attachment.content), attachment.content, kind)
    except Unopenable as refused:
        return Opened(name, part, problem=refused.reason)


def _from_plain(name: str, part: str, plain: Mapping[str, Any], content: bytes, kind: FileKind) -> Opened:
    """The child's plain values as the reader's types; a PDF with figures is opened once more for its tables."""
    invoice = plain.get("invoice")
    if invoice:
        return Opened(name, part, plain["text"], is_invoice=True, invoice=_invoice(invoice, name))
    if kind is FileKind.PDF and any(each.isdigit() for each in plain.get("text", "")):
        tables = guarded_call(_PDF_TABLES, content)
        grids = tuple(_grid(rows, part) for rows in tables["grids"])
        return Opened(name, part, plain["text"], grids, laid_out=tables["text"])
    confirmation = plain.get("confirmation")
    return Opened(
        name,
        part,
        plain.get("text", ""),
        tuple(_grid(rows, part) for rows in plain.get("grids", ())),
        _confirmation(confirmation) if confirmation else None,
        order_key=plain.get("order_key", ""),
    )


def _grid(rows: list[list[Any]], part: str) -> Grid:
    return Grid(tuple(GridRow(tuple(_cell(value) for value in row)) for row in rows), part)


def _cell(value: Any) -> GridCell:
    if isinstance(value, float):
        number = Decimal(str(round(value, 6)))
        plain = format(number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize(), "f")
        return GridCell(plain, number=Decimal(plain))
    if isinstance(value, date):
        return GridCell(value.isoformat(), day=value)
    return GridCell("" if value is None else str(value))


def _confirmation(plain: Mapping[str, Any]) -> Confirmation:
    return Confirmation(
        plain["order"],
        plain["whole"],
        tuple(_line(each) for each in plain["lines"]),
        plain["currency"],
        _day(plain["day"]),
        is_ship_notice=bool(plain.get("notice")),
    )


def _line(plain: Mapping[str, Any]) -> ConfirmedLine:
    number = str(plain["line"] or "").lstrip("0")
    return ConfirmedLine(
        line=int(number) if number.isdigit() else None,
        code=plain["code"],
        gtin=plain["gtin"],
        status=plain["status"],
        quantity=_decimal(plain["quantity"]),
        unit=plain["unit"],
        price=_decimal(plain["price"]),
        price_basis=_decimal(plain["price_basis"]) or Decimal(1),
        day=_day(plain["day"]),
        substitute_code=plain["substitute_code"],
        text=plain["text"],
        our_code=plain["our_code"],
    )


def _invoice(plain: Mapping[str, Any], name: str) -> EInvoice:
    currency = plain["currency"]
    return EInvoice(
        plain["format"],
        name[:300],
        plain["number"] and plain["number"][:200],
        _day(plain["day"]),
        currency if currency and len(currency) == 3 else None,
        _decimal(plain["total"]),
        plain["account"] and plain["account"][:50],
        tuple(plain["orders"]),
    )


def _decimal(text: str | None) -> Decimal | None:
    try:
        value = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
