"""A browser page with the workspace's page in it, and the server's half of the protocol played by the test."""

import functools
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, WebSocketRoute

PAGE = Path(__file__).parents[2] / "sandbox" / "slack" / "page"
MAGDA, PIOTR, EWA, BOT = "U0MAGDA", "U0PIOTR", "U0EWA", "U0BOT1"
ORDERS, STOCK, BOT_DM = "C0ORDERS", "C0STOCK", "D0APP1"
NOW = 1795500000.0

Json = dict[str, Any]


class _QuietFiles(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for forty modules

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        pass


@contextmanager
def served_page() -> Iterator[str]:
    """The static files of the page on a free port; yields the address."""
    handler = functools.partial(_QuietFiles, directory=str(PAGE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join(timeout=5)


def person(id_: str, name: str, real_name: str, note: str = "", **more: Any) -> Json:
    return {
        "id": id_,
        "name": name,
        "real_name": real_name,
        "tz": "Europe/Warsaw",
        "tz_offset": 3600,
        "is_bot": False,
        "note": note,
    } | more


def make_message(ts: float, user: str, text: str, **more: Any) -> Json:
    return {"type": "message", "channel": ORDERS, "ts": f"{NOW + ts:.6f}", "user": user, "text": text} | more


def make_channel(id_: str, name: str, **more: Any) -> Json:
    members = [MAGDA, PIOTR, EWA, BOT]
    return {
        "id": id_, "kind": "channel", "name": name, "topic": "", "purpose": "", "is_private": False, "is_archived": False,
        "is_member": True, "members": members, "last_read": "0", "unread": 0, "mentions": 0, "latest": None,
    } | more  # fmt: skip


def make_state(**more: Any) -> Json:
    """What a workspace with three people, one app and two channels says first."""
    commands = [
        {"command": "/stock", "description": "Stock of a product", "usage_hint": "[product]"},
        {"command": "/order", "description": "One order", "usage_hint": "[number]"},
        {"command": "/orders", "description": "Orders that wait", "usage_hint": ""},
    ]
    return {
        "type": "state",
        "seq": 1,
        "team": {"id": "T0WORKSPACE", "name": "Green Grocer", "domain": "workspace"},
        "me": MAGDA,
        "people": [
            person(MAGDA, "magda", "Magda Nowak", "manager", color="4A7C59"),
            person(PIOTR, "piotr", "Piotr Zieliński", "buyer", color="B5533C"),
            person(EWA, "ewa", "Ewa Wójcik", "warehouse", color="6B5B95"),
            person(BOT, "quartermaster", "Quartermaster", is_bot=True, app_id="A0APP1", color="3B5B8C"),
        ],
        "usergroups": [{"id": "S0BUYERS", "handle": "buyers", "name": "Buyers", "users": [PIOTR]}],
        "apps": [
            {
                "id": "A0APP1", "name": "Quartermaster", "bot_user": BOT, "dm": BOT_DM, "color": "#3B5B8C", "description": "Order desk",
                "sockets": 1, "has_home": True, "has_messages_tab": True, "commands": commands, "shortcuts": [], "agent": True,
            }
        ],
        "channels": [
            make_channel(ORDERS, "orders", topic="What we buy and what waits for a decision"),
            make_channel(STOCK, "stock"),
            make_channel(BOT_DM, "Quartermaster", kind="dm", **{"with": BOT}),
        ],
        "messages": {ORDERS: [], STOCK: [], BOT_DM: []},
        "more": {}, "ephemeral": {}, "homes": {}, "modals": [], "statuses": [], "prompts": [],
        "faults": {
            "lose_acks": 0, "duplicate": 0, "delay_ms": 0, "rate_limit": {"method": "*", "times": 0, "retry_after": 3},
            "drop_after_commit": {"method": "chat.postMessage", "times": 0}, "expire_triggers": False, "clock_shift_s": 0, "strict": True,
        },
        "wire": [],
    } | more  # fmt: skip


def _agree(_: Json) -> Json:
    return {"ok": True}


class ScriptedWorkspace:
    """Plays the server: sends the state and deltas that a test wants, keeps the commands, answers them."""

    def __init__(self, page: Page, address: str, state: Json) -> None:
        self.page = page
        self.state = state
        self.commands: list[Json] = []
        self.opened: list[str] = []
        self.answers: dict[str, Callable[[Json], Json]] = {}
        self._socket: WebSocketRoute | None = None
        self._seq = 0
        page.route_web_socket("**/ws*", self._connected)
        self.address = address

    def open(self, path: str = "/index.html") -> Page:
        self.page.goto(self.address + path)
        self.page.get_by_role("navigation").first.wait_for()
        return self.page

    def tell(self, type_: str, **fields: Any) -> None:
        """Send a delta."""
        assert self._socket is not None
        self._seq += 1
        self._socket.send(json.dumps({"type": type_, "seq": self._seq} | fields))

    def lose_a_frame(self) -> None:
        self._seq += 1

    def hang_up(self) -> None:
        assert self._socket is not None
        self._socket.close()

    def heard(self, do: str) -> Json:
        """The newest command of this kind; waits till one has come."""
        for _ in range(100):
            found = [command for command in self.commands if command["do"] == do]
            if found:
                return found[-1]
            self.page.wait_for_timeout(20)
        raise AssertionError(f"no command {do!r} came, only {[command['do'] for command in self.commands]}")

    def _connected(self, socket: WebSocketRoute) -> None:
        self._socket = socket
        self.opened.append(socket.url)
        socket.on_message(self._command)
        _, _, asked = socket.url.partition("person=")
        self._seq = 1
        socket.send(json.dumps(self.state | {"me": asked or self.state["me"]}))

    def _command(self, frame: str | bytes) -> None:
        command = json.loads(frame)
        self.commands.append(command)
        answer = self.answers.get(command["do"], _agree)(command)
        self.tell("answer", re=command["id"], **({"ok": True} | answer))
