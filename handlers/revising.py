"""Revising an order in one go: other quantities, another day of delivery, and why. What the plan proposed is remembered beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from handlers.house import House
from handlers.loading import load, require_permission
from handlers.purchasing import AdoptProposal, ChangeOrder, Drafted, EditLine, adopt, change, edit_line
from orders.clock import Clock
from orders.people import Actor, Permission
from orders.purchase import OrderState
from orders.refusals import LineNotFound, QuantityImpossible, Refusal
from orders.states import Act


class ChangeReasonMissing(Refusal):
    """Another quantity than the plan proposed needs a reason: it is shown when the same is proposed again."""

    code = "change-reason-missing"

    def __init__(self, number: str) -> None:
        super().__init__(number=number)


class LineQuantityImpossible(Refusal):
    """One line of several has a quantity that nobody can order; `line` is its number."""

    code = "line-quantity-impossible"

    def __init__(self, line: int, quantity: int, why: str) -> None:
        super().__init__(line=line, quantity=quantity, why=why)
        self.line = line


@dataclass(frozen=True, slots=True)
class ReviseOrder:
    """Quantities by line, 0 takes the line out; a line that is not named and a day that is None stay as they are."""

    order: str
    revision: int
    quantities: Mapping[int, int] = field(default_factory=dict)
    delivery_date: date | None = None
    reason: str = ""


def revise(session: Session, command: ReviseOrder, *, actor: Actor, clock: Clock, house: House) -> Drafted:
    """Carry out what differs, line by line, all of it or nothing; a proposal becomes a draft, an approval is void.

    Raises ChangeReasonMissing, LineQuantityImpossible, and the refusals of `edit_line` and `change`. Nothing is written when
    nothing differs.
    """
    require_permission(session, actor, Permission.DRAFT)
    loaded = load(session, command.order, Act.EDIT, revision=command.revision)
    standing = {line.line: line for line in loaded.row.lines}
    unknown = sorted(set(command.quantities) - set(standing))
    if unknown:
        raise LineNotFound(command.order, unknown[0])
    changed = {
        number: quantity for number, quantity in command.quantities.items() if quantity != standing[number].quantity
    }
    proposed = {number: standing[number].proposed_quantity for number in changed}
    if not command.reason.strip() and any(proposed[number] not in {None, changed[number]} for number in changed):
        raise ChangeReasonMissing(command.order)
    is_moved = command.delivery_date not in {None, loaded.row.delivery_date}
    done = Drafted(loaded.order)
    if (changed or is_moved) and loaded.order.state is OrderState.PROPOSED:
        done = adopt(session, AdoptProposal(command.order), actor=actor, clock=clock, house=house)
    for number, quantity in sorted(changed.items()):
        edit = EditLine(command.order, number, quantity=quantity, reason=command.reason.strip())
        try:
            done = edit_line(session, edit, actor=actor, clock=clock, house=house)
        except QuantityImpossible as refusal:
            raise LineQuantityImpossible(number, quantity, str(refusal.facts["why"])) from refusal
    if is_moved:
        move = ChangeOrder(command.order, delivery_date=command.delivery_date)
        done = change(session, move, actor=actor, clock=clock, house=house)
    return done
