"""The words of IMAP commands (RFC 3501, 9): atoms, quoted strings, literals and lists."""

import asyncio
import re
from collections.abc import Awaitable, Callable

LINE_LIMIT = 64 * 1024  # as Dovecot's; a client that asks for thousands of UIDs one by one hears of it
LITERAL_LIMIT = 30 * 1024 * 1024
_LITERAL = re.compile(rb"\{(\d{1,10})(\+?)\}$")
_ATOM_END = b' ()"'

Value = str | bytes | tuple["Value", ...]
"""An atom or quoted string is str, a literal bytes, a list a tuple."""


class BadCommand(ValueError):
    """The client wrote something that is no command."""


async def read_command(reader: asyncio.StreamReader, go_ahead: Callable[[], Awaitable[None]]) -> list[bytes] | None:
    """Pieces of one command, text and literals by turns; None when the client has gone. Raises BadCommand."""
    pieces: list[bytes] = []
    while True:
        try:
            line = await reader.readline()
        except ValueError as error:  # StreamReader's word for a line above its limit
            raise BadCommand("Too long argument") from error
        if not line.endswith(b"\n"):
            return None
        line = line.rstrip(b"\r\n")
        match = _LITERAL.search(line)
        if match is None:
            return [*pieces, line]
        size = int(match[1])
        if size > LITERAL_LIMIT:
            raise BadCommand("Too long literal")
        if not match[2]:
            await go_ahead()
        pieces += [line[: match.start()], await reader.readexactly(size)]


def parse(pieces: list[bytes]) -> list[Value]:
    """The values of a command; raises BadCommand."""
    return list(_Words(pieces).values(until=b""))


def text(value: Value) -> str:
    """A string argument, however it was sent; raises BadCommand for a list."""
    if isinstance(value, tuple):
        raise BadCommand("A string is wanted here, not a list")
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def quoted(word: str) -> str:
    """A string for an answer."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class _Words:
    """Walks over the pieces of one command."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces, self._at, self._line = pieces, 0, pieces[0]
        self._rest = pieces[1:]

    def values(self, until: bytes) -> tuple[Value, ...]:
        found: list[Value] = []
        while True:
            while self._peek() == b" ":
                self._at += 1
            letter = self._peek()
            if letter == b"":
                if self._rest:
                    found.append(self._literal())
                    continue
                if until:
                    raise BadCommand("A list is not closed")
                return tuple(found)
            if letter == b")":
                if not until:
                    raise BadCommand("A list is closed that was not opened")
                self._at += 1
                return tuple(found)
            found.append(self._value(letter))

    def _value(self, letter: bytes) -> Value:
        if letter == b"(":
            self._at += 1
            return self.values(until=b")")
        return self._quoted() if letter == b'"' else self._atom()

    def _literal(self) -> bytes:
        literal, self._line = self._rest[0], self._rest[1]
        self._rest, self._at = self._rest[2:], 0
        return literal

    def _quoted(self) -> str:
        match = re.compile(rb'"((?:[^"\\]|\\.)*)"').match(self._line, self._at)
        if match is None:
            raise BadCommand("A quoted string is not closed")
        self._at = match.end()
        return re.sub(rb"\\(.)", rb"\1", match[1]).decode("utf-8", "replace")

    def _atom(self) -> str:
        """An atom; what stands in square brackets belongs to it, spaces and lists included: BODY[HEADER.FIELDS (TO)]."""
        start, depth = self._at, 0
        while (letter := self._peek()) and (depth or letter not in _ATOM_END):
            depth += (letter == b"[") - (letter == b"]")
            self._at += 1
        if depth:
            raise BadCommand("A square bracket is not closed")
        return self._line[start : self._at].decode("utf-8", "replace")

    def _peek(self) -> bytes:
        return self._line[self._at : self._at + 1]
