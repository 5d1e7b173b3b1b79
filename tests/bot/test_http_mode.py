"""The same app behind an HTTP endpoint: signed requests of Slack, and nobody else's."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from slack_sdk import WebClient

from bot.app import build_app
from bot.desk import Desk
from quartermaster.settings import Settings
from quartermaster.slack_connection import serve
from sandbox.slack.client import Player, texts_of
from sandbox.slack.serving import RunningWorkspace, bound_socket
from sandbox.slack.setup import Registered, register_app
from sandbox.slack.shapes import Json
from tests.makers.slack_app import MANIFEST

pytestmark = pytest.mark.servers


@pytest.fixture
def port() -> int:
    with bound_socket(0) as found:
        return int(found.getsockname()[1])


@pytest.fixture
def reached_by_http(workspace: RunningWorkspace, registered: Registered, port: int) -> Registered:
    del registered  # the people and channels of the furnished workspace
    url = f"http://127.0.0.1:{port}/slack/events"
    settings: Json = {
        "socket_mode_enabled": False,
        "event_subscriptions": MANIFEST["settings"]["event_subscriptions"] | {"request_url": url},
        "interactivity": {"is_enabled": True, "request_url": url},
    }
    commands = [each | {"url": url} for each in MANIFEST["features"]["slash_commands"]]
    manifest = MANIFEST | {"features": MANIFEST["features"] | {"slash_commands": commands}, "settings": settings}
    return workspace.do(lambda each: register_app(each, manifest))


@pytest.fixture
def served(workspace: RunningWorkspace, reached_by_http: Registered, desk: Desk, port: int) -> Iterator[None]:
    client = WebClient(reached_by_http.bot_token, base_url=workspace.api)
    app = build_app(client, desk, signing_secret=reached_by_http.signing_secret)
    settings = Settings.model_validate({"slack": {"mode": "http", "http_host": "127.0.0.1", "http_port": port}})
    stop = threading.Event()
    serving = threading.Thread(target=serve, args=(app, settings, stop), daemon=True)
    serving.start()
    for _ in range(100):
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            break
        stop.wait(0.05)
    yield
    stop.set()
    serving.join(10)


@pytest.mark.usefixtures("served")
def test_a_slash_command_is_answered_over_http(workspace: RunningWorkspace) -> None:
    with Player(workspace.page, "UMAYA") as maya:
        maya.slash("orders", "/stock oat drink")
        assert "40" in texts_of(maya.wait_for_message(lambda each: "Oat drink" in texts_of(each)))
