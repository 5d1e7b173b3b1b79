"""A manager decides on a supplier's answer: accept it as read, or refuse it and let the order stand."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from handlers.announcing import happened, show_card
from handlers.booking import book_response
from handlers.loading import load, move, require_permission
from handlers.replies import change_json
from orders.clock import Clock
from orders.events import Event
from orders.people import Actor, Permission
from orders.purchase import LineState, PurchaseOrder
from orders.refusals import OrderAlreadyDecided, ReasonMissing, Refusal
from orders.reply import response_from_json
from orders.states import Act
from store.outbox import enqueue
from store.queries.orders import last_decision, order_values
from store.tables.decisions import ProposalState, ReplyProposalRow
from store.tables.people import PersonRow
from store.tables.purchase import PurchaseOrderRow


class NothingToAccept(Refusal):
    """The answer was not understood, so there are no figures to accept; the mail must be read and entered by hand."""

    code = "nothing-to-accept"

    def __init__(self, number: str) -> None:
        super().__init__(number=number)


@dataclass(frozen=True, slots=True)
class AcceptAnswer:
    """Book a supplier's answer as it stands on the card; `revision` is the order's when the card was made."""

    proposal: int
    revision: int


@dataclass(frozen=True, slots=True)
class RefuseAnswer:
    """Let the order stand as it was and tell the supplier why."""

    proposal: int
    revision: int
    reason: str


@dataclass(frozen=True, slots=True)
class AnswerDecided:
    """The order after the decision."""

    order: PurchaseOrder
    state: ProposalState


def accept_answer(session: Session, command: AcceptAnswer, *, actor: Actor, clock: Clock) -> AnswerDecided:
    """Book the answer, thank the supplier by mail. Raises NotAllowed, OrderAlreadyDecided, NothingToAccept."""
    require_permission(session, actor, Permission.APPROVE)
    proposal, row = _pending(session, command.proposal, command.revision)
    response = response_from_json(proposal.response)
    if not proposal.understood or not response.lines:
        raise NothingToAccept(row.number)
    loaded = load(session, row.number, Act.BOOK_ANSWER, revision=command.revision)
    now = clock.now()
    told = book_response(session, loaded, response, inbox_id=proposal.inbox_id, actor=actor, now=now)
    move(session, loaded)
    _decide(session, proposal, ProposalState.ACCEPTED, row, actor=actor, clock=clock, why="")
    happened(
        session,
        row,
        Event.ANSWER_BOOKED,
        actor=actor,
        now=now,
        before={"changes": [change_json(change, "before") for change in told]},
        after={"changes": [change_json(change, "after") for change in told]},
        inbox_id=proposal.inbox_id,
    )
    show_card(session, row, now=now)
    return AnswerDecided(order_values(session, [row])[0], proposal.state)


def refuse_answer(session: Session, command: RefuseAnswer, *, actor: Actor, clock: Clock) -> AnswerDecided:
    """Keep the order as it is and write to the supplier. Raises NotAllowed, ReasonMissing, OrderAlreadyDecided."""
    require_permission(session, actor, Permission.APPROVE)
    if not command.reason.strip():
        raise ReasonMissing("refuse_answer")
    proposal, row = _pending(session, command.proposal, command.revision)
    loaded = load(session, row.number, Act.BOOK_ANSWER, revision=command.revision)
    for line in row.lines:
        if line.state is LineState.CHANGE_PENDING:
            line.state = LineState.OPEN if line.confirmed_quantity is None else LineState.CONFIRMED
    move(session, loaded)
    _decide(session, proposal, ProposalState.REFUSED, row, actor=actor, clock=clock, why=command.reason.strip())
    happened(
        session,
        row,
        Event.ANSWER_REFUSED,
        actor=actor,
        now=clock.now(),
        reason=command.reason.strip(),
        inbox_id=proposal.inbox_id,
    )
    show_card(session, row, now=clock.now())
    return AnswerDecided(order_values(session, [row])[0], proposal.state)


def _pending(session: Session, proposal_id: int, revision: int) -> tuple[ReplyProposalRow, PurchaseOrderRow]:
    proposal = session.get_one(ReplyProposalRow, proposal_id, with_for_update=True)
    row = session.get_one(PurchaseOrderRow, proposal.order_id, with_for_update=True)
    if proposal.state is not ProposalState.PENDING:
        who = session.get(PersonRow, proposal.decided_by_id) if proposal.decided_by_id else None
        raise OrderAlreadyDecided(row.number, proposal.state.value, who.name if who else None, proposal.decided_at)
    if row.revision != revision:
        name, when = last_decision(session, row.id) or (None, None)
        raise OrderAlreadyDecided(row.number, row.state.value, name, when)
    return proposal, row


def _decide(
    session: Session,
    proposal: ReplyProposalRow,
    state: ProposalState,
    row: PurchaseOrderRow,
    *,
    actor: Actor,
    clock: Clock,
    why: str,
) -> None:
    now = clock.now()
    proposal.state, proposal.decided_by_id, proposal.decided_at = state, actor.person_id, now
    session.flush()
    enqueue(
        session,
        "reply_card",
        f"reply_card:{proposal.id}:{state.value}",
        {"proposal": proposal.id},
        now=now,
        order_id=row.id,
        surface=f"reply:{proposal.id}",
    )
    enqueue(
        session,
        "answer_mail",
        f"answer_mail:{proposal.id}:{state.value}",
        {"order": row.number, "proposal": proposal.id, "is_accepted": state is ProposalState.ACCEPTED, "reason": why},
        now=now,
        order_id=row.id,
    )
