"""What the last plan said: its run, and the outlook of each product at each location."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, RowId, key_reference, reference


class PlanRunRow(Base):
    """One computation of the plan."""

    __tablename__ = "plan_runs"

    id: Mapped[RowId]
    today: Mapped[date]
    computed_at: Mapped[datetime]
    items: Mapped[int]
    proposals: Mapped[int]


class StockOutlookRow(Base):
    """What the plan expects of one product at one location; dates are those of the location."""

    __tablename__ = "stock_outlooks"

    product_id: Mapped[int] = key_reference("products.id")
    location_id: Mapped[int] = key_reference("locations.id")
    run_id: Mapped[int] = reference("plan_runs.id")
    demand_class: Mapped[str] = mapped_column(String(20))
    demand_per_day: Mapped[Decimal]
    protection_days: Mapped[int]
    safety_stock: Mapped[int]
    reorder_point: Mapped[int]
    order_up_to: Mapped[int]
    stockout_p20: Mapped[date | None]
    stockout_p50: Mapped[date | None]
    stockout_p80: Mapped[date | None]
    stockout_risk: Mapped[Decimal]
    order_quantity: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, default="")
    trace: Mapped[list[Any] | None]
    figures: Mapped[dict[str, Any] | None]  # the forecast itself, as planning.kept goes on from it
    digest: Mapped[int | None] = mapped_column(BigInteger)  # of the whole row: a plan rewrites only what differs


class ProposedTransferRow(Base):
    """Base units of a product that the last plan wants moved to a location from the one that supplies it."""

    __tablename__ = "proposed_transfers"
    __table_args__ = (
        UniqueConstraint("product_id", "location_id"),
        CheckConstraint("quantity > 0", name="quantity"),
    )

    id: Mapped[RowId]
    product_id: Mapped[int] = reference("products.id")
    source_id: Mapped[int] = reference("locations.id")
    location_id: Mapped[int] = reference("locations.id")
    quantity: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, default="")


class QuantityChangeRow(Base):
    """A person ordered another quantity than the plan proposed; the last word on each product of an order."""

    __tablename__ = "quantity_changes"
    __table_args__ = (UniqueConstraint("order_id", "product_id"),)

    id: Mapped[RowId]
    order_id: Mapped[int] = reference("purchase_orders.id")
    product_id: Mapped[int] = reference("products.id")
    location_id: Mapped[int] = reference("locations.id")
    proposed: Mapped[int]
    chosen: Mapped[int]  # 0: the line was taken out
    reason: Mapped[str] = mapped_column(Text, default="")
    person_id: Mapped[int | None] = reference("people.id")
    who: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime]
