from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from mail.outgoing.workbook import HEAD_ROW, order_workbook
from orders.reply import Decision, Kind, MatchedBy, Reading
from orders.wording import letter_wording
from tests.makers import files
from tests.makers.supplier_mail import line_of, make_context, make_mail, make_order, read_mail

FORM: list[list[Any]] = [
    files.HEADER,
    [1, "BF-1001", "Oat drink 1 l", 120, 96, 4.35, date(2026, 12, 3), ""],
    [2, "BF-1002", "Rice drink 1 l", 60, 60, 3.1, date(2026, 12, 1), "ok"],
    [3, "BF-1003", "Granola nuts 500 g", 48, 0, 11.9, None, "sold out"],
]
AS_TEXT = [
    [value.isoformat() if isinstance(value, date) else ("" if value is None else value) for value in row]
    for row in FORM
]
POINTS = "Please see our answer in the attached file."


def in_file(name: str, content: bytes, text: str = POINTS) -> Any:
    return read_mail(make_mail(text, attachments=[(name, content)]))


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("answer.xlsx", lambda: files.make_xlsx(FORM)),
        ("answer.xls", lambda: files.make_xls(AS_TEXT)),
        ("answer.csv", lambda: files.make_csv(AS_TEXT)),
        ("answer.docx", lambda: files.make_docx(["Order confirmation"], AS_TEXT)),
        ("answer.pdf", lambda: files.make_pdf(["Order confirmation PO-2026-0142"], AS_TEXT)),
    ],
)
def test_a_filled_in_table_is_read_from_any_file(name: str, make: Callable[[], bytes]) -> None:
    reading = in_file(name, make())
    assert reading.responses[0].understood
    assert line_of(reading, 1) == ("changed", 96, "4.35", ["2026-12-03:96"])
    assert line_of(reading, 2)[0] == "accepted"
    assert line_of(reading, 3)[:2] == ("rejected", 0)


def test_hidden_rows_and_sheets_say_nothing() -> None:
    hidden = files.make_xlsx(
        FORM, hidden_rows=[4], hidden_sheet=[files.HEADER, [2, "BF-1002", "", 60, 6, 3.1, None, ""]]
    )
    reading = in_file("answer.xlsx", hidden)
    assert line_of(reading, 2)[0] == "accepted"
    assert line_of(reading, 3)[0] == "unmentioned"


def test_an_unreadable_file_that_the_text_points_to_leaves_the_answer_open() -> None:
    reading = in_file("answer.pdf", files.make_scan())
    assert not reading.responses[0].understood
    assert reading.kind is Kind.ORDER_RESPONSE


def test_an_unreadable_file_beside_a_complete_yes_is_harmless() -> None:
    reading = in_file("logo.pdf", files.make_scan(), "All confirmed as ordered.")
    assert reading.decision is Decision.APPLY


def test_mail_and_attachment_that_disagree_are_not_understood() -> None:
    reading = in_file("answer.xlsx", files.make_xlsx(FORM), "Line 1: 84 pcs. All other lines confirmed.")
    assert not reading.responses[0].understood


def test_a_line_number_that_contradicts_the_article_is_not_understood() -> None:
    reading = in_file("answer.xlsx", files.make_xlsx([files.HEADER, [2, "BF-1001", "", 120, 96, 4.2, None, ""]]))
    assert not reading.responses[0].understood


@pytest.mark.parametrize("make", [files.make_zip_bomb, files.make_far_cell])
def test_a_hostile_spreadsheet_costs_one_reading_and_nothing_else(make: Callable[[], bytes]) -> None:
    reading = in_file("answer.xlsx", make())
    assert not reading.responses[0].understood
    assert in_file("answer.xlsx", files.make_xlsx(FORM)).responses[0].understood


def test_a_ubl_order_response_answers_line_by_line() -> None:
    lines = [
        files.ubl_line(1, "BF-1001", 3, 96, "4.20", "2026-12-03"),
        files.ubl_line(2, "BF-1002", 5, 60, "3.10"),
        files.ubl_line(3, "BF-1003", 7, 0, "11.90"),
    ]
    reading = in_file("response.xml", files.make_ubl("PO-2026-0142", lines), "")
    assert reading.responses[0].understood
    assert line_of(reading, 1) == ("changed", 96, "4.20", ["2026-12-03:96"])
    assert [line_of(reading, line)[0] for line in (2, 3)] == ["accepted", "rejected"]


def test_an_accepting_ubl_order_response_is_applied() -> None:
    reading = in_file("response.xml", files.make_ubl("PO-2026-0142", [], code="AP"), "")
    assert reading.decision is Decision.APPLY


def test_an_entity_bomb_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x">]><OrderResponse>&b;</OrderResponse>'
    assert not in_file("response.xml", bomb).responses[0].understood


def test_an_edifact_order_response_answers_line_by_line() -> None:
    segments = [
        "BGM+231+A1+4", "DTM+137:20261123:102", "RFF+ON:PO-2026-0142", "CUX+2:PLN:9",
        "LIN+1+3+5901234123457:EN", "PIA+5+BF-1001:SA", "QTY+113:96", "DTM+69:20261203:102", "PRI+AAA:4.20",
        "LIN+2+5", "PIA+5+BF-1002:SA", "QTY+113:60",
        "LIN+3+7", "PIA+5+BF-1003:SA",
    ]  # fmt: skip
    reading = in_file("answer.edi", files.make_edifact("ORDRSP", segments), "")
    assert line_of(reading, 1) == ("changed", 96, "4.20", ["2026-12-03:96"])
    assert [line_of(reading, line)[0] for line in (2, 3)] == ["accepted", "rejected"]


def test_a_despatch_advice_is_a_ship_notice() -> None:
    segments = ["BGM+351+D1+9", "RFF+ON:PO-2026-0142", "LIN+1", "PIA+5+BF-1001:SA", "QTY+12:120"]
    reading = in_file("desadv.edi", files.make_edifact("DESADV", segments), "")
    assert reading.kind is Kind.SHIP_NOTICE
    assert reading.decision is Decision.REVIEW


def test_an_e_invoice_is_recognised_and_changes_nothing() -> None:
    invoice = b'<?xml version="1.0"?><Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'
    reading = in_file("fv.xml", invoice, "PO-2026-0142")
    assert reading.kind is Kind.INVOICE
    assert reading.decision is Decision.REVIEW


def own_form(number: str = "PO-2026-0142") -> bytes:
    """Our workbook as it comes back, with nothing that a person sees naming the order."""
    book = openpyxl.load_workbook(BytesIO(order_workbook(make_order(number), "Shop", letter_wording("en"))))
    sheet = book.worksheets[0]
    sheet.title, sheet["A1"] = "answer", "Our answer"
    for row in range(HEAD_ROW + 2, HEAD_ROW + 5):
        sheet.cell(row, 7).value = sheet.cell(row, 4).value
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def returned(form: bytes, subject: str = "Answer") -> Reading:
    mail = make_mail("Please see the attached file.", answers=None, subject=subject, attachments=[("a.xlsx", form)])
    return read_mail(mail, make_context(make_order(), make_order("PO-2026-0150")))


def test_our_own_form_finds_its_order_by_its_hidden_key() -> None:
    (response,) = returned(own_form()).responses
    assert (response.order, response.matched_by) == ("PO-2026-0142", MatchedBy.ATTACHMENT)


def test_a_key_of_an_order_that_we_do_not_have_finds_nothing() -> None:
    assert [each.order for each in returned(own_form("PO-2026-0999")).responses if each.order] == []


@pytest.mark.parametrize("number", ["PO-2026-0142", "PO-2026-0999"])
def test_a_form_of_another_order_than_the_mail_names_goes_to_a_person(number: str) -> None:
    reading = returned(own_form(number), subject="Answer to PO-2026-0150")
    assert reading.decision is Decision.REVIEW
    assert "match-file-disagrees" in {each.code for each in reading.reasons}
