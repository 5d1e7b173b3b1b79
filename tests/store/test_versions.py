"""Up and down through every version of the database, with the code of both sides of each step."""

import itertools

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, func, select, text

from store.migrating import DatabaseTooNew, is_current, migrate, undo_migrations
from store.sessions import Store
from tests.makers.rows import Rows

pytestmark = pytest.mark.store

_CONFIG = Config()
_CONFIG.set_main_option("script_location", "store:migrations")
REVISIONS = [each.revision for each in ScriptDirectory.from_config(_CONFIG).walk_revisions()][::-1]
STEPS = list(itertools.pairwise(REVISIONS))


def shape(store: Store) -> MetaData:
    """The tables as they now are, without what only Alembic needs."""
    found = MetaData()
    found.reflect(store.engine)
    found.remove(found.tables["alembic_version"])
    return found


def fill(store: Store, tables: MetaData, first: int) -> None:
    """Write a row into each of the tables, as code does that knows just these columns."""
    with store.engine.begin() as connection:
        rows = Rows(connection, first)
        for table in tables.sorted_tables:
            rows.make(table)


def counted(store: Store, tables: MetaData) -> dict[str, int]:
    with store.engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in tables.sorted_tables
        }


@pytest.mark.parametrize(("older", "newer"), STEPS, ids=str)
def test_a_step_keeps_every_row_and_lets_the_older_code_go_on_writing(store: Store, older: str, newer: str) -> None:
    undo_migrations(store.engine, older)
    known = shape(store)
    fill(store, known, 1)
    before = counted(store, known)
    migrate(store.engine, newer)
    assert counted(store, known) == before
    fill(store, known, 10_000)  # a process of the older version that has not been restarted yet
    both = counted(store, known)
    undo_migrations(store.engine, older)
    assert counted(store, known) == both
    migrate(store.engine)
    assert is_current(store.engine)


def test_code_that_is_older_than_its_database_is_told_to_be_updated(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999_from_the_future'"))
    assert not is_current(store.engine)
    with pytest.raises(DatabaseTooNew):
        migrate(store.engine)
