"""The same Bolt app behind a request address: signed deliveries, the challenge, repetitions."""

import asyncio
import hashlib
import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.app.app import SlackAppDevelopmentServer

from sandbox.slack.client import DeedRefused
from sandbox.slack.delivery.http_mode import verify_url
from sandbox.slack.setup import register_app
from sandbox.slack.shapes import CallRefused
from sandbox.slack.workspace import Workspace
from tests.makers.workspace import BOT_EVENTS, Desk, Heard, Json, acknowledging, actions, button, make_manifest, noting

pytestmark = pytest.mark.servers


def reached_at(desk: Desk, url: str) -> None:
    """The desk's app is reached by HTTP from now on."""
    manifest = make_manifest(
        socket_mode_enabled=False,
        event_subscriptions={"request_url": url, "bot_events": list(BOT_EVENTS)},
        interactivity={"is_enabled": True, "request_url": url},
    )
    desk.do(lambda workspace: register_app(workspace, manifest))


@contextmanager
def served(desk: Desk, app: App) -> Iterator[None]:
    """Bolt's development server on a free port."""
    server = SlackAppDevelopmentServer(port=0, path="/slack/events", app=app)
    listening: HTTPServer = server._server
    thread = threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    reached_at(desk, f"http://127.0.0.1:{listening.server_port}/slack/events")
    try:
        yield
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join(5)


def behind_address(desk: Desk, secret: str = "") -> App:
    return App(
        client=desk.client, signing_secret=secret or desk.registered.signing_secret, process_before_response=True
    )


async def _verify(workspace: Workspace, app_id: str) -> str:
    try:
        await verify_url(workspace, workspace.apps.get(app_id))
    except CallRefused as refusal:
        return refusal.error
    return "ok"


def verified(desk: Desk) -> str:
    running = desk.running
    return asyncio.run_coroutine_threadsafe(_verify(running.workspace, desk.registered.app_id), running.loop).result(5)


def test_events_commands_clicks_and_the_challenge_arrive_signed(desk: Desk) -> None:
    app, events, clicks = behind_address(desk), Heard(), Heard()
    app.event("app_mention")(noting(events))
    app.event("message")(noting(events))
    app.command("/stock")(lambda ack: ack("three"))
    app.action("go")(acknowledging(clicks, "actions"))
    with served(desk, app), desk.player() as magda:
        assert verified(desk) == "ok"
        magda.say("orders", "@desk hello")
        magda.slash("orders", "/stock OAT")
        assert magda.wait_for_message(lambda message: message["text"] == "three")["ephemeral"]
        desk.client.chat_postMessage(channel="#orders", text="card", blocks=[actions(button("go", value="7"))])
        magda.press(magda.wait_for_message(lambda message: message["text"] == "card"), "go")
        events.wait_for(2)
    assert sorted(body["event"]["type"] for body in events.all) == ["app_mention", "message"]
    assert clicks.wait_for(1)[0][0]["value"] == "7"


def test_an_app_with_another_secret_refuses_and_the_person_is_told(desk: Desk) -> None:
    with served(desk, behind_address(desk, "another")), desk.player() as magda:
        assert verified(desk) == "url_verification_failed"
        with pytest.raises(DeedRefused, match="http_error"):
            magda.slash("orders", "/stock OAT")


def test_an_address_where_nobody_listens_counts_as_not_connected(desk: Desk) -> None:
    reached_at(desk, "http://127.0.0.1:9/slack/events")
    assert verified(desk) == "url_verification_failed"
    with desk.player() as magda, pytest.raises(DeedRefused, match="app_not_connected"):
        magda.slash("orders", "/stock OAT")


class Stubborn(BaseHTTPRequestHandler):
    """Answers 500, and notes what it was sent."""

    heard: Heard
    extra: dict[str, str]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.heard.note((dict(self.headers), body))
        self.send_response(500)
        for name, value in self.extra.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def stubborn(desk: Desk, **extra: str) -> Iterator[Heard]:
    heard = Heard()
    headers = {name.replace("_", "-"): value for name, value in extra.items()}
    handler = type("Handler", (Stubborn,), {"heard": heard, "extra": headers})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        reached_at(desk, f"http://127.0.0.1:{server.server_port}/")
        yield heard
        server.shutdown()
        thread.join(5)


def lower(headers: Json) -> Json:
    return {name.lower(): value for name, value in headers.items()}


def test_repetitions_carry_their_number_and_reason_and_each_is_signed(quick_desk: Desk) -> None:
    with stubborn(quick_desk) as heard, quick_desk.player() as magda:
        magda.say("orders", "hello")
        attempts = [(lower(headers), body) for headers, body in heard.wait_for(4)]
    numbers = [headers.get("x-slack-retry-num") for headers, _ in attempts]
    assert numbers == [None, "1", "2", "3"]
    assert attempts[1][0]["x-slack-retry-reason"] == "http_error"
    for headers, body in attempts:
        signed = b"v0:" + headers["x-slack-request-timestamp"].encode() + b":" + body
        digest = hmac.new(quick_desk.registered.signing_secret.encode(), signed, hashlib.sha256).hexdigest()
        assert headers["x-slack-signature"] == f"v0={digest}"


def test_an_app_may_decline_repetitions(quick_desk: Desk) -> None:
    with stubborn(quick_desk, x_slack_no_retry="1") as heard, quick_desk.player() as magda:
        magda.say("orders", "first")
        heard.wait_for(1)
        magda.say("orders", "second")
        heard.wait_for(2)
    assert all("x-slack-retry-num" not in lower(headers) for headers, _ in heard.all)
