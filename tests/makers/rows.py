"""Makes the smallest row that a table takes, with the rows that it refers to; works on any shape of the database."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import Column, Connection, Enum, Table, insert
from sqlalchemy import types as sql

from store.tables.every import METADATA


class Rows:
    """Each row made differs from all others in every column that may differ."""

    def __init__(self, connection: Connection, first: int = 1) -> None:
        self._connection = connection
        self._numbers = count(first)

    def make(self, table: Table, **given: Any) -> Mapping[str, Any]:
        """Insert a row of this table and return it whole; `given` values are taken as they are."""
        values = self.values(table, **given)
        key = self._connection.execute(insert(table).values(values)).inserted_primary_key
        return values | dict(zip((column.name for column in table.primary_key), key or (), strict=True))

    def values(self, table: Table, **given: Any) -> dict[str, Any]:
        """Values for every column that must have one, and for every reference."""
        return given | {column.name: self._value(column) for column in _wanted(table) if column.name not in given}

    def _value(self, column: Column[Any]) -> Any:
        number = next(self._numbers)
        for key in column.foreign_keys:
            if key.column.table is column.table:  # of its own kind: the first row has none to refer to
                return None
            return self.make(key.column.table)[key.column.name]
        return _plain(column, number)


def _wanted(table: Table) -> Iterator[Column[Any]]:
    for column in table.columns:
        is_own_key = column.primary_key and not column.foreign_keys and isinstance(column.type, sql.Integer)
        if not (is_own_key and len(table.primary_key) == 1 and column.autoincrement is not False):
            yield column


def _listed(column: Column[Any]) -> Enum | None:
    """The values that the program lists for this column, which a table read from the database does not tell."""
    table = METADATA.tables.get(column.table.name)
    own = table.columns.get(column.name) if table is not None else None
    return own.type if own is not None and isinstance(own.type, Enum) else None


def _plain(column: Column[Any], number: int) -> Any:
    kind = _listed(column) or column.type
    if isinstance(kind, Enum):
        is_own = isinstance(column.type, Enum) and kind.enum_class is not None
        return kind.python_type(kind.enums[0]) if is_own else kind.enums[0]
    makers: list[tuple[tuple[type, ...], Any]] = [
        ((sql.Boolean,), False),
        ((sql.DateTime,), datetime(2026, 11, 23, 9, 0, number % 60, number, tzinfo=UTC)),
        ((sql.Date,), date.fromordinal(740_000 + number)),
        ((sql.Integer,), 1 if column.name == "stocked_out" else number),
        ((sql.LargeBinary,), b"raw"),
        ((sql.JSON,), {}),
        ((sql.String,), str(number).zfill(3)[: getattr(kind, "length", None) or 20]),
    ]
    decorated = kind.impl_instance if isinstance(kind, sql.TypeDecorator) else kind
    for kinds, value in makers:
        if isinstance(decorated, kinds):
            return value
    return Decimal(number)
