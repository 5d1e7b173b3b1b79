"""Transfer encodings back to bytes; broken ones give what can be had, never an error."""

import binascii
import re
from email.message import Message as Parsed

from mail.mime.headers import raw_header
from mail.mime.parts import Defect

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_LAYOUT = b"=\r\n\t "
_UU = re.compile(rb"^begin [0-7]{3,4} [^\r\n]*\r?\n(.*?)^end\s*$", re.DOTALL | re.MULTILINE)
_NONE: frozenset[Defect] = frozenset()
_BROKEN = frozenset({Defect.BROKEN_ENCODING})


def content_bytes(part: Parsed) -> tuple[bytes, frozenset[Defect]]:
    """The decoded content of a leaf part and what was wrong with its encoding; the part loses its encoding header."""
    encoding = raw_header(part, "content-transfer-encoding").strip().strip("\"'").lower().split(";")[0].strip()
    del part["content-transfer-encoding"]  # without it the parser gives the bytes as they came
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return b"", _NONE
    if encoding == "base64":
        return _base64(raw)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(raw), _NONE
    if encoding in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        return _uu(raw)
    return raw, _NONE


def _base64(raw: bytes) -> tuple[bytes, frozenset[Defect]]:
    strange = raw.translate(None, _ALPHABET + _LAYOUT)
    if not strange:
        try:
            return binascii.a2b_base64(raw), _NONE
        except (binascii.Error, ValueError):
            pass
    elif len(strange) * 20 > len(raw) or b" " in raw.strip():
        return raw, _BROKEN  # words, not base64
    letters = raw.translate(None, strange + _LAYOUT)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    try:
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4)), _BROKEN
    except (binascii.Error, ValueError):
        return raw, _BROKEN


def _uu(raw: bytes) -> tuple[bytes, frozenset[Defect]]:
    match = _UU.search(raw)
    if match is None:
        return raw, _BROKEN
    lines = []
    for line in match[1].splitlines():
        try:
            lines.append(binascii.a2b_uu(line))
        except (binascii.Error, ValueError):
            return b"".join(lines), _BROKEN
    return b"".join(lines), _NONE
