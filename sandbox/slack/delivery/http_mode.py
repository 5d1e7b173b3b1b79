"""Deliveries to an app's request address, signed as Slack signs them."""

import hashlib
import hmac
import json
from http import HTTPStatus
from urllib.parse import urlencode

import httpx

from sandbox.slack.delivery.envelopes import COMMAND, EVENT, Envelope, Receipt
from sandbox.slack.manifests import Manifest
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.workspace import Workspace


async def deliver_by_http(workspace: Workspace, app: Json, envelope: Envelope) -> Receipt:
    """Post to the address that the manifest names for this kind of delivery."""
    url = _address(Manifest(app["manifest"]), envelope)
    if not url:
        return Receipt("app_not_connected")
    body, content_type = _body(envelope)
    headers = _signed(app["signing_secret"], body, workspace.clock.now()) | {"content-type": content_type}
    if envelope.attempt:
        headers |= {"x-slack-retry-num": str(envelope.attempt), "x-slack-retry-reason": envelope.reason}
    try:
        answer = await _post(url, body, headers, workspace.settings.ack_seconds)
        if workspace.faults.doubles_this_delivery():
            await _post(url, body, headers, workspace.settings.ack_seconds)
    except httpx.TimeoutException:
        return Receipt("timeout")
    except httpx.HTTPError:
        return Receipt("app_not_connected")
    if workspace.faults.loses_this_ack():
        return Receipt("timeout")
    if answer.status_code != HTTPStatus.OK:
        refuses_retry = answer.headers.get("x-slack-no-retry") == "1"
        return Receipt("http_error", {"no_retry": True} if refuses_retry else None)
    return Receipt("acked", _answer(answer))


async def verify_url(workspace: Workspace, app: Json) -> None:
    """Slack's question to a new events address; CallRefused("url_verification_failed") when the challenge does not come back."""
    url = Manifest(app["manifest"]).events_url
    if not url:
        return
    challenge = workspace.new_event_id()
    question = {"token": app["verification_token"], "challenge": challenge, "type": "url_verification"}
    body = json.dumps(question).encode()
    headers = _signed(app["signing_secret"], body, workspace.clock.now()) | {"content-type": "application/json"}
    try:
        answer = await _post(url, body, headers, workspace.settings.ack_seconds)
    except httpx.HTTPError as error:
        raise CallRefused("url_verification_failed", reason=str(error)) from error
    if answer.status_code != HTTPStatus.OK or challenge not in answer.text:
        raise CallRefused("url_verification_failed", reason=f"HTTP {answer.status_code}")


def _address(manifest: Manifest, envelope: Envelope) -> str | None:
    if envelope.kind == EVENT:
        return manifest.events_url
    if envelope.kind == COMMAND:
        command = manifest.command(envelope.payload["command"]) or {}
        return command.get("url") or manifest.interactivity_url
    return manifest.options_url if envelope.is_options else manifest.interactivity_url


def _body(envelope: Envelope) -> tuple[bytes, str]:
    if envelope.kind == EVENT:
        return json.dumps(envelope.payload).encode(), "application/json"
    form = envelope.payload if envelope.kind == COMMAND else {"payload": json.dumps(envelope.payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def _signed(secret: str, body: bytes, now: float) -> dict[str, str]:
    # https://docs.slack.dev/authentication/verifying-requests-from-slack
    timestamp = str(int(now))
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": f"v0={digest}",
        "user-agent": "local-workspace",
    }


async def _post(url: str, body: bytes, headers: dict[str, str], seconds: float) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False, timeout=seconds) as client:
        return await client.post(url, content=body, headers=headers)


def _answer(answer: httpx.Response) -> Json | None:
    if not answer.content.strip():
        return None
    try:
        body = answer.json()
    except ValueError:
        return {"text": answer.text}
    return body if isinstance(body, dict) else {"text": str(body)}
