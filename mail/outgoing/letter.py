"""Puts a mail to a supplier together: text, HTML, attachments, threading, and the marks by which its answer is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy
from email.utils import format_datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from orders.wording import letter_wording

_SPREADSHEET = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


class _MessageIds(UnstructuredHeader, BaseHeader):
    """Message-IDs, one a line. Python would write a long one as an encoded word, and no mail program would know it."""

    max_count = 1

    def fold(self, *, policy: "Policy[Any]") -> str:
        """The header's lines; an id is never broken (RFC 5322, 3.6.4)."""
        return f"{self.name}: " + f"{policy.linesep} ".join(self.split()) + policy.linesep


def _policy() -> "EmailPolicy[Any]":
    """Seven bits, so that no server on the way writes the text anew: the bytes that we keep are those that arrive."""
    headers = HeaderRegistry()
    for name in ("in-reply-to", "references"):
        headers.map_to_type(name, _MessageIds)
    return SMTP.clone(cte_type="7bit", header_factory=headers)


_POLICY = _policy()


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


def compose(
    template: str, language: str, facts: Mapping[str, Any], envelope: Envelope, attachments: Sequence[Attached] = ()
) -> bytes:
    """The finished mail as bytes, exactly as it will be sent and kept.

    `template` names a folder of mail/templates with subject.txt, body.txt and body.html; its sentences stand in the
    catalogue `letters.po` of each language.
    """
    filled = {name: _fill(f"{template}/{name}", language, facts) for name in ("subject.txt", "body.txt", "body.html")}
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(envelope.sender_name, addr_spec=envelope.sender)
    message["To"] = ", ".join(envelope.recipients)
    message["Subject"] = " ".join(filled["subject.txt"].split())
    message["Date"] = format_datetime(envelope.written_at)
    message["Message-ID"] = envelope.message_id
    message["Reply-To"] = envelope.reply_to
    if envelope.in_reply_to:
        message["In-Reply-To"] = envelope.in_reply_to
        message["References"] = " ".join(dict.fromkeys([*envelope.references, envelope.in_reply_to]))
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message.set_content(filled["body.txt"])
    message.add_alternative(filled["body.html"], subtype="html")
    for attached in attachments:
        message.add_attachment(
            attached.content, maintype=attached.kind[0], subtype=attached.kind[1], filename=attached.name
        )
    return message.as_bytes()


def _fill(name: str, language: str, facts: Mapping[str, Any]) -> str:
    return _templates().get_template(name).render(words=letter_wording(language), **facts)
