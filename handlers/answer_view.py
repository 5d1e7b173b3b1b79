"""What the card of a supplier's answer shows: ordered and answered, findings, the effect on stock, the mail, the decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from handlers.answers import as_understood
from handlers.delivery_effect import DeliveryChange, delivery_effect
from handlers.viewing import MailView, mail_view
from orders.clock import Clock, local_day
from orders.cover import Effect, arrivals_as_answered, arrivals_as_ordered, runs_out_on
from orders.effect import DeliveryEffect
from orders.purchase import LINE_ENDED, Delivery, PurchaseOrder
from orders.reply import LineReading, OrderResponse, Outcome
from orders.stock import StockLevel
from rules.findings import Finding, from_json
from store.queries.orders import order_values
from store.queries.stock import stock_levels
from store.tables.decisions import ProposalState, ReplyProposalRow
from store.tables.people import PersonRow
from store.tables.purchase import PurchaseOrderRow


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did something, and when."""

    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A supplier's answer that waits for a decision, or has had one."""

    id: int
    state: str  # as store.tables.decisions.ProposalState
    order: PurchaseOrder
    response: OrderResponse  # as a person corrected it, else as read
    understood: bool
    mail: MailView
    reasons: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    effects: tuple[Effect, ...] = ()
    delivery: DeliveryEffect | None = None  # what accepting the answer does to stock, by the plan's chances
    corrected: Deed | None = None
    asked: Deed | None = None
    question: str = ""
    decided: Deed | None = None

    @property
    def is_pending(self) -> bool:
        """True while a person must decide."""
        return self.state == ProposalState.PENDING.value

    @property
    def is_booked_alone(self) -> bool:
        """True when the program booked it and nobody has called it wrong."""
        return self.state == ProposalState.BOOKED.value


def proposal_view(session: Session, proposal_id: int, *, clock: Clock, timezone: str) -> ProposalView:
    """A supplier's answer as its card shows it. A decided one shows the order as the answer met it."""
    proposal = session.get_one(ReplyProposalRow, proposal_id)
    row = session.get_one(PurchaseOrderRow, proposal.order_id)
    (order,) = order_values(session, [row])
    response, is_understood = as_understood(proposal)
    is_pending = proposal.state is ProposalState.PENDING
    weighs = is_pending and is_understood
    today = local_day(clock, timezone)
    return ProposalView(
        id=proposal.id,
        state=proposal.state.value,
        order=order,
        response=response,
        understood=is_understood,
        mail=mail_view(session, proposal.inbox_id),
        reasons=tuple(proposal.reasons),
        findings=tuple(from_json(finding) for finding in proposal.findings),
        effects=_effects(session, order, response, today) if weighs else (),
        delivery=_delivery(session, order, response, clock) if weighs else None,
        corrected=_deed(session, proposal.corrected_by_id, proposal.corrected_at),
        asked=_deed(session, proposal.asked_by_id, proposal.asked_at),
        question=proposal.question,
        decided=_decided(session, proposal),
    )


def _decided(session: Session, proposal: ReplyProposalRow) -> Deed | None:
    if proposal.decided_at is None:
        return None
    return _deed(session, proposal.decided_by_id, proposal.decided_at) or Deed("", proposal.decided_at)


def _deed(session: Session, person_id: int | None, at: datetime | None) -> Deed | None:
    if person_id is None or at is None:
        return None
    return Deed(session.get_one(PersonRow, person_id).name, at)


def _delivery(session: Session, order: PurchaseOrder, response: OrderResponse, clock: Clock) -> DeliveryEffect | None:
    """Chances with the order delivered as answered, beside those as it is promised now; None where nothing differs."""
    lines = {line.line: line for line in order.lines}
    answered = {
        each.line: tuple(
            Delivery(part.day, part.quantity) for part in arrivals_as_answered(order, lines[each.line], each)
        )
        for each in response.lines
        if each.line in lines and each.outcome not in {Outcome.ACCEPTED, Outcome.UNMENTIONED}
    }
    if not answered:
        return None
    return delivery_effect(session, DeliveryChange(order.number, deliveries=answered), clock=clock)


def _effects(session: Session, order: PurchaseOrder, response: OrderResponse, today: date) -> tuple[Effect, ...]:
    """Of every line that differs: when its product runs out as ordered, and when as answered."""
    skus = [line.sku for line in order.lines if line.state not in LINE_ENDED]
    levels = {level.sku: level for level in stock_levels(session, skus=skus, location=order.location)}
    found = (_effect(order, reading, levels, today) for reading in response.lines)
    return tuple(effect for effect in found if effect is not None and effect.as_ordered != effect.as_answered)


def _effect(order: PurchaseOrder, reading: LineReading, levels: Mapping[str, StockLevel], today: date) -> Effect | None:
    line = next((each for each in order.lines if each.line == reading.line), None)
    level = levels.get(line.sku) if line is not None else None
    if line is None or level is None or level.outlook is None:
        return None
    demand = level.outlook.demand_per_day
    others = [each for each in level.coming if each.order != order.number]
    as_ordered = [*others, *arrivals_as_ordered(order, line)]
    as_answered = [*others, *arrivals_as_answered(order, line, reading)]
    return Effect(
        line.line,
        runs_out_on(level.available, demand, as_ordered, today),
        runs_out_on(level.available, demand, as_answered, today),
    )
