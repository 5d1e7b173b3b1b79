"""FETCH (RFC 3501, 6.4.5): which items of a message, and their bytes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.mail.imap.folders import DATE_TIME
from sandbox.mail.imap.grammar import BadCommand, Value, text
from sandbox.mail.imap.session import Session
from sandbox.mail.postboxes import Stored

_ITEM = re.compile(
    r"BODY(?P<peek>\.PEEK)?\[(?P<section>[^\]]*)\](?:<(?P<first>\d{1,10})\.(?P<count>\d{1,10})>)?$", re.IGNORECASE
)
_FIELDS = re.compile(r"HEADER\.FIELDS(?P<but>\.NOT)? \((?P<names>[^)]*)\)$", re.IGNORECASE)
_MACROS = {"FAST": ("FLAGS", "INTERNALDATE", "RFC822.SIZE")}
_WHOLE = {"RFC822": "BODY[]", "RFC822.HEADER": "BODY.PEEK[HEADER]", "RFC822.TEXT": "BODY[TEXT]"}
_PLAIN = ("FLAGS", "UID", "INTERNALDATE", "RFC822.SIZE")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is asked for; `section` is None for what is not made of the message's bytes."""

    label: str
    section: str | None = None
    first: int = 0
    count: int | None = None
    marks_seen: bool = False


def items_of(value: Value) -> list[Item]:
    """What a FETCH asks for; raises BadCommand."""
    words = [text(each) for each in (value if isinstance(value, tuple) else (value,))]
    return [_item(word) for each in words for word in _MACROS.get(each.upper(), (each,))]


def _item(word: str) -> Item:
    upper = word.upper()
    if upper in _PLAIN:
        return Item(upper)
    match = _ITEM.match(_WHOLE.get(upper, word))
    if match is None:
        raise BadCommand(f"{word} cannot be fetched here")
    section = match["section"].upper()
    if section not in {"", "HEADER", "TEXT"} and not _FIELDS.match(section):
        raise BadCommand(f"The section {section} cannot be fetched here")
    label = upper if upper in _WHOLE else f"BODY[{section}]" + (f"<{match['first']}>" if match["first"] else "")
    count = int(match["count"]) if match["count"] else None
    return Item(label, section, int(match["first"] or 0), count, marks_seen=not match["peek"])


async def fetch(session: Session, words: list[Value]) -> str:
    """FETCH; messages that have vanished are passed over in silence."""
    if len(words) != 2:
        raise BadCommand("FETCH wants a set of messages and what to fetch")
    items = items_of(words[1])
    if session.uid_mode and not any(item.label == "UID" for item in items):
        items.append(Item("UID"))
    needs_bytes = any(item.section is not None for item in items)
    for number, stored in session.named(text(words[0])):
        raw = session.office.boxes.raw(stored) if needs_bytes else b""
        if raw is None:
            continue
        message = _seen(session, stored, items)
        if message.flags != stored.flags and not any(item.label == "FLAGS" for item in items):
            parts = _parts(message, raw, [*items, Item("FLAGS")])
        else:
            parts = _parts(message, raw, items)
        await session.wire.send(f"* {number} FETCH (", b" ".join(parts), ")")
    return "FETCH completed"


def _seen(session: Session, stored: Stored, items: Iterable[Item]) -> Stored:
    if session.place.is_read_only or not any(item.marks_seen for item in items):
        return stored
    message = session.office.boxes.set_flags(stored, stored.flags | {"\\Seen"})
    session.place.flags[stored.uid] = message.flags
    return message


def _parts(message: Stored, raw: bytes, items: Iterable[Item]) -> list[bytes]:
    return [_part(message, raw, item) for item in items]


def _part(message: Stored, raw: bytes, item: Item) -> bytes:
    if item.section is not None:
        data = _section(raw, item.section)[item.first :][: item.count]
        return b"%s {%d}\r\n%s" % (item.label.encode(), len(data), data)
    told = {
        "FLAGS": f"({' '.join(sorted(message.flags))})",
        "UID": str(message.uid),
        "INTERNALDATE": f'"{message.received_at.strftime(DATE_TIME)}"',
        "RFC822.SIZE": str(message.size),
    }
    return f"{item.label} {told[item.label]}".encode()


def _section(raw: bytes, section: str) -> bytes:
    if section == "":
        return raw
    head, gap, body = raw.partition(b"\r\n\r\n")
    if section == "TEXT":
        return body
    if section == "HEADER":
        return head + gap
    match = _FIELDS.match(section)
    assert match is not None
    names = {name.encode() for name in match["names"].replace('"', "").split()}
    fields = re.findall(rb"[^\r\n]*(?:\r\n[ \t][^\r\n]*)*", head)
    kept = [
        each for each in fields if each and (each.partition(b":")[0].strip().upper() in names) is not bool(match["but"])
    ]
    return b"".join(field + b"\r\n" for field in kept) + b"\r\n"
