"""Runs imports: opens each file, hands its records to the writer of their kind, and keeps or throws away the transaction."""

import hashlib
import itertools
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.importers.catalogue import LOCATIONS, PRODUCTS
from store.importers.cells import Style
from store.importers.headers import find_columns, holds_columns
from store.importers.opening import open_table
from store.importers.outcome import Outcome
from store.importers.promotions import PROMOTIONS
from store.importers.record import Circumstances, ImportKind, Writer
from store.importers.rows import Progress, find_table_style, first_rows, read_records
from store.importers.sales import SALES
from store.importers.stock import STOCK
from store.importers.suppliers import SUPPLIERS
from store.importers.table import FileUnusable, Table
from store.importers.terms import TERMS
from store.sessions import Store
from store.tables import every as _every  # noqa: F401 - all tables are known before one refers to another
from store.tables.imports import ImportedFileRow

KINDS: Mapping[str, ImportKind] = {
    kind.name: kind for kind in (PRODUCTS, SUPPLIERS, TERMS, STOCK, SALES, PROMOTIONS, LOCATIONS)
}
_BATCH = 2000  # records that are in memory at once
_LOOK = 40  # rows among which the headers are looked for


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says of the files; None leaves it to be found out. `mapped` gives the header of a field."""

    mapped: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    day_first: bool | None = None
    allow_day_numbers: bool = False
    location: str | None = None
    is_strict: bool = False
    is_dry_run: bool = False


class _Refused(Exception):
    """A strict import has met something bad: the transaction is given up."""

    def __init__(self, outcomes: list[Outcome]) -> None:
        super().__init__()
        self.outcomes = outcomes


def import_files(
    store: Store, kind: ImportKind, paths: Sequence[Path], options: Options, *, now: datetime, progress: Progress
) -> list[Outcome]:
    """Import files of one kind, each in a transaction of its own; in a strict import all in one, or none.

    A dry run does everything and throws it away. `progress` is called with what is done and what there is (bytes or rows).
    """
    if options.is_dry_run:
        return _import_in(store.reading(), kind, paths, options, now, progress)
    if kind.staged_writer is not None and (len(paths) == 1 or not options.is_strict):
        return [_import_staged(store, kind, path, options, now, progress) for path in paths]
    if options.is_strict:
        return _import_in(store.transaction(), kind, paths, options, now, progress)
    return [
        outcome for path in paths for outcome in _import_in(store.transaction(), kind, [path], options, now, progress)
    ]


def _import_in(
    opened: AbstractContextManager[Session],
    kind: ImportKind,
    paths: Sequence[Path],
    options: Options,
    now: datetime,
    progress: Progress,
) -> list[Outcome]:
    try:
        with opened as session:
            outcomes = _import_all(session, kind, paths, options, now, progress)
    except _Refused as refused:
        return refused.outcomes
    for outcome in outcomes:
        outcome.is_kept = not options.is_dry_run and not outcome.is_unusable
    return outcomes


def _import_all(
    session: Session, kind: ImportKind, paths: Sequence[Path], options: Options, now: datetime, progress: Progress
) -> list[Outcome]:
    outcomes = [_import_file(session, kind, path, options, now, progress) for path in paths]
    if options.is_strict and any(each.problem_count for each in outcomes):
        raise _Refused(outcomes)
    return outcomes


def _import_staged(
    store: Store, kind: ImportKind, path: Path, options: Options, now: datetime, progress: Progress
) -> Outcome:
    """Read a file while others go on writing; what it says is then taken over in one transaction, or not at all."""
    outcome, table = _opened(kind, path, options)
    if table is None or kind.staged_writer is None:
        return outcome
    around = Circumstances(now, _sha256(path), options.location)
    with store.staging() as (session, writing):
        writer = kind.staged_writer(session, outcome, around)
        _write_all(writer, table, kind, outcome, progress)
        writer.settle()
        if options.is_strict and outcome.problem_count:
            return outcome
        with writing:
            writer.finish()
            _remember(session, outcome, around)
    outcome.is_kept = True
    return outcome


def _import_file(
    session: Session, kind: ImportKind, path: Path, options: Options, now: datetime, progress: Progress
) -> Outcome:
    outcome, table = _opened(kind, path, options)
    if table is None:
        return outcome
    around = Circumstances(now, _sha256(path), options.location)
    writer = kind.writer(session, outcome, around)
    _write_all(writer, table, kind, outcome, progress)
    writer.finish()
    _remember(session, outcome, around)
    return outcome


def _opened(kind: ImportKind, path: Path, options: Options) -> tuple[Outcome, Table | None]:
    """The outcome so far, and the table with its columns found; none when the file is unusable."""
    outcome = Outcome(path, kind.name)
    outcome.style = Style(options.decimal, options.day_first, options.allow_day_numbers)
    try:
        table = _open(kind, path, options)
        outcome.format = table.format
        outcome.columns = find_columns(first_rows(table, _LOOK), kind.name, kind.required, options.mapped)
    except FileUnusable as unusable:
        outcome.is_unusable = True
        outcome.add_problem(unusable.code, **unusable.facts)
        return outcome, None
    find_table_style(table, kind, outcome)
    return outcome, table


def _write_all(writer: Writer, table: Table, kind: ImportKind, outcome: Outcome, progress: Progress) -> None:
    records = read_records(table, kind, outcome, progress)
    while batch := list(itertools.islice(records, _BATCH)):
        writer.write(batch)


def _open(kind: ImportKind, path: Path, options: Options) -> Table:
    return open_table(
        path,
        lambda rows: holds_columns(rows, kind.name, kind.required, options.mapped),
        sheet=options.sheet,
        encoding=options.encoding,
        delimiter=options.delimiter,
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _remember(session: Session, outcome: Outcome, around: Circumstances) -> None:
    """Note the file's fingerprint the first time that it is imported."""
    known = select(ImportedFileRow.id).where(
        ImportedFileRow.kind == outcome.kind, ImportedFileRow.sha256 == around.sha256
    )
    if session.scalar(known) is None:
        name = outcome.path.name[:300]
        session.add(ImportedFileRow(kind=outcome.kind, sha256=around.sha256, file_name=name, imported_at=around.now))
