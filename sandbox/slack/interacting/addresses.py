"""The HTTP addresses at which apps answer without a token: response_url and incoming webhooks."""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox.slack.interacting.answers import take_answer
from sandbox.slack.shapes import CallRefused
from sandbox.slack.triggers import ResponseAddress
from sandbox.slack.workspace import Workspace


async def answer_at_response_url(workspace: Workspace, request: Request) -> Response:
    """Slack answers `ok` as text to a good answer, and JSON with an error to a bad one."""
    entry = workspace.wire.begin(
        "response", "from_app", "response_url", at=workspace.clock.now(), app="", body=(await request.body()).decode()
    )
    try:
        address: ResponseAddress = workspace.triggers.use_address(request.path_params["key"], workspace.clock.now())
        entry["app"] = address.app
        take_answer(workspace, address, json.loads(await request.body() or b"null"))
    except CallRefused as refusal:
        workspace.wire.finish(entry, refusal.error, 0.0, broken=(refusal.error,))
        status = 404 if refusal.error in ("used_url", "expired_url", "no_service") else 200
        return JSONResponse({"ok": False, "error": refusal.error, **refusal.facts}, status)
    except ValueError:
        workspace.wire.finish(entry, "invalid_payload", 0.0, broken=("invalid_payload",))
        return JSONResponse({"ok": False, "error": "invalid_payload"}, 200)
    workspace.wire.finish(entry, "ok", 0.0)
    return PlainTextResponse("ok")


async def answer_at_webhook(workspace: Workspace, request: Request) -> Response:
    """An incoming webhook: a message to the one channel that the address stands for."""
    key = request.path_params["key"]
    for app in workspace.apps.book.values():
        channel = app["webhooks"].get(key)
        if channel is not None:
            break
    else:
        return PlainTextResponse("no_service", 404)
    entry = workspace.wire.begin(
        "response", "from_app", "webhook", at=workspace.clock.now(), app=app["id"], body=(await request.body()).decode()
    )
    address = ResponseAddress(app["id"], app["bot_user"], channel, workspace.clock.now())
    try:
        answer = await _webhook_body(request)
        take_answer(workspace, address, {"response_type": "in_channel", **answer})
    except (CallRefused, ValueError) as error:
        code = error.error if isinstance(error, CallRefused) else "invalid_payload"
        workspace.wire.finish(entry, code, 0.0, broken=(code,))
        return PlainTextResponse(code, 400)
    workspace.wire.finish(entry, "ok", 0.0)
    return PlainTextResponse("ok")


async def _webhook_body(request: Request) -> dict[str, object]:
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        parsed = json.loads(str((await request.form()).get("payload", "")))
    else:
        parsed = json.loads(await request.body())
    if not isinstance(parsed, dict):
        raise CallRefused("invalid_payload")
    return parsed
