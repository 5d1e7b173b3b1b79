"""Running a workspace: in the foreground for the command line, or in a thread beside a test or the demo."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from sandbox.slack.app import create_workspace
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.workspace import Workspace

START_SECONDS = 20.0
T = TypeVar("T")


class WorkspaceDidNotStart(RuntimeError):
    """The server was not up in time."""


@dataclass(frozen=True, slots=True)
class RunningWorkspace:
    """A workspace that serves in another thread; `do` runs a function where the workspace may be touched."""

    settings: WorkspaceSettings
    workspace: Workspace
    loop: asyncio.AbstractEventLoop

    @property
    def api(self) -> str:
        """The base_url of Slack's clients."""
        return f"{self.settings.address}/api/"

    @property
    def page(self) -> str:
        """The address that a person opens."""
        return f"{self.settings.address}/?key={self.settings.key}"

    def do(self, deed: Callable[[Workspace], T]) -> T:
        """Run this in the workspace's own thread and wait for the result."""
        done: Future[T] = Future()

        def run() -> None:
            try:
                done.set_result(deed(self.workspace))
            except BaseException as error:  # noqa: BLE001 - handed to the caller as it is
                done.set_exception(error)

        self.loop.call_soon_threadsafe(run)
        return done.result(START_SECONDS)


def bound_socket(port: int) -> socket.socket:
    """A listening socket on loopback; port 0 takes a free one."""
    # Named as TCP, since asyncio switches Nagle's algorithm off only then: without it each answer waits 40 ms.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError:
        listening.close()
        raise
    listening.listen(128)
    return listening


def server_of(app: Starlette) -> uvicorn.Server:
    """The server with the settings that sockets of Slack's clients need."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        ws="websockets-sansio",
        ws_max_size=16 * 1024 * 1024,
        timeout_graceful_shutdown=1,
        access_log=False,
    )
    return uvicorn.Server(config)


@contextmanager
def running_workspace(
    settings: WorkspaceSettings | None = None, *, port: int = 0, extra_routes: Sequence[BaseRoute] = ()
) -> Iterator[RunningWorkspace]:
    """A workspace served by a thread of its own till the block ends; its address is filled in from the port."""
    listening = bound_socket(port)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    settings = replace(settings, address=address) if settings else WorkspaceSettings(address=address)
    app = create_workspace(settings, extra_routes)
    server, started = server_of(app), threading.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        loops.append(asyncio.get_running_loop())
        asyncio.get_running_loop().call_soon(started.set)
        await server.serve([listening])

    thread = threading.Thread(target=asyncio.run, args=(serve(),), name="workspace", daemon=True)
    thread.start()
    if not started.wait(START_SECONDS):
        raise WorkspaceDidNotStart(address)
    try:
        yield RunningWorkspace(settings, app.state.workspace, loops[0])
    finally:
        server.should_exit = True
        thread.join(START_SECONDS)
        listening.close()
