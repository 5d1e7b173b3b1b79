"""The mailbox door's intake: keeps each raw mail, then reads it and has its handler called, one transaction a mail.

What cannot be read is tried three times and then parked with its reason and shown to a person; nothing is ever dropped.
"""

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from handlers.autonomy import booking_terms
from handlers.house import House
from handlers.replies import RecordReply, ReplyRecorded, record_reply
from mail.attachments.opening import open_attachments
from mail.mailbox import RawMail, address_of, header_of
from mail.message import Message, read_message
from mail.reading.read import read
from mail.segments.dividing import reply_text, segments
from mail.segments.sent import SentMail, sent_mail
from mail.tokens import TokenKeys, order_of_address, order_of_message_id
from orders.clock import Clock, local_day
from orders.people import SCHEDULER
from orders.wording import wording
from store.cursors import cursor_of, move_cursor
from store.doors import Door, InboxState
from store.inbox import Incoming, claim, close, fail, keep_reading, write_down
from store.outbox import enqueue
from store.queries.reading_context import reading_context
from store.queries.sent_mails import sent_bytes
from store.sessions import Store

log = structlog.get_logger()
TEXT_KEPT = 30_000  # characters of the supplier's words that a card can show


@dataclass(frozen=True, slots=True)
class MailIntake:
    """Keeps and reads the mails of one account."""

    store: Store
    clock: Clock
    house: House
    account: str
    keys: TokenKeys
    authserv_id: str | None = None

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
                    self._park(session, inbox_id, "too-large")
            last = mails[-1]
            move_cursor(session, self.account, folder, last.uid_validity, last.uid, now=now)

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

    def looked(self, folder: str, uid_validity: int) -> None:
        """Note that the folder was looked at."""
        with self.store.transaction() as session:
            move_cursor(session, self.account, folder, uid_validity, 0, now=self.clock.now())

    def read_next(self) -> bool:
        """Read the oldest mail that waits; False when none does."""
        with self.store.transaction() as session:
            claimed = claim(session, Door.MAIL, now=self.clock.now())
        if claimed is None:
            return False
        if claimed.is_beyond_hope:
            self._failed(claimed.id, "reading it ended the program more than once")
            return True
        try:
            self._read(claimed.id, claimed.raw)
        except Exception as error:  # one of the three places: a mail must never stop the mails behind it
            log.exception("mail could not be read", inbox=claimed.id)
            self._failed(claimed.id, f"{type(error).__name__}: {error}")
        return True

    def run(self, stop: threading.Event, wake: threading.Event, *, every: float) -> None:
        """Read what waits until told to stop, when woken and at least every so many seconds."""
        while not stop.is_set():
            wake.clear()
            try:
                while self.read_next():
                    pass
            except Exception:  # the same place: a locked or absent database must not end the intake
                log.exception("inbox unreachable")
            wake.wait(every)

    def _read(self, inbox_id: int, raw: bytes) -> None:
        message = read_message(raw)
        opened = open_attachments(message)
        shop = self.house.shop
        with self.store.transaction() as session:
            today = local_day(self.clock, shop.timezone)
            terms = booking_terms(session, self.house)
            known = reading_context(
                session, today=today, timezone=shop.timezone, mailbox=shop.mailbox, authserv_id=self.authserv_id
            )
            context = replace(known, terms=terms)
            ours = self._answered(session, message)
            reading = read(message, context, attachments=opened, sent=ours, verify=self._verify)
            text = reply_text(segments(message, ours))[:TEXT_KEPT]
            keep_reading(session, inbox_id, subject=message.subject[:1000], text=text, reading=reading.as_json())
            words = wording(shop.language)
            reasons = tuple(reason.say(words) for reason in reading.reasons)
            invoices = tuple(each.invoice for each in opened if each.invoice is not None)
            earned = terms.sorts_of(reading.supplier or "")
            command = RecordReply(inbox_id, reading, reasons, earned, invoices)
            done = record_reply(session, command, actor=SCHEDULER, clock=self.clock, house=self.house)
            state = InboxState.IGNORED if done.is_ignored else InboxState.DONE
            close(session, inbox_id, now=self.clock.now(), state=state)
        _tell(inbox_id, message, done)

    def _answered(self, session: Session, message: Message) -> SentMail | None:
        """Our own mail that this one answers, to align with."""
        for each in (*message.in_reply_to, *reversed(message.references)):
            raw = sent_bytes(session, each)
            if raw is not None:
                return sent_mail(read_message(raw))
        return None

    def _verify(self, token: str) -> str | None:
        return order_of_message_id(token, self.keys) or order_of_address(token, self.keys)

    def _failed(self, inbox_id: int, reason: str) -> None:
        with self.store.transaction() as session:
            if fail(session, inbox_id, reason, now=self.clock.now()) is InboxState.PARKED:
                self._show(session, inbox_id, reason)

    def _park(self, session: Session, inbox_id: int, reason: str) -> None:
        close(session, inbox_id, now=self.clock.now(), state=InboxState.PARKED, reason=reason)
        self._show(session, inbox_id, reason)

    def _show(self, session: Session, inbox_id: int, reason: str) -> None:
        payload = {"inbox": inbox_id, "reasons": [reason]}
        key, surface = f"please_read:{inbox_id}", f"mail:{inbox_id}"
        enqueue(session, "please_read", key, payload, now=self.clock.now(), surface=surface)


def _body_hash(raw: bytes) -> str:
    """What makes two deliveries of one mail the same: everything below the head, which each server writes anew."""
    body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2]
    return hashlib.sha256(body).hexdigest()


def _tell(inbox_id: int, message: Message, done: ReplyRecorded) -> None:
    log.info(
        "mail read",
        inbox=inbox_id,
        message_id=message.message_id,
        booked=list(done.booked),
        proposed=list(done.proposed),
        filed=list(done.filed),
        shown=done.is_shown_whole,
        ignored=done.is_ignored,
    )
