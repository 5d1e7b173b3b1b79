"""The local workspace in the foreground: set up, say where it is, serve till interrupted."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from sandbox.slack.app import create_workspace
from sandbox.slack.books.apps import Credentials
from sandbox.slack.delivery.http_mode import verify_url
from sandbox.slack.manifests import BadManifest, Manifest
from sandbox.slack.serving import bound_socket, server_of
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.setup import CHANNELS, PEOPLE, Registered, add_channels, add_people, add_webhook, register_app
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.workspace import Workspace

TLS_PORT = 443  # the Python SDK's socket client speaks TLS on this port whatever the scheme


@dataclass(frozen=True, slots=True)
class WorkspaceOptions:
    """What the command line asks for."""

    port: int
    state: Path | None
    name: str
    strict: bool
    key: str
    manifests: tuple[Json, ...]
    credentials: Credentials
    request_url: str


def serve(options: WorkspaceOptions, say: Callable[[str], None], fail: Callable[[str], NoReturn]) -> None:
    """Run till interrupted; `fail` ends the program with a sentence."""
    if options.port == TLS_PORT:
        fail("Port 443 cannot be used: Slack's socket client speaks TLS there. Choose another with --port.")
    try:
        listening = bound_socket(options.port)
    except OSError as error:
        fail(f"Port {options.port} cannot be used: {error.strerror}. Choose another with --port.")
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    settings = WorkspaceSettings(address=address, state=options.state, name=options.name, strict=options.strict)
    if options.key:
        settings = replace(settings, key=options.key)
    app = create_workspace(settings)
    workspace: Workspace = app.state.workspace
    try:
        registered = furnish(workspace, options.manifests, options.credentials, options.request_url)
    except BadManifest as error:
        fail(f"The manifest is refused:\n{error}")
    for line in environment(workspace, registered):
        say(line)
    asyncio.run(_serve(workspace, registered, server_of(app).serve([listening]), say))


def furnish(
    workspace: Workspace, manifests: tuple[Json, ...], credentials: Credentials, request_url: str = ""
) -> list[Registered]:
    """People, channels and apps; what a state file already holds stays."""
    if not workspace.people.humans():
        add_people(workspace, PEOPLE)
        add_channels(workspace, CHANNELS)
    if not manifests:
        return [register_app(workspace, None, credentials, request_url=request_url)]
    return [
        register_app(workspace, manifest, credentials if number == 0 else Credentials())
        for number, manifest in enumerate(manifests)
    ]


def environment(workspace: Workspace, registered: list[Registered]) -> list[str]:
    """Environment lines; a second app's carry a number."""
    settings = workspace.settings
    lines = [f"WORKSPACE_PAGE={settings.address}/?key={settings.key}", f"SLACK_API_URL={settings.address}/api/"]
    general = workspace.channels.named("general") or next(iter(workspace.channels.book.values()))
    for number, each in enumerate(registered, start=1):
        suffix = "" if number == 1 else f"_{number}"
        lines += [
            f"SLACK_BOT_TOKEN{suffix}={each.bot_token}",
            f"SLACK_APP_TOKEN{suffix}={each.app_token}",
            f"SLACK_SIGNING_SECRET{suffix}={each.signing_secret}",
            f"SLACK_USER_TOKEN{suffix}={next(iter(each.user_tokens.values()), '')}",
            f"SLACK_WEBHOOK_URL{suffix}={add_webhook(workspace, each.app_id, general['id'])}",
        ]
    return [*lines, f"SLACK_CHANNEL_ID={general['id']}"]


async def _serve(
    workspace: Workspace, registered: list[Registered], serving: object, say: Callable[[str], None]
) -> None:
    running = asyncio.ensure_future(serving)  # type: ignore[call-overload]  # uvicorn's serve() is a coroutine
    for each in registered:
        app = workspace.apps.get(each.app_id)
        if Manifest(app["manifest"]).uses_sockets:
            continue
        try:
            await verify_url(workspace, app)
        except CallRefused as refusal:
            say(f"# {app['name']}: its events address did not answer the challenge ({refusal.facts.get('reason', '')})")
    await running
