"""Mail servers on loopback with a shop and two suppliers, and clients for them."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

from imap_tools import MailBoxUnencrypted

from sandbox.mail.post_office import PostOffice
from sandbox.mail.serving import RunningMail
from sandbox.mail.settings import Account, MailSettings

OURS, ANNA, MAREK = "orders@sklep.example", "anna@balticfoods.example", "marek@tatra.example"
PASSWORD = "secret"
ACCOUNTS = (
    Account(OURS, "Green Grocer", is_ours=True),
    Account(ANNA, "Anna Nowak, Baltic Foods", language="pl"),
    Account(MAREK, "Tatra Dairy"),
)
TIMEOUT = 10.0
ARRIVED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def make_mail_settings(**more: object) -> MailSettings:
    """Everything in memory, on free ports."""
    return MailSettings(accounts=ACCOUNTS, **more)  # type: ignore[arg-type]  # a test knows the fields


def letter_from(
    sender: str, recipient: str, subject: str = "Hello", text: str = "A few words", **more: str
) -> EmailMessage:
    """A short mail; further headers by name, with _ for -."""
    message = EmailMessage()
    headers = {"From": sender, "To": recipient, "Subject": subject, "Date": "Mon, 23 Nov 2026 10:00:00 +0100"}
    for name, value in (headers | {name.replace("_", "-"): value for name, value in more.items()}).items():
        message[name] = value
    message.set_content(text)
    return message


def post(mail: RunningMail, message: EmailMessage, *recipients: str, login: str = "") -> dict[str, tuple[int, bytes]]:
    """Send a mail as its From, or as somebody else."""
    with smtplib.SMTP("127.0.0.1", mail.smtp_port, timeout=TIMEOUT) as client:
        client.login(login or str(message["From"]), PASSWORD)
        return client.send_message(message, to_addrs=list(recipients) or None)


@contextmanager
def mailbox(
    mail: RunningMail, address: str = OURS, *, folder: str | None = "INBOX", timeout: float = TIMEOUT
) -> Iterator[MailBoxUnencrypted]:
    """imap-tools, logged in."""
    box = MailBoxUnencrypted("127.0.0.1", mail.imap_port, timeout=timeout)
    try:
        box.login(address, PASSWORD, initial_folder=folder)
        box.client.capabilities = tuple(box.client.capability()[1][-1].decode().upper().split())
        yield box
    finally:
        box.client.shutdown()  # a polite logout would raise a second error where the line is broken


def lay_in(mail: RunningMail, *subjects: str, address: str = OURS, text: str = "A few words") -> list[int]:
    """Put messages into an inbox as if they had come; returns their UIDs."""

    def deliver(office: PostOffice) -> list[int]:
        folder = office.boxes.folder(address)
        letters = [letter_from(ANNA, address, subject, text).as_bytes(policy=SMTP) for subject in subjects]
        return [office.boxes.deliver(folder, raw, ARRIVED).uid for raw in letters]

    return mail.do(deliver)
