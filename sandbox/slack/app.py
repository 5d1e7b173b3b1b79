"""The local workspace as one Starlette application: Slack's side for apps, the page's side for people."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from sandbox.slack.delivery.socket_mode import serve_socket
from sandbox.slack.interacting.addresses import answer_at_response_url, answer_at_webhook
from sandbox.slack.page_api.doorkeeper import has_key, is_own_origin, remember
from sandbox.slack.page_api.feed_socket import serve_page
from sandbox.slack.page_api.pictures import avatar
from sandbox.slack.rtm import serve_stream
from sandbox.slack.settings import WorkspaceSettings
from sandbox.slack.uploads import page_upload, receive_upload, send_file
from sandbox.slack.web_api.endpoint import WebApi
from sandbox.slack.web_api.methods.scheduled import post_when_due
from sandbox.slack.workspace import Workspace

PAGE = Path(__file__).parent / "page"


def create_workspace(settings: WorkspaceSettings, extra_routes: Sequence[BaseRoute] = ()) -> Starlette:
    """The application; its `state.workspace` is the Workspace, for setting it up. Extra routes come first."""
    workspace = Workspace(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        for record in list(workspace.messages.scheduled.values()):
            workspace.in_background(post_when_due(workspace, record))
        yield
        await workspace.close()

    app = Starlette(
        routes=[
            *extra_routes,
            Route("/api/{method}", WebApi(workspace).answer, methods=["GET", "POST"]),
            WebSocketRoute("/socket/", partial(serve_socket, workspace)),
            WebSocketRoute("/rtm/", partial(serve_stream, workspace)),
            WebSocketRoute("/ws", partial(serve_page, workspace)),
            Route("/response/{key:path}", partial(answer_at_response_url, workspace), methods=["POST"]),
            Route("/services/{key:path}", partial(answer_at_webhook, workspace), methods=["POST"]),
            Route("/upload/{file_id}", partial(receive_upload, workspace), methods=["POST"]),
            Route("/page/upload", partial(page_upload, workspace), methods=["POST"]),
            Route("/files/{file_id}/{name}", partial(send_file, workspace)),
            Route("/avatars/{person}.svg", partial(_picture, workspace)),
            Route("/", partial(_page, settings)),
            Mount("/", FreshFiles(directory=PAGE, check_dir=False)),
        ],
        lifespan=lifespan,
    )
    app.state.workspace = workspace
    return app


class FreshFiles(StaticFiles):
    """Static files that a browser asks for anew each time, so that a changed page is seen."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """The file, with the wish to be asked for again."""
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = "no-cache"
        return response


async def _page(settings: WorkspaceSettings, request: Request) -> Response:
    if not has_key(request, settings) or not is_own_origin(request):
        return PlainTextResponse("Open the address that the program printed; it ends in ?key=…", 403)
    index = PAGE / "index.html"
    if not index.exists():
        return PlainTextResponse("The page is not there.", 404)
    response = HTMLResponse(
        index.read_text(encoding="utf-8"), headers={"referrer-policy": "no-referrer", "cache-control": "no-store"}
    )
    remember(response, settings)
    return response


async def _picture(workspace: Workspace, request: Request) -> Response:
    person = workspace.people.book.get(request.path_params["person"])
    return Response(avatar(person), media_type="image/svg+xml") if person else PlainTextResponse("", 404)
