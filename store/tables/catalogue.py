"""What is sold, and where: products and locations."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, Code, Name, RowId, enum_column, key_reference, reference


class ProductState(StrEnum):
    """Whether a product may be bought."""

    ACTIVE = "active"
    INACTIVE = "inactive"  # not bought at present
    DISCONTINUED = "discontinued"  # never bought again


class ProductRow(Base):
    """One article; quantities everywhere count its base unit."""

    __tablename__ = "products"
    id: Mapped[RowId]
    sku: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    gtin: Mapped[str | None] = mapped_column(String(14), unique=True)
    unit: Mapped[str] = mapped_column(String(20), default="pcs")
    category: Mapped[str | None] = mapped_column(String(120), index=True)
    state: Mapped[ProductState] = mapped_column(enum_column(ProductState), default=ProductState.ACTIVE)
    selling_price: Mapped[Decimal | None]
    service_level: Mapped[Decimal | None]  # share of demand to be served from stock, 0.5 to 0.9999
    max_stock: Mapped[int | None]  # base units, on hand plus on order
    shelf_life_days: Mapped[int | None]  # within which it must be sold after it has come
    launched_on: Mapped[date | None]


class LocationRow(Base):
    """A shop or warehouse: its own zone, holidays and closed days, and the place that fills it where it does not buy."""

    __tablename__ = "locations"

    id: Mapped[RowId]
    code: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    timezone: Mapped[str] = mapped_column(String(60), default="UTC")  # IANA name
    country: Mapped[str | None] = mapped_column(String(2))  # ISO 3166, for public holidays
    address: Mapped[str] = mapped_column(String(500), default="")
    closed_weekdays: Mapped[str] = mapped_column(String(20), default="")  # ISO weekday numbers: "6,7"
    supplied_from_id: Mapped[int | None] = reference("locations.id")  # None: it buys for itself
    transfer_days: Mapped[int] = mapped_column(default=1)  # from there to here
    transfer_every_days: Mapped[int] = mapped_column(default=1)  # days between two chances to move goods
    monthly_budget: Mapped[Decimal | None]  # of orders for this place, in the shop's currency


class LocationClosedDayRow(Base):
    """A single day on which a location takes no delivery."""

    __tablename__ = "location_closed_days"

    location_id: Mapped[int] = key_reference("locations.id")
    day: Mapped[date] = mapped_column(primary_key=True)
    why: Mapped[str] = mapped_column(String(200), default="")
