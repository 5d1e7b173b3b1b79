"""What an app wants to say: text, blocks, attachments and metadata of a message, judged before anything is written."""

import re
from typing import Any

from sandbox.slack.blocks.walk import with_ids
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.web_api.call import Call

LONGEST_TEXT = 40_000  # longer text is cut
LONGEST_UPDATE = 4_000
LONGEST_MARKDOWN_TEXT = 12_000
MOST_ATTACHMENTS = 100
_EVENT_TYPE = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]*\Z")


def message_content(call: Call, *, is_update: bool = False) -> Json:
    """The content of a message; CallRefused with Slack's codes."""
    text, markdown = call.text("text"), call.text("markdown_text")
    blocks = judged_blocks(call)
    attachments = judged_attachments(call)
    if markdown and (text or blocks):
        raise CallRefused("markdown_text_conflict")
    if len(markdown) > LONGEST_MARKDOWN_TEXT:
        raise CallRefused("msg_too_long")
    if is_update and len(text) > LONGEST_UPDATE and call.is_strict:
        raise CallRefused("msg_too_long")
    if not (text or markdown or blocks or attachments) and not (is_update and "file_ids" in call.arguments):
        raise CallRefused("no_text")
    content: Json = {"text": text[:LONGEST_TEXT]}
    if markdown:
        content |= {"text": markdown, "blocks": with_ids([{"type": "markdown", "text": markdown}])}
    if blocks is not None:
        content["blocks"] = blocks
    if attachments is not None:
        content["attachments"] = attachments
    metadata = judged_metadata(call)
    if metadata is not None:
        content["metadata"] = metadata
    return content


def author_fields(call: Call) -> Json:
    """A name and picture that the app chose, when its scopes let it."""
    if not call.may("chat:write.customize"):
        return {}
    fields: Json = {}
    if call.has("username"):
        fields |= {"username": call.text("username"), "subtype": "bot_message"}
    if call.has("icon_emoji"):
        fields["icons"] = {"emoji": f":{call.text('icon_emoji').strip(':')}:"}
    elif call.has("icon_url"):
        fields["icons"] = {"image_48": call.text("icon_url")}
    return fields


def judged_blocks(call: Call, name: str = "blocks") -> list[Json] | None:
    """The blocks with their ids; None when none were given; CallRefused as BlockRules says."""
    blocks = call.json(name, "invalid_blocks_format")
    if blocks is None:
        return None
    if call.is_strict:
        call.workspace.block_rules.check_blocks(blocks)
    elif not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise CallRefused("invalid_blocks_format")
    return with_ids(blocks)


def judged_attachments(call: Call) -> list[Json] | None:
    """Attachments with ids; CallRefused("invalid_attachments", "too_many_attachments", "invalid_blocks")."""
    attachments = call.json("attachments", "invalid_attachments")
    if attachments is None:
        return None
    if not isinstance(attachments, list) or not all(isinstance(each, dict) for each in attachments):
        raise CallRefused("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise CallRefused("too_many_attachments")
    for number, attachment in enumerate(attachments, start=1):
        attachment.setdefault("id", number)
        if "blocks" in attachment:
            if call.is_strict:
                root = f"/attachments/{number - 1}/blocks"
                call.workspace.block_rules.check_blocks(attachment["blocks"], root=root)
            with_ids(attachment["blocks"])
    return attachments


def judged_metadata(call: Call) -> Json | None:
    """Metadata; CallRefused("invalid_metadata_format", "metadata_too_large")."""
    metadata: Any = call.json("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    if not isinstance(metadata, dict):
        raise CallRefused("invalid_metadata_format")
    if "entities" in metadata and "event_type" not in metadata:
        return metadata
    if call.is_strict and call.token.kind == "user":
        raise CallRefused("metadata_must_be_sent_from_app")
    kind, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(kind, str) or not _EVENT_TYPE.match(kind) or not isinstance(payload, dict):
        raise CallRefused("invalid_metadata_format")
    return metadata
