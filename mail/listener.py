"""Watches one mailbox folder for ever: fetches what is new, hands each message over to be stored, and waits for more.

A message counts as taken only when `keep` has returned, that is, when it is committed; after a break the listener starts
again above the last UID that was. When UIDVALIDITY changes, every UID has lost its meaning (RFC 3501, 2.3.1.1): the folder
is read anew and the inbox recognises what it has.
"""

import imaplib
import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog
from imap_tools.errors import ImapToolsError
from sqlalchemy.exc import SQLAlchemyError

from mail.access import ServerAccess, TokenRefused
from mail.mailbox import RawMail, Session, opened
from mail.taken import NOTHING, Aftermath

log = structlog.get_logger()
IDLE_SECONDS = 240.0  # providers close an idle connection after 8 to 29 minutes
SHORTEST_WAIT, LONGEST_WAIT = 1.0, 300.0
_BROKEN = (OSError, imaplib.IMAP4.error, ImapToolsError, TokenRefused, EOFError, SQLAlchemyError)


class Keeper(Protocol):
    """Where messages are kept; filled by the mail intake. Raises SQLAlchemyError when the database is away."""

    def cursor(self, folder: str) -> tuple[int, int] | None:
        """UIDVALIDITY and the last UID that was taken of a folder."""
        ...

    def keep(self, folder: str, mails: Sequence[RawMail]) -> None:
        """Store messages and move the cursor, all committed when it returns; those that are known are passed over."""
        ...

    def looked(self, folder: str, uid_validity: int) -> None:
        """The folder was looked at: there is nothing newer than the cursor."""
        ...


@dataclass(frozen=True, slots=True)
class Listener:
    """Watches one folder; `arrived` is called after new messages were stored, `trouble` with '' when all is well."""

    access: ServerAccess
    folder: str
    keeper: Keeper
    arrived: Callable[[], None]
    trouble: Callable[[str], None]
    poll_seconds: float
    first_wait: float = SHORTEST_WAIT  # seconds before the first try to connect again; doubles up to five minutes
    aftermath: Aftermath = NOTHING

    def run(self, stop: threading.Event) -> None:
        """Listen until told to stop, through every break of the connection or the database."""
        failures = 0
        while not stop.is_set():
            try:
                with opened(self.access, self.folder) as session:
                    self.take_new(session)
                    failures = 0
                    self._tell("")
                    self._watch(session, stop)
            except _BROKEN as error:
                told = f"{type(error).__name__}: {error}"
                wait = min(LONGEST_WAIT, self.first_wait * 2**failures)
                failures = min(failures + 1, 30)
                log.warning("mailbox away", host=self.access.host, why=told, again_in=round(wait, 1))
                self._tell(told)
                stop.wait(wait * random.uniform(0.7, 1.3))  # noqa: S311 - spreads reconnects, no secret

    def take_new(self, session: Session) -> int:
        """Store everything that is new in the folder; returns how many messages."""
        known = self.keeper.cursor(self.folder)
        if known is not None and known[0] != session.uid_validity:
            log.warning("mailbox was rebuilt, reading it anew", folder=self.folder)
        last = known[1] if known is not None and known[0] == session.uid_validity else 0
        taken = 0
        for mails in session.fetch(session.uids_above(last)):
            if mails:
                self.keeper.keep(self.folder, mails)
                self.aftermath.apply(session, [each.uid for each in mails])
                self.arrived()  # the reading of a long backlog begins before its end
                taken += len(mails)
        self.keeper.looked(self.folder, session.uid_validity)
        if taken:
            log.info("mail stored", folder=self.folder, messages=taken)
        return taken

    def _watch(self, session: Session, stop: threading.Event) -> None:
        while not stop.is_set():
            if session.can_idle:
                session.wait(min(self.poll_seconds, IDLE_SECONDS), stop)
            else:
                stop.wait(self.poll_seconds)
            if not stop.is_set():
                self.take_new(session)

    def _tell(self, trouble: str) -> None:
        try:
            self.trouble(trouble)
        except SQLAlchemyError as error:
            log.warning("database away", why=str(error).splitlines()[0])
