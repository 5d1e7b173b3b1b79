"""Column types that mean the same on SQLite and PostgreSQL; tables and migrations both use them."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, DateTime, Double, Numeric, cast, type_coerce
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import TypeDecorator, TypeEngine

_SCALE = 6


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal with six places: NUMERIC on PostgreSQL, whole millionths on SQLite, which has no decimal of its own."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Integers on SQLite, so that sums are exact there too."""
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else Numeric(20, _SCALE))

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> Decimal | int | None:
        """Refuse floats and more places than are kept; nothing is rounded silently."""
        if value is None:
            return None
        exact = Decimal(value) if isinstance(value, int) else value
        if not isinstance(exact, Decimal):
            raise TypeError(f"money and quantities are decimals, not {type(value).__name__}")
        scaled = exact.scaleb(_SCALE)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{exact} has more than {_SCALE} decimal places")
        return int(scaled) if dialect.name == "sqlite" else exact

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """A decimal without the zeros that the scale adds."""
        if value is None:
            return None
        exact = Decimal(int(value)).scaleb(-_SCALE) if dialect.name == "sqlite" else Decimal(value)
        plain = exact.normalize()
        return plain if plain.as_tuple().exponent <= 0 else plain.quantize(Decimal(1))  # type: ignore[operator]


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Bring the moment to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """SQLite forgets the zone; it is always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def as_float(session: Session, column: InstrumentedAttribute[Any]) -> ColumnElement[float]:
    """An exact decimal as the nearest float, for the planner: read a million at a time, without a Decimal each."""
    if session.get_bind().dialect.name == "sqlite":
        return type_coerce(type_coerce(column, Double) / 10.0**_SCALE, Double)
    return cast(column, Double)
