"""Keeps the raw mails of one mailbox: written down as they came, the cursor moved with them, in one transaction."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mail.mailbox import RawMail, address_of, header_of
from orders.clock import Clock
from store.cursors import cursor_of, move_cursor
from store.doors import Door, InboxState
from store.inbox import Incoming, close, write_down
from store.outbox import enqueue
from store.sessions import Store


@dataclass(frozen=True, slots=True)
class MailKeeper:
    """Stores what a listener fetches; `account` tells this mailbox from the shop's others."""

    store: Store
    clock: Clock
    account: str

    def cursor(self, folder: str) -> tuple[int, int] | None:
        """UIDVALIDITY and last UID that was kept of a folder."""
        with self.store.reading() as session:
            return cursor_of(session, self.account, folder)

    def keep(self, folder: str, mails: Sequence[RawMail]) -> None:
        """Store raw mails and move the cursor, in one transaction."""
        now = self.clock.now()
        with self.store.transaction() as session:
            for mail in mails:
                inbox_id = write_down(session, self._incoming(folder, mail, now))
                if inbox_id is not None and mail.is_head_only:
                    park(session, inbox_id, "too-large", now=now)
            last = mails[-1]
            move_cursor(session, self.account, folder, last.uid_validity, last.uid, now=now)

    def looked(self, folder: str, uid_validity: int) -> None:
        """Note that the folder was looked at."""
        with self.store.transaction() as session:
            move_cursor(session, self.account, folder, uid_validity, 0, now=self.clock.now())

    def _incoming(self, folder: str, mail: RawMail, now: datetime) -> Incoming:
        return Incoming(
            Door.MAIL,
            f"{self.account}/{folder}/{mail.uid_validity}/{mail.uid}",
            now,
            raw=mail.raw,
            message_id=header_of(mail.raw, "Message-ID")[:500] or None,
            body_sha256=_body_hash(mail.raw),
            subject=header_of(mail.raw, "Subject")[:1000],
            sender=address_of(header_of(mail.raw, "From"))[:400],
        )


def park(session: Session, inbox_id: int, reason: str, *, now: datetime) -> None:
    """Set a mail aside and show it to a person."""
    close(session, inbox_id, now=now, state=InboxState.PARKED, reason=reason)
    show_parked(session, inbox_id, reason, now=now)


def show_parked(session: Session, inbox_id: int, reason: str, *, now: datetime) -> None:
    """Show a mail that nobody but a person can deal with."""
    payload = {"inbox": inbox_id, "reasons": [reason]}
    enqueue(session, "please_read", f"please_read:{inbox_id}", payload, now=now, surface=f"mail:{inbox_id}")


def _body_hash(raw: bytes) -> str:
    """What makes two deliveries of one mail the same: everything below the head, which each server writes anew."""
    body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2]
    return hashlib.sha256(body).hexdigest()
