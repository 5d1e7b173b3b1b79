"""Writing a plan to files: all of it, or nothing."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import polars as pl

from orders.wording import wording
from planning import files
from planning.compute import FORECAST_COLUMNS, Plan, Tables, plan_items
from planning.problems import UnusableTable
from planning.settings import PlanSettings
from planning.workers import Workers


def write_plan(
    tables: Tables,
    today: date,
    settings: PlanSettings,
    language: str,
    *,
    out: Path,
    forecast_out: Path | None,
    horizon: int,
    on_progress: Callable[[int, int], None],
    workers: Workers | None = None,
) -> Plan:
    """Compute the plan and write it; raises UnusableTable, and then no file of the given names is touched.

    The files are made under other names in folders beside them and renamed when all are whole.
    """
    wanted = [out] if forecast_out is None else [out, forecast_out]
    for path in wanted:
        files.check_ending(path)
        if not path.parent.is_dir():
            raise UnusableTable(str(path), "the folder to write to does not exist")
    with ExitStack() as stack:
        folders = [
            Path(stack.enter_context(tempfile.TemporaryDirectory(dir=path.parent, prefix=".plan-"))) for path in wanted
        ]
        pieces: list[Path] = []

        def keep(frame: pl.DataFrame) -> None:
            pieces.append(folders[-1] / f"{len(pieces):06d}.parquet")
            frame.write_parquet(pieces[-1], compression="lz4")

        plan = plan_items(
            tables,
            today,
            settings,
            wording(language),
            horizon=0 if forecast_out is None else horizon,
            on_forecast=keep,
            on_progress=on_progress,
            workers=workers,
        )
        made = [folders[0] / "plan"]
        files.write(_for_readers(plan.lines, out), made[0], out.suffix)
        if forecast_out is not None:
            made.append(folders[1] / "forecast")
            files.write(pl.scan_parquet(pieces, glob=False).select(FORECAST_COLUMNS), made[1], forecast_out.suffix)
        for done, path in zip(made, wanted, strict=True):
            done.replace(path)
    return plan


def _for_readers(lines: pl.DataFrame, out: Path) -> pl.DataFrame:
    """In CSV, a column of whole numbers is written without decimals."""
    if out.suffix.lower() != ".csv":
        return lines
    whole = [column.name for column in lines if column.dtype == pl.Float64 and (column == column.round()).all()]
    return lines.with_columns(pl.col(whole).cast(pl.Int64))
