"""Opens the database and its transactions. The intakes of the doors open one transaction for one message here.

SQLite runs in WAL mode with foreign keys on and takes the write lock when a transaction begins (BEGIN IMMEDIATE), so
that a transaction never fails half-way because another writer came first; PostgreSQL needs no such help. The writers of
one process take turns before they ask SQLite, whose own waiting is by sleeps of up to 0.1 s that favour newcomers.
"""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.orm import Session, sessionmaker

# For each connection of a SQLite file. The default of 2 MiB makes a large import or plan read every page of an index again and
# again; a process that lives for months with several connections, and only looks up single rows, needs no more.
LARGE_CACHE_MIB, SMALL_CACHE_MIB = 64, 2
_BUSY_MS = 10_000  # how long a writer waits for another one before the database counts as locked
# A server that does not answer counts as away after ten seconds, and one that falls silent in a talk after thirty.
_PATIENCE = {"connect_timeout": 10, "tcp_user_timeout": 30_000}


@dataclass(frozen=True, slots=True)
class Store:
    """An open database: `transaction()` to change it, `reading()` to look."""

    engine: Engine
    _writing: sessionmaker[Session]
    _reading: sessionmaker[Session]
    _turn: AbstractContextManager[object]

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        with self._turn, self._writing() as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only looks; whatever it changed is thrown away."""
        with self._reading() as session:
            yield session

    @contextmanager
    def staging(self) -> Iterator[tuple[Session, AbstractContextManager[object]]]:
        """A session that at first only looks and fills temporary tables, and the transaction in which it then writes.

        Until that is entered nobody has to wait. Both are on one connection, which is closed with its temporary tables.
        """
        connection = self.engine.connect()
        connection.detach()
        connection.execution_options(quartermaster_begin="BEGIN")
        with connection, Session(connection, expire_on_commit=False) as session:
            yield session, self._written_from(connection, session)

    @contextmanager
    def _written_from(self, connection: Connection, session: Session) -> Iterator[None]:
        session.commit()  # what was seen so far may be old; temporary tables stay
        connection.execution_options(quartermaster_begin="BEGIN IMMEDIATE")
        with self._turn, session.begin():
            yield

    @property
    def is_sqlite(self) -> bool:
        """True for the embedded default, where each process may run only once."""
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def open_store(url: str, *, cache_mib: int = LARGE_CACHE_MIB) -> Store:
    """Open the database at `url` (sqlite:///file.db or postgresql://…); tables are made by store.migrating.

    `cache_mib` is the memory that each connection to a SQLite file may fill with pages.
    """
    target = make_url(driver_url(url))
    is_server = target.get_backend_name() == "postgresql"
    patience = {name: value for name, value in _PATIENCE.items() if is_server and name not in target.query}
    engine = create_engine(target, pool_pre_ping=is_server, connect_args=patience, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _record: _prepare_sqlite(connection, cache_mib))
        event.listen(engine, "begin", _begin_sqlite)
    reading = engine.execution_options(quartermaster_begin="BEGIN")
    return Store(
        engine,
        sessionmaker(engine, expire_on_commit=False),
        sessionmaker(reading, expire_on_commit=False),
        nullcontext() if is_server else threading.RLock(),
    )


def driver_url(url: str) -> str:
    """The same URL with the driver that is installed: psycopg 3 for PostgreSQL."""
    parsed = make_url(url)
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)


def _prepare_sqlite(connection: Any, cache_mib: int) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, not where the driver guesses
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")  # what was said to be booked outlives a power cut
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA cache_size = -{cache_mib * 1024}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("quartermaster_begin", "BEGIN IMMEDIATE"))
