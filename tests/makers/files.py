"""Files as suppliers attach them."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import docx
import openpyxl
import xlwt
from fpdf import FPDF

Rows = Sequence[Sequence[Any]]
HEADER = ["Line", "Code", "Description", "Ordered", "Confirmed", "Price", "Delivery date", "Comment"]


def make_xlsx(rows: Rows, *, hidden_rows: Sequence[int] = (), hidden_sheet: Rows | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for number in hidden_rows:
        sheet.row_dimensions[number].hidden = True
    if hidden_sheet is not None:
        other = book.create_sheet("old")
        other.sheet_state = "hidden"
        for row in hidden_sheet:
            other.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def make_xls(rows: Rows) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("answer")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def make_csv(rows: Rows, delimiter: str = ";", charset: str = "cp1250") -> bytes:
    return "\r\n".join(delimiter.join(map(str, row)) for row in rows).encode(charset)


def make_docx(paragraphs: Sequence[str], table: Rows = ()) -> bytes:
    document = docx.Document()
    for each in paragraphs:
        document.add_paragraph(each)
    if table:
        grid = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, value in zip(grid.add_row().cells, row, strict=True):
                cell.text = str(value)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def make_pdf(lines: Sequence[str], table: Rows = ()) -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=10)
    for line in lines:
        pdf.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    if table:
        with pdf.table() as grid:
            for row in table:
                grid.row([str(value) for value in row])
    return bytes(pdf.output())


def make_scan() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(10, 10, 100, 100, style="F")
    return bytes(pdf.output())


def make_zip_bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/worksheets/sheet1.xml", bytes(60 << 20))
    return stream.getvalue()


def make_far_cell() -> bytes:
    """One cell at the last column of the last row: what makes a reader ask for 512 GiB."""
    book = openpyxl.Workbook()
    book.worksheets[0]["XFD1048576"] = 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def make_ubl(order: str, lines: Sequence[str], code: str = "CA", currency: str = "PLN") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<OrderResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:OrderResponse-2"'
        ' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"'
        ' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">'
        f"<cbc:ID>OR-1</cbc:ID><cbc:OrderResponseCode>{code}</cbc:OrderResponseCode>"
        f"<cbc:DocumentCurrencyCode>{currency}</cbc:DocumentCurrencyCode>"
        f"<cac:OrderReference><cbc:ID>{order}</cbc:ID></cac:OrderReference>{''.join(lines)}</OrderResponse>"
    ).encode()


def ubl_line(line: int, code: str, status: int, quantity: int, price: str, day: str | None = None) -> str:
    promised = (
        "<cac:Delivery><cac:PromisedDeliveryPeriod>"
        f"<cbc:EndDate>{day}</cbc:EndDate></cac:PromisedDeliveryPeriod></cac:Delivery>"
        if day
        else ""
    )
    return (
        f"<cac:OrderLine><cac:LineItem><cbc:ID>{line}</cbc:ID><cbc:LineStatusCode>{status}</cbc:LineStatusCode>"
        f'<cbc:Quantity unitCode="C62">{quantity}</cbc:Quantity>{promised}'
        f'<cac:Price><cbc:PriceAmount currencyID="PLN">{price}</cbc:PriceAmount></cac:Price>'
        f"<cac:Item><cac:SellersItemIdentification><cbc:ID>{code}</cbc:ID></cac:SellersItemIdentification></cac:Item>"
        f"</cac:LineItem><cac:OrderLineReference><cbc:LineID>{line}</cbc:LineID></cac:OrderLineReference></cac:OrderLine>"
    )


def make_edifact(kind: str, segments: Sequence[str]) -> bytes:
    head = ["UNB+UNOC:3+5412345000013:14+8712345000010:14+261123:1000+1", f"UNH+1+{kind}:D:96A:UN:EAN005"]
    tail = [f"UNT+{len(segments) + 2}+1", "UNZ+1+1"]
    return ("'".join([*head, *segments, *tail]) + "'").encode()
