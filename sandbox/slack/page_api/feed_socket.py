"""The page's WebSocket: the state, then deltas out, commands in."""

import asyncio
import json
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.slack.feed import Page
from sandbox.slack.page_api.app_commands import APP_COMMANDS
from sandbox.slack.page_api.commands import COMMANDS, Deed
from sandbox.slack.page_api.doorkeeper import has_key, is_own_origin
from sandbox.slack.page_api.snapshot import snapshot
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.workspace import Workspace

FORBIDDEN, UNKNOWN_PERSON = 4403, 4404
_ALL = {**COMMANDS, **APP_COMMANDS}


async def serve_page(workspace: Workspace, socket: WebSocket) -> None:
    """One open page from its state to its end."""
    if not has_key(socket, workspace.settings) or not is_own_origin(socket):
        await _refuse(socket, FORBIDDEN)
        return
    humans = workspace.people.humans()
    person = socket.query_params.get("person") or (humans[0]["id"] if humans else "")
    if person not in workspace.people.book:
        await _refuse(socket, UNKNOWN_PERSON)
        return
    await socket.accept()
    page = Page(person)
    page.tell(snapshot(workspace, person))
    workspace.feed.open(page)
    sending = asyncio.create_task(_send(socket, page))
    try:
        await _receive(workspace, socket, page)
    finally:
        sending.cancel()
        workspace.feed.close(page)


async def _refuse(socket: WebSocket, code: int) -> None:
    await socket.accept()  # a browser learns the close code only of an accepted socket
    await socket.close(code)


async def _send(socket: WebSocket, page: Page) -> None:
    while True:
        await socket.send_text(json.dumps(await page.frames.get(), ensure_ascii=False))


async def _receive(workspace: Workspace, socket: WebSocket, page: Page) -> None:
    while True:
        try:
            wish: Any = json.loads(await socket.receive_text())
        except WebSocketDisconnect:
            return
        except ValueError:
            wish = None
        if not isinstance(wish, dict):
            page.tell({"type": "answer", "re": None, "ok": False, "error": "bad_command"})
            continue
        workspace.in_background(_obey(workspace, page, wish))


async def _obey(workspace: Workspace, page: Page, wish: Json) -> None:
    command = _ALL.get(str(wish.get("do")))
    try:
        if command is None:
            raise CallRefused("unknown_command_of_page")  # noqa: TRY301 - one way to say no
        answer = {"ok": True, **await command(Deed(workspace, page.person, wish))}
    except CallRefused as refusal:
        answer = {"ok": False, "error": refusal.error, **refusal.facts}
    page.tell({"type": "answer", "re": wish.get("id"), **answer})
