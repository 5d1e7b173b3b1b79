"""Planned promotions, past ones among them: what the plan knows of days to come."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, key_reference


class PlannedPromotionRow(Base):
    """A product is offered at a place from its first to its last day, both included."""

    __tablename__ = "planned_promotions"
    __table_args__ = (CheckConstraint("last_day >= first_day", name="days"),)

    product_id: Mapped[int] = key_reference("products.id")
    location_id: Mapped[int] = key_reference("locations.id")
    first_day: Mapped[date] = mapped_column(primary_key=True)
    last_day: Mapped[date]
