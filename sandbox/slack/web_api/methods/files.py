"""files.*: uploads in three steps, the old upload in one, information and deletion."""

from sandbox.slack.books.files import file_object
from sandbox.slack.happenings.events import emit
from sandbox.slack.happenings.posting import share_files
from sandbox.slack.manifests import Manifest
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.showing import tell_message
from sandbox.slack.web_api.call import Call
from sandbox.slack.web_api.content import judged_blocks
from sandbox.slack.web_api.finding import channel_to_write, named_channel
from sandbox.slack.web_api.method import Method
from sandbox.slack.web_api.methods.chat import author, thread_fields
from sandbox.slack.web_api.pages import page_of

LONGEST_ALT_TEXT = 1000
LARGEST_FILE = 1_000_000_000


def get_upload_url(call: Call) -> Json:
    """Where to post the bytes."""
    length = call.number("length", 0)
    if length <= 0:
        raise CallRefused(
            "invalid_arguments",
            response_metadata={"messages": ["[ERROR] must be greater than 0 [json-pointer:/length]"]},
        )
    if length > LARGEST_FILE:
        raise CallRefused("file_upload_size_restricted")
    workspace = call.workspace
    name, alt_text = call.text("filename"), call.text("alt_txt")
    if len(alt_text) > LONGEST_ALT_TEXT:
        raise CallRefused("alt_txt_too_large")
    file = workspace.files.announce(name, owner=call.user, now=workspace.clock.now(), alt_text=alt_text)
    return {"upload_url": f"{workspace.settings.address}/upload/{file['id']}", "file_id": file["id"]}


def complete_upload(call: Call) -> Json:
    """Uploaded files become visible, in a channel if one is named."""
    wished = call.json("files")
    if (
        not isinstance(wished, list)
        or not wished
        or not all(isinstance(each, dict) and "id" in each for each in wished)
    ):
        raise CallRefused(
            "invalid_arguments", response_metadata={"messages": ["[ERROR] must provide an array [json-pointer:/files]"]}
        )
    channels = _places(call)
    for each in wished:
        file = call.workspace.files.get(str(each["id"]))
        if file["user"] != call.user or call.workspace.files.content(file["id"]) is None:
            raise CallRefused("file_not_found")
    files = [call.workspace.files.complete(str(each["id"]), each.get("title")) for each in wished]
    _share(call, channels, files)
    return {"files": [file_object(file) for file in files]}


def _places(call: Call) -> list[Json]:
    if call.has("channel_id"):
        return [channel_to_write(call, "channel_id")]
    # Unknown ones among `channels` are passed over: the Python SDK joins a string given there letter by letter, and its
    # own integration tests do so and succeed.
    workspace = call.workspace
    known = [
        str(name)
        for name in call.words("channels")
        if name in workspace.channels.book or workspace.channels.named(str(name).removeprefix("#")) is not None
    ]
    return [channel_to_write(_naming(call, name)) for name in known]


def _naming(call: Call, channel: str) -> Call:
    return Call(call.workspace, call.method, call.token, {**call.arguments, "channel": channel})


def _share(call: Call, channels: list[Json], files: list[Json]) -> None:
    for file in files:
        event = {"type": "file_created", "file_id": file["id"], "user_id": call.user, "file": {"id": file["id"]}}
        emit(call.workspace, event, "file_created")
    content: Json = {"text": call.text("initial_comment")}
    blocks = judged_blocks(call)
    if blocks:
        content["blocks"] = blocks
    for channel in channels:
        share_files(call.workspace, channel, author(call), files, content | thread_fields(call, channel))


def upload(call: Call) -> Json:
    """The old way, which Slack has closed to new apps; it works for the app without a manifest and without strictness."""
    if call.is_strict and not Manifest(call.app["manifest"]).is_open:
        raise CallRefused("method_deprecated")
    content = call.arguments.get("file") or call.arguments.get("content")
    if not content:
        raise CallRefused("no_file_data")
    body = content if isinstance(content, bytes) else str(content).encode()
    workspace = call.workspace
    file = workspace.files.announce(call.text("filename") or "file.txt", owner=call.user, now=workspace.clock.now())
    workspace.files.upload(file["id"], body)
    channels = _places(call)
    workspace.files.complete(file["id"], call.text("title"))
    _share(call, channels, [file])
    return {"file": file_object(file)}


def info(call: Call) -> Json:
    """One file."""
    file = call.workspace.files.get(call.text("file"))
    return {"file": file_object(file), "comments": [], "response_metadata": {"next_cursor": ""}}


def list_files(call: Call) -> Json:
    """Files, newest first."""
    channel = named_channel(call)["id"] if call.has("channel") else None
    files = [
        file_object(file)
        for file in reversed(list(call.workspace.files.book.values()))
        if file["ready"]
        and call.text("user") in ("", file["user"])
        and (channel is None or channel in [*file["channels"], *file["groups"], *file["ims"]])
    ]
    shown, _ = page_of(call, files)
    return {"files": shown, "paging": {"count": 100, "total": len(files), "page": 1, "pages": 1}}


def delete(call: Call) -> Json:
    """An own file goes, from its messages too."""
    workspace, file = call.workspace, call.workspace.files.get(call.text("file"))
    if file["user"] != call.user:
        raise CallRefused("cant_delete_file")
    workspace.files.remove(file["id"])
    for channel in [*file["channels"], *file["groups"], *file["ims"]]:
        for message in workspace.messages.of_channel(channel):
            kept = [each for each in message.get("files", []) if each["id"] != file["id"]]
            if len(kept) != len(message.get("files", [])):
                message["files"] = kept
                workspace.messages.save(message)
                tell_message(workspace, message)
    emit(
        workspace, {"type": "file_deleted", "file_id": file["id"], "event_ts": workspace.clock.new_ts()}, "file_deleted"
    )
    return {}


METHODS: dict[str, Method] = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.upload": upload,
    "files.info": info,
    "files.list": list_files,
    "files.delete": delete,
}
