"""A manager decides on a supplier's answer: accept it, accept a part of it, or refuse it and let the order stand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from handlers.announcing import happened, show_card, show_proposal
from handlers.booking import book_response, restore_lines
from handlers.loading import load, move, require_permission
from handlers.proposing import both_sides, pending_proposals
from orders.clock import Clock
from orders.events import Event
from orders.people import Actor, Permission
from orders.purchase import PurchaseOrder
from orders.refusals import OrderAlreadyDecided, ReasonMissing, Refusal
from orders.reply import OrderResponse, Outcome, response_from_json
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


class SubstituteNotBookable(Refusal):
    """Another article cannot be booked on the ordered one's line: refuse the line, and order the article by itself."""

    code = "substitute-not-bookable"

    def __init__(self, number: str, line: int) -> None:
        super().__init__(number=number, line=line)


@dataclass(frozen=True, slots=True)
class AcceptAnswer:
    """Book a supplier's answer as it stands on the card; `revision` is the order's when the card was made."""

    proposal: int
    revision: int


@dataclass(frozen=True, slots=True)
class AcceptPart:
    """Book only these lines of the answer; of the others the order stands, and the supplier is told so."""

    proposal: int
    revision: int
    lines: tuple[int, ...]
    note: str = ""


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
    """Book the answer, confirm it to the supplier by mail.

    Raises NotAllowed, OrderAlreadyDecided, NothingToAccept, SubstituteNotBookable.
    """
    require_permission(session, actor, Permission.APPROVE)
    proposal, row = waiting_proposal(session, command.proposal, command.revision)
    response = acceptable(proposal, row)
    return _accept(session, proposal, row, response, mentioned(response), "", actor=actor, clock=clock)


def accept_part(session: Session, command: AcceptPart, *, actor: Actor, clock: Clock) -> AnswerDecided:
    """Book some lines; all of them is the same as AcceptAnswer.

    Raises NotAllowed, OrderAlreadyDecided, NothingToAccept (also when no line is chosen), SubstituteNotBookable.
    """
    require_permission(session, actor, Permission.APPROVE)
    proposal, row = waiting_proposal(session, command.proposal, command.revision)
    response = acceptable(proposal, row, chosen=command.lines)
    chosen = [line for line in mentioned(response) if line in command.lines]
    if not chosen:
        raise NothingToAccept(row.number)
    part = replace(response, lines=tuple(reading for reading in response.lines if reading.line in chosen))
    return _accept(session, proposal, row, part, chosen, command.note.strip(), actor=actor, clock=clock)


def _accept(
    session: Session,
    proposal: ReplyProposalRow,
    row: PurchaseOrderRow,
    part: OrderResponse,
    lines: Sequence[int],
    note: str,
    *,
    actor: Actor,
    clock: Clock,
) -> AnswerDecided:
    now = clock.now()
    others = [line for line in mentioned(_whole(proposal)) if line not in lines]
    loaded = load(session, row.number, Act.BOOK_ANSWER)
    told = book_response(session, loaded, part, inbox_id=proposal.inbox_id, actor=actor, now=now)
    restore_lines(session, row, free_lines(session, proposal, mentioned(_whole(proposal))))
    move(session, loaded)
    state = ProposalState.PARTLY if others else ProposalState.ACCEPTED
    _decide(session, proposal, state, row, actor=actor, clock=clock)
    event = Event.ANSWER_PARTLY_BOOKED if others else Event.ANSWER_BOOKED
    before, after = both_sides(told)
    happened(
        session,
        row,
        event,
        actor=actor,
        now=now,
        before=before,
        after=after,
        reason=note,
        inbox_id=proposal.inbox_id,
    )
    show_card(session, row, now=now)
    _write(session, proposal, row, {"lines": list(lines), "others": others, "reason": note}, clock=clock)
    return AnswerDecided(order_values(session, [row])[0], proposal.state)


def refuse_answer(session: Session, command: RefuseAnswer, *, actor: Actor, clock: Clock) -> AnswerDecided:
    """Keep the order as it is and write to the supplier. Raises NotAllowed, ReasonMissing, OrderAlreadyDecided."""
    require_permission(session, actor, Permission.APPROVE)
    reason = command.reason.strip()
    if not reason:
        raise ReasonMissing("refuse_answer")
    proposal, row = waiting_proposal(session, command.proposal, command.revision)
    restore_lines(session, row, free_lines(session, proposal, mentioned(_whole(proposal))))
    row.revision += 1  # the state stays: an answer that comes after the order's end is refused like any other
    _decide(session, proposal, ProposalState.REFUSED, row, actor=actor, clock=clock)
    now = clock.now()
    happened(session, row, Event.ANSWER_REFUSED, actor=actor, now=now, reason=reason, inbox_id=proposal.inbox_id)
    show_card(session, row, now=now)
    _write(session, proposal, row, {"lines": [], "others": [], "reason": reason}, clock=clock)
    return AnswerDecided(order_values(session, [row])[0], proposal.state)


def free_lines(session: Session, proposal: ReplyProposalRow, lines: Sequence[int]) -> set[int]:
    """Those lines that no other answer waits for a decision on."""
    others = (each for each in pending_proposals(session, proposal.order_id) if each.id != proposal.id)
    return set(lines) - {line for each in others for line in mentioned(_whole(each))}


def waiting_proposal(session: Session, proposal_id: int, revision: int) -> tuple[ReplyProposalRow, PurchaseOrderRow]:
    """An answer that waits, and its order, both locked; raises OrderAlreadyDecided naming who was first, and when."""
    proposal = session.get_one(ReplyProposalRow, proposal_id, with_for_update=True)
    row = session.get_one(PurchaseOrderRow, proposal.order_id, with_for_update=True)
    if proposal.state is not ProposalState.PENDING:
        who = session.get(PersonRow, proposal.decided_by_id) if proposal.decided_by_id else None
        raise OrderAlreadyDecided(row.number, proposal.state.value, who.name if who else None, proposal.decided_at)
    refuse_stale(session, row, revision)
    return proposal, row


def refuse_stale(session: Session, row: PurchaseOrderRow, revision: int) -> None:
    """Raise OrderAlreadyDecided when the person saw the order at another revision than it has now."""
    if row.revision != revision:
        name, when = last_decision(session, row.id) or (None, None)
        raise OrderAlreadyDecided(row.number, row.state.value, name, when)


def as_understood(proposal: ReplyProposalRow) -> tuple[OrderResponse, bool]:
    """The answer as it now stands, a person's correction before the program's reading; and whether it is understood."""
    is_corrected = proposal.corrected is not None
    return response_from_json(proposal.corrected or proposal.response), is_corrected or proposal.understood


def _whole(proposal: ReplyProposalRow) -> OrderResponse:
    return as_understood(proposal)[0]


def acceptable(
    proposal: ReplyProposalRow, row: PurchaseOrderRow, *, chosen: Collection[int] | None = None
) -> OrderResponse:
    """The answer, when its figures (of the chosen lines) can be booked; raises NothingToAccept, SubstituteNotBookable."""
    response, is_understood = as_understood(proposal)
    if not is_understood or not response.lines:
        raise NothingToAccept(row.number)
    for reading in response.lines:
        if reading.outcome is Outcome.SUBSTITUTED and (chosen is None or reading.line in chosen):
            raise SubstituteNotBookable(row.number, reading.line)
    return response


def mentioned(response: OrderResponse) -> list[int]:
    """Numbers of the lines of which the answer says something."""
    return [reading.line for reading in response.lines if reading.outcome is not Outcome.UNMENTIONED]


def _decide(
    session: Session,
    proposal: ReplyProposalRow,
    state: ProposalState,
    row: PurchaseOrderRow,
    *,
    actor: Actor,
    clock: Clock,
) -> None:
    """Close the proposal. Only an answer that is booked just as it was read speaks for the reading."""
    now = clock.now()
    proposal.state, proposal.decided_by_id, proposal.decided_at = state, actor.person_id, now
    if proposal.agreed is None:
        proposal.agreed = state is ProposalState.ACCEPTED and proposal.corrected is None
    show_proposal(session, proposal, row, now=now)


def _write(
    session: Session, proposal: ReplyProposalRow, row: PurchaseOrderRow, facts: dict[str, object], *, clock: Clock
) -> None:
    """Tell the supplier what became of its answer."""
    enqueue(
        session,
        "answer_mail",
        f"answer_mail:{proposal.id}:{proposal.state.value}",
        {"order": row.number, "proposal": proposal.id, "verdict": proposal.state.value, **facts},
        now=clock.now(),
        order_id=row.id,
    )
