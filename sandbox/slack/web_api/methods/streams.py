"""Messages that grow while people watch: start, append, stop."""

from typing import Any

from sandbox.slack.blocks.walk import with_ids
from sandbox.slack.books.messages import as_slack_shows
from sandbox.slack.happenings.posting import change, post
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.web_api.call import Call
from sandbox.slack.web_api.content import author_fields, judged_blocks, judged_metadata
from sandbox.slack.web_api.finding import channel_to_write, message_in, named_channel
from sandbox.slack.web_api.method import Method
from sandbox.slack.web_api.methods.chat import author, thread_fields

LONGEST_APPEND = 12_000
_CHUNK_FIELDS: dict[Any, tuple[str, ...]] = {
    "markdown_text": ("text",),
    "task_update": ("id", "title", "status"),
    "plan_update": ("title",),
    "blocks": ("blocks",),
}


def start_stream(call: Call) -> Json:
    """A message that will grow; in channels it names the person it is for."""
    channel = channel_to_write(call)
    if call.is_strict and channel["kind"] != "dm":
        for name in ("recipient_user_id", "recipient_team_id"):
            if not call.has(name):
                raise CallRefused(f"missing_{name}")
    content = _grown({"text": ""}, call) | author_fields(call) | thread_fields(call, channel) | {"streaming": True}
    message = post(call.workspace, channel, author(call), content)
    return {"channel": channel["id"], "ts": message["ts"]}


def append_stream(call: Call) -> Json:
    """More of it."""
    channel, message = _streaming_message(call)
    if not call.has("markdown_text") and not call.has("chunks"):
        raise CallRefused("no_text")
    change(call.workspace, message, _grown(message, call))
    return {"channel": channel["id"], "ts": message["ts"]}


def stop_stream(call: Call) -> Json:
    """The end of it, with blocks below the text if wished."""
    channel, message = _streaming_message(call)
    content = _grown(message, call)
    blocks = judged_blocks(call)
    if blocks:
        content["blocks"] = [*content["blocks"], *blocks]
    metadata = judged_metadata(call)
    if metadata:
        content["metadata"] = metadata
    change(call.workspace, message, content | {"streaming": None})
    return {"channel": channel["id"], "ts": message["ts"], "message": as_slack_shows(message)}


def _streaming_message(call: Call) -> tuple[Json, Json]:
    channel = named_channel(call)
    message = message_in(call, channel, "ts")
    if message.get("bot_id") != call.app["bot_id"]:
        raise CallRefused("message_not_owned_by_app")
    if not message.get("streaming"):
        raise CallRefused("message_not_in_streaming_state")
    return channel, message


def _grown(message: Json, call: Call) -> Json:
    text, blocks = str(message.get("text", "")), [dict(block) for block in message.get("blocks", [])]
    markdown = call.text("markdown_text")
    if len(markdown) > LONGEST_APPEND:
        raise CallRefused("msg_too_long")
    chunks = _chunks(call)
    if markdown:
        chunks = [{"type": "markdown_text", "text": markdown}, *chunks]
    for chunk in chunks:
        match chunk["type"]:
            case "markdown_text":
                text += chunk["text"]
                _append_text(blocks, chunk["text"])
            case "task_update":
                _put_task(blocks, chunk)
            case "plan_update":
                _plan(blocks)["title"] = chunk["title"]
            case "blocks":
                call.workspace.block_rules.check_blocks(chunk["blocks"])
                blocks += chunk["blocks"]
    return {"text": text, "blocks": with_ids(blocks)}


def _chunks(call: Call) -> list[Json]:
    chunks: Any = call.json("chunks", "invalid_chunks") or []
    if not isinstance(chunks, list):
        raise CallRefused("invalid_chunks")
    for chunk in chunks:
        fields = _CHUNK_FIELDS.get(chunk.get("type")) if isinstance(chunk, dict) else None
        if fields is None or any(name not in chunk for name in fields):
            raise CallRefused("invalid_chunks")
    return chunks


def _append_text(blocks: list[Json], text: str) -> None:
    if blocks and blocks[-1]["type"] == "markdown":
        blocks[-1] = {**blocks[-1], "text": blocks[-1]["text"] + text}
    else:
        blocks.append({"type": "markdown", "text": text})


def _plan(blocks: list[Json]) -> Json:
    plan = next((block for block in blocks if block["type"] == "plan"), None)
    if plan is None:
        plan = {"type": "plan", "title": "", "tasks": []}
        blocks.append(plan)
    return plan


def _put_task(blocks: list[Json], chunk: Json) -> None:
    task: Json = {"type": "task_card", "task_id": chunk["id"], "title": chunk["title"], "status": chunk["status"]}
    for name in ("details", "output"):
        if name in chunk:
            value = chunk[name]
            task[name] = value if isinstance(value, dict) else _rich(str(value))
    if "sources" in chunk:
        task["sources"] = chunk["sources"]
    tasks = _plan(blocks)["tasks"]
    for index, known in enumerate(tasks):
        if known["task_id"] == task["task_id"]:
            tasks[index] = {**known, **task}
            return
    tasks.append(task)


def _rich(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


METHODS: dict[str, Method] = {
    "chat.startStream": start_stream,
    "chat.appendStream": append_stream,
    "chat.stopStream": stop_stream,
}
