"""`quartermaster plan`: forecasts, stock-out dates and order quantities from plain tables, without database or Slack."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quartermaster.commands.plan_cluster import cluster
from quartermaster.commands.plan_progress import progress

if TYPE_CHECKING:
    from planning.compute import Plan, Tables
    from planning.settings import PlanSettings

app = typer.Typer(name="plan", help="What will sell, when it runs out, what to order.", no_args_is_help=True)

UNUSABLE = 2  # exit status when an input cannot be planned from

Items = Annotated[Path, typer.Option("--items", help="Items, one row a product and location (.csv or .parquet).")]
History = Annotated[Path, typer.Option("--history", help="What was sold each day (.csv or .parquet).")]
OnOrder = Annotated[Path | None, typer.Option("--on-order", help="Open deliveries (.csv or .parquet).")]
Today = Annotated[datetime, typer.Option("--today", formats=["%Y-%m-%d"], help="The day that is planned from.")]
Out = Annotated[Path, typer.Option("--out", help="Where the plan is written (.csv or .parquet).")]
ForecastOut = Annotated[Path | None, typer.Option("--forecast-out", help="Where the daily forecast is written.")]
Horizon = Annotated[int, typer.Option("--horizon", min=1, max=365, help="Days of the daily forecast.")]
Settings = Annotated[Path | None, typer.Option("--settings", help="PLAN.toml: choices about the computation.")]
Scheduler = Annotated[
    str | None, typer.Option("--scheduler", help="Address of a Dask scheduler whose workers work the blocks.")
]
Language = Annotated[str, typer.Option("--language", help="Language of the reasons: en or pl.")]


@app.callback()
def _root() -> None:
    """What will sell, when it runs out, what to order."""


@app.command()
def compute(
    *,
    items: Items,
    history: History,
    today: Today,
    out: Out,
    on_order: OnOrder = None,
    forecast_out: ForecastOut = None,
    horizon: Horizon = 28,
    settings: Settings = None,
    language: Language = "en",
    scheduler: Scheduler = None,
) -> None:
    """Compute the plan. Exits with 2 and one line on standard error, and writes nothing, when an input is unusable."""
    from planning.plan_files import write_plan
    from planning.problems import UnusableSettings, UnusableTable

    try:
        chosen = read_choices(settings)
        with cluster(scheduler) as workers, progress() as tell:
            plan = write_plan(
                read_tables(items, history, on_order),
                today.date(),
                chosen,
                language,
                out=out,
                forecast_out=forecast_out,
                horizon=horizon,
                on_progress=tell,
                workers=workers,
            )
    except (UnusableTable, UnusableSettings) as problem:
        typer.echo(f"quartermaster plan: {problem}", err=True)
        raise typer.Exit(UNUSABLE) from None
    _tell_left_out(plan)


def read_choices(path: Path | None) -> "PlanSettings":
    """The choices of a PLAN.toml, or the defaults; raises UnusableSettings."""
    from planning.problems import UnusableSettings
    from planning.settings import PlanSettings, read_settings

    if path is None:
        return PlanSettings()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise UnusableSettings(f"{path}: not readable: {problem}") from problem
    return read_settings(text, path.name)


def read_tables(items: Path, history: Path, on_order: Path | None) -> "Tables":
    """The tables of these files; raises UnusableTable."""
    from planning import files
    from planning.compute import Tables

    return Tables(
        items=files.read(items),
        history=files.scan(history),
        on_order=None if on_order is None else files.read(on_order),
        items_source=files.source_of(items),
        history_source=files.source_of(history),
        on_order_source=files.source_of(on_order or Path("on_order.csv")),
    )


def _tell_left_out(plan: "Plan") -> None:
    for number, what in (
        (plan.unknown_sales, "history rows of items that are not in the table of items"),
        (plan.unknown_deliveries, "deliveries of items that are not in the table of items"),
        (plan.later_sales, "history rows of today or later"),
        (plan.older_sales, "history rows older than the history that is used (history_days)"),
    ):
        if number:
            typer.echo(f"left out: {number} {what}", err=True)
