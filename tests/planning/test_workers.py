"""Blocks of the plan worked elsewhere: the same function, the same numbers."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from orders.wording import wording
from planning.compute import Tables, plan_items
from planning.settings import PlanSettings
from planning.workers import Workers
from quartermaster.cli import app
from tests.conftest import missing
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


@pytest.fixture
def dask() -> Iterator[Any]:
    """A real Dask scheduler with one worker, reached over TCP, so that tasks travel as bytes."""
    if find_spec("distributed") is None:
        missing("distributed")
    distributed = import_module("distributed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp://", host="127.0.0.1", dashboard_address=None
    ) as cluster:
        yield cluster


@pytest.mark.servers
def test_a_dask_cluster_writes_the_very_bytes_that_threads_write(dask: Any, tmp_path: Path) -> None:
    make_items(40).write_parquet(tmp_path / "items.parquet")
    make_history(steady(2, 120, 40)).write_parquet(tmp_path / "history.parquet")
    (tmp_path / "plan.toml").write_text("block_items = 8\n", encoding="utf-8")
    tables = [f"--items={tmp_path / 'items.parquet'}", f"--history={tmp_path / 'history.parquet'}"]
    chosen = [f"--settings={tmp_path / 'plan.toml'}", f"--today={TODAY.isoformat()}"]
    for name, more in (("here", []), ("there", [f"--scheduler={dask.scheduler_address}"])):
        outs = [f"--out={tmp_path / name}.csv", f"--forecast-out={tmp_path / name}.parquet", "--horizon=7"]
        result = CliRunner().invoke(app, ["plan", "compute", *tables, *chosen, *outs, *more])
        assert result.exit_code == 0, result.output
    assert sum(worker.state.executed_count for worker in dask.workers.values()) >= 5
    for ending in ("csv", "parquet"):
        assert (tmp_path / f"there.{ending}").read_bytes() == (tmp_path / f"here.{ending}").read_bytes()


def test_a_scheduler_that_cannot_be_reached_ends_with_two_and_no_plan(tmp_path: Path) -> None:
    make_items(2).write_csv(tmp_path / "items.csv")
    make_history(steady(2, 60, 2)).write_csv(tmp_path / "history.csv")
    tables = ["--items", str(tmp_path / "items.csv"), "--history", str(tmp_path / "history.csv")]
    chosen = ["--today", TODAY.isoformat(), "--out", str(tmp_path / "plan.csv"), "--scheduler", "nowhere"]
    result = CliRunner().invoke(app, ["plan", "compute", *tables, *chosen])
    assert result.exit_code == 2
    assert "quartermaster[dask]" in result.stderr or "no Dask scheduler answers" in result.stderr
    assert not (tmp_path / "plan.csv").exists()
