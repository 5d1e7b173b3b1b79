"""The tree of parts to what a person sees: texts in order, files, and messages inside the message."""

import re
from dataclasses import dataclass, field
from email.message import Message as Parsed
from email.parser import BytesParser
from email.policy import compat32

from mail.mime.charsets import decode
from mail.mime.flowed import unflow
from mail.mime.headers import header_text, parameters, raw_header
from mail.mime.parts import Attachment, Body, Defect, TextPart
from mail.mime.sealed import signed_content, unpacked_tnef
from mail.mime.transfer import content_bytes

DEEPEST = 30  # nested containers that are followed
MOST_PARTS = 200  # parts of one mail that are read
MOST_ATTACHMENTS = 25
LARGEST_ATTACHMENT = 10 * 1024 * 1024  # bytes
LONGEST_TEXT = 1024 * 1024  # characters of one text that are read
_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_REPORTS = ("message/delivery-status", "message/disposition-notification", "message/feedback-report")
_WINMAIL = ("application/ms-tnef", "application/vnd.ms-tnef")
_CONTINUED = re.compile(r"ATT\d{3,}\.(?:txt|html?)$", re.IGNORECASE)  # Exchange's name for the text below a picture
_MARKUP = re.compile(r"<[^<>]{0,200}>")


@dataclass(slots=True)
class Contents:
    """Gathered while the tree is walked."""

    bodies: list[Body] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    messages: list[Parsed | bytes] = field(default_factory=list)
    defects: set[Defect] = field(default_factory=set)
    parts: int = 0


def contents(root: Parsed) -> Contents:
    """Everything that the message shows or carries."""
    found = Contents()
    _walk(root, "", 0, found, shown=False)
    return found


def _walk(part: Parsed, path: str, depth: int, found: Contents, *, shown: bool) -> None:
    found.parts += 1
    if depth > DEEPEST or found.parts > MOST_PARTS:
        found.defects.add(Defect.TOO_DEEP if depth > DEEPEST else Defect.TOO_MANY_PARTS)
        return
    kind, payload = content_type(part), part.get_payload()
    if part.defects:
        found.defects.add(Defect.BROKEN_STRUCTURE)
    if kind in _REPORTS:
        _attach(Attachment(path or "1", "", kind, _report(part)), found)
    elif kind.startswith("message/"):
        _enclosed(part, path, found)
    elif isinstance(payload, list):
        _container(kind, [each for each in payload if isinstance(each, Parsed)], path, depth, found)
    else:
        _leaf(part, kind, path or "1", depth, found, shown=shown)


def content_type(part: Parsed) -> str:
    """The media type in lower case; what is missing or nonsense is text/plain, as RFC 2045 says."""
    given = raw_header(part, "content-type")
    if not given:
        return part.get_default_type()
    kind = given.split(";")[0].strip().strip("\"'").lower()
    return kind if kind.count("/") == 1 else {"text": "text/plain", "html": "text/html"}.get(kind, "text/plain")


def _container(kind: str, children: list[Parsed], path: str, depth: int, found: Contents) -> None:
    below = [(child, f"{path}.{at}" if path else str(at)) for at, child in enumerate(children, 1)]
    if kind == "multipart/encrypted":
        found.defects.add(Defect.ENCRYPTED)
    if kind == "multipart/alternative":
        _alternative(below, depth, found)
        return
    for at, (child, child_path) in enumerate(below):
        _walk(child, child_path, depth + 1, found, shown=kind == "multipart/related" and at > 0)


def _alternative(below: list[tuple[Parsed, str]], depth: int, found: Contents) -> None:
    """The same words several times: the plain and the HTML form are brought together in one body."""
    seen = len(found.bodies)
    for child, path in below:
        _walk(child, path, depth + 1, found, shown=False)
    plain = [body.plain for body in found.bodies[seen:] if body.plain is not None]
    html = [body.html for body in found.bodies[seen:] if body.html is not None]
    del found.bodies[seen:]
    if len(plain) <= 1 or len(html) <= 1:
        first = Body(plain[0] if plain else None, html[0] if html else None)
        rest = [Body(each, None) for each in plain[1:]] if not html else [Body(None, each) for each in html[1:]]
        found.bodies += [first, *rest] if plain or html else []
    else:
        found.bodies += [Body(None, each) for each in html]


def _enclosed(part: Parsed, path: str, found: Contents) -> None:
    """A message inside the message; a transfer encoding, which RFC 2046 forbids there, is undone."""
    payload = part.get_payload()
    if isinstance(payload, list) and len(payload) == 1 and isinstance(payload[0], Parsed):
        encoding = raw_header(part, "content-transfer-encoding").strip().lower()
        inner = payload[0]
        if encoding in {"base64", "quoted-printable"} and not inner.keys():
            inner["Content-Transfer-Encoding"] = encoding
            found.messages.append(content_bytes(inner)[0])
        else:
            found.messages.append(inner)
        return
    raw, wrong = content_bytes(part)
    found.defects |= wrong
    _attach(Attachment(path or "1", "", content_type(part), raw), found)


def _report(part: Parsed) -> bytes:
    """The blocks of fields of a report (RFC 3464), which the parser has taken for messages, as text again."""
    payload = part.get_payload()
    if not isinstance(payload, list):
        return content_bytes(part)[0]
    blocks = []
    for block in payload[:MOST_PARTS]:
        if isinstance(block, Parsed):
            fields = "".join(f"{name}: {value}\n" for name, value in block.raw_items())
            rest = block.get_payload()
            blocks.append(fields + (rest if isinstance(rest, str) else ""))
    return "\n".join(blocks).encode("utf-8", "surrogateescape")


def _leaf(part: Parsed, kind: str, path: str, depth: int, found: Contents, *, shown: bool) -> None:
    raw, wrong = content_bytes(part)
    found.defects |= wrong
    given = parameters(raw_header(part, "content-type"))
    disposition = raw_header(part, "content-disposition")
    filename = parameters(disposition).get("filename") or given.get("name", "")
    placed = disposition.split(";")[0].strip().lower()
    named = bool(filename) and depth > 0 and _CONTINUED.match(filename) is None
    if kind in {"text/plain", "text/html", "text/enriched", "text/richtext"} and not (
        placed == "attachment" or named or shown
    ):
        _text(raw, kind, path, given, found)
    elif kind in _WINMAIL or filename.lower() == "winmail.dat":
        _winmail(raw, path, found)
    elif kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
        _smime(raw, path, depth, found)
    else:
        inline = shown or placed == "inline" or (bool(raw_header(part, "content-id")) and placed != "attachment")
        _attach(Attachment(path, _plain_name(filename), kind, raw, inline), found)


def _plain_name(filename: str) -> str:
    """The name alone: whatever path a sender wrote before it is not ours to follow."""
    return header_text(filename).replace("\\", "/").rpartition("/")[2][:255]


def _text(raw: bytes, kind: str, path: str, given: dict[str, str], found: Contents) -> None:
    charset = given.get("charset")
    if kind == "text/html" and not charset and (meta := _META.search(raw[:4096])) is not None:
        charset = meta[1].decode("ascii", "replace")
    text, used, wrong = decode(raw[: 4 * LONGEST_TEXT], charset)
    found.defects |= wrong
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")[:LONGEST_TEXT]
    if kind == "text/html":
        found.bodies.append(Body(None, TextPart(path, kind, text, used)))
        return
    if kind != "text/plain":
        text = _MARKUP.sub("", text)
    elif given.get("format", "").lower() == "flowed":
        text = unflow(text, delete_space=given.get("delsp", "").lower() == "yes")
    if "-----BEGIN PGP MESSAGE-----" in text:
        found.defects.add(Defect.ENCRYPTED)
    found.bodies.append(Body(TextPart(path, "text/plain", text, used), None))


def _winmail(raw: bytes, path: str, found: Contents) -> None:
    box = unpacked_tnef(raw)
    if box is None:
        found.defects.add(Defect.UNREADABLE_TNEF)
        _attach(Attachment(path, "winmail.dat", "application/ms-tnef", raw), found)
        return
    if not found.bodies and (box.text or box.html):
        plain = TextPart(path, "text/plain", box.text.replace("\r\n", "\n"), "utf-8") if box.text else None
        html = TextPart(path, "text/html", box.html, "utf-8") if box.html else None
        found.bodies.append(Body(plain, html))
    for at, (name, content) in enumerate(box.files, 1):
        _attach(Attachment(f"{path}.{at}", _plain_name(name), "application/octet-stream", content), found)


def _smime(raw: bytes, path: str, depth: int, found: Contents) -> None:
    inner = signed_content(raw)
    if inner is None:
        found.defects.add(Defect.ENCRYPTED)
        _attach(Attachment(path, "smime.p7m", "application/pkcs7-mime", raw), found)
    else:
        _walk(BytesParser(policy=compat32).parsebytes(inner), f"{path}.1", depth + 1, found, shown=False)


def _attach(attachment: Attachment, found: Contents) -> None:
    if len(found.attachments) >= MOST_ATTACHMENTS:
        found.defects.add(Defect.TOO_MANY_PARTS)
    elif len(attachment.content) > LARGEST_ATTACHMENT:
        found.defects.add(Defect.TOO_LARGE)
    else:
        found.attachments.append(attachment)
