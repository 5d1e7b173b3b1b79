"""What the mailbox page asks for, as routes: mailboxes, messages, files, drafts and sending; and news by WebSocket."""

import asyncio
import base64
import binascii
import json
from collections.abc import Awaitable, Callable
from datetime import UTC
from pathlib import Path
from typing import Any

import aiosmtplib
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.mail.answering import Answer, AttachedFile, quoted_lines, signed
from sandbox.mail.playing import send_answer
from sandbox.mail.post_office import PostOffice
from sandbox.mail.postboxes import Stored
from sandbox.mail.quick_replies import quick_replies
from sandbox.mail.quoting import Style, quote, reply_subject
from sandbox.mail.showing import Letter, Person, open_letter
from sandbox.mail.smtp import SmtpServer
from sandbox.slack.app import FreshFiles
from sandbox.slack.page_api.doorkeeper import Lock, has_key, is_own_origin, remember

PAGE = Path(__file__).parent / "page"
SHARED = Path(__file__).parents[1] / "slack" / "page"  # colours, icons and the view layer are the workspace's
MOST_SHOWN = 100
FORBIDDEN = 4403
Json = dict[str, Any]


class PageRefused(Exception):
    """The page asked for something that cannot be; `code` is one of the page's words."""

    def __init__(self, code: str, status: int = 400) -> None:
        super().__init__(code)
        self.code, self.status = code, status


class MailPage:
    """The page of one pair of servers."""

    def __init__(self, office: PostOffice, smtp: SmtpServer) -> None:
        self._office, self._smtp = office, smtp
        self._summaries: dict[int, Json] = {}

    def routes(self) -> list[BaseRoute]:
        """For the workspace's server, at /mail."""
        return [
            Mount(
                "/mail",
                routes=[
                    Route("/", self._page),
                    WebSocketRoute("/ws", self._push),
                    Route("/api/folders/{folder:int}", self._answering(self._folder)),
                    Route("/api/messages/{message:int}", self._answering(self._message)),
                    Route("/api/messages/{message:int}/draft", self._answering(self._draft)),
                    Route("/api/messages/{message:int}/raw", self._answering(self._raw)),
                    Route("/api/messages/{message:int}/files/{number:int}/{name}", self._answering(self._file)),
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

    def _answering(self, deed: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            if not self._may_enter(request):
                return JSONResponse({"error": "forbidden"}, 403)
            try:
                return await deed(request)
            except PageRefused as refusal:
                return JSONResponse({"error": refusal.code}, refusal.status)

        return answer

    async def _folder(self, request: Request) -> Response:
        folder = self._office.boxes.folder_at(request.path_params["folder"])
        if folder is None:
            raise PageRefused("folder-gone", 404)
        newest = self._office.boxes.messages(folder)[-MOST_SHOWN:]
        return JSONResponse({"messages": [self._summary(each) for each in reversed(newest)]})

    async def _message(self, request: Request) -> Response:
        stored, letter = self._open(request)
        if not self._is_ours(stored):  # reading over the shop's shoulder must leave no trace
            stored = self._office.boxes.set_flags(stored, stored.flags | {"\\Seen"})
        return JSONResponse(
            {
                **self._summary(stored),
                "to": [_person(each) for each in letter.to],
                "cc": [_person(each) for each in letter.copied],
                "reply_to": _person(letter.reply_to),
                "text": letter.text,
                "html": letter.html,
                "files": [
                    {"number": each.number, "name": each.name, "kind": each.kind, "size": len(each.content)}
                    for each in letter.attachments
                ],
            }
        )

    async def _draft(self, request: Request) -> Response:
        _, letter = self._open(request)
        style, language = _style(request.query_params.get("style")), request.query_params.get("language", "en")
        name = request.query_params.get("name", "")
        below = quote(letter, style, language)
        today = self._office.settings.now().date()
        return JSONResponse(
            {
                "to": _person(letter.reply_to),
                "subject": reply_subject(letter.subject, style, language),
                "quoted": {"text": below.text, "html": below.html},
                "between": quoted_lines(letter, style, language),
                "quick": [
                    {
                        "id": each.id,
                        "label": each.label,
                        "text": signed(each.text, name, language),
                        "automatic": each.automatic,
                    }
                    for each in quick_replies(letter.text, language, today)
                ],
            }
        )

    async def _raw(self, request: Request) -> Response:
        stored = self._stored(request)
        return Response(
            self._office.boxes.raw(stored),
            media_type="text/plain; charset=utf-8",
            headers={"x-content-type-options": "nosniff"},
        )

    async def _file(self, request: Request) -> Response:
        _, letter = self._open(request)
        number = request.path_params["number"]
        if number >= len(letter.attachments):
            raise PageRefused("file-gone", 404)
        # A name for saving comes from the address; nothing from a mail is ever shown as a page of this server.
        headers = {"content-disposition": "attachment", "x-content-type-options": "nosniff"}
        return Response(letter.attachments[number].content, media_type="application/octet-stream", headers=headers)

    async def _send(self, request: Request) -> Response:
        try:
            wish = await request.json()
        except ValueError:
            wish = None
        if not isinstance(wish, dict):
            raise PageRefused("bad-command")
        stored, answer = self._answer(wish)
        try:
            refused = await send_answer(self._office, self._smtp, answer, stored)
        except ValueError:
            raise PageRefused("bad-address") from None
        except aiosmtplib.SMTPException as error:
            return JSONResponse({"error": "not-sent", "why": str(error)}, 502)
        return JSONResponse({"refused": refused})

    def _answer(self, wish: Json) -> tuple[Stored | None, Answer]:
        account = self._office.boxes.accounts.get(str(wish.get("account", "")).lower())
        if account is None:
            raise PageRefused("account-gone", 404)
        stored = self._office.boxes.message(int(wish["original"])) if wish.get("original") else None
        raw = self._office.boxes.raw(stored) if stored is not None else None
        return stored, Answer(
            account=account,
            text=str(wish.get("text", "")),
            original=open_letter(stored, raw) if stored is not None and raw is not None else None,
            style=_style(wish.get("style")),
            language=str(wish.get("language", "en")),
            between=bool(wish.get("between")),
            to=str(wish.get("to", "")),
            subject=str(wish.get("subject", "")),
            automatic=bool(wish.get("automatic")),
            files=tuple(_attached(each) for each in wish.get("files") or ()),
        )

    def _stored(self, request: Request) -> Stored:
        stored = self._office.boxes.message(request.path_params["message"])
        if stored is None:
            raise PageRefused("message-gone", 404)
        return stored

    def _open(self, request: Request) -> tuple[Stored, Letter]:
        stored = self._stored(request)
        return stored, open_letter(stored, self._office.boxes.raw(stored) or b"")

    def _is_ours(self, stored: Stored) -> bool:
        folder = self._office.boxes.folder_at(stored.folder_id)
        account = self._office.boxes.accounts.get(folder.address) if folder else None
        return account is not None and account.is_ours

    def _summary(self, stored: Stored) -> Json:
        if stored.id not in self._summaries:
            letter = open_letter(stored, self._office.boxes.raw(stored) or b"")
            self._summaries[stored.id] = {
                "id": stored.id,
                "from": _person(letter.sender),
                "to": [_person(each) for each in letter.to],
                "subject": letter.subject,
                "at": stored.received_at.astimezone(UTC).isoformat(),
                "snippet": letter.snippet,
                "attached": len(letter.attachments),
            }
        return {**self._summaries[stored.id], "flags": sorted(stored.flags)}

    def mailboxes(self) -> Json:
        """Who has a mailbox, ours first, and what waits in it."""
        boxes = self._office.boxes
        accounts = sorted(boxes.accounts.values(), key=lambda each: (not each.is_ours, each.name.lower()))
        return {
            "type": "mailboxes",
            "mailboxes": [
                {
                    "address": account.address,
                    "name": account.name,
                    "is_ours": account.is_ours,
                    "language": account.language,
                    "folders": [
                        {
                            "id": folder.id,
                            "name": folder.name,
                            "total": len(messages := boxes.messages(folder)),
                            "unread": sum("\\Seen" not in each.flags for each in messages),
                        }
                        for folder in boxes.folders(account.address)
                    ],
                }
                for account in accounts
            ],
        }

    async def _push(self, socket: WebSocket) -> None:
        """The mailboxes at the start, and again after each change together with the ids of the folders that changed."""
        await socket.accept()
        if not self._may_enter(socket):
            await socket.close(FORBIDDEN)
            return
        changed: set[int] = set()
        news = asyncio.Event()

        def hear(folder_id: int) -> None:
            changed.add(folder_id)
            news.set()

        self._office.boxes.watchers.add(hear)
        telling = asyncio.create_task(self._tell(socket, changed, news))
        try:
            while True:
                await socket.receive_text()
        except WebSocketDisconnect:
            pass
        finally:
            telling.cancel()
            self._office.boxes.watchers.discard(hear)

    async def _tell(self, socket: WebSocket, changed: set[int], news: asyncio.Event) -> None:
        while True:
            folders = sorted(changed)
            changed.clear()
            news.clear()
            await socket.send_text(json.dumps({**self.mailboxes(), "changed": folders}, ensure_ascii=False))
            await news.wait()


def _person(person: Person) -> Json:
    return {"name": person.name, "address": person.address}


def _style(word: object) -> Style:
    try:
        return Style(str(word or Style.GMAIL))
    except ValueError:
        raise PageRefused("bad-style") from None


def _attached(file: object) -> AttachedFile:
    if not isinstance(file, dict):
        raise PageRefused("bad-file")
    try:
        content = base64.b64decode(str(file.get("base64", "")), validate=True)
    except binascii.Error:
        raise PageRefused("bad-file") from None
    return AttachedFile(str(file.get("name") or "file"), str(file.get("kind") or "application/octet-stream"), content)
