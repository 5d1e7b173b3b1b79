"""What the mailbox door delivers: which kind of outbox row becomes which mail, and what the order learns of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.dispatch import (
    KeepMail,
    Letter,
    RecordSendFailure,
    RecordSent,
    StartSending,
    keep_mail,
    kept_mail,
    letter_for,
    record_send_failure,
    record_sent,
    start_sending,
)
from mail.access import ServerAccess
from mail.outgoing.letter import Attached, Envelope, compose
from mail.outgoing.workbook import order_workbook
from mail.sending import Fate, Sent, send
from mail.tokens import TokenKeys, new_message_id, reply_address
from orders.clock import Clock, local_day
from orders.people import SCHEDULER
from orders.shop import Shop
from orders.wording import letter_wording
from store.outbox import GiveUp, Outgoing, TryLater
from store.sessions import Store

KINDS = ("order_mail", "cancel_mail", "answer_mail", "question_mail")
_ANSWER_TEMPLATES = {"accepted": "answer_accepted", "partly": "answer_partly", "refused": "answer_refused"}


@dataclass(frozen=True, slots=True)
class Mailroom:
    """Writes and sends mails to suppliers."""

    store: Store
    clock: Clock
    shop: Shop
    smtp: ServerAccess
    keys: TokenKeys
    signature: str = ""
    uses_reply_token: bool = True

    def deliverers(self) -> Mapping[str, Callable[[Outgoing], None]]:
        """The deliverer of each kind."""
        return {
            "order_mail": self.order_mail,
            "cancel_mail": self.cancel_mail,
            "answer_mail": self.answer_mail,
            "question_mail": self.question_mail,
        }

    def order_mail(self, outgoing: Outgoing) -> None:
        """Send an approved order. It leaves at most once for each approval: the kept bytes are what a retry sends."""
        number, revision = outgoing.payload["order"], outgoing.payload["revision"]
        with self.store.transaction() as session:
            order = start_sending(session, StartSending(number, revision), actor=SCHEDULER, clock=self.clock)
            if order is None:
                return  # stopped, edited or out already
            letter = letter_for(session, number)
        if not letter.recipients:
            self._failed(number, "no-address")
            raise GiveUp(f"supplier {letter.supplier_name} has no usable mail address")
        message_id, raw, recipients = self._kept(outgoing, letter, "purchase_order", with_papers=True)
        sent = send(raw, self.shop.mailbox, recipients, self.smtp)
        if sent.fate is Fate.ACCEPTED and not sent.refused:
            with self.store.transaction() as session:
                record_sent(session, RecordSent(number, message_id), actor=SCHEDULER, clock=self.clock)
            return
        if sent.fate in {Fate.LATER, Fate.UNKNOWN}:
            raise TryLater(sent.said)
        if (
            sent.fate is Fate.ACCEPTED
        ):  # some of several recipients have it: the order is out, a person hears of the rest
            with self.store.transaction() as session:
                record_sent(session, RecordSent(number, message_id), actor=SCHEDULER, clock=self.clock)
            raise GiveUp(f"not delivered to {_told(sent)}")
        self._failed(number, sent.said)
        raise GiveUp(sent.said)

    def cancel_mail(self, outgoing: Outgoing) -> None:
        """Ask the supplier to cancel, in the thread of the order mail."""
        self._follow_up(outgoing, "cancel_order", {"reason": outgoing.payload["reason"]})

    def answer_mail(self, outgoing: Outgoing) -> None:
        """Tell the supplier what became of its answer."""
        payload = outgoing.payload
        facts = {name: payload[name] for name in ("reason", "lines", "others")}
        self._follow_up(outgoing, _ANSWER_TEMPLATES[payload["verdict"]], facts)

    def question_mail(self, outgoing: Outgoing) -> None:
        """Ask the supplier what a person wants to know, in the thread of the order mail."""
        self._follow_up(outgoing, "question", {"question": outgoing.payload["question"]})

    def _follow_up(self, outgoing: Outgoing, template: str, facts: Mapping[str, Any]) -> None:
        with self.store.reading() as session:
            letter = letter_for(session, outgoing.payload["order"])
        if not letter.recipients:
            raise GiveUp(f"supplier {letter.supplier_name} has no usable mail address")
        _, raw, recipients = self._kept(outgoing, letter, template, facts=facts)
        sent = send(raw, self.shop.mailbox, recipients, self.smtp)
        if sent.fate in {Fate.LATER, Fate.UNKNOWN}:
            raise TryLater(sent.said)
        if sent.fate is Fate.REFUSED or sent.refused:
            raise GiveUp(f"not delivered: {sent.said} {_told(sent)}")

    def _kept(
        self,
        outgoing: Outgoing,
        letter: Letter,
        template: str,
        *,
        facts: Mapping[str, Any] | None = None,
        with_papers: bool = False,
    ) -> tuple[str, bytes, Sequence[str]]:
        """The mail as the first attempt wrote it, or written and kept now."""
        with self.store.reading() as session:
            earlier = kept_mail(session, outgoing.id)
        if earlier is not None:
            return earlier
        envelope = self._envelope(letter)
        raw = self._written(letter, template, envelope, facts or {}, with_papers=with_papers)
        command = KeepMail(
            letter.order.number, template, outgoing.id, envelope.message_id, None, letter.recipients, raw
        )
        with self.store.transaction() as session:
            kept = keep_mail(session, command, clock=self.clock)
        return envelope.message_id, kept, letter.recipients

    def _envelope(self, letter: Letter) -> Envelope:
        order, mailbox = letter.order, self.shop.mailbox
        return Envelope(
            sender=mailbox,
            sender_name=self.shop.name,
            recipients=letter.recipients,
            reply_to=reply_address(mailbox, order.number, self.keys) if self.uses_reply_token else mailbox,
            message_id=new_message_id(order.number, order.revision, mailbox.rpartition("@")[2], self.keys),
            written_at=self.clock.now(),
            in_reply_to=order.message_id,
        )

    def _written(
        self, letter: Letter, template: str, envelope: Envelope, facts: Mapping[str, Any], *, with_papers: bool
    ) -> bytes:
        order, words = letter.order, letter_wording(letter.language)
        told = {
            "order": order,
            "shop": self.shop.name,
            "signature": self.signature,
            "contact": letter.contact,
            "place": letter.place,
            **facts,
        }
        papers: list[Attached] = []
        if with_papers:
            written_on = local_day(self.clock, self.shop.timezone)
            from mail.outgoing.document import order_document

            document = order_document(
                order,
                shop=self.shop.name,
                place=letter.place,
                supplier=letter.supplier_name,
                written_on=written_on,
                words=words,
            )
            workbook = order_workbook(order, self.shop.name, words)
            papers = [
                Attached.pdf(f"{order.number}.pdf", document),
                Attached.spreadsheet(f"{order.number}.xlsx", workbook),
            ]
        return compose(template, letter.language, told, envelope, papers)

    def _failed(self, number: str, why: str) -> None:
        with self.store.transaction() as session:
            record_send_failure(session, RecordSendFailure(number, why), actor=SCHEDULER, clock=self.clock)


def _told(sent: Sent) -> str:
    return ", ".join(f"{who} ({said})" for who, said in sent.refused)
