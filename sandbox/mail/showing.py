"""A stored message as the page shows it: who, when, text, HTML made harmless, attachments."""

import base64
import html
import re
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from email.utils import getaddresses, parsedate_to_datetime

from sandbox.mail.postboxes import Stored

_SNIPPET = 140
_TAG = re.compile(r"<(?:style|script|title)\b.*?</(?:style|script|title)>|<[^>]+>", re.IGNORECASE | re.DOTALL)
_CID = re.compile(r"""(["'(])cid:([^"')]+)(["')])""", re.IGNORECASE)
_UNREADABLE = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Person:
    """A name and an address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message; `number` counts from 0."""

    number: int
    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """An opened message; `html` is None when it has none. `sent_at` is the writer's own date."""

    sender: Person
    reply_to: Person
    to: tuple[Person, ...]
    copied: tuple[Person, ...]
    subject: str
    sent_at: datetime
    message_id: str
    references: tuple[str, ...]
    text: str
    html: str | None
    attachments: tuple[Attachment, ...]

    @property
    def snippet(self) -> str:
        """The first words."""
        return " ".join(self.text.split())[:_SNIPPET]


def open_letter(stored: Stored, raw: bytes) -> Letter:
    """Read a message; whatever is wrong with it, something can be shown."""
    message = _parsed(raw)
    people = _header_people(message)
    text, markup = _texts(message, raw)
    return Letter(
        sender=(people["from"] or (Person("", "?"),))[0],
        reply_to=(people["reply-to"] or people["from"] or (Person("", "?"),))[0],
        to=people["to"],
        copied=people["cc"],
        subject=_header(message, "subject"),
        sent_at=_moment(message, stored),
        message_id=_header(message, "message-id").strip(),
        references=tuple(_header(message, "references").split()),
        text=text,
        html=markup,
        attachments=_attachments(message),
    )


def _parsed(raw: bytes) -> EmailMessage:
    try:
        return BytesParser(policy=SMTP).parsebytes(raw)
    except RecursionError:  # parts within parts without end
        return BytesParser(policy=SMTP).parsebytes(raw, headersonly=True)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, "")).replace("\r", "").replace("\n", "")
    except _UNREADABLE:
        return ""


def _header_people(message: EmailMessage) -> dict[str, tuple[Person, ...]]:
    return {
        name: tuple(Person(shown, address) for shown, address in getaddresses([_header(message, name)]) if address)
        for name in ("from", "reply-to", "to", "cc")
    }


def _moment(message: EmailMessage, stored: Stored) -> datetime:
    try:
        written = parsedate_to_datetime(_header(message, "date"))
    except ValueError:
        return stored.received_at
    return written if written.tzinfo else written.replace(tzinfo=stored.received_at.tzinfo)


def _texts(message: EmailMessage, raw: bytes) -> tuple[str, str | None]:
    """Plain text, and HTML that may be shown in a frame without scripts and without the network."""
    try:
        plain, rich = message.get_body(("plain",)), message.get_body(("html",))
        markup = str(rich.get_content()) if rich is not None else None
        text = str(plain.get_content()) if plain is not None else _words_of(markup or "")
    except _UNREADABLE:
        return raw.decode("utf-8", "replace"), None
    return text.replace("\r\n", "\n").strip("\n"), None if markup is None else _with_pictures(markup, message)


def _words_of(markup: str) -> str:
    lines = html.unescape(_TAG.sub(" ", re.sub(r"(?i)<(?:br|/p|/tr|/div)[^>]*>", "\n", markup))).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def _with_pictures(markup: str, message: EmailMessage) -> str:
    """Pictures that came along, put into the text itself."""
    pictures = {}
    for part in message.walk():
        name = str(part.get("content-id", "")).strip("<> ")
        payload = part.get_payload(decode=True)
        if name and isinstance(payload, bytes) and part.get_content_maintype() == "image":
            pictures[name] = f"data:{part.get_content_type()};base64,{base64.b64encode(payload).decode()}"
    return _CID.sub(lambda match: f"{match[1]}{pictures.get(match[2], '')}{match[3]}", markup)


def _attachments(message: EmailMessage) -> tuple[Attachment, ...]:
    try:
        found = [
            (part.get_filename() or part.get_content_type().replace("/", "."), part.get_content_type(), _bytes(part))
            for part in message.iter_attachments()
        ]
    except _UNREADABLE:
        return ()
    return tuple(Attachment(number, name, kind, content) for number, (name, kind, content) in enumerate(found))


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else part.as_bytes()
