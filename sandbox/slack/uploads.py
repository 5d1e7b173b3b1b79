"""Bytes of files: in from apps and pages, out to both."""

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox.slack.books.files import file_object
from sandbox.slack.page_api.doorkeeper import has_key, is_own_origin
from sandbox.slack.shapes import CallRefused
from sandbox.slack.workspace import Workspace

LARGEST_UPLOAD = 200 * 1024 * 1024  # bytes; memory of a small machine, not a limit of Slack's
_SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp", "text/plain", "application/pdf")


async def receive_upload(workspace: Workspace, request: Request) -> Response:
    """The bytes of an announced file, raw or as a form."""
    entry = workspace.wire.begin(
        "upload", "from_app", request.path_params["file_id"], at=workspace.clock.now(), app="", body=None
    )
    try:
        content = await _content(request)
        file = workspace.files.upload(request.path_params["file_id"], content)
    except CallRefused as refusal:
        workspace.wire.finish(entry, refusal.error, 0.0, broken=(refusal.error,))
        return PlainTextResponse(refusal.error, 404)
    workspace.wire.finish(entry, "ok", 0.0, {"name": file["name"], "size": file["size"]})
    return PlainTextResponse(f"OK - {len(content)}")


async def page_upload(workspace: Workspace, request: Request) -> Response:
    """A file that a person chose in the page."""
    if not has_key(request, workspace.settings) or not is_own_origin(request):
        return PlainTextResponse("", 403)
    try:
        person = workspace.people.get(request.query_params.get("person", ""))
        name = request.query_params.get("name") or "file"
        file = workspace.files.announce(name, owner=person["id"], now=workspace.clock.now())
        workspace.files.upload(file["id"], await _content(request))
    except CallRefused as refusal:
        return JSONResponse({"ok": False, "error": refusal.error}, 400)
    return JSONResponse({"ok": True, "file": file_object(workspace.files.complete(file["id"]))})


async def send_file(workspace: Workspace, request: Request) -> Response:
    """A file's bytes, to a page with the key or to an app with a token."""
    try:
        if not has_key(request, workspace.settings):
            token = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
            workspace.apps.caller(token)
        file = workspace.files.get(request.path_params["file_id"])
    except CallRefused as refusal:
        return PlainTextResponse(refusal.error, 404 if refusal.error == "file_not_found" else 403)
    content = workspace.files.content(file["id"])
    if content is None:
        return PlainTextResponse("file_not_found", 404)
    inline = file["mimetype"] in _SHOWN_INLINE and "download" not in request.query_params
    headers = {
        "x-content-type-options": "nosniff",
        "content-security-policy": "sandbox; default-src 'none'",
        "content-disposition": "inline" if inline else "attachment",
    }
    return Response(content, media_type=file["mimetype"] if inline else "application/octet-stream", headers=headers)


async def _content(request: Request) -> bytes:
    if int(request.headers.get("content-length") or 0) > LARGEST_UPLOAD:
        raise CallRefused("file_upload_size_restricted")
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form() as form:
        for value in form.values():
            if isinstance(value, UploadFile):
                return await value.read()
    return b""
