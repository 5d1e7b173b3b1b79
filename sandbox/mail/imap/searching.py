"""SEARCH (RFC 3501, 6.4.4): keys to a test of one message."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parsedate_to_datetime
from functools import cached_property

from sandbox.mail.imap.grammar import BadCommand, Value, text
from sandbox.mail.imap.numbers import chosen, is_set
from sandbox.mail.imap.session import Refused, Session
from sandbox.mail.postboxes import Postboxes, Stored


@dataclass
class Candidate:
    """A message that may be found; it is opened only when a key asks for what stands in it."""

    number: int
    stored: Stored
    boxes: Postboxes

    @cached_property
    def raw(self) -> bytes:
        """The bytes; empty when the message has vanished."""
        return self.boxes.raw(self.stored) or b""

    @cached_property
    def head(self) -> Message:
        """The headers."""
        return BytesParser(policy=compat32).parsebytes(self.raw, headersonly=True)

    def header(self, name: str) -> str | None:
        """A header's decoded values, one after another; None when there is none."""
        values = self.head.get_all(name)
        return None if values is None else " ".join(_decoded(str(value)) for value in values)

    @cached_property
    def day(self) -> date:
        """The day in the Date header, else the day of arrival."""
        try:
            return parsedate_to_datetime(str(self.head["date"])).date()
        except (TypeError, ValueError):
            return self.stored.received_at.date()


def _decoded(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, ValueError):
        return value


Test = Callable[[Candidate], bool]

_FLAGS = {name.upper()[1:]: name for name in ("\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft")}


async def search(session: Session, words: list[Value]) -> str:
    """SEARCH; answers with UIDs after UID."""
    words = list(words)
    if words and isinstance(words[0], str) and words[0].upper() == "CHARSET":
        if text(words[1]).upper() not in {"UTF-8", "US-ASCII"}:
            raise Refused("This character set is not known", "[BADCHARSET (UTF-8 US-ASCII)]")
        words = words[2:]
    test = _every(_Keys(words, session.place.uids).tests())
    uids = session.place.uids
    living = {each.uid: each for each in session.office.boxes.messages(session.place.folder)}
    found = [
        uid if session.uid_mode else number
        for number, uid in enumerate(uids, start=1)
        if uid in living and test(Candidate(number, living[uid], session.office.boxes))
    ]
    await session.wire.send("* SEARCH", *(f" {number}" for number in found))
    return "SEARCH completed"


def _every(tests: Sequence[Test]) -> Test:
    return lambda candidate: all(test(candidate) for test in tests)


class _Keys:
    """Reads search keys one after another."""

    def __init__(self, words: Sequence[Value], uids: list[int]) -> None:
        self._words, self._uids, self._at = words, uids, 0

    def tests(self) -> list[Test]:
        found = []
        while self._at < len(self._words):
            found.append(self._key())
        return found

    def _take(self) -> Value:
        if self._at >= len(self._words):
            raise BadCommand("A search key lacks its argument")
        self._at += 1
        return self._words[self._at - 1]

    def _word(self) -> str:
        return text(self._take())

    def _key(self) -> Test:
        word = self._take()
        if isinstance(word, tuple):
            return _every(_Keys(word, self._uids).tests())
        name = text(word).upper()
        if is_set(name):
            numbers = set(chosen(name, range(1, len(self._uids) + 1)))
            return lambda candidate: candidate.number in numbers
        return self._flag_key(name) or self._text_key(name) or self._day_key(name) or self._other_key(name)

    def _flag_key(self, name: str) -> Test | None:
        if name in _FLAGS:
            flag = _FLAGS[name]
            return lambda candidate: flag in candidate.stored.flags
        if name.startswith("UN") and name[2:] in _FLAGS:
            flag = _FLAGS[name[2:]]
            return lambda candidate: flag not in candidate.stored.flags
        if name in {"KEYWORD", "UNKEYWORD"}:
            keyword, wanted = self._word().lower(), name == "KEYWORD"
            return lambda candidate: (keyword in {flag.lower() for flag in candidate.stored.flags}) is wanted
        return None

    def _text_key(self, name: str) -> Test | None:
        if name in {"FROM", "TO", "CC", "BCC", "SUBJECT", "HEADER"}:
            header = self._word() if name == "HEADER" else name
            part = self._word().lower()
            return lambda candidate: (value := candidate.header(header)) is not None and part in value.lower()
        if name in {"BODY", "TEXT"}:
            sought = self._word().lower().encode()
            return lambda candidate: sought in (_body(candidate.raw) if name == "BODY" else candidate.raw).lower()
        return None

    def _day_key(self, name: str) -> Test | None:
        kind = name.removeprefix("SENT")
        if kind not in {"SINCE", "BEFORE", "ON"}:
            return None
        day = _day(self._word())
        of: Callable[[Candidate], date] = (
            (lambda candidate: candidate.day)
            if name != kind
            else (lambda candidate: candidate.stored.received_at.date())
        )
        if kind == "SINCE":
            return lambda candidate: of(candidate) >= day
        return (lambda candidate: of(candidate) < day) if kind == "BEFORE" else (lambda candidate: of(candidate) == day)

    def _other_key(self, name: str) -> Test:
        match name:
            case "ALL" | "OLD":  # nothing is ever recent here
                return lambda _: True
            case "NEW" | "RECENT":
                return lambda _: False
            case "UID":
                uids = set(chosen(self._word(), self._uids))
                return lambda candidate: candidate.stored.uid in uids
            case "LARGER" | "SMALLER":
                size = _size(self._word())
                larger = name == "LARGER"
                return lambda candidate: candidate.stored.size > size if larger else candidate.stored.size < size
            case "NOT":
                test = self._key()
                return lambda candidate: not test(candidate)
            case "OR":
                one, other = self._key(), self._key()
                return lambda candidate: one(candidate) or other(candidate)
        raise BadCommand(f"Unknown search key {name}")


def _body(raw: bytes) -> bytes:
    return raw.partition(b"\r\n\r\n")[2]


def _size(word: str) -> int:
    if not word.isdecimal():
        raise BadCommand(f"{word} is no size")
    return int(word)


def _day(word: str) -> date:
    try:
        return datetime.strptime(word, "%d-%b-%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise BadCommand(f"{word} is no day") from None
