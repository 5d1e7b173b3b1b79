"""Reads stored mails once more with the present reader and tells what it reads otherwise; changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.house import House
from handlers.rereading import ReadBefore, mails_read_before
from mail.attachments.opening import open_attachments
from mail.message import read_message
from mail.reading.read import read
from mail.segments.sent import SentMail, sent_mail
from mail.tokens import TokenKeys, order_of_address, order_of_message_id
from orders.reading_difference import Difference, differences
from store.queries.reading_context import reading_context
from store.queries.sent_mails import sent_bytes
from store.sessions import Store


@dataclass(frozen=True, slots=True)
class Reread:
    """One mail: its number in the inbox, its subject, and what is read otherwise than before."""

    inbox: int
    subject: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Rereader:
    """Reads old mails as the mailbox listener would today, against the orders as they stood then."""

    store: Store
    house: House
    keys: TokenKeys
    authserv_id: str | None = None

    def all_since(self, since: datetime | None) -> Iterator[Reread]:
        """Every mail that was read before, the oldest first; one at a time, so that memory stays small."""
        after = 0
        while True:
            with self.store.reading() as session:
                batch = mails_read_before(session, after=after, since=since)
            if not batch:
                return
            for mail in batch:
                yield self._again(mail)
            after = batch[-1].inbox

    def _again(self, mail: ReadBefore) -> Reread:
        message = read_message(mail.raw)
        shop = self.house.shop
        with self.store.reading() as session:
            day = mail.received_at.astimezone(ZoneInfo(shop.timezone)).date()
            context = reading_context(
                session, today=day, timezone=shop.timezone, mailbox=shop.mailbox, authserv_id=self.authserv_id
            )
            answered = (*message.in_reply_to, *reversed(message.references))
            raws = (sent_bytes(session, each) for each in answered)
            ours: SentMail | None = next((sent_mail(read_message(raw)) for raw in raws if raw is not None), None)
        then = {order.number: order for order in mail.orders}
        known = tuple(then.pop(order.number, order) for order in context.orders)
        context = replace(context, orders=(*known, *then.values()))
        opened = open_attachments(message)
        now = read(message, context, attachments=opened, sent=ours, verify=self._verify).as_json()
        return Reread(mail.inbox, mail.subject, differences(mail.reading, now))

    def _verify(self, token: str) -> str | None:
        return order_of_message_id(token, self.keys) or order_of_address(token, self.keys)
