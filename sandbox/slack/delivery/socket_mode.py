"""Deliveries over Socket Mode, and the connections themselves."""

import asyncio
import json
import secrets
from time import perf_counter

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.slack.delivery.envelopes import EVENT, Envelope, Receipt
from sandbox.slack.links import MOST_SOCKETS, Link
from sandbox.slack.shapes import Json
from sandbox.slack.showing import tell_app
from sandbox.slack.workspace import Workspace

FAREWELL_SECONDS = 10.0  # a socket that was told to go is cut after this time
_HOST = "applink-local"


async def deliver_by_socket(workspace: Workspace, app: Json, envelope: Envelope) -> Receipt:
    """Send over one of the app's connections and wait for the ack."""
    link = workspace.links.pick(app["id"])
    if link is None:
        return Receipt("app_not_connected")
    envelope_id = _new_envelope_id()
    waiting: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
    link.awaited[envelope_id] = waiting
    link.send(_frame(envelope, envelope_id))
    if workspace.faults.doubles_this_delivery():
        link.send(_frame(envelope, _new_envelope_id()))
    try:
        answer = await asyncio.wait_for(waiting, workspace.settings.ack_seconds)
    except TimeoutError:
        return Receipt("timeout")
    except asyncio.CancelledError:
        if waiting.cancelled() and link not in workspace.links.of(app["id"]):
            return Receipt("timeout")  # the connection died while we waited
        raise
    finally:
        link.awaited.pop(envelope_id, None)
    return Receipt("acked", answer.get("payload"))


async def serve_socket(workspace: Workspace, socket: WebSocket) -> None:
    """One connection of an app from hello to the end."""
    app_id = workspace.links.redeem(socket.query_params.get("ticket", ""))
    if app_id is None:
        await socket.close(4401, "unknown ticket")
        return
    await socket.accept()
    link = Link(app_id)
    if not workspace.links.add(link):
        await socket.send_json(_farewell("too_many_websockets"))
        await socket.close()
        _log(workspace, app_id, "disconnect", "too_many_websockets")
        return
    link.send(_hello(app_id, workspace.links.count(app_id)))
    _log(workspace, app_id, "hello", "ok")
    _connections_changed(workspace, app_id)
    sending = asyncio.create_task(_send(socket, link))
    try:
        await _receive(workspace, socket, link)
    finally:
        sending.cancel()
        workspace.links.remove(link)
        _log(workspace, app_id, "closed", "ok")
        _connections_changed(workspace, app_id)


async def refresh(workspace: Workspace, app_id: str) -> None:
    """Ask each connection to be replaced by a new one, as Slack does every few hours."""
    leaving = workspace.links.of(app_id)
    for link in leaving:
        link.is_leaving = True
        link.send(_farewell("refresh_requested"))
    _log(workspace, app_id, "disconnect", "refresh_requested")
    await asyncio.sleep(FAREWELL_SECONDS)
    for link in leaving:
        link.hang_up()


def cut(workspace: Workspace, app_id: str) -> None:
    """Close each connection without a word."""
    for link in workspace.links.of(app_id):
        link.hang_up()
    _log(workspace, app_id, "cut", "ok")


async def _send(socket: WebSocket, link: Link) -> None:
    while (frame := await link.frames.get()) is not None:
        await socket.send_json(frame)
    await socket.close()


async def _receive(workspace: Workspace, socket: WebSocket, link: Link) -> None:
    while True:
        try:
            text = await socket.receive_text()
        except WebSocketDisconnect:
            return
        try:
            frame = json.loads(text)
        except ValueError:
            continue  # clients of old send "ping" as text
        waiting = link.awaited.get(frame.get("envelope_id", "")) if isinstance(frame, dict) else None
        if waiting is None or waiting.done():
            continue
        if not workspace.faults.loses_this_ack():
            waiting.set_result(frame)


def _frame(envelope: Envelope, envelope_id: str) -> Json:
    frame: Json = {
        "envelope_id": envelope_id,
        "payload": envelope.payload,
        "type": envelope.kind,
        "accepts_response_payload": envelope.takes_answer,
    }
    if envelope.kind == EVENT:
        frame |= {"retry_attempt": envelope.attempt, "retry_reason": envelope.reason}
    return frame


def _hello(app_id: str, count: int) -> Json:
    return {
        "type": "hello",
        "num_connections": count,
        "debug_info": {"host": _HOST, "build_number": 1, "approximate_connection_time": 18060},
        "connection_info": {"app_id": app_id},
    }


def _farewell(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": _HOST}}


def _new_envelope_id() -> str:
    digits = secrets.token_hex(16)
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _log(workspace: Workspace, app_id: str, name: str, outcome: str) -> None:
    started = perf_counter()
    broken = ("too_many_websockets",) if outcome == "too_many_websockets" else ()
    body = {"connections": workspace.links.count(app_id), "most": MOST_SOCKETS}
    entry = workspace.wire.begin("socket", "to_app", name, at=workspace.clock.now(), app=app_id, body=body)
    workspace.wire.finish(entry, outcome, perf_counter() - started, broken=broken)


def _connections_changed(workspace: Workspace, app_id: str) -> None:
    tell_app(workspace, workspace.apps.get(app_id))
