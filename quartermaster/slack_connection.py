"""Connects the bot to Slack: Socket Mode by default, an HTTP endpoint by setting."""

import threading

import structlog
import typer
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from quartermaster.settings import Settings

log = structlog.get_logger()
LONGEST_WAIT = 60.0


def wait_for_slack(client: WebClient, stop: threading.Event) -> bool:
    """Return True when Slack knows our token; wait through outages; end the program when the token is wrong."""
    wait = 1.0
    while not stop.is_set():
        try:
            client.auth_test()
        except SlackApiError as error:
            typer.echo(
                f"Slack refuses the bot token: {error.response.get('error')}. Set slack.bot_token; "
                "`quartermaster doctor` tells where it is found.",
                err=True,
            )
            raise typer.Exit(2) from error
        except (SlackClientError, OSError) as error:
            log.warning("Slack away", why=str(error), again_in=wait)
            stop.wait(wait)
            wait = min(LONGEST_WAIT, wait * 2)
        else:
            return True
    return False


def serve(app: App, settings: Settings, stop: threading.Event) -> None:
    """Listen until told to stop."""
    if settings.slack.mode == "http":
        _serve_http(app, settings, stop)
    else:
        _serve_socket(app, settings, stop)


def _serve_socket(app: App, settings: Settings, stop: threading.Event) -> None:
    from slack_bolt.adapter.socket_mode import SocketModeHandler  # noqa: PLC0415 - only this mode needs it

    handler = SocketModeHandler(app, settings.slack.app_token.get_secret_value(), proxy=None)
    if settings.slack.base_url.startswith("http://127.0.0.1"):
        handler.client.proxy = None  # the client ignores NO_PROXY and would tunnel loopback through the proxy
    handler.connect()  # type: ignore[no-untyped-call]
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
