"""`quartermaster plan backtest` from files."""

from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from quartermaster.cli import app
from tests.makers.demand import make_history, make_items, steady


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_items(20).write_csv(tmp_path / "items.csv")
    make_history(steady(3, 150, 20)).write_parquet(tmp_path / "history.parquet")
    return tmp_path


def run(folder: Path, *more: str) -> tuple[int, str, str]:
    tables = ["--items", str(folder / "items.csv"), "--history", str(folder / "history.parquet")]
    result = CliRunner().invoke(app, ["plan", "backtest", *tables, "--origins", "3", *more])
    return result.exit_code, result.stdout, result.stderr


def test_a_page_and_a_table_of_scores_are_written_and_the_headline_is_told(folder: Path) -> None:
    code, said, progress = run(folder, "--out", str(folder / "page.html"), "--scores-out", str(folder / "scores.csv"))
    assert (code, progress) == (0, "planned 3 days\n")
    assert said.startswith("To serve ")
    assert (folder / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert set(pl.read_csv(folder / "scores.csv")["method"]) == {"plan", "naive", "textbook"}


def test_a_history_too_short_ends_with_two_and_no_page(folder: Path) -> None:
    code, _, told = run(folder, "--out", str(folder / "page.html"), "--horizon", "120")
    assert code == 2
    assert "too short for a backtest" in told
    assert not (folder / "page.html").exists()


def test_items_without_history_are_refused(folder: Path) -> None:
    result = CliRunner().invoke(
        app, ["plan", "backtest", "--items", str(folder / "items.csv"), "--out", str(folder / "page.html")]
    )
    assert result.exit_code == 2
    assert "--items and --history go together" in result.stderr


def test_a_folder_that_is_not_there_is_named(folder: Path) -> None:
    code, _, told = run(folder, "--out", str(folder / "nowhere" / "page.html"))
    assert code == 2
    assert "the folder to write to does not exist" in told
