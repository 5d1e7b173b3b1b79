"""What apps answer to interactions: messages in an ack or at a response_url."""

from typing import Any

from sandbox.slack.blocks.walk import with_ids
from sandbox.slack.happenings.posting import Author, change, change_ephemeral, delete, post, remove_ephemeral, whisper
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.triggers import ResponseAddress
from sandbox.slack.workspace import Workspace

_CONTENT = ("text", "blocks", "attachments", "metadata")


def take_answer(workspace: Workspace, address: ResponseAddress, answer: Any) -> None:
    """Carry out one answer; CallRefused("invalid_payload", "no_text", "invalid_blocks", …)."""
    if not isinstance(answer, dict):
        raise CallRefused("invalid_payload")
    app = workspace.apps.get(address.app)
    if answer.get("delete_original"):
        _delete_original(workspace, address)
        return
    content = {name: answer[name] for name in _CONTENT if answer.get(name) not in (None, "")}
    if not content:
        raise CallRefused("no_text")
    _judge(workspace, content)
    if answer.get("replace_original") and address.message_ts:
        _replace_original(workspace, address, content)
        return
    if answer.get("thread_ts") or (address.thread_ts and address.is_ephemeral):
        content["thread_ts"] = answer.get("thread_ts") or address.thread_ts
    author = Author(app["bot_user"], app)
    content.setdefault("text", "")
    if answer.get("response_type") == "in_channel":
        message = post(workspace, workspace.channels.get(address.channel), author, content)
    else:
        message = whisper(workspace, address.channel, address.person, author, content)
    if not address.message_ts:
        address.message_ts = message["ts"]  # later answers may replace this one
        address.is_ephemeral = bool(message.get("ephemeral"))


def _judge(workspace: Workspace, content: Json) -> None:
    if "blocks" in content:
        if workspace.faults.strict:
            workspace.block_rules.check_blocks(content["blocks"])
        elif not isinstance(content["blocks"], list):
            raise CallRefused("invalid_blocks_format")
        with_ids(content["blocks"])


def _replace_original(workspace: Workspace, address: ResponseAddress, content: Json) -> None:
    if "blocks" not in content and "text" in content:
        content["blocks"] = []
    ephemeral = workspace.messages.ephemerals.get((address.channel, address.message_ts))
    if ephemeral is not None:
        change_ephemeral(workspace, ephemeral, content)
    else:
        change(workspace, workspace.messages.get(address.channel, address.message_ts), content)


def _delete_original(workspace: Workspace, address: ResponseAddress) -> None:
    if (address.channel, address.message_ts) in workspace.messages.ephemerals:
        remove_ephemeral(workspace, address.channel, address.message_ts)
    elif address.message_ts:
        delete(workspace, workspace.channels.get(address.channel), address.message_ts)
