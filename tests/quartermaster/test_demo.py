"""The demo as a newcomer meets it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def quartermaster(*arguments: str, cwd: Path, timeout: float = 110) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("QUARTERMASTER_")}  # noqa: TID251 - for the child
    return subprocess.run(
        [sys.executable, "-m", "quartermaster", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        env=own | {"COLUMNS": "120"},
    )


@pytest.mark.journey
def test_the_headless_tour_sees_every_step_at_its_receiving_end(tmp_path: Path) -> None:
    done = quartermaster("demo", "--tour", "--headless", "--folder", str(tmp_path / "demo"), cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("✓") == 10


@pytest.mark.servers
def test_help_names_every_command(tmp_path: Path) -> None:
    told = quartermaster("--help", cwd=tmp_path).stdout
    names = (
        "demo",
        "init",
        "migrate",
        "doctor",
        "import",
        "bot",
        "scheduler",
        "run-job",
        "chat",
        "mail",
        "people",
        "rules",
        "sandbox",
        "stock",
        "stuck",
    )
    assert [name for name in names if f" {name} " not in told] == []


@pytest.mark.servers
def test_init_writes_the_settings_file_once(tmp_path: Path) -> None:
    assert quartermaster("init", cwd=tmp_path).returncode == 0
    written = (tmp_path / "quartermaster.toml").read_text(encoding="utf-8")
    again = quartermaster("init", cwd=tmp_path)
    assert again.returncode == 2
    assert "nothing was written" in again.stdout
    assert (tmp_path / "quartermaster.toml").read_text(encoding="utf-8") == written


@pytest.mark.servers
def test_doctor_says_what_is_wrong_and_how_to_mend_it(tmp_path: Path) -> None:
    told = quartermaster("doctor", cwd=tmp_path)
    assert told.returncode == 1
    for sentence in ("quartermaster migrate", "slack.bot_token", "mail.smtp", "mail.imap"):
        assert sentence in told.stdout


@pytest.mark.servers
def test_wrong_settings_are_refused_with_every_problem(tmp_path: Path) -> None:
    (tmp_path / "quartermaster.toml").write_text('[shop]\nlanguage = "xx"\nundo_minutes = 99\n', encoding="utf-8")
    told = quartermaster("migrate", cwd=tmp_path)
    assert told.returncode == 2
    assert "shop.language" in told.stderr
    assert "shop.undo_minutes" in told.stderr


@pytest.mark.servers
def test_a_process_on_an_old_database_says_what_to_run(tmp_path: Path) -> None:
    told = quartermaster("scheduler", cwd=tmp_path)
    assert told.returncode == 2
    assert "quartermaster migrate" in told.stderr
