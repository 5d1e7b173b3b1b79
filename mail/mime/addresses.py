"""Address headers to mailboxes, in one pass that no malformed header can slow down or break (RFC 5322 and what people send)."""

import re

from mail.mime.headers import header_text
from mail.mime.parts import Address

_MOST = 1_000  # addresses of one header that are kept
_LONGEST = 100_000  # characters that are looked at
_PIECES = re.compile(r'"(?:[^"\\]|\\.)*"?|[(),;:<>]|[^"(),;:<>]+', re.DOTALL)
_BARE = re.compile(r"[^\s<>\"(),;:\[\]]+@[^\s<>\"(),;:]+")


def addresses(raw: str) -> tuple[Address, ...]:
    """The mailboxes of a raw From, To, Cc or Reply-To header, names decoded after cutting, so that a name cannot add a mailbox."""
    found: list[Address] = []
    reader = _Reader()
    for piece in _PIECES.findall(raw[:_LONGEST].replace("\r", " ").replace("\n", " ")):
        address = reader.take(piece)
        if address is not None:
            found.append(address)
            if len(found) >= _MOST:
                return tuple(found)
    last = reader.finish()
    return tuple(found) if last is None else (*found, last)


class _Reader:
    """Gathers name, comment and address of the mailbox that is being read."""

    def __init__(self) -> None:
        self.depth = 0
        self.name: list[str] = []
        self.comment: list[str] = []
        self.inside: list[str] | None = None
        self.angle: str | None = None

    def take(self, piece: str) -> Address | None:
        if self.depth or piece == "(":
            self._comment(piece)
        elif self.inside is not None:
            if piece == ">":
                self.angle, self.inside = "".join(self.inside), None
            else:
                self.inside.append(piece)
        elif piece == "<":
            self.inside = []
        elif piece in {",", ";"}:
            return self.finish()
        elif piece == ":":
            self.name.clear()  # what stood before was the name of a group
        elif piece != ">":
            self.name.append(piece)
        return None

    def _comment(self, piece: str) -> None:
        if piece == "(":
            self.depth += 1
        elif piece == ")":
            self.depth -= 1
        else:
            self.comment.append(piece)

    def finish(self) -> Address | None:
        if self.inside is not None:
            self.angle = "".join(self.inside)
        name = "".join(self.name)
        address = self.angle
        if address is None and (bare := _BARE.search(name)) is not None:
            address, name = bare[0], (name[: bare.start()] + name[bare.end() :])
        comment = "".join(self.comment)
        self.name, self.comment, self.inside, self.angle, self.depth = [], [], None, None, 0
        address = "".join((address or "").split()).strip("\"'").lower()
        if address.startswith("@") and ":" in address:
            address = address.partition(":")[2]  # an obsolete route
        shown = header_text(_unquoted(name) or comment)
        if not address and not shown:
            return None
        return Address(shown, header_text(address) if not address.isascii() else address)


def _unquoted(name: str) -> str:
    return re.sub(r"\\(.)", r"\1", name.replace('\\"', "\x00").replace('"', "").replace("\x00", '"')).strip()
