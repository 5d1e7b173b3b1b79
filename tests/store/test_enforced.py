"""What the tables promise is kept by the database itself, whoever writes: references, natural keys, listed values."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Enum, ForeignKeyConstraint, Table, UniqueConstraint, insert, text
from sqlalchemy.exc import IntegrityError

from store.sessions import Store
from store.tables.every import METADATA
from tests.makers.rows import Rows

pytestmark = pytest.mark.store
NOBODY = -1

REFERENCES = sorted(
    {
        (table.name, column.name)
        for table in METADATA.sorted_tables
        for constraint in table.constraints
        if isinstance(constraint, ForeignKeyConstraint)
        for column in constraint.columns
    }
)
LISTED = [
    (table.name, column.name)
    for table in METADATA.sorted_tables
    for column in table.columns
    if isinstance(column.type, Enum)
]


def natural_keys(table: Table) -> Iterator[tuple[str, ...]]:
    """Columns that are unique together: constraints, unique indexes, and primary keys that are no mere numbers."""
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield tuple(column.name for column in constraint.columns)
    for index in table.indexes:
        if index.unique and index.name != "uq_purchase_orders_open_proposal":  # has a condition; tested with the plan
            yield tuple(column.name for column in index.columns)
    key = tuple(column.name for column in table.primary_key)
    if key != ("id",):
        yield key


KEYS = [(table.name, key) for table in METADATA.sorted_tables for key in natural_keys(table)]


@pytest.fixture
def connection(store: Store) -> Iterator[Connection]:
    with store.engine.connect() as opened:
        yield opened
        opened.rollback()


@pytest.mark.parametrize("name", [table.name for table in METADATA.sorted_tables])
def test_every_table_takes_a_plain_row(connection: Connection, name: str) -> None:
    made = Rows(connection).make(METADATA.tables[name])
    assert connection.scalar(text(f"SELECT count(*) FROM {name}")) >= 1
    assert made


@pytest.mark.parametrize(("name", "column"), REFERENCES, ids=str)
def test_nothing_refers_to_a_row_that_is_not_there(connection: Connection, name: str, column: str) -> None:
    table = METADATA.tables[name]
    values = Rows(connection).values(table, **{column: NOBODY})
    with pytest.raises(IntegrityError):
        connection.execute(insert(table).values(values))


@pytest.mark.parametrize(("name", "key"), KEYS, ids=lambda part: part if isinstance(part, str) else "+".join(part))
def test_a_natural_key_is_there_once(connection: Connection, name: str, key: tuple[str, ...]) -> None:
    table, rows = METADATA.tables[name], Rows(connection)
    first = rows.make(table)
    second = rows.values(table, **{column: first[column] for column in key})
    with pytest.raises(IntegrityError):
        connection.execute(insert(table).values(second))


@pytest.mark.parametrize(("name", "column"), LISTED, ids=str)
def test_a_listed_value_is_one_of_the_list(connection: Connection, name: str, column: str) -> None:
    made = Rows(connection).make(METADATA.tables[name])
    assert made
    with pytest.raises(IntegrityError):
        connection.execute(text(f"UPDATE {name} SET {column} = 'nonsense'"))
