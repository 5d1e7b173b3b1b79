"""`quartermaster plan backtest`: the plan as it would have been on past days, beside what came, as a page with pictures."""

from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from quartermaster.commands.plan import UNUSABLE, Language, Settings, read_choices, read_tables
from quartermaster.commands.plan_progress import progress
from quartermaster.commands.plan_questions import of_shop

if TYPE_CHECKING:
    from planning.backtest.trials import Course
    from planning.compute import Tables
    from planning.settings import PlanSettings

Items = Annotated[Path | None, typer.Option("--items", help="Items (.csv or .parquet); without it the store is read.")]
History = Annotated[Path | None, typer.Option("--history", help="What was sold each day (.csv or .parquet).")]
Today = Annotated[
    datetime | None,
    typer.Option("--today", formats=["%Y-%m-%d"], help="History counts until the day before; by default all of it."),
]
Out = Annotated[Path, typer.Option("--out", help="Where the page is written (.html).")]
ScoresOut = Annotated[
    Path | None, typer.Option("--scores-out", help="Where the scores go as a table (.csv, .parquet).")
]
Origins = Annotated[int, typer.Option("--origins", min=2, max=104, help="How many days are planned from.")]
Every = Annotated[int, typer.Option("--every", min=1, max=90, help="Days between them, and between orders.")]
Horizon = Annotated[int, typer.Option("--horizon", min=1, max=180, help="Days looked ahead.")]
Config = Annotated[Path | None, typer.Option("--config", help="The settings file, for the store.")]


def backtest(
    *,
    out: Out,
    items: Items = None,
    history: History = None,
    today: Today = None,
    origins: Origins = 8,
    every: Every = 7,
    horizon: Horizon = 14,
    scores_out: ScoresOut = None,
    settings: Settings = None,
    language: Language = "en",
    config: Config = None,
) -> None:
    """Plan from past days and compare with what came, with last week again, the textbook and perfect foresight."""
    from planning.backtest.trials import Course
    from planning.problems import UnusableSettings, UnusableTable

    until = None if today is None else today.date()
    try:
        choices = read_choices(settings)
        tables = _tables(items, history, choices, language, config)
        said = write_backtest(
            tables,
            until,
            Course(origins, every, horizon),
            choices,
            language,
            out=out,
            scores_out=scores_out,
        )
    except (UnusableTable, UnusableSettings) as problem:
        typer.echo(f"quartermaster plan: {problem}", err=True)
        raise typer.Exit(UNUSABLE) from None
    typer.echo(said)


def _tables(
    items: Path | None, history: Path | None, choices: "PlanSettings", language: str, config: Path | None
) -> "Tables":
    from planning.problems import UnusableSettings

    if (items is None) != (history is None):
        raise UnusableSettings("--items and --history go together; without both the store is read")
    if items is None or history is None:
        return of_shop(config, choices, language).tables
    return read_tables(items, history, None)


def write_backtest(
    tables: "Tables",
    today: date | None,
    course: "Course",
    settings: "PlanSettings",
    language: str,
    *,
    out: Path,
    scores_out: Path | None,
) -> str:
    """Write the page, and the table of scores where it is asked for; the headline. Raises UnusableTable."""
    from orders.wording import wording
    from planning import files
    from planning.backtest.page import headline, page
    from planning.backtest.run import run_backtest
    from planning.problems import UnusableTable

    for path in (out, *((scores_out,) if scores_out else ())):
        if not path.parent.is_dir():
            raise UnusableTable(str(path), "the folder to write to does not exist")
    if scores_out is not None:
        files.check_ending(scores_out)
    words = wording(language)
    with progress("days") as tell:
        found = run_backtest(tables, today, course, settings, words, tell)
    text = page(found, words)
    with TemporaryDirectory(dir=out.parent, prefix=".plan-") as folder:
        made = Path(folder) / "page"
        made.write_text(text, encoding="utf-8")
        made.replace(out)
    if scores_out is not None:
        files.write(found.scores, scores_out, scores_out.suffix)
    return headline(found, words)
