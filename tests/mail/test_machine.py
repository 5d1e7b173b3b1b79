"""Machine mail is told from people's, and an order system's confirmation from an out-of-office note."""

import pytest

from mail.machine import MachineKind, machine
from mail.message import read_message
from tests.makers.mails import make_mail

REPORT = """Return-Path: <>
From: MAILER-DAEMON@mx.sklep.example (Mail Delivery System)
To: orders@sklep.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.sklep.example

Final-Recipient: rfc822; nobody@balticfoods.example
Action: {action}
Status: 5.1.1
--x
Content-Type: message/rfc822

Message-ID: <po-2026-0142@sklep.example>
Subject: [PO-2026-0142]

Order
--x--
"""


def test_a_delivery_report_names_our_mail_and_the_address_that_failed() -> None:
    found = machine(read_message(REPORT.format(action="failed").encode()))
    assert found.kind is MachineKind.BOUNCE
    assert (found.returned_id, found.failed_recipients) == (
        "<po-2026-0142@sklep.example>",
        ("nobody@balticfoods.example",),
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"from_": "MAILER-DAEMON@mx.example", "subject": "failure notice"},
        {
            "from_": "Mail Delivery System <Mailer-Daemon@mx.example>",
            "subject": "Mail delivery failed: returning message to sender",
        },
        {"from_": "postmaster@mx.example", "subject": "Unzustellbar: Bestellung PO-2026-0142"},
        {"from_": "postmaster@mx.example", "subject": "Niedostarczona wiadomość", "return_path": "<>"},
        {"from_": "a@b.example", "subject": "x", "x_failed_recipients": "nobody@balticfoods.example"},
    ],
)
def test_what_servers_send_instead_of_a_report_is_a_bounce_too(headers: dict[str, str]) -> None:
    text = "This message was created automatically.\nA message that you sent could not be delivered: 550 5.1.1 user unknown"
    assert machine(make_mail(text, **headers)).kind is MachineKind.BOUNCE


@pytest.mark.parametrize(
    "headers",
    [
        {"auto_submitted": "auto-replied"},
        {"auto_submitted": "auto-replied (vacation)"},
        {"x_autoreply": "yes"},
        {"precedence": "auto_reply"},
        {"subject": "Automatic reply: [PO-2026-0142]"},
        {"subject": "Out of Office: order"},
        {"subject": "Automatyczna odpowiedź: zamówienie"},
        {"subject": "[Automatyczna odpowiedź] zamówienie"},
        {"subject": "AUTO: Nowak, Anna is out of the office. (returning 05/01/2027)"},
        {"subject": "Automatische Antwort: Bestellung"},
        {"subject": "Réponse automatique : commande"},
        {"subject": "Read: [PO-2026-0142]"},
        {"subject": "We have received your request #553", "auto_submitted": "auto-generated"},
    ],
)
def test_an_automatic_answer_is_told(headers: dict[str, str]) -> None:
    assert machine(make_mail("I am away until Monday.", **headers)).kind is MachineKind.AUTO_REPLY


def test_an_order_system_s_confirmation_is_generated_and_may_be_an_answer() -> None:
    found = machine(
        make_mail("Order confirmation", from_="noreply@balticfoods.example", auto_submitted="auto-generated")
    )
    assert (found.kind, found.generated) == (MachineKind.NO, True)


def test_auto_submitted_no_is_a_person() -> None:
    found = machine(make_mail("ok", auto_submitted="no"))
    assert (found.kind, found.generated) == (MachineKind.NO, False)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("FAILED MAIL to anna regarding order", "Your message was addressed to nobody here: user unknown."),
        ("Non-Delivery: PO-2026-0142", "--- Non-Delivery Report ---\nThe e-mail below could not be delivered."),
    ],
)
def test_a_bounce_sent_by_a_person_s_address_is_told_by_its_words(subject: str, text: str) -> None:
    assert machine(make_mail(text, subject=subject, from_="admin@balticfoods.example")).kind is MachineKind.BOUNCE


def test_a_bounce_may_name_our_mail_in_its_text() -> None:
    text = "Your message could not be delivered: user unknown.\n\nOriginal-Message-ID: <po-2026-0142@sklep.example>"
    found = machine(make_mail(text, subject="Undeliverable: order", from_="postmaster@balticfoods.example"))
    assert found.returned_id == "<po-2026-0142@sklep.example>"


@pytest.mark.parametrize("action", ["delivered", "relayed"])
def test_a_receipt_for_a_delivery_that_worked_is_no_bounce(action: str) -> None:
    assert machine(read_message(REPORT.format(action=action).encode())).kind is MachineKind.AUTO_REPLY


RECEIPT = """From: Mail Delivery Subsystem <admin@mx.example>
Subject: Automatically rejected mail
Content-Type: multipart/report; report-type=disposition-notification; boundary=x

--x

Your message was seen.
--x
Content-Type: message/disposition-notification

Disposition: {disposition}
--x--
"""


@pytest.mark.parametrize(
    ("disposition", "kind"),
    [
        ("manual-action/MDN-sent-manually; displayed", MachineKind.AUTO_REPLY),
        ("automatic-action/MDN-sent-automatically; deleted", MachineKind.BOUNCE),
    ],
)
def test_a_receipt_that_says_a_filter_refused_the_mail_is_a_bounce(disposition: str, kind: MachineKind) -> None:
    assert machine(read_message(RECEIPT.format(disposition=disposition).encode())).kind is kind


def test_a_complaint_about_our_mail_is_a_bounce() -> None:
    raw = RECEIPT.replace("disposition-notification", "feedback-report").format(disposition="x")
    assert machine(read_message(raw.encode())).kind is MachineKind.BOUNCE


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: delivery delayed", "The delivery of line 2 is delayed to 3 December."),
        ("Re: returned goods", "We could not deliver 24 of the pieces."),
        ("Undelivered pallets of PO-2026-0142", "They come on Monday."),
        ("Delivery problem line 2", "Unable to deliver, the 550 pieces come on 5.1.26. Price 4.20 PLN"),
        ("Undelivered: PO-2026-0142", "The goods could not be delivered, the address was closed."),
    ],
)
def test_people_may_write_of_deliveries(subject: str, text: str) -> None:
    assert machine(make_mail(text, subject=subject)).kind is MachineKind.NO


def test_bulk_mail_that_answers_nothing_is_a_newsletter() -> None:
    assert (
        machine(make_mail("Winter sale!", subject="News", list_unsubscribe="<mailto:x>")).kind is MachineKind.NEWSLETTER
    )


def test_an_answer_through_a_list_is_no_newsletter() -> None:
    answer = make_mail("ok", list_unsubscribe="<mailto:x>", in_reply_to="<po@sklep.example>")
    assert machine(answer).kind is MachineKind.NO
