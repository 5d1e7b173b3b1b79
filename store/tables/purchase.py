"""Purchase orders: header, lines, and what suppliers confirmed and promised."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from orders.purchase import LineState, OrderState
from orders.reply import Outcome
from store.tables.base import Base, Currency, RowId, enum_column, reference


class PurchaseOrderRow(Base):
    """The current state of an order; its story is in the journal. `revision` grows with each change."""

    __tablename__ = "purchase_orders"
    __table_args__ = (
        # One open proposal for a supplier and place: a plan that runs twice updates it and never doubles it.
        Index(
            "uq_purchase_orders_open_proposal",
            "supplier_id",
            "location_id",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
        CheckConstraint("revision >= 1", name="revision"),
    )

    id: Mapped[RowId]
    number: Mapped[str] = mapped_column(String(20), unique=True)
    supplier_id: Mapped[int] = reference("suppliers.id")
    location_id: Mapped[int] = reference("locations.id")
    state: Mapped[OrderState] = mapped_column(enum_column(OrderState), index=True)
    currency: Mapped[Currency]
    revision: Mapped[int] = mapped_column(default=1)
    delivery_date: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    on_hold: Mapped[bool] = mapped_column(default=False)
    judged_revision: Mapped[int | None]  # which the rules judged last
    content_hash: Mapped[str | None] = mapped_column(String(64))  # of what was submitted or approved
    requested_by_id: Mapped[int | None] = reference("people.id")
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    message_id: Mapped[str | None] = mapped_column(String(500), unique=True)  # of the order mail
    lines: Mapped[list["PurchaseOrderLineRow"]] = relationship(
        order_by="PurchaseOrderLineRow.line", cascade="all, delete-orphan", lazy="selectin"
    )


class PurchaseOrderLineRow(Base):
    """One line: ordered, confirmed and received base units."""

    __tablename__ = "purchase_order_lines"
    __table_args__ = (
        UniqueConstraint("order_id", "line"),
        CheckConstraint("quantity >= 0", name="quantity"),
        CheckConstraint("pack_size >= 1", name="pack_size"),
        CheckConstraint("received >= 0", name="received"),
    )

    id: Mapped[RowId]
    order_id: Mapped[int] = reference("purchase_orders.id")
    line: Mapped[int]
    product_id: Mapped[int] = reference("products.id")
    supplier_code: Mapped[str | None] = mapped_column(String(80))
    description: Mapped[str] = mapped_column(String(300), default="")
    quantity: Mapped[int]
    pack_size: Mapped[int] = mapped_column(default=1)
    unit_price: Mapped[Decimal | None]
    state: Mapped[LineState] = mapped_column(enum_column(LineState), default=LineState.OPEN)
    confirmed_quantity: Mapped[int | None]
    confirmed_price: Mapped[Decimal | None]
    received: Mapped[int] = mapped_column(default=0)
    expected_on: Mapped[
        date | None
    ]  # when the rest is likely to come, by what became of earlier deliveries; not promised
    proposed_quantity: Mapped[int | None]  # what the plan asked for before anybody changed it
    reason: Mapped[str] = mapped_column(Text, default="")  # why this line, in one sentence
    trace: Mapped[list[Any] | None]  # the arithmetic behind the quantity
    deliveries: Mapped[list["PromisedDeliveryRow"]] = relationship(
        order_by="PromisedDeliveryRow.id", cascade="all, delete-orphan", lazy="selectin"
    )


class PromisedDeliveryRow(Base):
    """A delivery as now promised for a line; earlier promises stand in the confirmations."""

    __tablename__ = "promised_deliveries"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)

    id: Mapped[RowId]
    line_id: Mapped[int] = reference("purchase_order_lines.id")
    day: Mapped[date | None]  # None: follows with no firm date
    quantity: Mapped[int]


class ConfirmationRow(Base):
    """One answer for one line as it was booked: what, on which words, decided by whom. Never changed."""

    __tablename__ = "line_confirmations"
    __table_args__ = (UniqueConstraint("line_id", "version"),)

    id: Mapped[RowId]
    line_id: Mapped[int] = reference("purchase_order_lines.id")
    version: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    quantity: Mapped[int | None]
    unit_price: Mapped[Decimal | None]
    deliveries: Mapped[list[Any]]
    evidence: Mapped[list[Any]]
    inbox_id: Mapped[int | None] = reference("inbox.id")
    decided_by_id: Mapped[int | None] = reference("people.id")
    booked_at: Mapped[datetime]
