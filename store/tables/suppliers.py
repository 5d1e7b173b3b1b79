"""Who delivers: suppliers, their people and addresses, and the terms on which they sell each product."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, Code, Currency, Name, RowId, enum_column, reference


class AddressKind(StrEnum):
    """What an address is good for."""

    ORDERS = "orders"  # orders are mailed here
    PERSON = "person"  # somebody there writes from it
    DOMAIN = "domain"  # every address below this domain is theirs


class SupplierRow(Base):
    """A supplier; `order_weekdays` are ISO numbers on which it takes orders, empty for any day."""

    __tablename__ = "suppliers"

    id: Mapped[RowId]
    code: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    country: Mapped[str | None] = mapped_column(String(2))
    language: Mapped[str] = mapped_column(String(5), default="en")
    currency: Mapped[Currency]
    minimum_order_value: Mapped[Decimal | None]
    order_weekdays: Mapped[str] = mapped_column(String(20), default="")
    delivery_weekdays: Mapped[str] = mapped_column(String(20), default="")
    order_cutoff: Mapped[str] = mapped_column(
        String(5), default=""
    )  # "14:00" here: later orders count for the next day
    monthly_budget: Mapped[Decimal | None]  # of orders to this supplier, in its currency
    review_period_days: Mapped[int] = mapped_column(default=7)  # days between two chances to order
    is_blocked: Mapped[bool] = mapped_column(default=False)
    blocked_reason: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime | None]


class SupplierPersonRow(Base):
    """Somebody at the supplier."""

    __tablename__ = "supplier_people"

    id: Mapped[RowId]
    supplier_id: Mapped[int] = reference("suppliers.id")
    name: Mapped[Name]
    phone: Mapped[str] = mapped_column(String(60), default="")


class SupplierAddressRow(Base):
    """A mail address or domain of a supplier, in lower case; no two suppliers share one."""

    __tablename__ = "supplier_addresses"

    id: Mapped[RowId]
    supplier_id: Mapped[int] = reference("suppliers.id")
    person_id: Mapped[int | None] = reference("supplier_people.id")
    kind: Mapped[AddressKind] = mapped_column(enum_column(AddressKind))
    value: Mapped[str] = mapped_column(String(320), unique=True)
    bounced_at: Mapped[datetime | None]


class SupplierTermRow(Base):
    """What one supplier asks for one product: net price of a base unit, pack, minimum, lead time."""

    __tablename__ = "supplier_terms"
    __table_args__ = (
        UniqueConstraint("supplier_id", "product_id"),
        CheckConstraint("pack_size >= 1", name="pack_size"),
        CheckConstraint("moq >= 0", name="moq"),
        CheckConstraint("lead_time_days IS NULL OR lead_time_days >= 0", name="lead_time"),
    )

    id: Mapped[RowId]
    supplier_id: Mapped[int] = reference("suppliers.id")
    product_id: Mapped[int] = reference("products.id")
    supplier_code: Mapped[str | None] = mapped_column(String(80))
    unit_price: Mapped[Decimal | None]
    currency: Mapped[Currency]
    pack_size: Mapped[int] = mapped_column(default=1)
    moq: Mapped[int] = mapped_column(default=0)  # base units
    lead_time_days: Mapped[int | None]
    lead_time_sd_days: Mapped[Decimal | None]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    is_preferred: Mapped[bool] = mapped_column(default=True)
