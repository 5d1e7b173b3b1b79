"""The database: reachable, of the right shape, its balances true, its processes alive, nothing stuck."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from handlers.stock import drifts
from orders.clock import Clock
from quartermaster.checks.check import Check, bad, good, note
from quartermaster.settings import Settings
from store.migrating import is_current
from store.queries.stuck import stuck_messages
from store.runs import failed_runs, heartbeats
from store.sessions import Store, open_store

SILENT = timedelta(minutes=2)
_STARTED_BY = {"bot": "bot", "mail": "mail listen", "scheduler": "scheduler"}


def database_checks(settings: Settings, clock: Clock) -> Iterator[Check]:
    """Look at the database of the settings."""
    store = open_store(settings.database.url)
    try:
        current = is_current(store.engine)
    except SQLAlchemyError as error:
        told = str(error.__cause__ or error).strip().splitlines()[0]
        yield bad("database", f"cannot be reached: {told}", "check database.url, and that the server runs")
        return
    if not current:
        yield bad("database", "has not the shape that this version needs", "run: quartermaster migrate")
        return
    yield good("database", "SQLite, one file" if store.is_sqlite else "PostgreSQL")
    yield from _contents(store, clock)


def _contents(store: Store, clock: Clock) -> Iterator[Check]:
    with store.reading() as session:
        found, stuck, beats = drifts(session), stuck_messages(session), heartbeats(session)
        failed = failed_runs(session)
    if found:
        says = f"{len(found)} balances are not the sum of their moves"
        yield bad("stock", says, "run: quartermaster stock check --mend")
    else:
        yield good("stock", "every balance is the sum of its moves")
    for name, count in (("outgoing", stuck.parked_out), ("incoming", stuck.parked_in)):
        if count:
            yield note(
                name,
                f"{count} messages were given up and wait for a person",
                "see and retry them: quartermaster stuck list",
            )
    if stuck.waiting_out:
        yield note(
            "outgoing", f"{stuck.waiting_out} messages wait to be sent; the last trouble: {stuck.last_error or '–'}"
        )
    for job in failed:
        yield note(
            job.name, f"failed at {job.started_at:%Y-%m-%d %H:%M} UTC: {job.why}", f"quartermaster run-job {job.name}"
        )
    for process, (beat_at, trouble) in sorted(beats.items()):
        if trouble:
            yield note(process, f"in trouble: {trouble}")
        elif process in _STARTED_BY and beat_at < clock.now() - SILENT:
            yield note(
                process, f"silent since {beat_at:%Y-%m-%d %H:%M} UTC", f"start it: quartermaster {_STARTED_BY[process]}"
            )
