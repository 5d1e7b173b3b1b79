"""The order as a PDF and as a workbook to answer in."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pypdfium2
import pytest

from mail.outgoing.document import order_document
from mail.outgoing.workbook import HEAD_ROW, KEY_SHEET, order_workbook
from orders.purchase import PurchaseOrder
from orders.wording import letter_wording, wording
from tests.makers.purchase import make_line, make_order

ORDER = make_order(
    make_line(1, description="Źdźbło żółte, gęś i jaźń"),
    make_line(2, supplier_code=None, unit_price=Decimal("0.0435"), quantity=10_000),
    make_line(3, unit_price=None),
)


def pdf_of(order: PurchaseOrder = ORDER, language: str = "pl") -> bytes:
    return order_document(
        order,
        shop="Zielony Sklep",
        place="Gdynia, ul. Łączna 5",
        supplier="Baltic Foods",
        written_on=date(2026, 11, 23),
        words=letter_wording(language),
    )


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return texts


def test_the_document_says_everything_and_in_polish_letters() -> None:
    (text,) = pages_of(pdf_of())
    for words in (
        "Zamówienie PO-2026-0142",
        "Gdynia, ul. Łączna 5",
        "1 grudnia 2026",
        "Źdźbło żółte, gęś i jaźń",
        "SKU-2",
        "0,0435 zł",
        "10 000",
        "435,00 zł",
        "Razem pozycje z ceną (netto): 939,00 zł",
    ):
        assert words in text, words


def test_the_documents_name_is_the_order() -> None:
    metadata = pypdfium2.PdfDocument(pdf_of(language="en")).get_metadata_dict()
    assert "PO-2026-0142" in metadata["Title"]


def test_the_head_of_the_table_stands_on_every_page_and_pages_are_counted() -> None:
    pages = pages_of(pdf_of(make_order(*(make_line(number) for number in range(1, 90)))))
    assert len(pages) > 2
    assert all("Państwa kod" in page for page in pages[:-1])
    assert all(f"strona {number} / {len(pages)}" in page for number, page in enumerate(pages, start=1))


def test_the_same_order_on_the_same_day_gives_the_same_document() -> None:
    assert pdf_of() == pdf_of()


def test_a_note_stands_in_the_document() -> None:
    (text,) = pages_of(pdf_of(make_order(note="Rampa nr 2, dzwonić.")))
    assert "Uwagi Rampa nr 2, dzwonić." in text


def test_the_workbook_has_the_lines_in_fixed_cells() -> None:
    book = openpyxl.load_workbook(BytesIO(order_workbook(ORDER, "Sklep", wording("en"))))
    sheet = book["PO-2026-0142"]
    row = HEAD_ROW + 2  # openpyxl counts from one
    assert [cell.value for cell in sheet[row]][:6] == [1, "BF-1001", "Źdźbło żółte, gęś i jaźń", 120, 12, 4.2]
    assert sheet.cell(row + 1, 2).value == "SKU-2"


def test_a_hidden_sheet_carries_the_order_and_its_line_numbers() -> None:
    book = openpyxl.load_workbook(BytesIO(order_workbook(ORDER, "Sklep", wording("en"))))
    key = book[KEY_SHEET]
    assert key.sheet_state == "hidden"
    assert [key.cell(row, 1).value for row in range(1, 5)] == ["PO-2026-0142", 1, 2, 3]


def test_only_the_cells_to_answer_in_can_be_changed() -> None:
    sheet = openpyxl.load_workbook(BytesIO(order_workbook(ORDER, "Sklep", wording("en"))))["PO-2026-0142"]
    row = HEAD_ROW + 2
    assert sheet.protection.sheet
    assert [sheet.cell(row, column).protection.locked for column in (1, 6, 7, 10)] == [True, True, False, False]


@pytest.mark.parametrize("text", ["=1+1", "+48 22 1234", "@cmd", "http://x"])
def test_no_name_of_an_article_becomes_a_formula_or_a_link(text: str) -> None:
    book = openpyxl.load_workbook(
        BytesIO(order_workbook(make_order(make_line(1, description=text)), "S", wording("en")))
    )
    cell = book["PO-2026-0142"].cell(HEAD_ROW + 2, 3)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
