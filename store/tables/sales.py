"""What was sold: one row a product, location and day."""

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, key_reference


class DailySalesRow(Base):
    """Units sold on one day; returns are negative. A day without a row is a day without a sale."""

    __tablename__ = "daily_sales"
    __table_args__ = (CheckConstraint("stocked_out IN (0, 1, 2)", name="stocked_out"),)

    product_id: Mapped[int] = key_reference("products.id")
    location_id: Mapped[int] = key_reference("locations.id")
    day: Mapped[date] = mapped_column(primary_key=True, index=True)
    quantity: Mapped[Decimal]
    price: Mapped[Decimal | None]
    is_promotion: Mapped[bool] = mapped_column(default=False)
    stocked_out: Mapped[int] = mapped_column(default=0)  # 1 sold out during the day, 2 empty from the opening on


class SalesMonthRow(Base):
    """A month of sales, "2026-11", with a stamp that the database's triggers draw anew when a row of it is written."""

    __tablename__ = "sales_months"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    stamp: Mapped[int] = mapped_column(BigInteger)
