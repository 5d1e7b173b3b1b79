"""One process of a kind for each SQLite file: a second scheduler would fire every job twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import portalocker


class AlreadyRunning(Exception):
    """Another process of this kind works on the same database file."""


@contextmanager
def only_one(process: str, database_url: str) -> Iterator[None]:
    """Hold the lock of this kind of process while the block runs; raises AlreadyRunning. PostgreSQL needs none."""
    from sqlalchemy.engine import make_url  # noqa: PLC0415  a fifth of the start of every command

    file = make_url(database_url).database
    if not database_url.startswith("sqlite") or not file:
        yield
        return
    lock = portalocker.Lock(Path(f"{file}.{process}.lock"), mode="w", timeout=0, fail_when_locked=True)
    try:
        lock.acquire()
    except portalocker.exceptions.LockException as error:
        raise AlreadyRunning(
            f"another `{process}` process already works on {file}; stop it first, or use PostgreSQL to run several"
        ) from error
    try:
        yield
    finally:
        lock.release()
