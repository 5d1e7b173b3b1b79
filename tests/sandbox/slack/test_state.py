"""What a second start finds, and what the command line prints."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Self

import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from sandbox.slack.client import Player
from sandbox.slack.settings import WorkspaceSettings
from tests.makers.workspace import furnished_desk, make_manifest, section

QUARTERMASTER = Path(sys.executable).with_name("quartermaster")
pytestmark = pytest.mark.servers


def test_a_second_start_shows_the_first_ones_talk(tmp_path: Path) -> None:
    settings = WorkspaceSettings(address="", state=tmp_path / "workspace.db")
    with furnished_desk(settings) as first:
        ts = first.client.chat_postMessage(channel="#orders", text="before", blocks=[section("before")])["ts"]
        first.client.reactions_add(channel=first.channel("orders"), timestamp=ts, name="eyes")
        file = first.client.files_upload_v2(channel=first.channel("orders"), content="abc", filename="a.txt")["file"]
        first.client.views_publish(user_id=first.person("magda"), view={"type": "home", "blocks": [section("home")]})
        token = first.registered.bot_token
    with furnished_desk(settings) as second, second.player() as magda:
        assert second.registered.bot_token == token
        message = magda.wait_for_message(lambda each: each["text"] == "before")
        assert message["reactions"][0]["name"] == "eyes"
        assert second.do(lambda workspace: workspace.files.content(file["id"])) == b"abc"
        assert magda.sees.homes[second.registered.app_id] is not None
        assert magda.say("orders", "after") > ts


class Started:
    """The workspace's command in a process of its own."""

    def __init__(self, *arguments: str) -> None:
        command = [str(QUARTERMASTER), "sandbox", "--port", "0", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.environment: dict[str, str] = {}

    def __enter__(self) -> Self:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            name, _, value = line.strip().partition("=")
            self.environment[name] = value
            if name == "SLACK_CHANNEL_ID":
                break
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=10)


def test_the_command_prints_what_an_app_needs() -> None:
    with Started() as started:
        said = started.environment
        client = WebClient(said["SLACK_BOT_TOKEN"], base_url=said["SLACK_API_URL"])
        client.chat_postMessage(channel=said["SLACK_CHANNEL_ID"], text="hello")
        assert WebhookClient(said["SLACK_WEBHOOK_URL"]).send(text="by webhook").body == "ok"
        with Player(said["WORKSPACE_PAGE"]) as magda:
            magda.wait_for_message(lambda message: message["text"] == "hello")
            magda.wait_for_message(lambda message: message["text"] == "by webhook")


def test_the_command_installs_an_app_from_its_manifest(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(make_manifest("Desk")), encoding="utf-8")
    tokens = ["--bot-token", "xoxb-mine", "--app-token", "xapp-mine", "--key", "open"]
    with Started("--manifest", str(path), "--lenient", *tokens) as started:
        assert started.environment["SLACK_BOT_TOKEN"] == "xoxb-mine"
        assert started.environment["WORKSPACE_PAGE"].endswith("?key=open")
        client = WebClient("xoxb-mine", base_url=started.environment["SLACK_API_URL"])
        assert client.auth_test()["user"] == "desk"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "not JSON"),
        ("[]", "a manifest is a JSON object"),
        ('{"settings": {"socket_mode_enabled": 3}}', "The manifest is refused"),
    ],
)
def test_a_bad_manifest_is_refused_in_a_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(content, encoding="utf-8")
    command = [str(QUARTERMASTER), "sandbox", "--port", "0", "--manifest", str(path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 2
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr


def test_ports_that_cannot_be_used_are_refused_in_a_sentence() -> None:
    command = [str(QUARTERMASTER), "sandbox", "--port"]
    ended = subprocess.run([*command, "443"], capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 2
    assert "Port 443 cannot be used" in ended.stderr
