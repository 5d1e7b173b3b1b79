"""Drafting purchase orders: draft, adopt a proposal, edit, submit for approval, withdraw."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from handlers.announcing import happened, show_card, show_plan_picture
from handlers.house import House
from handlers.judging import judge_order
from handlers.learning import remember_change
from handlers.loading import Loaded, load, move, require_permission
from handlers.voiding import void_approvals
from orders.clock import Clock
from orders.events import Event
from orders.people import Actor, Permission
from orders.purchase import OrderState, PurchaseOrder, content_hash
from orders.quantity import require_quantity
from orders.refusals import Refusal
from orders.reply import day_text, decimal_text
from orders.states import Act
from rules.findings import Finding, blocking
from store.numbers import next_order_number
from store.queries.catalogue import location_row, product_row, supplier_row, term_row
from store.queries.orders import order_values
from store.tables.purchase import PurchaseOrderLineRow, PurchaseOrderRow

MOST_PRICE = Decimal(10**9)  # for one base unit
PRICE_PLACES = 6  # as many as the store keeps


class PriceImpossible(Refusal):
    """A price that cannot be ordered at."""

    code = "price-impossible"

    def __init__(self, price: object) -> None:
        super().__init__(price=price)


class OrderBlocked(Refusal):
    """Rules forbid this order as it stands; `findings` says why and what to do."""

    code = "order-blocked"

    def __init__(self, number: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(number=number, findings=findings)
        self.findings = findings


@dataclass(frozen=True, slots=True)
class WantedLine:
    """A product and how much of it, in base units; the price is the supplier's own unless one is given."""

    sku: str
    quantity: int
    unit_price: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DraftOrder:
    """Draft an order to one supplier for one location."""

    supplier: str
    location: str
    lines: tuple[WantedLine, ...]
    delivery_date: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class EditLine:
    """Set a line's quantity or price; quantity 0 removes the line. None leaves a figure as it is."""

    order: str
    line: int
    quantity: int | None = None
    unit_price: Decimal | None = None
    reason: str = ""
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class AddLine:
    """Add a product to a draft."""

    order: str
    wanted: WantedLine
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeOrder:
    """Set when an order shall arrive, or the note on it. None leaves what is there."""

    order: str
    delivery_date: date | None = None
    note: str | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class SubmitOrder:
    """Ask for approval of exactly the present content."""

    order: str
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class WithdrawOrder:
    """Take an order back from its approvers."""

    order: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AdoptProposal:
    """Take a computed proposal over as a draft of one's own."""

    order: str
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """The order after the act, and what the rules say of it."""

    order: PurchaseOrder
    findings: tuple[Finding, ...] = ()


def draft(session: Session, command: DraftOrder, *, actor: Actor, clock: Clock, house: House) -> Drafted:
    """Write a new draft with the supplier's codes, packs and prices filled in from its terms.

    Raises NotAllowed, SupplierNotFound, LocationNotFound, ProductNotFound, QuantityImpossible.
    """
    require_permission(session, actor, Permission.DRAFT)
    now = clock.now()
    supplier = supplier_row(session, command.supplier)
    row = PurchaseOrderRow(
        number=str(next_order_number(session, now.year)),
        supplier_id=supplier.id,
        location_id=location_row(session, command.location).id,
        state=OrderState.DRAFT,
        currency=supplier.currency,
        delivery_date=command.delivery_date,
        note=command.note,
        requested_by_id=actor.person_id,
        created_at=now,
        revision=1,
        lines=[],
    )
    session.add(row)
    for wanted in command.lines:
        row.lines.append(_line(session, row, wanted))
    happened(session, row, Event.ORDER_DRAFTED, actor=actor, now=now, after={"lines": len(row.lines)})
    return _judged(session, row, now=now, house=house)


def add_line(session: Session, command: AddLine, *, actor: Actor, clock: Clock, house: House) -> Drafted:
    """Add a product to an order that is not out yet; an approval that it had is void. Refusals as in `draft`."""
    require_permission(session, actor, Permission.DRAFT)
    loaded = load(session, command.order, Act.EDIT, revision=command.revision)
    line = _line(session, loaded.row, command.wanted)
    loaded.row.lines.append(line)
    _edited(session, loaded, actor=actor, now=clock.now())
    after = {"line": line.line, "sku": command.wanted.sku, "quantity": line.quantity}
    happened(session, loaded.row, Event.LINE_ADDED, actor=actor, now=clock.now(), after=after)
    return _judged(session, loaded.row, now=clock.now(), house=house)


def edit_line(session: Session, command: EditLine, *, actor: Actor, clock: Clock, house: House) -> Drafted:
    """Change or remove a line of an order that is not out yet; an approval that it had is void.

    Raises NotAllowed, OrderNotFound, LineNotFound, OrderAlreadyDecided, ActForbidden, QuantityImpossible.
    """
    require_permission(session, actor, Permission.DRAFT)
    loaded = load(session, command.order, Act.EDIT, revision=command.revision)
    known = loaded.order.line_at(command.line)
    line = next(each for each in loaded.row.lines if each.line == command.line)
    if command.quantity:
        require_quantity(command.quantity)
    _require_price(command.unit_price)
    before = {"line": line.line, "sku": known.sku, "quantity": line.quantity, "price": decimal_text(line.unit_price)}
    event = Event.LINE_CHANGED
    if command.quantity is not None:
        remember_change(session, loaded.row, line, command.quantity, command.reason, actor=actor, now=clock.now())
    if command.quantity == 0:
        loaded.row.lines.remove(line)
        event = Event.LINE_REMOVED
    line.quantity = line.quantity if command.quantity is None else command.quantity
    line.unit_price = line.unit_price if command.unit_price is None else command.unit_price
    _edited(session, loaded, actor=actor, now=clock.now())
    after = before | {"quantity": line.quantity, "price": decimal_text(line.unit_price)}
    happened(
        session, loaded.row, event, actor=actor, now=clock.now(), before=before, after=after, reason=command.reason
    )
    return _judged(session, loaded.row, now=clock.now(), house=house)


def change(session: Session, command: ChangeOrder, *, actor: Actor, clock: Clock, house: House) -> Drafted:
    """Set the day of delivery or the note of an order that is not out yet; an approval that it had is void.

    Raises NotAllowed, OrderNotFound, OrderAlreadyDecided, ActForbidden.
    """
    require_permission(session, actor, Permission.DRAFT)
    loaded = load(session, command.order, Act.EDIT, revision=command.revision)
    row = loaded.row
    before = {"delivery_date": day_text(row.delivery_date), "note": row.note}
    row.delivery_date = row.delivery_date if command.delivery_date is None else command.delivery_date
    row.note = row.note if command.note is None else command.note
    _edited(session, loaded, actor=actor, now=clock.now())
    after = {"delivery_date": day_text(row.delivery_date), "note": row.note}
    happened(session, row, Event.ORDER_CHANGED, actor=actor, now=clock.now(), before=before, after=after)
    return _judged(session, row, now=clock.now(), house=house)


def adopt(session: Session, command: AdoptProposal, *, actor: Actor, clock: Clock, house: House) -> Drafted:
    """Make a proposal a draft that the plan no longer changes. Raises NotAllowed, OrderNotFound, ActForbidden."""
    require_permission(session, actor, Permission.DRAFT)
    loaded = load(session, command.order, Act.ADOPT, revision=command.revision)
    loaded.row.requested_by_id = actor.person_id
    move(session, loaded)
    happened(session, loaded.row, Event.PROPOSAL_ADOPTED, actor=actor, now=clock.now())
    return _judged(session, loaded.row, now=clock.now(), house=house)


def submit(session: Session, command: SubmitOrder, *, actor: Actor, clock: Clock, house: House) -> Drafted:
    """Freeze the content and put the card before the approvers.

    Raises OrderBlocked when a rule forbids the order as it stands, and the refusals of loading.
    """
    require_permission(session, actor, Permission.DRAFT)
    loaded = load(session, command.order, Act.SUBMIT, revision=command.revision)
    now = clock.now()
    if loaded.row.requested_by_id is None:
        loaded.row.requested_by_id = actor.person_id
    loaded.row.submitted_at = now
    loaded.row.content_hash = content_hash(loaded.order)
    move(session, loaded)
    judged = _judged(session, loaded.row, now=now, house=house)
    stopping = blocking(judged.findings, actor.roles)
    if stopping:
        raise OrderBlocked(command.order, stopping)
    happened(session, loaded.row, Event.ORDER_SUBMITTED, actor=actor, now=now)
    show_card(session, loaded.row, now=now)
    show_plan_picture(session, loaded.row, now=now)
    return judged


def withdraw(session: Session, command: WithdrawOrder, *, actor: Actor, clock: Clock) -> Drafted:
    """Take an order back to draft; who approved it already is asked again. Raises NotAllowed, OrderNotFound, ActForbidden."""
    require_permission(session, actor, Permission.DRAFT)
    loaded = load(session, command.order, Act.WITHDRAW)
    now = clock.now()
    void_approvals(session, loaded.row, now=now)
    move(session, loaded)
    happened(session, loaded.row, Event.ORDER_WITHDRAWN, actor=actor, now=now, reason=command.reason)
    show_card(session, loaded.row, now=now)
    return Drafted(order_values(session, [loaded.row])[0])


def _line(session: Session, order: PurchaseOrderRow, wanted: WantedLine) -> PurchaseOrderLineRow:
    require_quantity(wanted.quantity)
    _require_price(wanted.unit_price)
    product = product_row(session, wanted.sku)
    term = term_row(session, order.supplier_id, product.id)
    price = wanted.unit_price if wanted.unit_price is not None else (term.unit_price if term else None)
    return PurchaseOrderLineRow(
        line=max((each.line for each in order.lines), default=0) + 1,
        product_id=product.id,
        supplier_code=term.supplier_code if term else None,
        description=product.name,
        quantity=wanted.quantity,
        pack_size=term.pack_size if term else 1,
        unit_price=price,
        reason=wanted.reason,
        received=0,
        deliveries=[],
    )


def _require_price(price: Decimal | None) -> None:
    """Raise PriceImpossible for what no supplier asks: below zero, absurdly high, or finer than is kept."""
    if price is not None and (not 0 <= price <= MOST_PRICE or price != round(price, PRICE_PLACES)):
        raise PriceImpossible(price)


def _edited(session: Session, loaded: Loaded, *, actor: Actor, now: datetime) -> None:
    """Bring the order back to draft; whoever approved it approved something else."""
    was_out = loaded.order.state in {OrderState.AWAITING_APPROVAL, OrderState.APPROVED}
    move(session, loaded)
    void_approvals(session, loaded.row, now=now)
    if was_out:
        happened(session, loaded.row, Event.APPROVAL_VOIDED, actor=actor, now=now)
        show_card(session, loaded.row, now=now)


def _judged(session: Session, row: PurchaseOrderRow, *, now: datetime, house: House) -> Drafted:
    session.flush()
    order = order_values(session, [row])[0]
    return Drafted(order, judge_order(session, row, order, now=now, house=house))
