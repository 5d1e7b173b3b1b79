"""Commands whose database is away, locked or of another version: one line that says so, never a trace."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quartermaster.cli import app
from quartermaster.opening import wait_for_database

pytestmark = pytest.mark.store
NOBODY_LISTENS = "postgresql://shop:hush@127.0.0.1:1/shop"
COMMANDS = [
    ["migrate"],
    ["stock", "check"],
    ["people", "list"],
    ["stuck", "list"],
    ["people", "add", "Maya", "U1", "--role", "manager"],
    ["import", "products", "products.csv"],
]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    "url",
    [NOBODY_LISTENS, "sqlite:////nowhere/shop.db", "sqlite:///noise.db"],
    ids=["away", "no folder", "no database"],
)
def test_a_command_without_its_database_says_so_in_one_line(
    command: list[str], url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "noise.db").write_bytes(b"noise" * 100)
    monkeypatch.setenv("QUARTERMASTER_DATABASE__URL", url)
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 2
    assert result.stderr.startswith("The database cannot be used: ")
    assert result.stderr.count("\n") == 1
    assert "hush" not in result.stderr


def test_a_database_of_another_version_is_not_worked_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTERMASTER_DATABASE__URL", "sqlite:///new.db")
    result = CliRunner().invoke(app, ["stock", "check"])
    assert (result.exit_code, "Run: quartermaster migrate" in result.stderr) == (2, True)


def test_a_process_does_not_start_on_a_database_of_another_version() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "quartermaster", "scheduler"], check=False, capture_output=True, text=True, timeout=60
    )
    assert (ended.returncode, ended.stderr) == (
        2,
        "The database is not ready for this version. Run: quartermaster migrate\n",
    )


def test_a_database_that_another_process_has_locked_is_told(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shop.db").write_bytes(sqlite_template.read_bytes())
    monkeypatch.setattr("store.sessions._BUSY_MS", 50)
    monkeypatch.setenv("QUARTERMASTER_DATABASE__URL", "sqlite:///shop.db")
    with sqlite3.connect("shop.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        result = CliRunner().invoke(app, ["people", "add", "Maya", "U1", "--role", "manager"])
    other.close()
    assert (result.exit_code, "database is locked" in result.stderr) == (2, True)


def test_a_process_told_to_stop_while_it_waits_for_its_database_ends() -> None:
    stop = threading.Event()
    waiting = threading.Thread(target=wait_for_database, args=(NOBODY_LISTENS, stop))
    waiting.start()
    stop.set()
    waiting.join(timeout=20)
    assert not waiting.is_alive()


def test_a_database_file_is_not_waited_for() -> None:
    wait_for_database("sqlite:////nowhere/shop.db", threading.Event())
