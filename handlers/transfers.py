"""Transfers between places: kept as the plan wants them, one row a product and place, and booked when they were made."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from uuid import uuid4

import polars as pl
from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session

from handlers.loading import require_permission
from handlers.stock import Move, book_move
from orders.clock import Clock
from orders.people import Actor, Permission
from orders.quantity import require_quantity
from orders.refusals import QuantityImpossible, Refusal
from store.bulk import insert_frame
from store.queries.catalogue import location_row, product_row
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.planning import ProposedTransferRow
from store.tables.stock import MoveKind, StockBalanceRow, StockMoveRow

UNSEEN = timedelta(minutes=1)  # a move may be committed a little after its moment
_ROW = {
    "product_id": pl.Int64,
    "source_id": pl.Int64,
    "location_id": pl.Int64,
    "quantity": pl.Int64,
    "reason": pl.String,
}


def keep_transfers(session: Session, full: pl.DataFrame, *, read_at: datetime) -> int:
    """Bring the proposed transfers to this plan; returns how many there are.

    What was moved since the store was read waits a run: the plan does not know of it, and would have it moved twice.
    """
    moved = session.execute(
        select(StockMoveRow.product_id, StockMoveRow.location_id)
        .where(
            StockMoveRow.kind == MoveKind.TRANSFER, StockMoveRow.moved_at >= read_at - UNSEEN, StockMoveRow.quantity > 0
        )
        .distinct()
    ).all()
    places = pl.DataFrame(moved, schema={"product_id": pl.Int64, "location_id": pl.Int64}, orient="row")
    wanted = _wanted(full).join(places, on=["product_id", "location_id"], how="anti", maintain_order="left")
    row = ProposedTransferRow
    kept = pl.DataFrame(
        session.execute(
            select(row.product_id, row.source_id, row.location_id, row.quantity, row.reason).order_by(row.id)
        ).all(),
        schema=_ROW,
        orient="row",
    )
    left = kept.join(places, on=["product_id", "location_id"], how="semi", maintain_order="left")
    wanted = pl.concat([wanted, left])
    if not kept.equals(wanted):
        session.execute(delete(ProposedTransferRow))
        insert_frame(session, cast("Table", ProposedTransferRow.__table__), wanted)
    return wanted.height


def _wanted(full: pl.DataFrame) -> pl.DataFrame:
    if full.is_empty():
        return pl.DataFrame(schema=_ROW)
    return full.filter(pl.col("transfer_quantity").floor() > 0).select(
        pl.col("sku").cast(pl.Int64).alias("product_id"),
        pl.col("supplied_from").cast(pl.Int64).alias("source_id"),
        pl.col("location").cast(pl.Int64).alias("location_id"),
        pl.col("transfer_quantity").floor().cast(pl.Int64).alias("quantity"),
        "reason",
    )


@dataclass(frozen=True, slots=True)
class MoveStock:
    """Base units of a product that were moved from one location to another."""

    sku: str
    source: str
    location: str
    quantity: int


@dataclass(frozen=True, slots=True)
class CarryOutTransfer:
    """A proposed transfer was carried out as it was shown."""

    transfer: int
    quantity: int


class TransferGone(Refusal):
    """The proposed transfer is no longer there as it was shown: carried out by somebody, or computed anew."""

    code = "transfer-gone"

    def __init__(self) -> None:
        super().__init__()


class StockTooLow(Refusal):
    """More is to be moved than lies there."""

    code = "stock-too-low"

    def __init__(self, sku: str, location: str, on_hand: int, quantity: int) -> None:
        super().__init__(sku=sku, location=location, on_hand=on_hand, quantity=quantity)


def move_stock(session: Session, command: MoveStock, *, actor: Actor, clock: Clock) -> MoveStock:
    """Book both moves, and take what was moved off the proposal that stands for it.

    Raises NotAllowed, ProductNotFound, LocationNotFound, QuantityImpossible, StockTooLow.
    """
    require_permission(session, actor, Permission.RECEIVE)
    require_quantity(command.quantity)
    product = product_row(session, command.sku)
    source, place = location_row(session, command.source), location_row(session, command.location)
    if source.id == place.id:
        raise QuantityImpossible(command.quantity, "same-place")
    there = session.get(StockBalanceRow, (product.id, source.id), with_for_update=True)
    if there is None or there.on_hand < command.quantity:
        raise StockTooLow(product.sku, source.code, there.on_hand if there else 0, command.quantity)
    now = clock.now()
    key, note = f"transfer:{uuid4()}", f"{source.code} → {place.code}"
    for where, amount in ((source.id, -command.quantity), (place.id, command.quantity)):
        move = Move(product.id, where, amount, MoveKind.TRANSFER, f"{key}:{where}", note)
        book_move(session, move, actor=actor, now=now)
    proposed = session.scalar(
        select(ProposedTransferRow).where(
            ProposedTransferRow.product_id == product.id,
            ProposedTransferRow.location_id == place.id,
            ProposedTransferRow.source_id == source.id,
        )
    )
    if proposed is not None and proposed.quantity > command.quantity:
        proposed.quantity -= command.quantity
    elif proposed is not None:
        session.delete(proposed)
    session.flush()
    return command


def carry_out_transfer(session: Session, command: CarryOutTransfer, *, actor: Actor, clock: Clock) -> MoveStock:
    """Book a proposed transfer, once. Raises TransferGone and the refusals of `move_stock`."""
    row = session.scalar(
        select(ProposedTransferRow).where(ProposedTransferRow.id == command.transfer).with_for_update()
    )
    if row is None or row.quantity != command.quantity:
        raise TransferGone
    product = session.get_one(ProductRow, row.product_id)
    source, place = session.get_one(LocationRow, row.source_id), session.get_one(LocationRow, row.location_id)
    move = MoveStock(product.sku, source.code, place.code, row.quantity)
    return move_stock(session, move, actor=actor, clock=clock)
