"""Brings a database to the present shape of the tables, and tells whether it has it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine


class ReferencesBroken(Exception):
    """A migration left rows that refer to rows which are not there; nothing of it was kept."""


class DatabaseTooNew(Exception):
    """A newer version of the program has brought the database to a shape that this one does not know."""


def migrate(engine: Engine, revision: str = "head") -> None:
    """Run every migration up to `revision` in one transaction; nothing changes when one of them fails.

    Raises DatabaseTooNew when the database has a shape that this version does not know.
    """
    if _is_unknown(engine):
        raise DatabaseTooNew
    with _rebuilding(engine) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def undo_migrations(engine: Engine, revision: str = "base") -> None:
    """Run the migrations back down to `revision`."""
    with _rebuilding(engine) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


@contextmanager
def _rebuilding(engine: Engine) -> Iterator[Connection]:
    """One transaction in which tables may be rebuilt.

    SQLite changes a table by copying it and dropping the old one, which its references to it would forbid; they are looked
    at as a whole before the transaction ends instead (sqlite.org/lang_altertable.html, section 7).
    """
    with engine.connect() as connection:
        is_file = engine.dialect.name == "sqlite"
        driver: Any = connection.connection.driver_connection  # a transaction would have begun before the statement
        if is_file:
            driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                if is_file and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                    raise ReferencesBroken(broken)
        finally:
            if is_file:
                driver.execute("PRAGMA foreign_keys = ON")


def is_current(engine: Engine) -> bool:
    """True when the database has the shape that this program needs."""
    with engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
    return at == ScriptDirectory.from_config(_config()).get_current_head()


def _is_unknown(engine: Engine) -> bool:
    with engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
    return at is not None and at not in {
        each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()
    }


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "store:migrations")
    return config
