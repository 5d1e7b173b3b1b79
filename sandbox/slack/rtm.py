"""The Real Time Messaging API, which older bots and Slack's own integration tests still speak: events as bare JSON."""

import asyncio
import json
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.slack.happenings.posting import Author, post
from sandbox.slack.links import Link
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.workspace import Workspace


async def serve_stream(workspace: Workspace, socket: WebSocket) -> None:
    """One connection from hello to the end: what happens where the bot is goes out, what it says comes in."""
    app_id = workspace.streams.redeem(socket.query_params.get("ticket", ""))
    if app_id is None:
        await socket.close(4401, "unknown ticket")
        return
    await socket.accept()
    link = Link(app_id)
    if not workspace.streams.add(link):
        await socket.close(4429, "too many connections")
        return
    link.send({"type": "hello"})
    sending = asyncio.create_task(_send(socket, link))
    try:
        while True:
            answer = _heard(workspace, app_id, await socket.receive_text())
            if answer is not None:
                link.send(answer)
    except WebSocketDisconnect:
        return
    finally:
        sending.cancel()
        workspace.streams.remove(link)


async def _send(socket: WebSocket, link: Link) -> None:
    while (frame := await link.frames.get()) is not None:
        await socket.send_json(frame)
    await socket.close()


def _heard(workspace: Workspace, app_id: str, text: str) -> Json | None:
    """The answer to a frame; None to what is no frame or asks for nothing."""
    try:
        frame: Any = json.loads(text)
    except ValueError:
        return None
    if not isinstance(frame, dict):
        return None
    reply = {"reply_to": frame.get("id")}
    if frame.get("type") == "ping":
        return {**frame, "type": "pong", **reply}
    if frame.get("type") != "message":
        return None
    try:
        return {"ok": True, **reply, **_said(workspace, app_id, frame)}
    except CallRefused as refusal:
        return {"ok": False, **reply, "error": {"code": 2, "msg": refusal.error}}


def _said(workspace: Workspace, app_id: str, frame: Json) -> Json:
    app = workspace.apps.get(app_id)
    channel = workspace.channels.get(str(frame.get("channel", "")))
    if app["bot_user"] not in channel["members"]:
        raise CallRefused("not_in_channel")
    if not frame.get("text"):
        raise CallRefused("no_text")
    content: Json = {"text": str(frame["text"])}
    if frame.get("thread_ts"):
        content["thread_ts"] = str(frame["thread_ts"])
    message = post(workspace, channel, Author(app["bot_user"], app), content)
    return {"ts": message["ts"], "text": message["text"]}
