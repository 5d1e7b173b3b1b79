"""Connects the bot to Slack: Socket Mode by default, an HTTP endpoint by setting."""

import threading
from collections.abc import Callable
from http.client import HTTPException

import structlog
import typer
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from quartermaster.settings import Settings
from quartermaster.wiring import is_local

log = structlog.get_logger()
LONGEST_WAIT = 60.0
# What no waiting mends; anything else may pass: a limit, an outage, a workspace without Socket Mode.
_WRONG_TOKEN = frozenset(
    {
        "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type", "missing_scope", "no_permission",
    }
)  # fmt: skip


def wait_for_slack(client: WebClient, stop: threading.Event) -> bool:
    """Return True when Slack knows our token; wait through outages; end the program when the token is wrong."""
    return _tried(client.auth_test, stop, "bot")


def serve(app: App, settings: Settings, stop: threading.Event) -> None:
    """Listen until told to stop."""
    if settings.slack.mode == "http":
        _serve_http(app, settings, stop)
    else:
        _serve_socket(app, settings, stop)


def _tried(call: Callable[[], object], stop: threading.Event, kind: str) -> bool:
    """Try until it works, less and less often; False when told to stop, Exit when the token is what is wrong."""
    wait = 1.0
    while not stop.is_set():
        try:
            call()
        except SlackApiError as error:
            code = error.response.get("error")
            if code in _WRONG_TOKEN:
                typer.echo(
                    f"Slack refuses the {kind} token: {code}. Set slack.{kind}_token; "
                    "`quartermaster doctor` tells where it is found.",
                    err=True,
                )
                raise typer.Exit(2) from error
            log.warning("Slack does not let us in yet", token=kind, why=code or str(error), again_in=wait)
        except (SlackClientError, OSError, HTTPException) as error:
            log.warning("Slack away", why=str(error), again_in=wait)
        else:
            return True
        stop.wait(wait)
        wait = min(LONGEST_WAIT, wait * 2)
    return False


def _serve_socket(app: App, settings: Settings, stop: threading.Event) -> None:
    """While no socket can be opened, what the outbox holds still goes out."""
    from slack_bolt.adapter.socket_mode import SocketModeHandler  # noqa: PLC0415 - only this mode needs it

    handler = SocketModeHandler(app, settings.slack.app_token.get_secret_value(), proxy=None)
    if is_local(settings):
        handler.client.proxy = None  # the client ignores NO_PROXY and would tunnel loopback through the proxy
    if _tried(handler.connect, stop, "app"):
        stop.wait()
    handler.close()  # type: ignore[no-untyped-call]


def _serve_http(app: App, settings: Settings, stop: threading.Event) -> None:
    import uvicorn  # noqa: PLC0415 - only this mode needs it
    from slack_bolt.adapter.starlette import SlackRequestHandler  # noqa: PLC0415
    from starlette.applications import Starlette  # noqa: PLC0415
    from starlette.requests import Request  # noqa: PLC0415
    from starlette.responses import Response  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    handler = SlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    routes = [Route("/slack/events", events, methods=["POST"])]
    config = uvicorn.Config(
        Starlette(routes=routes), host=settings.slack.http_host, port=settings.slack.http_port, log_level="warning"
    )
    server = uvicorn.Server(config)
    worker = threading.Thread(target=server.run, name="http", daemon=True)
    worker.start()
    stop.wait()
    server.should_exit = True
    worker.join(timeout=5)
