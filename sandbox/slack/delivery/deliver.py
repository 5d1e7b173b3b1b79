"""Bring an envelope to its app by whatever way the app has chosen, write it into the wire log, repeat events."""

import asyncio
from dataclasses import replace
from time import perf_counter

from sandbox.slack.delivery.envelopes import EVENT, INTERACTIVE, Envelope, Receipt
from sandbox.slack.delivery.http_mode import deliver_by_http
from sandbox.slack.delivery.socket_mode import deliver_by_socket
from sandbox.slack.manifests import Manifest
from sandbox.slack.shapes import Json
from sandbox.slack.workspace import Workspace

_RETRY_REASONS = {"timeout": "http_timeout", "http_error": "http_error", "app_not_connected": "connection_failed"}
_SOCKET_REASON = "timeout"


async def deliver(workspace: Workspace, app: Json, envelope: Envelope) -> Receipt:
    """One attempt."""
    manifest = Manifest(app["manifest"])
    by_socket = manifest.uses_sockets
    entry = workspace.wire.begin(
        "envelope" if by_socket else "request",
        "to_app",
        envelope.name,
        at=workspace.clock.now(),
        app=app["id"],
        body=envelope.payload,
        attempt=envelope.attempt,
    )
    if workspace.faults.delay_ms:
        await asyncio.sleep(workspace.faults.delay_ms / 1000)
    started = perf_counter()
    way = deliver_by_socket if by_socket else deliver_by_http
    receipt = await way(workspace, app, envelope)
    broken = () if receipt.is_acked else (_broken_limit(receipt),)
    workspace.wire.finish(entry, receipt.outcome, perf_counter() - started, receipt.answer, broken)
    return receipt


async def deliver_event(workspace: Workspace, app: Json, name: str, payload: Json) -> None:
    """An event with Slack's three repetitions."""
    envelope = Envelope(EVENT, payload, f"events_api {name}")
    receipt = await deliver(workspace, app, envelope)
    for attempt, pause in enumerate(workspace.settings.retry_seconds, start=1):
        if receipt.is_acked or (receipt.answer or {}).get("no_retry"):
            return
        await asyncio.sleep(pause)
        by_socket = Manifest(app["manifest"]).uses_sockets
        reason = _SOCKET_REASON if by_socket else _RETRY_REASONS[receipt.outcome]
        receipt = await deliver(workspace, app, replace(envelope, attempt=attempt, reason=reason))


async def deliver_interaction(
    workspace: Workspace, app: Json, payload: Json, *, takes_answer: bool = False, is_options: bool = False
) -> Receipt:
    """A button, a modal, a shortcut or a question for options; never repeated."""
    envelope = Envelope(
        INTERACTIVE, payload, f"interactive {payload['type']}", takes_answer=takes_answer, is_options=is_options
    )
    return await deliver(workspace, app, envelope)


def _broken_limit(receipt: Receipt) -> str:
    return {"timeout": "ack_over_3s", "app_not_connected": "no_connection"}.get(receipt.outcome, receipt.outcome)
