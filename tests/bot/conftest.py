"""The real Bolt app on the real local workspace, with people who are played, on a fresh SQLite database."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.app import build_app
from bot.deliverers import slack_deliverers
from bot.desk import Desk
from bot.posting import Poster
from jobs.delivery import Delivery
from sandbox.slack.client import Player
from sandbox.slack.serving import RunningWorkspace, running_workspace
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.setup import NewChannel, Registered, add_channels, register_app
from sandbox.slack.shapes import Json
from sandbox.slack.workspace import Workspace
from store.sessions import Store, open_store
from tests.makers.slack_app import MANIFEST
from tests.makers.workspace import Desk as ConnectedDesk
from tests.makers.world import World, make_world

PEOPLE = {"maya": "manager", "tom": "buyer", "ola": "warehouse", "zoe": "nobody the shop knows"}
CHANNELS = ("orders", "stock", "reports", "quartermaster-ops")


@pytest.fixture
def sqlite_store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "shop.db"
    path.write_bytes(sqlite_template.read_bytes())
    opened = open_store(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture
def world(sqlite_store: Store) -> World:
    return make_world(sqlite_store)


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world.store, world.clock, world.house, lambda: None)


@pytest.fixture
def workspace() -> Iterator[RunningWorkspace]:
    with running_workspace(
        WorkspaceSettings(address="", name="Shop", ack_seconds=10.0, trigger_seconds=30.0)
    ) as running:
        yield running


@pytest.fixture
def registered(workspace: RunningWorkspace) -> Registered:
    return workspace.do(_furnish)


def _furnish(workspace: Workspace) -> Registered:
    for name, role in PEOPLE.items():
        workspace.people.add(name, name.title(), id=f"U{name.upper()}", note=role, tz="Europe/Warsaw")
    add_channels(workspace, [NewChannel(name) for name in CHANNELS])
    return register_app(workspace, MANIFEST)


@pytest.fixture
def client(workspace: RunningWorkspace, registered: Registered) -> WebClient:
    return WebClient(registered.bot_token, base_url=workspace.api)


@pytest.fixture
def app(client: WebClient, desk: Desk) -> App:
    return build_app(client, desk)


@dataclass
class Door:
    """The Slack door, open: the shop behind it, the people before it, and its delivery, run when a test says so."""

    world: World
    workspace: RunningWorkspace
    client: WebClient
    app: App
    delivery: Delivery
    plays: Callable[[str], Player]

    def deliver(self) -> int:
        return self.delivery.deliver_due()

    def card(self, person: str, number: str) -> Json:
        """The order's card as this person sees it, delivered now."""
        self.deliver()
        return self.plays(person).wait_for_message(
            lambda each: number in str(each.get("text")) and each.get("thread_ts", each["ts"]) == each["ts"],
            channel="orders",
        )


@pytest.fixture
def door(
    world: World, desk: Desk, workspace: RunningWorkspace, registered: Registered, client: WebClient, app: App
) -> Iterator[Door]:
    connected = ConnectedDesk(workspace, registered)
    connected.connect(app)
    delivery = Delivery(world.store, world.clock, slack_deliverers(desk, Poster(client, world.store, world.clock)))
    with ExitStack() as stack:
        playing: dict[str, Player] = {}

        def plays(person: str) -> Player:
            if person not in playing:
                playing[person] = stack.enter_context(Player(workspace.page, f"U{person.upper()}"))
            return playing[person]

        maya = plays("maya")
        maya.wait_for_app()
        yield Door(world, workspace, client, app, delivery, plays)
        maya.wait_until(lambda sees: all(each["outcome"] != "waiting" for each in sees.wire.values()), "every ack")
        connected.disconnect()
