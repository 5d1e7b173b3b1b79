"""The mailbox page's addresses: the page itself, questions by HTTP, sending, and news by WebSocket.

The page may be served by another loop than the mail servers': whatever touches mail runs in theirs.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import aiosmtplib
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.mail.page_api.views import MailViews, PageRefused
from sandbox.mail.page_api.wishes import answer_of, style_of
from sandbox.mail.playing import send_answer
from sandbox.mail.post_office import PostOffice
from sandbox.mail.smtp import SmtpServer
from sandbox.slack.app import FreshFiles
from sandbox.slack.page_api.doorkeeper import Lock, has_key, is_own_origin, remember

PAGE = Path(__file__).parents[1] / "page"
SHARED = Path(__file__).parents[2] / "slack" / "page"  # colours, icons and the view layer are the workspace's
FORBIDDEN = 4403
# Nothing from a mail is ever shown as a page of this server.
_AS_FILE = {"content-disposition": "attachment", "x-content-type-options": "nosniff"}
Endpoint = Callable[[Request], Awaitable[Response]]
T = TypeVar("T")


class MailPage:
    """The page of one pair of servers, which live in the loop `home`."""

    def __init__(self, office: PostOffice, smtp: SmtpServer, home: asyncio.AbstractEventLoop) -> None:
        self._office, self._smtp, self._home = office, smtp, home
        self._views = MailViews(office)

    def routes(self) -> list[BaseRoute]:
        """For the workspace's server, at /mail."""
        message = "/api/messages/{message:int}"
        return [
            Mount(
                "/mail",
                routes=[
                    Route("/", self._page),
                    WebSocketRoute("/ws", self._push),
                    Route("/api/folders/{folder:int}", self._answering(self._folder)),
                    Route(message, self._answering(self._message)),
                    Route(f"{message}/draft", self._answering(self._draft)),
                    Route(f"{message}/raw", self._answering(self._raw)),
                    Route(f"{message}/files/{{number:int}}/{{name}}", self._answering(self._file)),
                    Route("/api/send", self._answering(self._send), methods=["POST"]),
                    Mount("/shared", FreshFiles(directory=SHARED, check_dir=False)),
                    Mount("/", FreshFiles(directory=PAGE, check_dir=False)),
                ],
            )
        ]

    def _may_enter(self, connection: HTTPConnection) -> bool:
        return has_key(connection, self._lock(connection)) and is_own_origin(connection)

    def _lock(self, connection: HTTPConnection) -> Lock:
        return Lock(f"http://{connection.headers.get('host', '')}", self._office.settings.key)

    async def _page(self, request: Request) -> Response:
        if not self._may_enter(request):
            return PlainTextResponse("Open the address that the program printed; it ends in ?key=…", 403)
        response = HTMLResponse(
            (PAGE / "index.html").read_text(encoding="utf-8"),
            headers={"referrer-policy": "no-referrer", "cache-control": "no-store"},
        )
        remember(response, self._lock(request))
        return response

    async def _at_home(self, deed: Coroutine[Any, Any, T]) -> T:
        if asyncio.get_running_loop() is self._home:
            return await deed
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(deed, self._home))

    def _answering(self, deed: Callable[[Request], Coroutine[Any, Any, Response]]) -> Endpoint:
        async def answer(request: Request) -> Response:
            if not self._may_enter(request):
                return JSONResponse({"error": "forbidden"}, 403)
            await request.body()  # read here, by the loop that the connection belongs to
            try:
                return await self._at_home(deed(request))
            except PageRefused as refusal:
                return JSONResponse({"error": refusal.code, "why": refusal.why}, refusal.status)

        return answer

    async def _folder(self, request: Request) -> Response:
        return JSONResponse({"messages": self._views.folder(request.path_params["folder"])})

    async def _message(self, request: Request) -> Response:
        return JSONResponse(self._views.message(request.path_params["message"]))

    async def _draft(self, request: Request) -> Response:
        asked = request.query_params
        style, language = style_of(asked.get("style")), asked.get("language", "en")
        draft = self._views.draft(request.path_params["message"], style, language, asked.get("name", ""))
        return JSONResponse(draft)

    async def _raw(self, request: Request) -> Response:
        raw = self._views.raw(request.path_params["message"])
        return Response(raw, media_type="text/plain; charset=utf-8", headers={"x-content-type-options": "nosniff"})

    async def _file(self, request: Request) -> Response:
        file = self._views.file(request.path_params["message"], request.path_params["number"])
        return Response(file.content, media_type="application/octet-stream", headers=_AS_FILE)

    async def _send(self, request: Request) -> Response:
        try:
            wish = await request.json()
        except ValueError:
            wish = None
        if not isinstance(wish, dict):
            raise PageRefused("bad-command")
        stored, answer = answer_of(wish, self._office, self._views)
        try:
            refused = await send_answer(self._office, self._smtp, answer, stored)
        except ValueError:
            raise PageRefused("bad-address") from None
        except aiosmtplib.SMTPException as error:
            raise PageRefused("not-sent", 502, str(error)) from error
        return JSONResponse({"refused": refused})

    async def _push(self, socket: WebSocket) -> None:
        """The mailboxes at the start, and again after each change together with the ids of the folders that changed."""
        await socket.accept()  # a browser learns the close code only of an accepted socket
        if not self._may_enter(socket):
            await socket.close(FORBIDDEN)
            return
        changed: asyncio.Queue[int] = asyncio.Queue()
        here = asyncio.get_running_loop()

        def hear(folder_id: int) -> None:
            if not here.is_closed():
                here.call_soon_threadsafe(changed.put_nowait, folder_id)

        await self._at_home(self._watch(hear))
        telling = asyncio.create_task(self._tell(socket, changed))
        try:
            while True:
                await socket.receive_text()
        except WebSocketDisconnect:
            return
        finally:
            telling.cancel()
            self._office.boxes.watchers.discard(hear)

    async def _watch(self, watcher: Callable[[int], None]) -> None:
        self._office.boxes.watchers.add(watcher)

    async def _tell(self, socket: WebSocket, changed: "asyncio.Queue[int]") -> None:
        folders: set[int] = set()
        while True:
            mailboxes = await self._at_home(self._mailboxes())
            news = {"type": "mailboxes", "mailboxes": mailboxes, "changed": sorted(folders)}
            await socket.send_text(json.dumps(news, ensure_ascii=False))
            folders = {await changed.get()}
            while not changed.empty():
                folders.add(changed.get_nowait())

    async def _mailboxes(self) -> list[dict[str, Any]]:
        return self._views.mailboxes()
