"""A person reads a supplier's mail beside the program: corrects its figures, asks back, says that a booking was wrong."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.announcing import happened, show_card
from handlers.answers import as_understood, free_lines, refuse_stale, waiting_proposal
from handlers.booking import restore_lines, standing_confirmations, take_back
from handlers.loading import load, move, require_permission
from handlers.proposing import lines_mentioned, wait_for_decision
from orders.clock import Clock
from orders.correcting import TypedLine, corrected
from orders.events import Event
from orders.people import Actor, Permission
from orders.refusals import OrderAlreadyDecided, ReasonMissing, Refusal
from orders.reply import MatchedBy, OrderResponse, response_as_json
from orders.states import Act
from store.outbox import enqueue
from store.queries.orders import order_values
from store.tables.decisions import ProposalState, ReplyProposalRow
from store.tables.purchase import PurchaseOrderRow


class GoodsAlreadyIn(Refusal):
    """Goods of this answer were received: what was booked can no longer be taken back, only counted and claimed."""

    code = "goods-already-in"

    def __init__(self, number: str, line: int) -> None:
        super().__init__(number=number, line=line)


@dataclass(frozen=True, slots=True)
class CorrectAnswer:
    """What the mail really says of these lines, as a person reads it; lines that are not named stay as read."""

    proposal: int
    revision: int
    lines: tuple[TypedLine, ...]


@dataclass(frozen=True, slots=True)
class AskSupplier:
    """Put a question to the supplier in the thread of the order mail; the answer goes on waiting."""

    proposal: int
    revision: int
    question: str


@dataclass(frozen=True, slots=True)
class CallWrong:
    """What the program booked by itself is not what the supplier wrote."""

    proposal: int
    revision: int


def correct_answer(session: Session, command: CorrectAnswer, *, actor: Actor, clock: Clock) -> OrderResponse:
    """Put a person's reading in the place of the program's, and keep both as an example to learn from.

    Books nothing: the corrected figures stand on the card to be accepted. Raises NotAllowed, OrderAlreadyDecided,
    FigureUnreadable, LineNotFound.
    """
    require_permission(session, actor, Permission.APPROVE)
    proposal, row = waiting_proposal(session, command.proposal, command.revision)
    (order,) = order_values(session, [row])
    before, _ = as_understood(proposal)
    read = {reading.line: reading for reading in before.lines}
    for typed in command.lines:
        evidence = read[typed.line].evidence if typed.line in read else ()
        read[typed.line] = corrected(order, typed, evidence)
    after = OrderResponse(
        row.number,
        before.matched_by or MatchedBy.BODY,
        understood=True,
        lines=tuple(read[line.line] for line in order.lines if line.line in read),
    )
    now = clock.now()
    proposal.corrected = response_as_json(after)
    proposal.corrected_by_id, proposal.corrected_at = actor.person_id, now
    proposal.agreed = False
    _mark_pending(session, proposal, row, before, after)
    _next_revision(session, row, Event.ANSWER_CORRECTED, proposal, actor=actor, now=now)
    return after


def ask_supplier(session: Session, command: AskSupplier, *, actor: Actor, clock: Clock) -> None:
    """Write the question to the supplier. Raises NotAllowed, ReasonMissing, OrderAlreadyDecided."""
    require_permission(session, actor, Permission.APPROVE)
    question = command.question.strip()
    if not question:
        raise ReasonMissing("ask_supplier")
    proposal, row = waiting_proposal(session, command.proposal, command.revision)
    now = clock.now()
    proposal.question, proposal.asked_by_id, proposal.asked_at = question, actor.person_id, now
    enqueue(
        session,
        "question_mail",
        f"question_mail:{proposal.id}:{row.revision}",
        {"order": row.number, "proposal": proposal.id, "question": question},
        now=now,
        order_id=row.id,
    )
    _next_revision(session, row, Event.SUPPLIER_ASKED, proposal, actor=actor, now=now, reason=question)


def call_wrong(session: Session, command: CallWrong, *, actor: Actor, clock: Clock) -> None:
    """Take an automatic booking back and put the answer before people; the supplier's trust is lost with it.

    Raises NotAllowed, OrderAlreadyDecided, GoodsAlreadyIn.
    """
    require_permission(session, actor, Permission.APPROVE)
    proposal = session.get_one(ReplyProposalRow, command.proposal, with_for_update=True)
    row = session.get_one(PurchaseOrderRow, proposal.order_id, with_for_update=True)
    if proposal.state is not ProposalState.BOOKED:
        raise OrderAlreadyDecided(row.number, proposal.state.value, None, proposal.decided_at)
    response, _ = as_understood(proposal)
    lines = lines_mentioned(response)
    standing = standing_confirmations(session, row)
    for line in row.lines:
        if line.line in lines and line.received:
            raise GoodsAlreadyIn(row.number, line.line)
        if line.line in lines and standing[line.id].inbox_id != proposal.inbox_id:  # answered anew since
            refuse_stale(session, row, command.revision)
    loaded = load(session, row.number, Act.BOOK_ANSWER)
    now = clock.now()
    take_back(session, loaded, lines, inbox_id=proposal.inbox_id)
    proposal.state, proposal.decided_at, proposal.agreed, proposal.corrected_at = (
        ProposalState.PENDING,
        None,
        False,
        now,
    )
    move(session, loaded)
    happened(session, row, Event.ANSWER_CALLED_WRONG, actor=actor, now=now, inbox_id=proposal.inbox_id)
    show_card(session, row, now=now)


def _mark_pending(
    session: Session, proposal: ReplyProposalRow, row: PurchaseOrderRow, before: OrderResponse, after: OrderResponse
) -> None:
    """The lines that the answer speaks of wait for the decision; those that it no longer does stand as they did."""
    wait_for_decision(row, lines_mentioned(after))
    dropped = lines_mentioned(before) - lines_mentioned(after)
    restore_lines(session, row, free_lines(session, proposal, sorted(dropped)))


def _next_revision(
    session: Session,
    row: PurchaseOrderRow,
    event: Event,
    proposal: ReplyProposalRow,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> None:
    """Make the cards that people see stale and bring them up to date."""
    row.revision += 1
    session.flush()
    happened(session, row, event, actor=actor, now=now, reason=reason, inbox_id=proposal.inbox_id)
    show_card(session, row, now=now)
