"""`quartermaster import`: the shop's data from spreadsheets and CSV files."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quartermaster.opening import opened_settings, opened_store, refused
from quartermaster.system_clock import SystemClock

if TYPE_CHECKING:
    from orders.wording import Wording
    from store.importers.outcome import Outcome


class Kind(StrEnum):
    """What the files hold."""

    PRODUCTS = "products"
    SUPPLIERS = "suppliers"
    TERMS = "terms"
    STOCK = "stock"
    SALES = "sales"
    PROMOTIONS = "promotions"
    LOCATIONS = "locations"


class Decimals(StrEnum):
    """The decimal mark of the files."""

    COMMA = ","
    POINT = "."


class Dates(StrEnum):
    """What 03/04/2026 means."""

    DMY = "dmy"
    MDY = "mdy"


def import_files(
    kind: Annotated[Kind, typer.Argument(help="What the files hold.")],
    files: Annotated[list[Path], typer.Argument(help="XLSX, XLS, ODS or CSV files.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change and write nothing.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Import nothing when any row of any file is bad.")] = False,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=HEADER", help="Which header a field has; may be repeated."),
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet to read; else the first with the right headers.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of a CSV file; else it is found out.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="Delimiter of a CSV file; else it is found out.")] = None,
    decimal: Annotated[Decimals | None, typer.Option(help="Decimal mark; else it is found out.")] = None,
    dates: Annotated[Dates | None, typer.Option(help="Order of day and month; else it is found out.")] = None,
    day_numbers: Annotated[
        bool, typer.Option("--day-numbers", help="Take numbers in columns of dates for a spreadsheet's count of days.")
    ] = False,
    location: Annotated[str | None, typer.Option(help="The location of rows that name none.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write the problems to this CSV file.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the report: en or pl; else the shop's.")] = None,
    config: Annotated[Path | None, typer.Option(help="The settings file.")] = None,
    database: Annotated[str | None, typer.Option(help="Another database than that of the settings.")] = None,
) -> None:
    """Import FILES of one KIND; columns are known by their headers in English or Polish.

    Ends with status 1 when rows were left out, with 2 when a file could not be read at all.
    """
    from orders.wording import wording
    from store.importers.running import KINDS, Options
    from store.importers.running import import_files as run
    from store.importers.telling import told

    options = Options(
        mapped=_mapped(columns or [], kind),
        sheet=sheet,
        encoding=encoding,
        delimiter=_delimiter(delimiter),
        decimal=decimal.value if decimal else None,
        day_first=None if dates is None else dates is Dates.DMY,
        allow_day_numbers=day_numbers,
        location=location,
        is_strict=strict,
        is_dry_run=dry_run,
    )
    settings = opened_settings(config)
    words = wording(language or settings.shop.language)
    with opened_store(database or settings.database.url) as store, _progress() as progress:
        outcomes = run(store, KINDS[kind], files, options, now=SystemClock().now(), progress=progress)
    for outcome in outcomes:
        for line in told(outcome, words, is_dry_run=dry_run):
            typer.echo(line)
    if report is not None:
        _write_report(report, outcomes, words)
    if any(outcome.is_unusable for outcome in outcomes):
        raise typer.Exit(2)
    if any(outcome.problem_count for outcome in outcomes):
        raise typer.Exit(1)


def _mapped(pairs: list[str], kind: Kind) -> dict[str, str]:
    """FIELD=HEADER pairs; ends with status 2 for a field that this kind does not have."""
    from store.importers.headers import nearest
    from store.importers.running import KINDS

    fields = [field.name for field in KINDS[kind].fields]
    found = {}
    for pair in pairs:
        field, mark, header = pair.partition("=")
        if not mark or not header.strip():
            raise refused(f"--map {pair}: write it as FIELD=HEADER, for example {fields[0]}=Code")
        if field.strip() not in fields:
            meant = nearest(field, fields)
            raise refused(
                f"--map {pair}: {kind.value} have no field {field.strip()}; the fields are {', '.join(fields)}"
                + (f". Did you mean {meant}?" if meant else "")
            )
        found[field.strip()] = header.strip()
    return found


def _delimiter(given: str | None) -> str | None:
    named = {"tab": "\t", "\\t": "\t"}.get(given or "", given)
    if named is not None and len(named) != 1:
        raise refused(f"--delimiter {given}: give one character, or tab")
    return named


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal's error stream that follows the calls; nothing where there is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _write_report(path: Path, outcomes: "list[Outcome]", words: "Wording") -> None:
    from store.importers.telling import sentence

    headers = [words.say(f"import.report.{name}") for name in ("file", "sheet", "row", "column", "problem")]
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as stream:  # spreadsheets know UTF-8 by its mark
            writer = csv.writer(stream)
            writer.writerow(headers)
            for outcome in outcomes:
                for found in outcome.problems:
                    place = (found.file, found.sheet or "", found.row or "", found.column)
                    writer.writerow((*place, sentence(found, words)))
    except OSError as error:
        raise refused(f"--report {path}: cannot be written ({error.strerror})") from error
