"""How fast a press is acknowledged and its message changed: python -m bench.slack [ORDERS].

The unchanged `quartermaster bot` on an SQLite file and, on the same local workspace in the same run, a Bolt app that
writes nothing down, each in a process of its own. An acknowledgement of ours comes after the decision is committed.
"""

import argparse
import asyncio
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import tomlkit
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from orders.purchase import OrderState
from sandbox.slack.interacting.actions import act
from sandbox.slack.serving import RunningWorkspace, running_workspace
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.setup import NewChannel, Registered, add_channels, register_app
from sandbox.slack.shapes import Json
from sandbox.slack.workspace import Workspace
from store.migrating import migrate
from store.queries.orders import orders_in
from store.sessions import open_store
from tests.makers.slack_app import MANIFEST
from tests.makers.story import submitted
from tests.makers.world import World, make_world

IN_FLIGHT = 50
ALONE = 40  # presses one at a time, each till its message has changed
ACK_BAR, CHANGE_BAR = 25.0, 50.0  # ms: p99 of acknowledgements, p50 from press to changed message
PATIENCE = 300.0
PAUSE = threading.Event()  # nobody sets it
PEOPLE = ("Maya", "Tom", "Ola")


@dataclass(frozen=True)
class Door:
    """An app on the workspace: its cards, and the button that is pressed on each."""

    name: str
    cards: list[Json]
    action_id: str


def main(orders: int) -> None:
    with TemporaryDirectory() as folder, running_workspace(_settings()) as workspace:
        ours, peers = workspace.do(_furnish)
        world = _shop(Path(folder))
        for _ in range(orders + ALONE):
            submitted(world)
        config = _config(Path(folder), workspace, ours)
        with (
            _process("quartermaster", "bot", "--config", str(config)),
            _process("bench.slack", *_peer(workspace, peers, orders + ALONE)),
        ):
            doors = [
                Door("quartermaster", _cards(workspace, ours, orders + ALONE), "order.approve.1"),
                Door("no-op Bolt app", _cards(workspace, peers, orders + ALONE), "press"),
            ]
            print(f"{'':<16} {'ack p50':>9} {'p99':>7}  {'per s':>6}   {'press to changed message p50':>28} {'p95':>7}")
            print(f"{'':<16} {f'{IN_FLIGHT} in flight, ms':>17}  {'':>6}   {'one at a time, ms':>28}")
            for door in doors:
                print(_measured(workspace, door, orders), flush=True)
            _tell_load()
        approved = _approved(world)
        print(
            f"decisions in the database: {approved} of {orders + ALONE}; bars: ack p99 {ACK_BAR} ms, change p50 {CHANGE_BAR} ms"
        )


def _measured(workspace: RunningWorkspace, door: Door, orders: int) -> str:
    acks, seconds = _run(workspace, _many(workspace.workspace, door.cards[:orders], door.action_id))
    changes, _ = _run(workspace, _alone(workspace.workspace, door.cards[orders:], door.action_id))
    rate = len(acks) / seconds
    return (
        f"{door.name:<16} {_part(acks, 0.5):9.1f} {_part(acks, 0.99):7.1f}  {rate:6.0f}   "
        f"{_part(changes, 0.5):28.1f} {_part(changes, 0.95):7.1f}"
    )


async def _many(workspace: Workspace, cards: list[Json], action_id: str) -> list[float]:
    room = asyncio.Semaphore(IN_FLIGHT)

    async def press(card: Json) -> float:
        async with room:
            return await _pressed(workspace, card, action_id)

    return await asyncio.gather(*(press(card) for card in cards))


async def _alone(workspace: Workspace, cards: list[Json], action_id: str) -> list[float]:
    changes = []
    for card in cards:
        began = time.perf_counter()
        await _pressed(workspace, card, action_id)
        while "edited" not in workspace.messages.get(card["channel"], card["ts"]):  # noqa: ASYNC110 - as a reader looks
            await asyncio.sleep(0.001)
        changes.append((time.perf_counter() - began) * 1000)
    return changes


async def _pressed(workspace: Workspace, card: Json, action_id: str) -> float:
    place = {"type": "message", "channel": card["channel"], "ts": card["ts"]}
    block = next(block for block in card["blocks"] if block["type"] == "actions")
    began = time.perf_counter()
    receipt = await act(workspace, "UMAYA", place, {"block_id": block["block_id"], "action_id": action_id})
    assert receipt.is_acked, receipt
    return (time.perf_counter() - began) * 1000


def _run(workspace: RunningWorkspace, work: Awaitable[list[float]]) -> tuple[list[float], float]:
    began = time.perf_counter()
    told: list[float] = asyncio.run_coroutine_threadsafe(work, workspace.loop).result(PATIENCE)  # type: ignore[arg-type]
    return told, time.perf_counter() - began


def _part(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _settings() -> WorkspaceSettings:
    """Lenient, since a thousand cards a minute in one channel is what is measured; acks may come late to be counted."""
    return WorkspaceSettings(address="", name="Bench", strict=False, ack_seconds=30.0)


def _furnish(workspace: Workspace) -> tuple[Registered, Registered]:
    for name in PEOPLE:
        workspace.people.add(name.lower(), name, id=f"U{name.upper()}")
    add_channels(workspace, [NewChannel(name) for name in ("orders", "stock", "reports")])
    return register_app(workspace, MANIFEST), register_app(workspace)


def _shop(folder: Path) -> World:
    store = open_store(f"sqlite:///{folder / 'shop.db'}")
    migrate(store.engine)
    return make_world(store)


def _config(folder: Path, workspace: RunningWorkspace, ours: Registered) -> Path:
    settings = {
        "shop": {"name": "Shop", "timezone": "Europe/Warsaw", "currency": "PLN"},
        "database": {"url": f"sqlite:///{folder / 'shop.db'}"},
        "slack": {"bot_token": ours.bot_token, "app_token": ours.app_token, "base_url": workspace.api},
        "mail": {"address": "orders@shop.example"},
    }
    path = folder / "quartermaster.toml"
    path.write_text(tomlkit.dumps(settings), encoding="utf-8")
    return path


def _cards(workspace: RunningWorkspace, app: Registered, wanted: int) -> list[Json]:
    """The app's cards, once all are there and it is connected."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        cards = workspace.do(lambda each: _with_buttons(each, app.app_id))
        if len(cards) >= wanted and workspace.do(lambda each: each.links.count(app.app_id)):
            return cards
        PAUSE.wait(0.2)
    raise TimeoutError(f"{len(cards)} of {wanted} cards")


def _with_buttons(workspace: Workspace, app_id: str) -> list[Json]:
    found = [
        each for channel in workspace.channels.book.values() for each in workspace.messages.of_channel(channel["id"])
    ]
    mine = [each for each in found if each.get("app_id") == app_id]
    return [each for each in mine if any(block["type"] == "actions" for block in each.get("blocks", ()))]


def _approved(world: World) -> int:
    with world.store.reading() as session:
        return len(orders_in(session, [OrderState.APPROVED, OrderState.SENDING]))


@contextmanager
def _process(module: str, *arguments: str) -> Iterator[None]:
    child = subprocess.Popen(
        [sys.executable, "-m", module, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        child.terminate()
        child.wait(20)


def _peer(workspace: RunningWorkspace, peers: Registered, cards: int) -> tuple[str, ...]:
    return ("peer", workspace.api, peers.bot_token, peers.app_token, str(cards))


def peer(api: str, bot_token: str, app_token: str, cards: str) -> None:
    """Acknowledges a press and changes the message; keeps nothing."""
    client = WebClient(bot_token, base_url=api)
    app = App(client=client, process_before_response=True)
    press = {"type": "button", "action_id": "press", "text": {"type": "plain_text", "text": "Press"}}
    card = [{"type": "actions", "elements": [press]}]

    app.event(re.compile(""))(lambda: None)

    @app.action("press")
    def pressed(ack: Callable[[], None], body: Json) -> None:
        ack()
        client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="pressed", blocks=[])

    handler = SocketModeHandler(app, app_token)
    handler.client.proxy = None
    handler.connect()  # type: ignore[no-untyped-call]
    for _ in range(int(cards)):
        client.chat_postMessage(channel="stock", text="card", blocks=card)
    PAUSE.wait()


def _tell_load() -> None:
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["peer"]:
        peer(*sys.argv[2:6])
    else:
        parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
        parser.add_argument(
            "orders", nargs="?", type=int, default=300, help="how many are pressed (default: %(default)s)"
        )
        main(parser.parse_args().orders)
