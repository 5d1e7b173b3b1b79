"""A local workspace with three people and a Bolt app in it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox.slack.client import Player
from sandbox.slack.delivery.socket_mode import cut
from sandbox.slack.serving import RunningWorkspace, running_workspace
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.setup import PEOPLE, NewChannel, Registered, add_channels, add_people, register_app
from sandbox.slack.workspace import Workspace

Json = dict[str, Any]
CHANNELS = (NewChannel("general", is_general=True), NewChannel("orders", topic="What we buy"))
BOT_SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:manage",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "im:history",
    "im:read",
    "im:write",
    "pins:write",
    "reactions:read",
    "reactions:write",
    "team:read",
    "usergroups:read",
    "users:read",
)
BOT_EVENTS = (
    "app_home_opened",
    "app_mention",
    "file_shared",
    "link_shared",
    "member_joined_channel",
    "message.channels",
    "message.im",
    "reaction_added",
)


def make_manifest(name: str = "Desk", *, without: tuple[str, ...] = (), **settings: Any) -> Json:
    """A manifest of an order desk; `without` takes scopes away."""
    return {
        "display_information": {"name": name, "description": "Order desk"},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": name.lower(), "always_online": True},
            "slash_commands": [{"command": "/stock", "description": "Stock of a product", "usage_hint": "[product]"}],
            "shortcuts": [
                {"type": "global", "name": "New order", "callback_id": "new_order", "description": "Starts one"},
                {"type": "message", "name": "Book", "callback_id": "book", "description": "Books it"},
            ],
            "unfurl_domains": ["orders.example.com"],
        },
        "oauth_config": {"scopes": {"bot": [scope for scope in BOT_SCOPES if scope not in without]}},
        "settings": {
            "socket_mode_enabled": True,
            "interactivity": {"is_enabled": True},
            "event_subscriptions": {"bot_events": list(BOT_EVENTS)},
            **settings,
        },
    }


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id: str, text: str = "Press", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def actions(*elements: Json, block_id: str = "acts") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def text_input(block_id: str, action_id: str = "typed", **more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": action_id}
    return {"type": "input", "block_id": block_id, "label": plain("Label"), "element": element, **more}


def modal(*blocks: Json, callback_id: str = "form", **more: Any) -> Json:
    submit = {"submit": plain("Send")}
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain("Form"),
        "blocks": list(blocks),
        **submit,
        **more,
    }


@dataclass
class Desk:
    """A furnished workspace with one registered app."""

    running: RunningWorkspace
    registered: Registered
    bolt_apps: list[SocketModeHandler] = field(default_factory=list)

    @property
    def client(self) -> WebClient:
        return self.client_of(self.registered.bot_token)

    def client_of(self, token: str) -> WebClient:
        return WebClient(token, base_url=self.running.api)

    def do(self, deed: Callable[[Workspace], Any]) -> Any:
        return self.running.do(deed)

    def channel(self, name: str) -> str:
        return str(self.do(lambda workspace: (workspace.channels.named(name) or {})["id"]))

    def person(self, name: str) -> str:
        return str(self.do(lambda workspace: (workspace.people.named(name) or {})["id"]))

    @contextmanager
    def player(self, name: str = "magda") -> Iterator[Player]:
        with Player(self.running.page, self.person(name)) as player:
            yield player

    def connect(self, app: App, app_token: str = "", ping_interval: float = 10) -> SocketModeHandler:
        """Bring a Bolt app onto its socket; it leaves when the fixture ends."""
        handler = SocketModeHandler(app, app_token or self.registered.app_token, ping_interval=ping_interval)
        handler.client.proxy = None
        handler.connect()  # type: ignore[no-untyped-call]  # Bolt's
        self.bolt_apps.append(handler)
        return handler

    def disconnect(self) -> None:
        """Send the Bolt apps home in a few milliseconds.

        The handler's own `close` waits up to 3 s in a receive that nothing ends and 1 s for an empty queue, so the server
        hangs up and the threads are told to stop."""
        for handler in self.bolt_apps:
            handler.client.auto_reconnect_enabled = False
            handler.client.current_session_state.terminated = True
        for app in self.do(lambda workspace: list(workspace.apps.book)):
            self.do(partial(cut, app_id=app))
        for handler in self.bolt_apps:
            handler.client.closed = True
            handler.client.current_session_runner.shutdown()  # type: ignore[no-untyped-call]  # the SDK's
            handler.client.current_app_monitor.shutdown()  # type: ignore[no-untyped-call]
            handler.client.disconnect()  # only now: its socket must have no reader
            handler.client.message_processor.event.set()
            handler.client.message_workers.shutdown()

    def bolt(self) -> App:
        return App(client=self.client, process_before_response=True)


@contextmanager
def furnished_desk(settings: WorkspaceSettings | None = None, manifest: Json | None = None) -> Iterator[Desk]:
    with running_workspace(settings) as running:

        def furnish(workspace: Workspace) -> Registered:
            add_people(workspace, PEOPLE)
            add_channels(workspace, CHANNELS)
            return register_app(workspace, manifest or make_manifest())

        desk = Desk(running, running.do(furnish))
        try:
            yield desk
        finally:
            desk.disconnect()


class Heard:
    """Collects what a listener was told, and lets a test wait for it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.all: list[Any] = []

    def note(self, thing: Any) -> None:
        with self._changed:
            self.all.append(thing)
            self._changed.notify_all()

    def wait_for(self, count: int, timeout: float = 5.0) -> list[Any]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.all) >= count, timeout), f"heard only {self.all}"
            return list(self.all)


def noting(heard: Heard) -> Callable[[Json], None]:
    """A Bolt listener; Bolt looks at the names of its parameters."""

    def listen(body: Json) -> None:
        heard.note(body)

    return listen


def acknowledging(heard: Heard, *path: str) -> Callable[[Any, Json], None]:
    """A Bolt listener that acknowledges and notes a part of the payload."""

    def listen(ack: Any, body: Json) -> None:
        ack()
        part: Any = body
        for name in path:
            part = part[name]
        heard.note(part)

    return listen
