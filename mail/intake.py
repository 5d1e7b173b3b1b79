"""The mailbox door's intake: reads each mail that was kept and has its handler called, one transaction a mail.

What cannot be read is tried three times and then parked with its reason and shown to a person; nothing is ever dropped.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog
from sqlalchemy.orm import Session

from handlers.house import House
from handlers.known_shop import KnownShop
from handlers.replies import RecordReply, ReplyRecorded, record_reply
from mail.attachments.opening import open_attachments
from mail.keeping import show_parked
from mail.machine import machine
from mail.message import Message, read_message
from mail.reading.read import read
from mail.segments.dividing import reply_text, segments
from mail.segments.sent import SentMail, sent_mail
from mail.tokens import TokenKeys, order_of_address, order_of_message_id
from orders.clock import Clock, local_day
from orders.people import SCHEDULER
from orders.wording import wording
from store.doors import Door, InboxState
from store.inbox import Claimed, claim, close_read, fail
from store.queries.sent_mails import sent_bytes
from store.sessions import Store

log = structlog.get_logger()
TEXT_KEPT = 30_000  # characters of the supplier's words that a card can show


@dataclass(slots=True)
class MailIntake:
    """Reads the mails of all the shop's mailboxes, one after another.

    `authserv_ids` tells by account how its server signs Authentication-Results (RFC 8601).
    """

    store: Store
    clock: Clock
    house: House
    keys: TokenKeys
    authserv_ids: Mapping[str, str | None] = field(default_factory=dict)
    _known: KnownShop = field(init=False)

    def __post_init__(self) -> None:
        self._known = KnownShop(self.house)

    def read_next(self) -> bool:
        """Read the oldest mail that waits; False when none does."""
        claimed = self._claimed()
        if claimed is not None:
            self._deal_with(claimed, claims_next=False)
        return claimed is not None

    def read_waiting(self, stop: threading.Event) -> None:
        """Read all that waits, or until told to stop.

        Closing one mail and claiming the next is one transaction, because each of them waits for the disk.
        """
        claimed = self._claimed()
        while claimed is not None:
            claimed = self._deal_with(claimed, claims_next=not stop.is_set())

    def run(self, stop: threading.Event, wake: threading.Event, *, every: float) -> None:
        """Read what waits until told to stop, when woken and at least every so many seconds."""
        while not stop.is_set():
            wake.clear()
            try:
                self.read_waiting(stop)
            except Exception:  # the same place: a locked or absent database must not end the intake
                log.exception("inbox unreachable")
            wake.wait(every)

    def _claimed(self) -> Claimed | None:
        with self.store.transaction() as session:
            return claim(session, Door.MAIL, now=self.clock.now())

    def _deal_with(self, claimed: Claimed, *, claims_next: bool) -> Claimed | None:
        """Read one mail, or have it tried again; returns the next one when that is wanted and there is one."""
        if claimed.is_beyond_hope:
            self._failed(claimed.id, "reading it ended the program more than once")
        else:
            try:
                return self._read(claimed, claims_next=claims_next)
            except Exception as error:  # one of the three places: a mail must never stop the mails behind it
                log.exception("mail could not be read", inbox=claimed.id)
                self._failed(claimed.id, f"{type(error).__name__}: {error}")
        return self._claimed() if claims_next else None

    def _read(self, claimed: Claimed, *, claims_next: bool) -> Claimed | None:
        inbox_id, message = claimed.id, read_message(claimed.raw)
        opened = open_attachments(message)
        shop = self.house.shop
        with self.store.transaction() as session:
            today = local_day(self.clock, shop.timezone)
            context = self._known.context(
                session, now=self.clock.now(), today=today, authserv_id=self._authserv_id(claimed.key)
            )
            ours = self._answered(session, message)
            divided = segments(message, ours)
            reading = read(message, context, attachments=opened, divided=divided, verify=self._verify)
            text = reply_text(divided)[:TEXT_KEPT]
            words = wording(shop.language)
            reasons = tuple(reason.say(words) for reason in reading.reasons)
            invoices = tuple(each.invoice for each in opened if each.invoice is not None)
            earned = context.terms.sorts_of(reading.supplier or "")
            known = {order.number: order for order in context.orders}
            command = RecordReply(
                inbox_id, reading, reasons, earned, invoices, known, machine(message).failed_recipients
            )
            done = record_reply(session, command, actor=SCHEDULER, clock=self.clock, house=self.house)
            state = InboxState.IGNORED if done.is_ignored else InboxState.DONE
            close_read(
                session,
                inbox_id,
                now=self.clock.now(),
                state=state,
                subject=message.subject[:1000],
                text=text,
                reading=reading.as_json(),
            )
            following = claim(session, Door.MAIL, now=self.clock.now()) if claims_next else None
        self._known.learn(done.orders)
        _tell(inbox_id, message, done)
        return following

    def _answered(self, session: Session, message: Message) -> SentMail | None:
        """Our own mail that this one answers, to align with."""
        for each in (*message.in_reply_to, *reversed(message.references)):
            raw = sent_bytes(session, each)
            if raw is not None:
                return sent_mail(read_message(raw))
        return None

    def _authserv_id(self, key: str) -> str | None:
        """The signature of the server that the mail came by; keys begin with the account."""
        return next((own for account, own in self.authserv_ids.items() if key.startswith(f"{account}/")), None)

    def _verify(self, token: str) -> str | None:
        return order_of_message_id(token, self.keys) or order_of_address(token, self.keys)

    def _failed(self, inbox_id: int, reason: str) -> None:
        with self.store.transaction() as session:
            if fail(session, inbox_id, reason, now=self.clock.now()) is InboxState.PARKED:
                show_parked(session, inbox_id, reason, now=self.clock.now())


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
