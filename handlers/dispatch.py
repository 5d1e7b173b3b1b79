"""An approved order on its way to the supplier: the mail is kept as sent, the order follows what became of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from handlers.announcing import happened, show_card
from handlers.loading import load, move
from orders.clock import Clock
from orders.events import Event
from orders.people import Actor
from orders.purchase import OrderState, PurchaseOrder, content_hash
from orders.states import Act, may
from store.queries.orders import order_by_number, order_row, order_values
from store.tables.catalogue import LocationRow
from store.tables.inbox import InboxRow
from store.tables.outbox import SentMailRow
from store.tables.purchase import PurchaseOrderRow
from store.tables.suppliers import AddressKind, SupplierAddressRow, SupplierPersonRow, SupplierRow


@dataclass(frozen=True, slots=True)
class Letter:
    """What the mail to a supplier needs besides the order itself."""

    order: PurchaseOrder
    recipients: tuple[str, ...]
    language: str
    supplier_name: str
    contact: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class StartSending:
    """Take an approved order into sending; `revision` is that of the approval."""

    order: str
    revision: int


@dataclass(frozen=True, slots=True)
class KeepMail:
    """The exact bytes about to be sent, kept before they leave so that the answer can be matched and aligned."""

    order: str
    kind: str
    outbox_id: int
    message_id: str
    token: str | None
    recipients: tuple[str, ...]
    raw: bytes


@dataclass(frozen=True, slots=True)
class RecordSent:
    """The supplier's server took the mail."""

    order: str
    message_id: str


@dataclass(frozen=True, slots=True)
class RecordSendFailure:
    """The mail was refused for good, or came back."""

    order: str
    why: str


def letter_for(session: Session, number: str) -> Letter:
    """Order, addresses and language for a mail to the supplier. No address gives an empty tuple of recipients.

    Addresses whose last mail bounced are left out, unless there is no other: who approved has been warned.
    """
    order = order_by_number(session, number)
    supplier = session.scalars(select(SupplierRow).where(SupplierRow.code == order.supplier)).one()
    every = session.scalars(
        select(SupplierAddressRow)
        .where(SupplierAddressRow.supplier_id == supplier.id, SupplierAddressRow.kind == AddressKind.ORDERS)
        .order_by(SupplierAddressRow.id)
    ).all()
    addresses = [each.value for each in [each for each in every if each.bounced_at is None] or every]
    contact = session.scalar(
        select(SupplierPersonRow.name)
        .where(SupplierPersonRow.supplier_id == supplier.id)
        .order_by(SupplierPersonRow.id)
    )
    place = session.scalars(select(LocationRow).where(LocationRow.code == order.location)).one()
    told = ", ".join(part for part in (place.name, place.address) if part)
    return Letter(order, tuple(addresses), supplier.language, supplier.name, contact or "", told)


def start_sending(session: Session, command: StartSending, *, actor: Actor, clock: Clock) -> PurchaseOrder | None:
    """Move the order to `sending`; None when its mail must not leave any more (stopped, edited, or out already)."""
    row = order_row(session, command.order, lock=True)
    if row.state is OrderState.SENDING and row.revision == command.revision + 1:
        return order_values(session, [row])[0]  # an earlier attempt came this far
    if row.revision != command.revision or row.on_hold or not may(row.state, Act.START_SENDING):
        return None
    loaded = load(session, command.order, Act.START_SENDING)
    if content_hash(loaded.order) != row.content_hash:
        return None
    move(session, loaded)
    happened(session, row, Event.SENDING_STARTED, actor=actor, now=clock.now())
    return order_values(session, [row])[0]


def keep_mail(session: Session, command: KeepMail, *, clock: Clock) -> bytes:
    """Store the mail before it leaves. A retry gets the bytes of the first attempt back: one Message-ID, one mail."""
    kept = session.scalar(select(SentMailRow).where(SentMailRow.outbox_id == command.outbox_id))
    if kept is not None:
        return kept.raw
    row = order_row(session, command.order)
    session.add(
        SentMailRow(
            order_id=row.id,
            outbox_id=command.outbox_id,
            kind=command.kind,
            message_id=command.message_id,
            token=command.token,
            recipients=list(command.recipients),
            raw=command.raw,
            created_at=clock.now(),
        )
    )
    return command.raw


def kept_mail(session: Session, outbox_id: int) -> tuple[str, bytes, tuple[str, ...]] | None:
    """Message-ID, bytes and recipients of a mail that an earlier attempt already wrote."""
    kept = session.scalar(select(SentMailRow).where(SentMailRow.outbox_id == outbox_id))
    return None if kept is None else (kept.message_id, kept.raw, tuple(kept.recipients))


def record_sent(session: Session, command: RecordSent, *, actor: Actor, clock: Clock) -> PurchaseOrder:
    """The order is with the supplier from now on. Raises ActForbidden when it was not being sent."""
    loaded = load(session, command.order, Act.RECORD_SENT)
    now = clock.now()
    loaded.row.sent_at = now
    loaded.row.message_id = command.message_id
    kept = session.scalar(select(SentMailRow).where(SentMailRow.message_id == command.message_id))
    if kept is not None:
        kept.sent_at = now
    move(session, loaded)
    recipients = list(kept.recipients) if kept is not None else []
    happened(session, loaded.row, Event.ORDER_SENT, actor=actor, now=now, after={"recipients": recipients})
    show_card(session, loaded.row, now=now)
    return order_values(session, [loaded.row])[0]


def record_send_failure(session: Session, command: RecordSendFailure, *, actor: Actor, clock: Clock) -> PurchaseOrder:
    """The supplier does not have the order: back to approved, said on its card. Raises ActForbidden."""
    loaded = load(session, command.order, Act.RECORD_SEND_FAILURE)
    now = clock.now()
    loaded.row.message_id = None
    loaded.row.sent_at = None
    move(session, loaded)
    happened(session, loaded.row, Event.SENDING_FAILED, actor=actor, now=now, reason=command.why)
    show_card(session, loaded.row, now=now)
    return order_values(session, [loaded.row])[0]


def came_back(session: Session, message_id: str | None, failed: Collection[str], *, now: datetime) -> None:
    """Note that a mail of ours was returned, and the addresses that failed, all of its recipients when none is named."""
    kept = session.scalar(select(SentMailRow).where(SentMailRow.message_id == message_id)) if message_id else None
    if kept is None:
        return
    kept.bounced_at = now
    recipients = {each.lower() for each in kept.recipients}
    wrong = recipients & {each.lower() for each in failed} or recipients
    session.execute(update(SupplierAddressRow).where(SupplierAddressRow.value.in_(wrong)).values(bounced_at=now))


_FAILING = select(SupplierAddressRow).where(
    SupplierAddressRow.supplier_id == bindparam("supplier"), SupplierAddressRow.bounced_at.is_not(None)
)


def has_answered(session: Session, row: PurchaseOrderRow, inbox_id: int) -> None:
    """A trusted answer shows that mail gets through: to where the order was sent after the bounce, and to its sender."""
    failing = session.scalars(_FAILING, {"supplier": row.supplier_id}).all()
    if not failing:
        return
    sender = session.scalar(select(InboxRow.sender).where(InboxRow.id == inbox_id)) or ""
    mailed = session.scalar(select(SentMailRow.recipients).where(SentMailRow.message_id == row.message_id)) or []
    reached = {each.lower() for each in mailed}
    for address in failing:
        is_since = row.sent_at is not None and address.bounced_at is not None and address.bounced_at < row.sent_at
        if address.value == sender.lower() or (is_since and address.value in reached):
            address.bounced_at = None
