"""One process of a kind for each SQLite file."""

from pathlib import Path

import pytest

from quartermaster.locks import AlreadyRunning, only_one


def test_a_second_process_of_a_kind_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    with only_one("scheduler", url), pytest.raises(AlreadyRunning, match="stop it first"), only_one("scheduler", url):
        pass


def test_another_kind_may_run_beside_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    with only_one("scheduler", url), only_one("bot", url):
        assert (tmp_path / "shop.db.bot.lock").exists()


def test_when_the_first_has_ended_the_next_may_start(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    with only_one("bot", url):
        pass
    with only_one("bot", url):
        assert (tmp_path / "shop.db.bot.lock").exists()


def test_on_postgresql_several_may_run() -> None:
    url = "postgresql://u@h/db"
    with only_one("bot", url), only_one("bot", url):
        pass
