"""The HTTP side of the Web API: reads a request, checks what Slack checks before a method runs, writes the answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from time import perf_counter
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox.slack.books.apps import Token
from sandbox.slack.shapes import CallRefused, Json, refused_arguments
from sandbox.slack.web_api.call import Call
from sandbox.slack.web_api.contract import Contract, contracts
from sandbox.slack.web_api.limits import RateLimits
from sandbox.slack.web_api.registry import METHODS
from sandbox.slack.workspace import Workspace

_WITHOUT_TOKEN = ("api.test",)
LARGEST_PART = 64 * 1024 * 1024  # bytes of one field of a form


@dataclass(frozen=True, slots=True)
class _Limited(Exception):
    seconds: int


class WebApi:
    """Answers POST and GET /api/METHOD."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._limits = RateLimits()

    async def answer(self, request: Request) -> Response:
        """Run one method; every answer but 429 comes with status 200."""
        method = request.path_params["method"]
        started = perf_counter()
        arguments, token = await _read(request)
        caller: Token | None = None
        try:
            caller = self._workspace.apps.caller(token) if token or method not in _WITHOUT_TOKEN else None
            refusal = None
        except CallRefused as error:
            refusal = error
        app = caller.app["id"] if caller else ""
        entry = self._workspace.wire.begin(
            "call", "from_app", method, at=self._workspace.clock.now(), app=app, body=dict(arguments)
        )
        status, body, headers = self._run(method, caller, arguments, refusal)
        outcome = "429" if status == HTTPStatus.TOO_MANY_REQUESTS else "ok" if body["ok"] else str(body["error"])
        broken = () if body["ok"] else (str(body["error"]),)
        self._workspace.wire.finish(
            entry, outcome, perf_counter() - started, body, broken + self._unknown(method, arguments)
        )
        if body["ok"] and self._workspace.faults.drops_this_answer(method):
            entry["outcome"] = "lost"
            return _CutResponse()
        return JSONResponse(body, status, headers)

    def _run(
        self, method: str, caller: Token | None, arguments: Mapping[str, Any], refusal: CallRefused | None
    ) -> tuple[int, Json, dict[str, str]]:
        contract = contracts().get(method)
        headers = _scope_headers(caller, contract)
        try:
            answer = self._answer(method, contract, caller, arguments, refusal)
        except CallRefused as error:
            return HTTPStatus.OK, {"ok": False, "error": error.error, **error.facts}, headers
        except _Limited as limited:
            headers["retry-after"] = str(limited.seconds)
            return HTTPStatus.TOO_MANY_REQUESTS, {"ok": False, "error": "ratelimited"}, headers
        return HTTPStatus.OK, {"ok": True, **answer}, headers

    def _answer(
        self,
        method: str,
        contract: Contract | None,
        caller: Token | None,
        arguments: Mapping[str, Any],
        refusal: CallRefused | None,
    ) -> Json:
        if contract is None:
            raise CallRefused("unknown_method", req_method=method)
        if refusal is not None:
            raise refusal
        self._check(contract, caller, arguments)
        run = METHODS.get(method)
        if run is None:
            raise CallRefused("method_not_implemented_here", req_method=method)
        anonymous = Token("", {"id": ""}, "", ())
        return run(Call(self._workspace, method, caller or anonymous, arguments))

    def _check(self, contract: Contract, caller: Token | None, arguments: Mapping[str, Any]) -> None:
        faults = self._workspace.faults
        if faults.limits_this_call(contract.name):
            raise _Limited(faults.rate_limit.retry_after)
        if caller is None:
            return
        needs_app_token = contract.scopes_for("app")
        if bool(needs_app_token) != (caller.kind == "app") and contract.name != "auth.test":
            raise CallRefused("not_allowed_token_type")
        if faults.strict:
            _check_scope(contract, caller)
            wait = self._limits.wait_for(caller.app["id"], contract.name, contract.tier, self._workspace.clock.now())
            if contract.name == "chat.postMessage":
                wait = wait or self._limits.wait_for_post(
                    caller.app["id"], str(arguments.get("channel")), self._workspace.clock.now()
                )
            if wait:
                raise _Limited(wait)
        _check_arguments(contract, arguments)

    def _unknown(self, method: str, arguments: Mapping[str, Any]) -> tuple[str, ...]:
        contract = contracts().get(method)
        if contract is None or method == "api.test":
            return ()
        known = {*contract.arguments, "token", "team_id"}  # Bolt lets its client add team_id to every call
        return tuple(f"unknown_argument:{name}" for name in arguments if name not in known)


class _CutResponse(Response):
    """Promises a body and ends the connection without it, as when a network fails after the server has done its work."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"", "more_body": True})


def _check_scope(contract: Contract, caller: Token) -> None:
    if contract.is_closed_to(caller.kind):
        raise CallRefused("not_allowed_token_type")
    needed = contract.scopes_for(caller.kind)
    if needed and not set(needed) & set(caller.scopes):
        raise CallRefused("missing_scope", needed=",".join(needed), provided=",".join(caller.scopes))


def _check_arguments(contract: Contract, arguments: Mapping[str, Any]) -> None:
    missing = [name for name in contract.required if arguments.get(name) in (None, "")]
    if missing:
        raise refused_arguments(*(f"missing required field: {name}" for name in missing))
    for name, kind in contract.arguments.items():
        value = arguments.get(name)
        if value in (None, ""):
            continue
        if kind in ("integer", "number") and not _is_number(value):
            raise refused_arguments(f"must be a number [json-pointer:/{name}]")
        if kind == "boolean" and str(value).lower() not in ("true", "false", "1", "0", "yes", "no"):
            raise refused_arguments(f"must be a boolean [json-pointer:/{name}]")


def _is_number(value: object) -> bool:
    try:
        float(str(value))
    except ValueError:
        return False
    return True


def _scope_headers(caller: Token | None, contract: Contract | None) -> dict[str, str]:
    if caller is None:
        return {}
    headers = {"x-oauth-scopes": ",".join(caller.scopes)}
    accepted = contract.scopes_for(caller.kind) if contract else ()
    return headers | ({"x-accepted-oauth-scopes": ",".join(accepted)} if accepted else {})


async def _read(request: Request) -> tuple[dict[str, Any], str]:
    """Arguments from query and body, whatever their form, and the token from header or arguments."""
    arguments: dict[str, Any] = dict(request.query_params)
    content_type = request.headers.get("content-type", "")
    if content_type.startswith("application/json"):
        arguments |= _json_object(await request.body())
    elif content_type.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        async with request.form(max_part_size=LARGEST_PART) as form:
            for name, value in form.multi_items():
                arguments[name] = await value.read() if isinstance(value, UploadFile) else value
                if isinstance(value, UploadFile) and value.filename:
                    arguments.setdefault("filename", value.filename)
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        token = str(arguments.get("token") or "")
    arguments.pop("token", None)
    return arguments, token.strip()


def _json_object(body: bytes) -> dict[str, Any]:
    if not body.strip():
        return {}  # the Python SDK calls auth.test like this
    try:
        parsed = json.loads(body)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}
