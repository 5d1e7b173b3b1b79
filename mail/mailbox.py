"""One session with the mailbox over IMAP: what is new, the raw bytes of it, and the wait for more.

Measured traps of imap-tools that are minded here: no timeout by default, capabilities stale after login, `UID n:*`
answers with the last message when there is nothing new, fetching sets the seen flag, huge command lines.
"""

import email.utils
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from mail.access import Security, ServerAccess

FETCH_CHUNK = 50
SIZE_LIMIT = 20 * 1024 * 1024  # bytes; of a larger mail only the head is kept and a human looks


@dataclass(frozen=True, slots=True)
class RawMail:
    """One message as the server holds it. `is_head_only` when it was too large to fetch whole."""

    uid: int
    uid_validity: int
    raw: bytes
    is_head_only: bool = False


class Session:
    """An open folder."""

    def __init__(self, box: BaseMailBox, folder: str) -> None:
        self._box = box
        box.folder.set(folder)
        self.uid_validity = int(box.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"])

    def uids_above(self, last: int) -> list[int]:
        """UIDs of messages that came after `last`, oldest first."""
        answer = self._box.client.uid("SEARCH", f"UID {last + 1}:*")
        found = [int(uid) for uid in (answer[1][0] or b"").split()]
        return sorted(uid for uid in found if uid > last)

    def fetch(self, uids: Sequence[int]) -> Iterator[RawMail]:
        """The bytes of these messages, a chunk at a time; one that has vanished meanwhile is left out."""
        for at in range(0, len(uids), FETCH_CHUNK):
            chunk = uids[at : at + FETCH_CHUNK]
            sizes = self._sizes(chunk)
            for uid in chunk:
                if uid not in sizes:
                    continue
                is_large = sizes[uid] > SIZE_LIMIT
                raw = self._bytes(uid, "BODY.PEEK[HEADER]" if is_large else "BODY.PEEK[]")
                if raw is not None:
                    yield RawMail(uid, self.uid_validity, raw, is_large)

    def wait(self, seconds: float) -> None:
        """Return when something happens in the folder, or after so many seconds; servers without IDLE just wait."""
        self._box.idle.wait(timeout=seconds)

    @property
    def can_idle(self) -> bool:
        """True when the server tells of new mail by itself (RFC 2177)."""
        return "IDLE" in self._box.client.capabilities

    def _sizes(self, uids: Sequence[int]) -> dict[int, int]:
        answer = self._box.client.uid("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)")
        sizes = {}
        for line in answer[1]:
            words = (line if isinstance(line, bytes) else b"").replace(b"(", b" ").replace(b")", b" ").split()
            if b"UID" in words and b"RFC822.SIZE" in words:
                sizes[int(words[words.index(b"UID") + 1])] = int(words[words.index(b"RFC822.SIZE") + 1])
        return sizes

    def _bytes(self, uid: int, what: str) -> bytes | None:
        answer = self._box.client.uid("FETCH", str(uid), f"({what})")
        return next((bytes(part[1]) for part in answer[1] if isinstance(part, tuple)), None)


@contextmanager
def opened(access: ServerAccess, folder: str) -> Iterator[Session]:
    """Log in and open the folder; raises imap_tools and imaplib errors, OSError and ssl.SSLError."""
    box = _box(access)
    try:
        if access.token is not None:
            box.xoauth2(access.username, access.token(), initial_folder=None)
        else:
            box.login(access.username, access.password, initial_folder=None)
        box.client.capabilities = _capabilities(box)
        yield Session(box, folder)
    finally:
        _leave(box)


def _box(access: ServerAccess) -> Any:
    if access.security is Security.TLS:
        return MailBox(access.host, access.port, timeout=access.timeout, ssl_context=access.tls())
    if access.security is Security.STARTTLS:
        return MailBoxStartTls(access.host, access.port, timeout=access.timeout, ssl_context=access.tls())
    return MailBoxUnencrypted(access.host, access.port, timeout=access.timeout)


def _capabilities(box: BaseMailBox) -> tuple[str, ...]:
    """What the server can do now that we are logged in; imaplib only asked before."""
    return tuple(box.client.capability()[1][-1].decode().upper().split())


def _leave(box: BaseMailBox) -> None:
    """Close the connection; a server that is gone already raises a second error that says nothing new."""
    try:
        box.client.shutdown()
    except OSError:
        return


def header_of(raw: bytes, name: str) -> str:
    """One header's raw value from the head of a message, unfolded, for the inbox row; '' when it is not there."""
    head = raw.split(b"\r\n\r\n", 1)[0].split(b"\n\n", 1)[0]
    wanted = name.lower().encode() + b":"
    lines = head.replace(b"\r\n", b"\n").split(b"\n")
    for at, line in enumerate(lines):
        if line.lower().startswith(wanted):
            value = line[len(wanted) :]
            for more in lines[at + 1 :]:
                if not more.startswith((b" ", b"\t")):
                    break
                value += b" " + more.strip()
            return value.decode("utf-8", "replace").strip()
    return ""


def address_of(value: str) -> str:
    """The address in a From header, for lists of messages."""
    return email.utils.parseaddr(value)[1]
