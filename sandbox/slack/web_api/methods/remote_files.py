"""files.remote.*: files that lie elsewhere and are shown by a `file` block."""

from sandbox.slack.books.files import file_object
from sandbox.slack.happenings.posting import share_files
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.web_api.call import Call
from sandbox.slack.web_api.finding import channel_to_write
from sandbox.slack.web_api.method import Method
from sandbox.slack.web_api.methods.chat import author
from sandbox.slack.web_api.pages import page_of


def add(call: Call) -> Json:
    """Make a file known, or change the known one of this external_id."""
    known = _by_external_id(call, call.text("external_id"))
    return _written(call, known or call.workspace.files.announce(call.text("title"), owner=call.user, now=_now(call)))


def update(call: Call) -> Json:
    """Another address or title."""
    return _written(call, _known(call))


def info(call: Call) -> Json:
    """One file."""
    return {"file": file_object(_known(call))}


def list_files(call: Call) -> Json:
    """All of them."""
    remote = [file_object(file) for file in call.workspace.files.book.values() if file.get("external_id")]
    shown, metadata = page_of(call, remote)
    return {"files": shown, "response_metadata": metadata}


def share(call: Call) -> Json:
    """Show a file in channels."""
    file = _known(call)
    for name in call.words("channels"):
        naming = Call(call.workspace, call.method, call.token, {**call.arguments, "channel": name})
        share_files(call.workspace, channel_to_write(naming), author(call), [file], {"text": ""})
    return {"file": file_object(file)}


def remove(call: Call) -> Json:
    """Forget a file."""
    call.workspace.files.remove(_known(call)["id"])
    return {}


def _now(call: Call) -> float:
    return call.workspace.clock.now()


def _written(call: Call, file: Json) -> Json:
    if call.has("title"):
        file["title"] = file["name"] = call.text("title")
    if call.has("external_url"):
        file |= {"external_url": call.text("external_url"), "url_private": call.text("external_url")}
    if call.has("external_id"):
        file["external_id"] = call.text("external_id")
    file |= {"mode": "external", "is_external": True, "external_type": "app", "app_id": call.app["id"], "ready": True}
    call.workspace.files.book.save(file["id"], file)
    return {"file": file_object(file)}


def _by_external_id(call: Call, external_id: str) -> Json | None:
    files = call.workspace.files.book.values()
    return next((file for file in files if external_id and file.get("external_id") == external_id), None)


def _known(call: Call) -> Json:
    file = _by_external_id(call, call.text("external_id")) or call.workspace.files.book.get(call.text("file"))
    if file is None:
        raise CallRefused("file_not_found")
    return file


METHODS: dict[str, Method] = {
    "files.remote.add": add,
    "files.remote.update": update,
    "files.remote.info": info,
    "files.remote.list": list_files,
    "files.remote.share": share,
    "files.remote.remove": remove,
}
