"""Raw bytes to a frozen message: parts, texts, attachments, defects."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from email.message import Message as Parsed
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32
from email.utils import parsedate_tz

from mail.mime.addresses import addresses
from mail.mime.headers import header_text
from mail.mime.parts import Address, Attachment, Body, Defect
from mail.mime.structure import Contents, content_type, contents

LARGEST = 20 * 1024 * 1024  # bytes of a mail that is read whole
DEEPEST_FORWARD = 5  # messages inside messages that are opened
_MOST_BOUNDARIES = 400  # a mail that announces more is not opened
_MOST_LOOKS = 10_000_000  # lines times boundaries: the parser may try each boundary on every line
_MOST_HEADERS = 2_000
_PARSER_BUGS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError)
"""What the standard library's parser has been seen to raise, in one release or another, on bytes from anybody."""
_IDS = re.compile(r"<([^<>]{1,998})>")


@dataclass(frozen=True, slots=True)
class Message:
    """A mail as it arrived, decoded. Times are aware; ids keep their angle brackets, as the context's ids do.

    `headers` has lower-case names, topmost first. `forwarded` are the messages inside this one; what an opaque S/MIME
    signature or a winmail.dat wraps counts as the message's own.
    """

    sha256: str
    size: int
    message_id: str | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    date: datetime | None = None
    received: datetime | None = None
    sender: Address | None = None
    senders: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    content_type: str = "text/plain"
    headers: tuple[tuple[str, str], ...] = ()
    bodies: tuple[Body, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    forwarded: tuple["Message", ...] = ()
    defects: frozenset[Defect] = frozenset()

    def header(self, name: str) -> str | None:
        """The topmost header of this name, decoded and unfolded; None when there is none."""
        return next(iter(self.all_headers(name)), None)

    def all_headers(self, name: str) -> tuple[str, ...]:
        """Every header of this name from the top of the mail down, decoded and unfolded."""
        wanted = name.lower()
        return tuple(value for each, value in self.headers if each == wanted)


def read_message(raw: bytes) -> Message:
    """Decode a mail. Never raises: what could not be read is told by `defects`."""
    return _read(raw, 0)


def _read(raw: bytes, depth: int) -> Message:
    sha256 = hashlib.sha256(raw).hexdigest()
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t ")
    if raw.startswith(b"From "):
        raw = raw.partition(b"\n")[2]  # the envelope line of an mbox
    defect = None
    if len(raw) > LARGEST:
        defect = Defect.TOO_LARGE
    else:
        boundaries = raw.count(b"boundary=")
        if boundaries > _MOST_BOUNDARIES or boundaries * raw.count(b"\n") > _MOST_LOOKS:
            defect = Defect.TOO_DEEP
    try:
        if defect is None:
            return _decoded(BytesParser(policy=compat32).parsebytes(raw), depth, sha256, len(raw))
        parsed = BytesHeaderParser(policy=compat32).parsebytes(raw[: 1024 * 1024].partition(b"\n\n")[0] + b"\n\n")
        return replace(_headers(parsed, sha256, len(raw)), defects=frozenset({defect}))
    except (RecursionError, MemoryError):
        return Message(sha256, len(raw), defects=frozenset({Defect.TOO_DEEP}))
    except _PARSER_BUGS:
        return Message(sha256, len(raw), defects=frozenset({Defect.UNPARSABLE}))


def _decoded(parsed: Parsed, depth: int, sha256: str = "", size: int = 0) -> Message:
    """The message of a parsed tree; one inside another has no bytes of its own, so no hash and no size."""
    found = contents(parsed)
    top = _headers(parsed, sha256, size)
    inner = _inner(found, depth)
    return replace(
        top,
        bodies=tuple(found.bodies),
        attachments=tuple(found.attachments),
        forwarded=inner,
        defects=top.defects
        | found.defects
        | {each for one in inner for each in one.defects if each is Defect.TOO_DEEP},
    )


def _inner(found: Contents, depth: int) -> tuple[Message, ...]:
    if found.messages and depth >= DEEPEST_FORWARD:
        found.defects.add(Defect.TOO_DEEP)
        return ()
    return tuple(
        _read(each, depth + 1) if isinstance(each, bytes) else _decoded(each, depth + 1) for each in found.messages
    )


def _headers(parsed: Parsed, sha256: str, size: int) -> Message:
    """The message's envelope: everything that stands above the text."""
    raw: dict[str, str] = {}
    shown: list[tuple[str, str]] = []
    several = 0
    for name, value in list(parsed.raw_items())[:_MOST_HEADERS]:
        key, text = name.lower(), str(value)
        several += key == "from"
        raw.setdefault(key, text)
        shown.append((key, header_text(text)))
    senders = addresses(raw.get("from", ""))
    date = _date(raw.get("date", ""))
    defects = {Defect.BAD_DATE} if date is None else set()
    if several > 1 or len(senders) > 1:
        defects.add(Defect.SEVERAL_SENDERS)
    return Message(
        sha256=sha256,
        size=size,
        message_id=next(iter(_ids(raw.get("message-id", ""))), None),
        in_reply_to=_ids(raw.get("in-reply-to", "")),
        references=_ids(raw.get("references", "")),
        date=date,
        received=_date(raw.get("received", "").rpartition(";")[2]),
        sender=senders[0] if senders else None,
        senders=senders,
        reply_to=addresses(raw.get("reply-to", "")),
        to=addresses(raw.get("to", "")),
        cc=addresses(raw.get("cc", "")),
        subject=header_text(raw.get("subject", "")),
        content_type=content_type(parsed),
        headers=tuple(shown),
        defects=frozenset(defects),
    )


def _ids(raw: str) -> tuple[str, ...]:
    """Message ids with their brackets; spaces that folding put inside are taken out, bare ids get brackets."""
    value = header_text(raw)
    found = _IDS.findall(value)
    if not found:
        found = [word.strip("<>") for word in value.split() if "@" in word]
    return tuple(f"<{''.join(each.split())}>" for each in found[:500])


def _date(raw: str) -> datetime | None:
    """A header's date in the sender's own zone; a zone that is not told is taken for UTC. None for what is no date."""
    try:
        parts = parsedate_tz(header_text(raw)[:200])
        if parts is None:
            return None
        zone = timezone(timedelta(seconds=parts[9])) if parts[9] else UTC
        return datetime(*parts[:5], min(parts[5], 59), tzinfo=zone)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
