"""Containers that hide a mail's words: S/MIME signed-data is opened (RFC 5652), winmail.dat (TNEF) unpacked."""

import struct
import warnings
from dataclasses import dataclass

import tnefparse

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")
_OCTETS, _OCTETS_PARTS, _EXPLICIT = 0x04, 0x24, 0xA0
_INDEFINITE = -1


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a winmail.dat held."""

    text: str
    html: str
    files: tuple[tuple[str, bytes], ...]


def signed_content(der: bytes) -> bytes | None:
    """The mail inside an opaque S/MIME signature; None when the bytes are something else (an encrypted mail, say).

    The signature itself is not checked: who may be believed is decided by the receiving server's verdict.
    """
    start = der.find(_SIGNED_DATA, 0, 64)
    inner = der.find(_DATA, start + len(_SIGNED_DATA), start + 4096) if start >= 0 else -1
    if inner < 0:
        return None
    try:
        tag, _, at = _header(der, inner + len(_DATA))
        return None if tag != _EXPLICIT else _octets(der, at, 0)[0]
    except (IndexError, ValueError):
        return None


def _header(der: bytes, at: int) -> tuple[int, int, int]:
    """Tag, length (-1: indefinite) and where the content begins."""
    tag, length, at = der[at], der[at + 1], at + 2
    if length == 0x80:
        return tag, _INDEFINITE, at
    if length & 0x80:
        size = length & 0x7F
        if size > 4 or at + size > len(der):
            raise ValueError("no DER length")
        return tag, int.from_bytes(der[at : at + size], "big"), at + size
    return tag, length, at


def _octets(der: bytes, at: int, depth: int) -> tuple[bytes, int]:
    """An OCTET STRING, in one piece or constructed of many; gives its content and where it ends."""
    tag, length, at = _header(der, at)
    if tag == _OCTETS and length != _INDEFINITE:
        return der[at : at + length], at + length
    if tag != _OCTETS_PARTS or depth > 2:
        raise ValueError("no octet string")
    end = len(der) if length == _INDEFINITE else at + length
    pieces = []
    while at < end and der[at : at + 2] != b"\0\0":
        piece, at = _octets(der, at, depth + 1)
        pieces.append(piece)
    return b"".join(pieces), at + (2 if length == _INDEFINITE else 0)


def unpacked_tnef(content: bytes) -> Unpacked | None:
    """The text and the files of a winmail.dat; None when it cannot be read or holds nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            box = tnefparse.TNEF(content)
            files = tuple(
                (str(each.long_filename() or each.name or ""), bytes(each.data or b"")) for each in box.attachments
            )
            unpacked = Unpacked(_text(box.body), _text(box.htmlbody), files)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, LookupError, OverflowError, struct.error):
        return None  # tnefparse trusts its input; what broken bytes raise is told by this list
    return unpacked if unpacked.text or unpacked.html or files else None


def _text(value: str | bytes | None) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value or ""
