"""The manifest with which the app is installed: sound by Slack's schema, and no less than what the bot uses."""

import json
from importlib.resources import files
from typing import Any

import pytest

from bot.commands.asks import COMMANDS
from sandbox.slack.manifests import checked_manifest

MANIFEST: dict[str, Any] = json.loads((files("quartermaster") / "data" / "slack-manifest.json").read_text())


def test_slack_s_own_schema_takes_the_manifest() -> None:
    assert checked_manifest(MANIFEST).name == "Quartermaster"


def test_every_slash_command_of_the_bot_is_in_the_manifest() -> None:
    assert {each["command"] for each in MANIFEST["features"]["slash_commands"]} == set(COMMANDS)


@pytest.mark.parametrize("event", ["app_home_opened", "app_mention", "message.im"])
def test_the_events_that_the_bot_listens_to_are_subscribed(event: str) -> None:
    assert checked_manifest(MANIFEST).hears(event)


def test_the_app_is_reached_by_socket_mode_and_its_buttons_work() -> None:
    manifest = checked_manifest(MANIFEST)
    assert manifest.uses_sockets
    assert manifest.is_interactive
