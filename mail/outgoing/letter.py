"""Puts a mail to a supplier together: text, HTML, attachments, threading, and the marks by which its answer is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from orders.wording import LANGUAGES, wording

_SPREADSHEET = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with the mail."""

    name: str
    content: bytes
    kind: tuple[str, str]

    @classmethod
    def pdf(cls, name: str, content: bytes) -> "Attached":
        """A PDF document."""
        return cls(name, content, ("application", "pdf"))

    @classmethod
    def spreadsheet(cls, name: str, content: bytes) -> "Attached":
        """An XLSX workbook."""
        return cls(name, content, _SPREADSHEET)


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom, and which mail this one answers."""

    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    reply_to: str
    message_id: str
    written_at: datetime
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("mail", "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def mail_language(language: str) -> str:
    """The language that a supplier is written to: its own when there are templates for it, else English."""
    return language if language in LANGUAGES else "en"


def compose(
    template: str, language: str, facts: Mapping[str, Any], envelope: Envelope, attachments: Sequence[Attached] = ()
) -> bytes:
    """The finished mail as bytes, exactly as it will be sent and kept.

    `template` names a folder of mail/templates with subject.txt, body.txt and body.html in each language.
    """
    spoken = mail_language(language)
    filled = {
        name: _fill(f"{template}/{spoken}/{name}", spoken, facts) for name in ("subject.txt", "body.txt", "body.html")
    }
    message = EmailMessage(policy=SMTP)
    message["From"] = f'"{envelope.sender_name}" <{envelope.sender}>'
    message["To"] = ", ".join(envelope.recipients)
    message["Subject"] = " ".join(filled["subject.txt"].split())
    message["Date"] = format_datetime(envelope.written_at)
    message["Message-ID"] = envelope.message_id
    message["Reply-To"] = envelope.reply_to
    if envelope.in_reply_to:
        message["In-Reply-To"] = envelope.in_reply_to
        message["References"] = " ".join([*envelope.references, envelope.in_reply_to])
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message.set_content(filled["body.txt"])
    message.add_alternative(filled["body.html"], subtype="html")
    for attached in attachments:
        message.add_attachment(
            attached.content, maintype=attached.kind[0], subtype=attached.kind[1], filename=attached.name
        )
    return message.as_bytes()


def _fill(name: str, language: str, facts: Mapping[str, Any]) -> str:
    return _templates().get_template(name).render(words=wording(language), **facts)
