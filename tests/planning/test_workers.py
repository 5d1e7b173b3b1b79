"""Blocks of the plan worked elsewhere: the same function, the same numbers."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from typer.testing import CliRunner

from orders.wording import wording
from planning.compute import Tables, plan_items
from planning.settings import PlanSettings
from planning.workers import Workers
from quartermaster.cli import app
from tests.makers.demand import TODAY, make_history, make_items, steady


def test_processes_give_the_very_plan_that_threads_and_one_block_give() -> None:
    tables = Tables(make_items(50), make_history(steady(2, 200, 50)).lazy())
    whole = plan_items(tables, TODAY, PlanSettings(), wording("en")).lines
    threads = plan_items(tables, TODAY, PlanSettings(block_items=7), wording("en")).lines
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        workers = Workers(pool, ahead=3)
        processes = plan_items(tables, TODAY, PlanSettings(block_items=7), wording("en"), workers=workers).lines
    assert whole.equals(threads)
    assert whole.equals(processes)


def test_a_scheduler_that_cannot_be_reached_ends_with_two_and_no_plan(tmp_path: Path) -> None:
    make_items(2).write_csv(tmp_path / "items.csv")
    make_history(steady(2, 60, 2)).write_csv(tmp_path / "history.csv")
    tables = ["--items", str(tmp_path / "items.csv"), "--history", str(tmp_path / "history.csv")]
    chosen = ["--today", TODAY.isoformat(), "--out", str(tmp_path / "plan.csv"), "--scheduler", "nowhere"]
    result = CliRunner().invoke(app, ["plan", "compute", *tables, *chosen])
    assert result.exit_code == 2
    assert "quartermaster[dask]" in result.stderr or "no Dask scheduler answers" in result.stderr
    assert not (tmp_path / "plan.csv").exists()
