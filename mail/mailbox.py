"""One session with the mailbox over IMAP: what is new, the raw bytes of it, and the wait for more.

Measured traps of imap-tools that are minded here: no timeout by default, capabilities stale after login, `UID n:*`
answers with the last message when there is nothing new, fetching sets the seen flag, huge command lines and answers.
"""

import email.utils
import imaplib
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from typing import Any, cast

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import MailboxLoginError, UnexpectedCommandStatusError

from mail.access import Security, ServerAccess

FETCH_MOST = 200  # messages in one command
FETCH_BYTES = 8 * 1024 * 1024  # of one command's answer, which imaplib holds in memory as a whole
SIZE_LIMIT = 20 * 1024 * 1024  # bytes; of a larger mail only the head is kept and a human looks
SEARCH_WINDOW = 50_000  # messages that one search looks at: imaplib refuses an answer line above a million bytes
IDLE_SLICE = 1.0  # seconds after which an idle connection looks whether it should end
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True)
class RawMail:
    """One message as the server holds it. `is_head_only` when it was too large to fetch whole."""

    uid: int
    uid_validity: int
    raw: bytes
    is_head_only: bool = False


class Session:
    """An open folder. All methods raise imaplib's and imap_tools' errors, and OSError, when the line breaks."""

    def __init__(self, box: BaseMailBox, folder: str) -> None:
        self._box = box
        box.folder.set(folder)
        self.uid_validity = self._told("UIDVALIDITY") or int(box.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"])
        self._unsearched = self._told("EXISTS")  # messages of which no search has told yet

    def _told(self, what: str) -> int:
        """A number that the server told when the folder was opened; 0 when it did not."""
        values = self._box.client.response(what)[1]
        return int(values[-1]) if values and values[-1] is not None else 0

    def uids_above(self, last: int) -> list[int]:
        """UIDs of messages that came after `last`, oldest first."""
        self._box.client.noop()  # a server need not search what it has not announced yet
        self._told("EXISTS")  # what is told from here on may have come too late for the search
        found = {uid for window in self._windows() for uid in self._search(f"{window}UID {last + 1}:*")}
        self._unsearched = 0
        return sorted(uid for uid in found if uid > last)

    def _windows(self) -> list[str]:
        """Message numbers to search one after another: all at once, unless there are very many.

        Numbers shift down when somebody deletes; going down with them, no message slips through between two windows.
        """
        most = self._unsearched
        if most <= SEARCH_WINDOW:
            return [""]
        starts = range(most - SEARCH_WINDOW + 1, 1 - SEARCH_WINDOW, -SEARCH_WINDOW)
        return [f"{most + 1}:* ", *(f"{max(1, low)}:{low + SEARCH_WINDOW - 1} " for low in starts)]

    def _search(self, criteria: str) -> list[int]:
        return [int(uid) for uid in (self._command("SEARCH", criteria)[0] or b"").split()]

    def fetch(self, uids: Sequence[int]) -> Iterator[list[RawMail]]:
        """The bytes of these messages in the order given, some at a time; one that has vanished is left out."""
        for at in range(0, len(uids), FETCH_MOST):
            sizes = self._sizes(uids[at : at + FETCH_MOST])
            for group in _groups(sizes):
                is_large = sizes[group[0]] > SIZE_LIMIT
                bodies = self._bodies(group, "BODY.PEEK[HEADER]" if is_large else "BODY.PEEK[]")
                yield [RawMail(uid, self.uid_validity, bodies[uid], is_large) for uid in group if uid in bodies]

    def _sizes(self, uids: Sequence[int]) -> dict[int, int]:
        answer = self._command("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)")
        lines = [line for line in answer if isinstance(line, bytes)]
        told = [(_UID.search(line), _SIZE.search(line)) for line in lines]
        sizes = {int(uid[1]): int(size[1]) for uid, size in told if uid is not None and size is not None}
        return {uid: sizes[uid] for uid in uids if uid in sizes}

    def _bodies(self, uids: Sequence[int], what: str) -> dict[int, bytes]:
        """Bytes by UID; the UID stands before or behind the literal, as the server likes."""
        answer = self._command("FETCH", ",".join(map(str, uids)), f"(UID {what})")
        bodies = {}
        for at, part in enumerate(answer):
            if isinstance(part, tuple):
                behind = answer[at + 1] if at + 1 < len(answer) else b""
                match = _UID.search(part[0]) or _UID.search(behind if isinstance(behind, bytes) else b"")
                if match is not None:
                    bodies[int(match[1])] = bytes(part[1])
        return bodies

    def _command(self, *words: str) -> list[Any]:
        """A UID command's answer. A NO is an error: taken for "nothing there", it would lose mail."""
        status, answer = self._box.client.uid(*words)
        if status != "OK":
            raise UnexpectedCommandStatusError((status, answer), "OK")
        return list(answer)

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Return when something happens in the folder, after so many seconds, or soon after `stop` is set (RFC 2177)."""
        if self._told("EXISTS"):
            return  # told in the answer to another command; no server tells it twice
        until = time.monotonic() + seconds
        with self._box.idle as idle:
            if self._has_unread():
                return
            while not stop.is_set() and (left := until - time.monotonic()) > 0:
                pause, begun = min(IDLE_SLICE, left), time.monotonic()
                # An answer before its time without words is the end of the connection: leaving IDLE will tell.
                if idle.poll(timeout=pause) or time.monotonic() - begun < pause * 0.9:
                    return

    def _has_unread(self) -> bool:
        """True when the server's next words came in one packet with its last ones: polling the socket would not see them."""
        client = self._box.client
        patience = client.sock.gettimeout()
        client.sock.settimeout(0)
        try:
            return bool(cast("BufferedReader", client.file).peek(1))
        except OSError:  # TLS says by an error that nothing is there
            return False
        finally:
            client.sock.settimeout(patience)

    def flag(self, uids: Sequence[int], flag: str) -> None:
        """Set a flag on these messages."""
        self._box.flag([str(uid) for uid in uids], flag, value=True, chunks=FETCH_MOST)

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Move these messages to another folder, which is created when it is not there (RFC 6851)."""
        if not self._box.folder.exists(folder):
            self._box.folder.create(folder)
        self._box.move([str(uid) for uid in uids], folder, chunks=FETCH_MOST)

    @property
    def can_move(self) -> bool:
        """True when the server moves in one step: a copy and a deletion could lose what others deleted (RFC 6851)."""
        return "MOVE" in self._box.client.capabilities

    @property
    def can_idle(self) -> bool:
        """True when the server tells of new mail by itself (RFC 2177)."""
        return "IDLE" in self._box.client.capabilities


def _groups(sizes: dict[int, int]) -> Iterator[list[int]]:
    """UIDs that are fetched together; a message that is too large stands alone."""
    group: list[int] = []
    total = 0
    for uid, size in sizes.items():
        if group and (total + size > FETCH_BYTES or max(size, sizes[group[0]]) > SIZE_LIMIT):
            yield group
            group, total = [], 0
        group.append(uid)
        total += size
    if group:
        yield group


@contextmanager
def opened(access: ServerAccess, folder: str) -> Iterator[Session]:
    """Log in and open the folder; raises imap_tools and imaplib errors, OSError, ssl.SSLError and TokenRefused."""
    box = _box(access)
    try:
        _log_in(box, access)
        box.client.capabilities = _capabilities(box)
        yield Session(box, folder)
    finally:
        _leave(box)


def _log_in(box: BaseMailBox, access: ServerAccess) -> None:
    if access.token is None:
        box.login(access.username, access.password, initial_folder=None)
        return
    try:
        box.xoauth2(access.username, access.token(), initial_folder=None)
    except (imaplib.IMAP4.error, MailboxLoginError):
        access.token.forget()  # it may have been revoked; the next attempt gets a fresh one
        raise


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
