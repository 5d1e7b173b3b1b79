"""What was given up, as one sees it and tries it again at the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.deliverers import KINDS as SLACK_KINDS
from mail.delivering import KINDS as MAIL_KINDS
from orders.wording import LANGUAGES, wording
from quartermaster.cli import app
from store.outbox import enqueue, park
from store.sessions import Store
from store.tables.outbox import OutboxRow, OutboxState
from tests.makers.clock import StandingClock

NOW = StandingClock().now()


@pytest.fixture
def config(database_url: str, tmp_path: Path) -> str:
    path = tmp_path / "quartermaster.toml"
    path.write_text(f'[database]\nurl = "{database_url}"\n', encoding="utf-8")
    return str(path)


def parked(store: Store) -> int:
    with store.transaction() as session:
        outbox = enqueue(session, "daily_report", "daily_report:2026-11-23", {"day": "2026-11-23"}, now=NOW)
        assert outbox
        park(session, outbox, "Slack says channel_not_found")
    return outbox


def ran(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["stuck", *arguments])
    return done.exit_code, done.output


@pytest.mark.store
def test_nothing_stuck_is_said_so(store: Store, config: str) -> None:
    assert ran("list", "--config", config) == (0, "Nothing is stuck.\n")


@pytest.mark.store
def test_what_is_stuck_is_listed_with_its_reason_and_tried_again(store: Store, config: str) -> None:
    outbox = parked(store)
    code, told = ran("list", "--config", config)
    assert code == 0
    assert f"out-{outbox}" in told
    assert "channel_not_found" in told
    assert ran("retry", f"out-{outbox}", "--config", config) == (0, f"out-{outbox}: will be tried again\n")
    with store.reading() as session:
        assert session.get_one(OutboxRow, outbox).state is OutboxState.WAITING


@pytest.mark.store
def test_an_unknown_name_is_told_and_the_others_are_tried(store: Store, config: str) -> None:
    outbox = parked(store)
    code, told = ran("retry", "out-999", f"out-{outbox}", "--config", config)
    assert code == 1
    assert "out-999: nothing of this name is stuck" in told
    assert f"out-{outbox}: will be tried again" in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted({*SLACK_KINDS, *MAIL_KINDS} - {"trouble"}))
def test_every_kind_of_message_has_a_name_for_people(kind: str, language: str) -> None:
    assert wording(language).say(f"trouble.{kind.replace('_', '-')}", order="PO-2026-0001")
