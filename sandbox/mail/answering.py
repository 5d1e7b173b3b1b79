"""Playing somebody with a mailbox: writes an answer as a mail program would and sends it over SMTP."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from secrets import token_hex

import aiosmtplib

from sandbox.mail.quoting import ZONE, Quoted, Style, own_words, quote, reply_subject
from sandbox.mail.settings import Account
from sandbox.mail.showing import Letter, Person

_PROGRAMS = {
    Style.GMAIL: "<CA{0}@mail.gmail.example>",
    Style.OUTLOOK: "<AM0PR01MB{0}@AM0PR01MB.eurprd01.prod.exchange.example>",
    Style.APPLE: "<{0}@{1}>",
    Style.PLAIN: "<{0}@{1}>",
}
_SIGNATURE = {"en": "Kind regards,\n{name}", "pl": "Pozdrawiam\n{name}"}


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file to send along."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody writes. `original` None starts a new talk and wants `to` and `subject`.

    With `between` the own words already contain the quoted lines, and no quote is put below.
    """

    account: Account
    text: str
    original: Letter | None = None
    style: Style = Style.GMAIL
    language: str = "en"
    between: bool = False
    to: str = ""
    subject: str = ""
    automatic: bool = False  # marked as an automatic reply (RFC 3834)
    files: tuple[AttachedFile, ...] = ()


def write(answer: Answer, written_at: datetime) -> EmailMessage:
    """The mail; raises ValueError for an address that is none."""
    message = EmailMessage(policy=SMTP)
    account, original = answer.account, answer.original
    message["From"] = _shown(Person(account.name, account.address))
    message["To"] = answer.to or (_shown(original.reply_to) if original else "")
    subject = answer.subject or (reply_subject(original.subject, answer.style, answer.language) if original else "")
    message["Subject"] = " ".join(subject.split())
    message["Date"] = format_datetime(written_at.astimezone(ZONE))
    message["Message-ID"] = _PROGRAMS[answer.style].format(token_hex(12), account.address.rpartition("@")[2])
    if original is not None and original.message_id:
        message["In-Reply-To"] = original.message_id
        message["References"] = " ".join([*original.references, original.message_id])
    if answer.automatic:
        message["Auto-Submitted"] = "auto-replied"
    _fill(message, answer)
    return message


def _fill(message: EmailMessage, answer: Answer) -> None:
    quoted = Quoted("", "" if answer.style is not Style.PLAIN else None)
    if answer.original is not None and not answer.between and not answer.automatic:
        quoted = quote(answer.original, answer.style, answer.language)
    words = answer.text.strip("\n")
    message.set_content(f"{words}\n\n{quoted.text}" if quoted.text else f"{words}\n")
    if quoted.html is not None and not answer.between:
        message.add_alternative(
            f'<html><head><meta charset="utf-8"></head><body>{own_words(words, answer.style)}{quoted.html}</body></html>',
            subtype="html",
        )
    for file in answer.files:
        main, _, sub = file.kind.partition("/")
        message.add_attachment(
            file.content, maintype=main or "application", subtype=sub or "octet-stream", filename=file.name
        )


def signed(text: str, name: str, language: str) -> str:
    """Words with the writer's name below."""
    return f"{text.strip()}\n\n{_SIGNATURE.get(language, _SIGNATURE['en']).format(name=name)}"


def quoted_lines(letter: Letter, style: Style, language: str) -> str:
    """The original with a mark before each line, to write answers between."""
    return quote(letter, Style.PLAIN if style is Style.OUTLOOK else style, language).text


async def send(message: EmailMessage, account: Account, port: int) -> Sequence[str]:
    """Hand the mail to the SMTP server on loopback; returns recipients that were refused. Raises aiosmtplib's errors."""
    refused, _ = await aiosmtplib.send(
        message,
        hostname="127.0.0.1",
        port=port,
        username=account.address,
        password=account.password,
        start_tls=False,
        timeout=20,
    )
    return list(refused)


def _shown(person: Person) -> str:
    local, _, domain = person.address.rpartition("@")
    return str(Address(person.name, local, domain))
