"""Stock: an append-only ledger of moves, and the balance that is its sum."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, RowId, enum_column, key_reference, reference


class MoveKind(StrEnum):
    """Why stock moved."""

    RECEIPT = "receipt"
    SALE = "sale"
    RETURN = "return"
    COUNT = "count"  # a stocktaking corrected the figure
    TRANSFER = "transfer"
    SCRAP = "scrap"


class StockMoveRow(Base):
    """One move in base units, never changed or deleted; `key` makes a second booking of the same thing impossible."""

    __tablename__ = "stock_moves"
    __table_args__ = (CheckConstraint("quantity <> 0", name="quantity"),)

    id: Mapped[RowId]
    product_id: Mapped[int] = reference("products.id")
    location_id: Mapped[int] = reference("locations.id")
    quantity: Mapped[int]
    kind: Mapped[MoveKind] = mapped_column(enum_column(MoveKind))
    moved_at: Mapped[datetime]
    key: Mapped[str] = mapped_column(String(200), unique=True)
    note: Mapped[str] = mapped_column(String(300), default="")
    person_id: Mapped[int | None] = reference("people.id")


class StockBalanceRow(Base):
    """On hand and reserved of one product at one location, kept in the transaction that appends the move."""

    __tablename__ = "stock_balances"

    product_id: Mapped[int] = key_reference("products.id")
    location_id: Mapped[int] = key_reference("locations.id")
    on_hand: Mapped[int]
    reserved: Mapped[int] = mapped_column(default=0)
    counted_at: Mapped[datetime | None]
