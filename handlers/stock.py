"""Stock: appends moves to the ledger and keeps the balance beside it; counts correct, checks re-derive."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from handlers.loading import require_permission
from orders.clock import Clock
from orders.people import Actor, Permission
from store.queries.catalogue import location_row, product_row
from store.tables.stock import MoveKind, StockBalanceRow, StockMoveRow


@dataclass(frozen=True, slots=True)
class Move:
    """One move in base units; `key` makes booking it a second time impossible."""

    product_id: int
    location_id: int
    quantity: int
    kind: MoveKind
    key: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CountStock:
    """What was counted of a product at a location."""

    sku: str
    location: str
    counted: int
    key: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Drift:
    """A balance that is not the sum of its moves."""

    product_id: int
    location_id: int
    balance: int
    ledger: int


def book_move(session: Session, move: Move, *, actor: Actor, now: datetime) -> bool:
    """Append a move and add it to the balance; False when this key is booked already."""
    if session.scalar(select(StockMoveRow.id).where(StockMoveRow.key == move.key)) is not None:
        return False
    balance = _balance(session, move.product_id, move.location_id)
    balance.on_hand += move.quantity
    session.add(
        StockMoveRow(
            product_id=move.product_id,
            location_id=move.location_id,
            quantity=move.quantity,
            kind=move.kind,
            moved_at=now,
            key=move.key,
            note=move.note,
            person_id=actor.person_id,
        )
    )
    session.flush()
    return True


def count(session: Session, command: CountStock, *, actor: Actor, clock: Clock) -> int:
    """Correct stock to what was counted; returns the correction in base units, 0 when it agreed.

    Raises NotAllowed, ProductNotFound, LocationNotFound.
    """
    require_permission(session, actor, Permission.COUNT)
    product, place = product_row(session, command.sku), location_row(session, command.location)
    balance = _balance(session, product.id, place.id)
    correction = command.counted - balance.on_hand
    balance.counted_at = clock.now()
    if correction:
        correcting = Move(product.id, place.id, correction, MoveKind.COUNT, command.key, command.note)
        book_move(session, correcting, actor=actor, now=clock.now())
    return correction


def drifts(session: Session) -> tuple[Drift, ...]:
    """Every balance that differs from the sum of its moves: an empty answer is what a healthy store gives."""
    ledger = {
        (product, place): int(total)
        for product, place, total in session.execute(
            select(StockMoveRow.product_id, StockMoveRow.location_id, func.sum(StockMoveRow.quantity)).group_by(
                StockMoveRow.product_id, StockMoveRow.location_id
            )
        )
    }
    balances = {(row.product_id, row.location_id): row.on_hand for row in session.scalars(select(StockBalanceRow))}
    return tuple(
        Drift(product, place, balances.get((product, place), 0), ledger.get((product, place), 0))
        for product, place in sorted(balances.keys() | ledger.keys())
        if balances.get((product, place), 0) != ledger.get((product, place), 0)
    )


def mend(session: Session, drift: Drift) -> None:
    """Set a balance to what its ledger says."""
    _balance(session, drift.product_id, drift.location_id).on_hand = drift.ledger


def _balance(session: Session, product_id: int, location_id: int) -> StockBalanceRow:
    balance = session.get(StockBalanceRow, (product_id, location_id), with_for_update=True)
    if balance is None:
        balance = StockBalanceRow(product_id=product_id, location_id=location_id, on_hand=0, reserved=0)
        session.add(balance)
        session.flush()
    return balance
