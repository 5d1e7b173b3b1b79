"""The order as a PDF document."""

from datetime import UTC, date, datetime, time
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from orders.money import Money
from orders.purchase import OrderLine, PurchaseOrder
from orders.wording import Wording

_INK, _GREY, _RULE, _FILL, _ACCENT = (29, 39, 51), (100, 112, 126), (205, 212, 220), (240, 243, 247), (15, 118, 110)
_COLUMNS = (10, 25, 56, 19, 14, 23, 27)  # millimetres between the margins of an A4 sheet
_MARGIN = 18.0


@cache
def _fonts() -> Path:
    """DejaVu Sans, which matplotlib ships, has every letter of our languages.

    Found without importing matplotlib: it would take 30 MB of the process that sends mail.
    """
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("matplotlib", name="matplotlib")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"


class _Paper(FPDF):
    """A4 with our head and page numbers."""

    def __init__(self, head: str, words: Wording) -> None:
        super().__init__(format="A4")
        self._head, self._words = head, words
        self.add_font("dejavu", "", str(_fonts() / "DejaVuSans.ttf"))
        self.add_font("dejavu", "B", str(_fonts() / "DejaVuSans-Bold.ttf"))
        self.set_auto_page_break(auto=True, margin=22)
        self.set_margins(_MARGIN, _MARGIN, _MARGIN)

    def header(self) -> None:
        self.set_fill_color(*_ACCENT)
        self.rect(0, 0, self.w, 3, style="F")

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font("dejavu", size=8)
        self.set_text_color(*_GREY)
        self.cell(0, 6, self._words.say("paper.page", head=self._head, page=f"{self.page_no()} / {{nb}}"), align="C")
        self.set_text_color(*_INK)  # the text of the next page goes on in its own colour


def order_document(
    order: PurchaseOrder, *, shop: str, place: str, supplier: str, written_on: date, words: Wording
) -> bytes:
    """PDF bytes; the same order on the same day gives the same document."""
    paper = _Paper(f"{shop} · {order.number}", words)
    paper.set_creation_date(datetime.combine(written_on, time(), UTC))
    paper.set_title(words.say("paper.title", number=order.number))
    paper.set_lang(words.language)
    paper.add_page()
    paper.set_text_color(*_INK)
    _line(paper, shop, 11, "B")
    paper.ln(5)
    _line(paper, words.say("paper.title", number=order.number), 19, "B")
    paper.ln(4)
    for key, value in (
        ("supplier", supplier),
        ("written", words.full_day(written_on)),
        ("deliver-by", words.full_day(order.delivery_date) if order.delivery_date else "–"),
        ("deliver-to", place),
    ):
        _fact(paper, words.say(f"paper.{key}"), value)
    paper.ln(5)
    _table(paper, order, words)
    paper.ln(4)
    total = words.say("paper.total-of-priced" if order.has_unpriced_lines else "paper.total")
    _line(paper, f"{total}: {words.money(order.total)}", 12, "B", align="R")
    if order.note:
        paper.ln(3)
        _line(paper, words.say("paper.note"), 10, "B")
        paper.set_font("dejavu", size=10)
        paper.multi_cell(0, 6, order.note, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.ln(5)
    paper.set_text_color(*_GREY)
    paper.set_font("dejavu", size=9)
    paper.multi_cell(0, 5, words.say("paper.answer-hint"))
    return bytes(paper.output())


def _line(paper: FPDF, text: str, size: int, style: str = "", align: str = "L") -> None:
    paper.set_font("dejavu", style, size)
    paper.cell(0, size * 0.55, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _fact(paper: FPDF, name: str, value: str) -> None:
    paper.set_font("dejavu", size=10)
    paper.set_text_color(*_GREY)
    paper.cell(42, 6.4, name)
    paper.set_text_color(*_INK)
    paper.multi_cell(0, 6.4, value, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _table(paper: FPDF, order: PurchaseOrder, words: Wording) -> None:
    paper.set_font("dejavu", size=8.5)
    paper.set_draw_color(*_RULE)
    paper.set_line_width(0.2)
    with paper.table(
        width=sum(_COLUMNS),
        col_widths=_COLUMNS,
        text_align=("RIGHT", "LEFT", "LEFT", "RIGHT", "RIGHT", "RIGHT", "RIGHT"),
        headings_style=FontFace(emphasis="BOLD", fill_color=_FILL),
        line_height=4.6,
        padding=(1.3, 1.2),
        borders_layout="HORIZONTAL_LINES",
    ) as table:
        table.row(
            [words.say(f"paper.{key}") for key in ("line", "code", "article", "quantity", "pack", "price", "value")]
        )
        for line in order.lines:
            table.row(_cells(line, order.currency, words))


def _cells(line: OrderLine, currency: str, words: Wording) -> list[str]:
    price = value = "–"
    if line.unit_price is not None:
        price = words.price(line.unit_price, currency)
        value = words.money(Money(line.unit_price, currency) * line.quantity)
    return [
        str(line.line),
        line.supplier_code or line.sku,
        line.description,
        words.number(line.quantity),
        str(line.pack_size),
        price,
        value,
    ]
