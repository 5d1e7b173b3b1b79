"""PDF and Word files to text and tables; runs in the guarded child."""

import io
from typing import Any

import docx
import pdfplumber
import pypdfium2
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from mail.attachments.containers import checked
from mail.attachments.einvoices import INSIDE_PDF, invoice_of, told
from mail.attachments.ubl import parsed
from store.guarded import Unopenable

_MOST_PAGES = 50
_LEAST_LETTERS = 20  # fewer in a whole PDF: it is a picture of a page
_MOST_TEXT = 200_000
_MOST_INSIDE = 20  # files inside a PDF


def open_pdf(data: bytes) -> dict[str, Any]:
    """The text layer of a PDF, or the e-invoice that it carries; a scan is refused with the reason "scan"."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        reason = "encrypted" if "password" in str(error).lower() else "broken"
        raise Unopenable(reason, str(error)[:200]) from error
    if len(pdf) > _MOST_PAGES:
        raise Unopenable("too-large", f"{len(pdf)} pages")
    invoice = _invoice_inside(pdf)
    if invoice is not None:
        return {"invoice": invoice, "text": told(invoice)}
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pdf).replace("\r\n", "\n")
    if sum(each.isalnum() for each in text) < _LEAST_LETTERS:
        raise Unopenable("scan")
    return {"text": text[:_MOST_TEXT]}


def _invoice_inside(pdf: pypdfium2.PdfDocument) -> dict[str, Any] | None:
    """The structured invoice of a Factur-X or ZUGFeRD document; a broken one leaves the PDF to be read as it looks."""
    for at in range(min(pdf.count_attachments(), _MOST_INSIDE)):
        attached = pdf.get_attachment(at)
        if attached.get_name().lower() not in INSIDE_PDF:
            continue
        try:
            return invoice_of(parsed(bytes(attached.get_data())), "factur-x")
        except (Unopenable, pypdfium2.PdfiumError):
            continue
    return None


def open_pdf_tables(data: bytes) -> dict[str, Any]:
    """The tables of a PDF, ruled ones first; where a page has none, its lines as they are laid out."""
    grids: list[list[list[str]]] = []
    lines: list[str] = []
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages[:_MOST_PAGES]:
            found = page.extract_tables()
            grids += [[[(cell or "").replace("\n", " ").strip() for cell in row] for row in table] for table in found]
            if not found:
                lines.append(page.extract_text(layout=True) or "")
    return {"grids": grids, "text": "\n".join(lines)[:_MOST_TEXT]}


def open_docx(data: bytes) -> dict[str, Any]:
    """The paragraphs and tables of a Word file in their order; deleted text of tracked changes is left out."""
    checked(data)
    document: Document = docx.Document(io.BytesIO(data))
    text: list[str] = []
    grids: list[list[list[str]]] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            text.append(block.text)
        elif isinstance(block, Table):
            grids.append([[cell.text.strip() for cell in row.cells] for row in block.rows[:1_000]])
    return {"text": "\n".join(text)[:_MOST_TEXT], "grids": grids}
