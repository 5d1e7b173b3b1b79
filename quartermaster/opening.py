"""Opens what a command works with: settings and database. What cannot be used is told in lines, with exit status 2."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
import typer
from rich.console import Console

from quartermaster.settings import Settings, SettingsUnusable, load_settings

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError

    from store.sessions import Store

log = structlog.get_logger()
LONGEST_WAIT = 30.0
_errors = Console(stderr=True, highlight=False)


def opened_settings(path: Path | None) -> Settings:
    """The settings, or exit status 2 after telling all that is wrong with them."""
    try:
        return load_settings(path)
    except SettingsUnusable as unusable:
        for problem in unusable.problems:
            _errors.print(problem, soft_wrap=True, markup=False)
        raise typer.Exit(2) from None


@contextmanager
def opened_store(url: str, *, must_be_current: bool = True, has_small_cache: bool = False) -> Iterator["Store"]:
    """The database at this URL, or exit status 2 after one line: wrongly written, away, locked, or of another version."""
    from sqlalchemy.exc import ArgumentError, DBAPIError

    from store.migrating import is_current
    from store.sessions import LARGE_CACHE_MIB, SMALL_CACHE_MIB, open_store

    try:
        store = open_store(url, cache_mib=SMALL_CACHE_MIB if has_small_cache else LARGE_CACHE_MIB)
    except ArgumentError as error:
        raise refused(
            "The database's address is unusable; write it as sqlite:///FILE or postgresql://USER@HOST/NAME."
        ) from error
    try:
        if must_be_current and not is_current(store.engine):
            raise refused("The database is not ready for this version. Run: quartermaster migrate")
        yield store
    except DBAPIError as error:
        raise refused(f"The database cannot be used: {reason(error)}. `quartermaster doctor` looks at it.") from error
    finally:
        store.close()


def wait_for_database(url: str, stop: threading.Event) -> None:
    """Return when a database server answers or `stop` is set; a server that starts later than we do is no trouble.

    A SQLite file is not waited for: it is there or will not come.
    """
    from sqlalchemy.exc import OperationalError

    from store.sessions import open_store

    store, wait = open_store(url), 1.0
    while not store.is_sqlite and not stop.is_set():
        try:
            store.engine.connect().close()
        except OperationalError as error:
            log.warning("database away", why=reason(error), again_in=wait)
            stop.wait(wait)
            wait = min(LONGEST_WAIT, wait * 2)
        else:
            break
    store.close()


def reason(error: "DBAPIError") -> str:
    """Why the database did not answer, in its own words on one line."""
    return str(error.orig).strip().splitlines()[0].rstrip(".")


def refused(sentence: str) -> typer.Exit:
    """Exit status 2 after this sentence on the error stream."""
    _errors.print(sentence, soft_wrap=True, markup=False)
    return typer.Exit(2)
