"""The shape of the database and how it gets there."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from store.migrating import is_current, migrate, undo_migrations
from store.sessions import Store, driver_url
from store.tables.every import METADATA

pytestmark = pytest.mark.store


def test_the_migrations_make_exactly_the_tables_of_the_program(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, METADATA) == []


def test_migrating_twice_changes_nothing(store: Store) -> None:
    migrate(store.engine)
    assert is_current(store.engine)


def test_migrations_can_be_undone_and_done_again(store: Store) -> None:
    undo_migrations(store.engine)
    assert set(inspect(store.engine).get_table_names()) <= {"alembic_version"}
    migrate(store.engine)
    assert is_current(store.engine)


def test_an_empty_database_is_not_current() -> None:
    assert not is_current(create_engine("sqlite://"))


@pytest.mark.parametrize("act", ["UPDATE journal SET who = 'x'", "DELETE FROM journal"])
def test_the_journal_cannot_be_rewritten(store: Store, act: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO journal (id, at, kind, who, reason) VALUES (1, '2026-11-23', 'x', 'y', '')")
        )
    with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
        connection.execute(text(act))


def test_a_postgres_url_gets_the_installed_driver() -> None:
    assert driver_url("postgresql://u:p@h/db") == "postgresql+psycopg://u:p@h/db"
