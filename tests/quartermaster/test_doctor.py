"""The doctor on dead and silent services: a line for each, how to mend it, and never a wait without end."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

import quartermaster.checks.mail as mail_checks
from quartermaster.checks.check import Check
from quartermaster.checks.database import database_checks
from quartermaster.checks.mail import imap_checks, smtp_checks
from quartermaster.checks.slack import slack_checks
from quartermaster.settings import Settings
from tests.makers.clock import StandingClock

pytestmark = pytest.mark.servers
PATIENCE = 0.3


@pytest.fixture
def ports() -> Iterator[dict[str, int]]:
    """A port on which somebody listens and says nothing, and one on which nobody listens."""
    with ExitStack() as opened:
        silent, dead = (opened.enter_context(closing(socket.socket())) for _ in range(2))
        for each in (silent, dead):
            each.bind(("127.0.0.1", 0))
        silent.listen(5)
        yield {"silent": silent.getsockname()[1], "dead": dead.getsockname()[1]}


def settings_at(port: int) -> Settings:
    server = {"host": "127.0.0.1", "port": port, "security": "none"}
    return Settings.model_validate(
        {
            "database": {"url": f"postgresql://shop:hush@127.0.0.1:{port}/shop?connect_timeout=2"},
            "slack": {"bot_token": "xoxb-1", "base_url": f"http://127.0.0.1:{port}/api/"},
            "mail": {"imap": server, "smtp": server, "reply_token_key": "long"},
        }
    )


def looked_at(settings: Settings) -> list[Check]:
    clock = StandingClock()
    return [
        *database_checks(settings, clock),
        *slack_checks(settings),
        *smtp_checks(settings, clock),
        *imap_checks(settings, clock),
    ]


@pytest.mark.parametrize("kind", ["silent", "dead"])
def test_each_service_that_is_away_is_one_line_with_how_to_mend_it(
    kind: str, ports: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_checks, "PATIENCE", PATIENCE)
    monkeypatch.setattr("quartermaster.wiring.SLACK_PATIENCE", 1)
    begun = time.monotonic()
    found = looked_at(settings_at(ports[kind]))
    assert [(each.subject, each.verdict) for each in found] == [
        (name, "bad") for name in ("database", "Slack", "SMTP", "IMAP")
    ]
    assert all(each.mend and each.says and "\n" not in each.says for each in found)
    assert time.monotonic() - begun < 20
