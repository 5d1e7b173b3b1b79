"""Goods that came in: receipts, their lines and the discrepancies found while counting."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.tables.base import Base, RowId, enum_column, reference


class Discrepancy(StrEnum):
    """How a counted quantity differs from what was expected."""

    NONE = "none"
    SHORT = "short"
    OVER = "over"
    DAMAGED = "damaged"


class ReceiptRow(Base):
    """One delivery, counted by one person; the same delivery note is never booked twice for an order."""

    __tablename__ = "receipts"
    __table_args__ = (UniqueConstraint("order_id", "delivery_note"),)

    id: Mapped[RowId]
    order_id: Mapped[int] = reference("purchase_orders.id")
    delivery_note: Mapped[str] = mapped_column(String(120))
    received_at: Mapped[datetime]
    received_by_id: Mapped[int | None] = reference("people.id")
    note: Mapped[str] = mapped_column(String(500), default="")
    lines: Mapped[list["ReceiptLineRow"]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class ReceiptLineRow(Base):
    """What was counted of one order line: good base units go to stock, damaged ones do not."""

    __tablename__ = "receipt_lines"
    __table_args__ = (
        UniqueConstraint("receipt_id", "order_line_id"),
        CheckConstraint("quantity >= 0", name="quantity"),
        CheckConstraint("damaged >= 0", name="damaged"),
    )

    id: Mapped[RowId]
    receipt_id: Mapped[int] = reference("receipts.id")
    order_line_id: Mapped[int] = reference("purchase_order_lines.id")
    expected: Mapped[int]
    quantity: Mapped[int]
    damaged: Mapped[int] = mapped_column(default=0)
    discrepancy: Mapped[Discrepancy] = mapped_column(enum_column(Discrepancy))
