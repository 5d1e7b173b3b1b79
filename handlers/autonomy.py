"""The ladder of autonomy over the store: what people decided so far, what a person ruled, and what may be booked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from handlers.house import House
from handlers.loading import require_permission
from orders.answer_sorts import EARNABLE, AnswerSort
from orders.autonomy import TRIALS_KEPT, Autonomy, Ruling, Rung, Standing, Trial, standing
from orders.booking_terms import BookingTerms
from orders.clock import Clock
from orders.people import Actor, Permission
from orders.refusals import Refusal
from orders.tolerance import tolerances
from store.queries.catalogue import supplier_row
from store.tables.decisions import AutonomyRulingRow, ReplyProposalRow
from store.tables.purchase import PurchaseOrderRow
from store.tables.suppliers import SupplierRow

CLIMBING = (AnswerSort.ACCEPTED, *EARNABLE)
_MOST_TRIALS = 20_000
_EVERY_TRIAL = (
    select(
        PurchaseOrderRow.supplier_id,
        ReplyProposalRow.sort,
        ReplyProposalRow.agreed,
        ReplyProposalRow.is_automatic,
        ReplyProposalRow.decided_at,
        ReplyProposalRow.corrected_at,
    )
    .join(PurchaseOrderRow, PurchaseOrderRow.id == ReplyProposalRow.order_id)
    .where(ReplyProposalRow.agreed.is_not(None), ReplyProposalRow.sort.in_([sort.value for sort in CLIMBING]))
    .order_by(ReplyProposalRow.id.desc())
    .limit(_MOST_TRIALS)
)
_TRIALS_OF = _EVERY_TRIAL.where(PurchaseOrderRow.supplier_id == bindparam("supplier")).limit(TRIALS_KEPT)
_RULED = select(AutonomyRulingRow.rung, AutonomyRulingRow.ruled_at).where(
    AutonomyRulingRow.supplier_id == bindparam("supplier"), AutonomyRulingRow.sort == bindparam("sort_of")
)


class NeverByItself(Refusal):
    """Answers of this sort are a person's business, whatever anybody rules."""

    code = "never-by-itself"

    def __init__(self, sort: str) -> None:
        super().__init__(sort=sort)


@dataclass(frozen=True, slots=True)
class RuleAutonomy:
    """Grant automatic booking, hold a sort in shadow, or (None) leave it to the bar again."""

    supplier: str
    sort: AnswerSort
    rung: Rung | None


@dataclass(frozen=True, slots=True)
class SupplierStanding:
    """One supplier's place on the ladder for one sort."""

    supplier: str
    name: str
    standing: Standing


def rule_autonomy(session: Session, command: RuleAutonomy, *, actor: Actor, clock: Clock, house: House) -> Standing:
    """Set a person's ruling. Raises NotAllowed, SupplierNotFound, NeverByItself."""
    require_permission(session, actor, Permission.APPROVE)
    supplier = supplier_row(session, command.supplier)
    if command.sort not in CLIMBING:
        raise NeverByItself(command.sort.value)
    row = session.scalar(
        select(AutonomyRulingRow).where(
            AutonomyRulingRow.supplier_id == supplier.id, AutonomyRulingRow.sort == command.sort.value
        )
    )
    if command.rung is None:
        if row is not None:
            session.delete(row)
    else:
        row = row or AutonomyRulingRow(supplier_id=supplier.id, sort=command.sort.value)
        row.rung, row.who, row.ruled_at = command.rung.value, actor.name, clock.now()
        session.add(row)
    session.flush()
    known = _trials(session, supplier.id)
    return standing(command.sort, known[supplier.id, command.sort], _ruling(row, command.rung), house.shop.autonomy)


def standings(session: Session, autonomy: Autonomy) -> tuple[SupplierStanding, ...]:
    """Every supplier's place for every sort that was seen or ruled on, by supplier."""
    trials, rulings = _trials(session), _rulings(session)
    suppliers = {row.id: row for row in session.scalars(select(SupplierRow))}
    keys = {key for key in (*trials, *rulings) if key[1] in CLIMBING}
    order = {sort: at for at, sort in enumerate(CLIMBING)}
    return tuple(
        SupplierStanding(
            suppliers[supplier].code,
            suppliers[supplier].name,
            standing(sort, trials.get((supplier, sort), ()), rulings.get((supplier, sort)), autonomy),
        )
        for supplier, sort in sorted(keys, key=lambda key: (suppliers[key[0]].code, order[key[1]]))
    )


def booking_terms(session: Session, house: House) -> BookingTerms:
    """What may be booked with nobody looking: tolerances from the rulebook's settings, sorts from the ladder."""
    allowed: dict[str, set[AnswerSort]] = {}
    for each in standings(session, house.shop.autonomy):
        sorts = allowed.setdefault(each.supplier, {AnswerSort.ACCEPTED})
        (sorts.add if each.standing.may_book else sorts.discard)(each.standing.sort)
    settings = {name: setting.value for name, setting in house.rulebook.settings.items()}
    return BookingTerms(tolerances(settings), {code: frozenset(sorts) for code, sorts in allowed.items()})


def may_book_alone(session: Session, supplier_id: int, sort: AnswerSort, autonomy: Autonomy) -> bool:
    """Whether the ladder allows it at this very moment."""
    row = session.execute(_RULED, {"supplier": supplier_id, "sort_of": sort.value}).one_or_none()
    ruling = None if row is None else Ruling(Rung(row.rung), row.ruled_at)
    return standing(sort, _trials(session, supplier_id)[supplier_id, sort], ruling, autonomy).may_book


_Key = tuple[int, AnswerSort]


def _trials(session: Session, supplier_id: int | None = None) -> Mapping[_Key, list[Trial]]:
    """Judged answers of the ladder's sorts, oldest first."""
    query = _EVERY_TRIAL if supplier_id is None else _TRIALS_OF
    found: dict[_Key, list[Trial]] = defaultdict(list)
    for supplier, sort, agreed, is_automatic, decided_at, corrected_at in session.execute(
        query, {"supplier": supplier_id}
    ):
        at = max(each for each in (decided_at, corrected_at) if each is not None)
        found[supplier, AnswerSort(sort)].append(Trial(bool(agreed), at, was_booked=is_automatic))
    return defaultdict(list, {key: sorted(trials, key=lambda each: each.at) for key, trials in found.items()})


def _rulings(session: Session) -> Mapping[_Key, Ruling]:
    rows: Iterable[AutonomyRulingRow] = session.scalars(select(AutonomyRulingRow))
    return {(row.supplier_id, AnswerSort(row.sort)): Ruling(Rung(row.rung), row.ruled_at) for row in rows}


def _ruling(row: AutonomyRulingRow | None, rung: Rung | None) -> Ruling | None:
    return None if row is None or rung is None else Ruling(rung, row.ruled_at)
