"""Suppliers' answers: booked when policy and rules allow it, otherwise put before a manager as a proposal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.announcing import happened, show_card, show_proposal
from handlers.autonomy import may_book_alone
from handlers.booking import book_response, is_answered_differently
from handlers.dispatch import came_back, has_answered
from handlers.filing import FileInvoices, file_invoices
from handlers.house import House
from handlers.judging import judge_reply
from handlers.loading import Loaded, load, move
from handlers.proposing import Judged, both_sides, keep, pending_proposals, propose, sort_as_read
from orders.answer_sorts import FINDINGS_OF_SORT, AnswerSort
from orders.clock import Clock
from orders.events import Event
from orders.invoice import EInvoice
from orders.people import Actor
from orders.purchase import PurchaseOrder
from orders.refusals import LineNotFound, OrderNotFound
from orders.reply import Decision, Kind, OrderResponse, Reading
from orders.states import Act, may, next_state
from rules.findings import needs_person
from store.outbox import enqueue
from store.queries.orders import order_as_now, order_row, order_values
from store.tables.decisions import ProposalState
from store.tables.purchase import PurchaseOrderRow


@dataclass(frozen=True, slots=True)
class RecordReply:
    """What the reader understood of one message in the inbox; `reasons` are words for the manager's card.

    `earned` are the sorts of answers that this supplier's mails may be booked for beyond the tolerances, `invoices` the
    e-invoices that came with it, `known` the orders that it was read against, whose names need not be looked up again,
    `failed` the addresses that a bounce names.
    """

    inbox_id: int
    reading: Reading
    reasons: tuple[str, ...] = ()
    earned: frozenset[AnswerSort] = frozenset()
    invoices: tuple[EInvoice, ...] = ()
    known: Mapping[str, PurchaseOrder] = field(default_factory=dict)
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyRecorded:
    """What became of the message: orders booked at once, orders that wait for a person, or a mail to read.

    `orders` are the booked ones as they now stand.
    """

    booked: tuple[str, ...] = ()
    proposed: tuple[str, ...] = ()
    filed: tuple[str, ...] = ()
    is_shown_whole: bool = False
    is_ignored: bool = False
    orders: tuple[PurchaseOrder, ...] = ()


def record_reply(session: Session, command: RecordReply, *, actor: Actor, clock: Clock, house: House) -> ReplyRecorded:
    """Book, propose or show one read message.

    Each order is decided alone, but nothing of a message is applied unless the reading as a whole says apply and no
    rule objects. What names no order of ours becomes a card with the mail's text.
    """
    reading = command.reading
    if reading.decision is Decision.IGNORE:
        return ReplyRecorded(is_ignored=True)
    if reading.kind is Kind.BOUNCE:
        return _bounced(session, command, actor=actor, clock=clock)
    now = clock.now()
    filed = _file(session, command, actor=actor, now=now)
    if filed and reading.kind is Kind.INVOICE:
        return ReplyRecorded(filed=filed)
    booked: list[PurchaseOrder] = []
    proposed: list[str] = []
    for response in reading.responses:
        row = _order_of(session, response)
        if row is None:
            continue
        order = _value(session, row, command)
        if reading.sender_trusted and reading.supplier == order.supplier:
            has_answered(session, row, command.inbox_id)
        judged = _judged(session, row, order, command, response, now=now, house=house)
        if _may_book(session, row, order, command, judged, house=house):
            _book(session, row, order, judged, command, actor=actor, now=now)
            booked.append(order_as_now(row, order))
        else:
            propose(session, row, judged, inbox_id=command.inbox_id, actor=actor, now=now)
            proposed.append(row.number)
    if booked or proposed:
        numbers = tuple(order.number for order in booked)
        return ReplyRecorded(numbers, tuple(proposed), filed, orders=tuple(booked))
    _show_whole(session, command, clock=clock)
    return ReplyRecorded(is_shown_whole=True)


def _file(session: Session, command: RecordReply, *, actor: Actor, now: datetime) -> tuple[str, ...]:
    """File e-invoices of a trusted supplier; those of anybody else are for a person to look at."""
    reading = command.reading
    if not command.invoices or not reading.sender_trusted or reading.supplier is None:
        return ()
    named = tuple(response.order for response in reading.responses if response.order is not None)
    filing = FileInvoices(command.inbox_id, reading.supplier, command.invoices, named)
    return file_invoices(session, filing, actor=actor, now=now)


def _order_of(session: Session, response: OrderResponse) -> PurchaseOrderRow | None:
    if response.order is None:
        return None
    try:
        return order_row(session, response.order, lock=True)
    except OrderNotFound:
        return None


def _value(session: Session, row: PurchaseOrderRow, command: RecordReply) -> PurchaseOrder:
    """The locked order; names are those that the mail was read with, as long as it is the same revision."""
    known = command.known.get(row.number)
    if known is not None and (known.revision, known.state) == (row.revision, row.state):
        return order_as_now(row, known)
    return order_values(session, [row])[0]


def _judged(
    session: Session,
    row: PurchaseOrderRow,
    order: PurchaseOrder,
    command: RecordReply,
    response: OrderResponse,
    *,
    now: datetime,
    house: House,
) -> Judged:
    """What rules say of the answer; one that names a line which the order does not have gets no findings."""
    try:
        found = judge_reply(
            session, row, order, command.reading, response, inbox_id=command.inbox_id, now=now, house=house
        ).findings
    except LineNotFound:
        found = ()
    return Judged(response, sort_as_read(order, response), found, command.reasons)


def _may_book(
    session: Session,
    row: PurchaseOrderRow,
    order: PurchaseOrder,
    command: RecordReply,
    judged: Judged,
    *,
    house: House,
) -> bool:
    """True when policy says apply, the order waits for just this, and no rule has more against it than was earned."""
    if command.reading.decision is not Decision.APPLY or judged.sort is AnswerSort.UNREAD:
        return False
    if not may(row.state, Act.BOOK_ANSWER) or row.on_hold or pending_proposals(session, row.id):
        return False
    if is_answered_differently(order, judged.response):
        return False
    rests_on_ladder = judged.sort is AnswerSort.ACCEPTED or judged.sort in command.earned
    if rests_on_ladder and not may_book_alone(session, row.supplier_id, judged.sort, house.shop.autonomy):
        return False
    expected = FINDINGS_OF_SORT.get(judged.sort, frozenset()) if judged.sort in command.earned else frozenset()
    return not needs_person(finding for finding in judged.findings if finding.code not in expected)


def _book(
    session: Session,
    row: PurchaseOrderRow,
    order: PurchaseOrder,
    judged: Judged,
    command: RecordReply,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Book it, and keep it as an answer that a person may still call wrong."""
    loaded = Loaded(row, order, next_state(order.number, row.state, Act.BOOK_ANSWER))
    kept = keep(
        session, loaded.row, loaded.order, judged, inbox_id=command.inbox_id, now=now, state=ProposalState.BOOKED
    )
    told = book_response(session, loaded, judged.response, inbox_id=command.inbox_id, actor=actor, now=now)
    move(session, loaded)
    before, after = both_sides(told)
    happened(
        session,
        loaded.row,
        Event.ANSWER_BOOKED,
        actor=actor,
        now=now,
        before=before,
        after=after,
        inbox_id=command.inbox_id,
    )
    show_card(session, loaded.row, now=now, waiting=())  # an order with a waiting answer is not booked
    show_proposal(session, kept, loaded.row, now=now)


def _bounced(session: Session, command: RecordReply, *, actor: Actor, clock: Clock) -> ReplyRecorded:
    """The order did not arrive: it goes back to approved and its card says so."""
    proposed = []
    for response in command.reading.responses:
        row = _order_of(session, response)
        if row is None or not may(row.state, Act.RECORD_SEND_FAILURE):
            continue
        loaded = load(session, row.number, Act.RECORD_SEND_FAILURE)
        move(session, loaded)
        came_back(session, row.message_id, command.failed, now=clock.now())
        row.message_id, row.sent_at = None, None
        happened(
            session,
            row,
            Event.SENDING_FAILED,
            actor=actor,
            now=clock.now(),
            reason=next(iter(command.reasons), command.reading.kind.value),
            inbox_id=command.inbox_id,
        )
        show_card(session, row, now=clock.now())
        proposed.append(row.number)
    if not proposed:
        _show_whole(session, command, clock=clock)
    return ReplyRecorded(proposed=tuple(proposed), is_shown_whole=not proposed)


def _show_whole(session: Session, command: RecordReply, *, clock: Clock) -> None:
    """Nobody's order, or none that can be told: a person reads the mail."""
    enqueue(
        session,
        "please_read",
        f"please_read:{command.inbox_id}",
        {"inbox": command.inbox_id, "reasons": list(command.reasons)},
        now=clock.now(),
        surface=f"mail:{command.inbox_id}",
    )
