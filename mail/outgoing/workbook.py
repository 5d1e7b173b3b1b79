"""The order as a workbook in which a supplier can answer: fixed cells, row ids, and a hidden key of the order."""

from io import BytesIO

import xlsxwriter

from orders.purchase import PurchaseOrder
from orders.wording import Wording

HEAD_ROW = 5  # zero-based; lines follow directly
KEY_SHEET = "key"


def order_workbook(order: PurchaseOrder, shop: str, words: Wording) -> bytes:
    """XLSX bytes: the ordered columns are locked, the answer columns are open and coloured."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet(order.number)
        bold, head = (
            book.add_format({"bold": True, "font_size": 14}),
            book.add_format({"bold": True, "bg_color": "#F0F3F7", "border": 1}),
        )
        cell, money = book.add_format({"border": 1}), book.add_format({"border": 1, "num_format": "0.00####"})
        number = book.add_format({"border": 1, "num_format": "#,##0"})
        reply = book.add_format({"border": 1, "bg_color": "#FFF8E1", "locked": False})
        sheet.write(0, 0, words.say("paper.title", number=order.number), bold)
        sheet.write(1, 0, shop)
        sheet.write(2, 0, words.say("paper.form-hint"))
        for column, key in enumerate(_COLUMNS):
            sheet.write(HEAD_ROW, column, words.say(f"paper.{key}"), head)
        for at, line in enumerate(order.lines, HEAD_ROW + 1):
            sheet.write_number(at, 0, line.line, cell)
            sheet.write_string(at, 1, line.supplier_code or line.sku, cell)
            sheet.write_string(at, 2, line.description, cell)
            sheet.write_number(at, 3, line.quantity, number)
            sheet.write_number(at, 4, line.pack_size, number)
            if line.unit_price is None:
                sheet.write_blank(at, 5, None, cell)
            else:
                sheet.write_number(at, 5, float(line.unit_price), money)  # a spreadsheet knows no decimals
            for column in range(6, len(_COLUMNS)):
                sheet.write_blank(at, column, None, reply)
        sheet.set_column(0, 0, 6)
        sheet.set_column(1, 1, 14)
        sheet.set_column(2, 2, 42)
        sheet.set_column(3, len(_COLUMNS) - 1, 15)
        sheet.protect()
        key_sheet = book.add_worksheet(KEY_SHEET)
        key_sheet.write_string(0, 0, order.number)
        key_sheet.write_column(1, 0, [line.line for line in order.lines])
        key_sheet.hide()
    return made.getvalue()


_COLUMNS = (
    "line",
    "code",
    "article",
    "quantity",
    "pack",
    "price",
    "your-quantity",
    "your-date",
    "your-price",
    "your-note",
)
