"""Header values to text: unfolding, RFC 2047 encoded words, RFC 2231 parameters, bytes that nobody declared."""

import base64
import binascii
import re
from email.message import Message as Parsed
from urllib.parse import unquote_to_bytes

from mail.mime.charsets import decode

_FOLD = re.compile(r"[\r\n]+[ \t]*")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_LONGEST = 100_000  # characters of one header that are looked at
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_PARAMETER = re.compile(r';\s*([\w.!#$%&+^`{}~-]+)(?:\*(\d+))?(\*)?\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)')


def header_text(raw: str) -> str:
    """A header's value as a person reads it; `raw` is what the compat32 parser keeps (8-bit bytes as surrogates)."""
    value = raw[:_LONGEST]
    if "\n" in value or "\r" in value:
        value = _FOLD.sub(" ", value)
    if not value.isascii():
        value = decode(value.encode("utf-8", "surrogateescape"), None)[0]
    if "=?" in value:
        value = encoded_words(value)
    return _CONTROL.sub("", value).strip()


def encoded_words(value: str) -> str:
    """Decode the encoded words of a header; neighbours with one charset are joined before decoding, as senders cut characters in two."""
    out: list[str] = []
    pending, charset, at = b"", "", 0
    for match in _WORD.finditer(value):
        between = value[at : match.start()]
        found = match[1].split("*")[0].lower()
        if pending and (between.strip() or found != charset):
            out.append(decode(pending, charset)[0])
            pending = b""
        if between.strip() or (not pending and not out):
            out.append(between)
        pending += _word_bytes(match[2], match[3])
        charset, at = found, match.end()
    if pending:
        out.append(decode(pending, charset)[0])
    out.append(value[at:])
    return "".join(out)


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("ascii", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(raw, header=True)
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return raw


def parameters(raw: str) -> dict[str, str]:
    """The parameters of a structured header in lower case, RFC 2231 pieces joined and decoded."""
    if ";" not in raw:
        return {}
    value = _FOLD.sub(" ", raw[:_LONGEST])
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for match in _PARAMETER.finditer(value):
        text = match[4].strip()
        if text.startswith('"'):
            text = re.sub(r"\\(.)", r"\1", text.strip('"'))
        pieces.setdefault(match[1].lower(), []).append((int(match[2] or 0), bool(match[3]), text))
    return {name: _joined(found) for name, found in pieces.items()}


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    if not any(encoded for _, encoded, _ in pieces):
        return header_text("".join(text for _, _, text in sorted(pieces)))
    charset, raw = None, b""
    for number, encoded, text in sorted(pieces):
        value = text
        if encoded and number == 0 and text.count("'") >= 2:
            charset, _, value = text.split("'", 2)
        raw += unquote_to_bytes(value) if encoded else value.encode("utf-8", "surrogateescape")
    return decode(raw, charset)[0]


def raw_header(part: Parsed, name: str) -> str:
    """The first header of this name as the parser kept it, "" when there is none (never a Header object)."""
    wanted = name.lower()
    return next((str(value) for each, value in part.raw_items() if each.lower() == wanted), "")
