"""E-invoices are recognised, told apart from answers, and read for what is needed to file them."""

from datetime import date
from decimal import Decimal

import pytest

from mail.attachments.opening import open_attachments
from mail.message import read_message
from orders.invoice import EInvoice
from orders.reply import Decision, Kind
from tests.makers.invoices import IBAN, cii_invoice, ksef_invoice, pdf_with, ubl_invoice
from tests.makers.supplier_mail import make_mail, read_mail

DAY = date(2026, 12, 3)
PLAIN_IBAN = IBAN.replace(" ", "")


def invoice_in(name: str, content: bytes) -> EInvoice | None:
    (opened,) = open_attachments(read_message(make_mail("Our invoice.", attachments=[(name, content)])))
    return opened.invoice


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "fv.xml",
            ubl_invoice(),
            EInvoice("ubl", "fv.xml", "FV/7/2026", DAY, "PLN", Decimal("619.92"), PLAIN_IBAN, ("PO-2026-0142",)),
        ),
        (
            "re.xml",
            cii_invoice(),
            EInvoice(
                "cii", "re.xml", "RE-2026-88", DAY, "EUR", Decimal("119.00"), "DE89370400440532013000", ("PO-2026-0142",)
            ),
        ),
        (
            "fa.xml",
            ksef_invoice("PO-2026-0142", "PO-2026-0143", "PO-2026-0142"),
            EInvoice(
                "ksef", "fa.xml", "FA/2026/12/9", DAY, "PLN", Decimal("1230.00"), "61109010140000071219812874",
                ("PO-2026-0142", "PO-2026-0143"),
            ),
        ),
        (
            "re.pdf",
            pdf_with("factur-x.xml", cii_invoice()),
            EInvoice(
                "factur-x", "re.pdf", "RE-2026-88", DAY, "EUR", Decimal("119.00"), "DE89370400440532013000",
                ("PO-2026-0142",),
            ),
        ),
    ],
)  # fmt: skip
def test_each_kind_of_e_invoice_is_read(name: str, content: bytes, expected: EInvoice) -> None:
    assert invoice_in(name, content) == expected


@pytest.mark.parametrize("name", ["ZUGFeRD-invoice.xml", "xrechnung.xml"])
def test_the_older_names_inside_a_pdf_are_known_too(name: str) -> None:
    found = invoice_in("re.pdf", pdf_with(name, cii_invoice()))
    assert found is not None
    assert found.format == "factur-x"


def test_a_pdf_that_carries_something_else_is_read_as_it_looks() -> None:
    assert invoice_in("re.pdf", pdf_with("notes.xml", cii_invoice())) is None
    assert invoice_in("re.pdf", pdf_with("factur-x.xml", b"<broken")) is None
    assert invoice_in("re.pdf", pdf_with("factur-x.xml", b"<Order/>")) is None


def test_an_invoice_that_says_little_is_still_an_invoice() -> None:
    found = invoice_in("fv.xml", b'<?xml version="1.0"?><Faktura><Fa><P_15>many</P_15><P_1>soon</P_1></Fa></Faktura>')
    assert found == EInvoice("ksef", "fv.xml")


@pytest.mark.parametrize("text", ["In the attachment our invoice for PO-2026-0142.", ""])
def test_a_mail_with_an_e_invoice_names_its_order_and_changes_nothing(text: str) -> None:
    reading = read_mail(make_mail(text, attachments=[("fv.xml", ubl_invoice())], answers=None, subject="Invoice"))
    assert reading.kind is Kind.INVOICE
    assert reading.decision is Decision.REVIEW
    assert [response.order for response in reading.responses] == ["PO-2026-0142"]
    assert all(not response.understood for response in reading.responses)


def test_entities_in_an_invoice_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><Invoice>&a;</Invoice>'
    (opened,) = open_attachments(read_message(make_mail("x", attachments=[("fv.xml", bomb)])))
    assert (opened.invoice, opened.problem) == (None, "broken")
