"""What somebody on the mailbox page wants to send, read out of JSON."""

import base64
import binascii
from typing import Any

from sandbox.mail.answering import Answer, AttachedFile
from sandbox.mail.page_api.views import MailViews, PageRefused
from sandbox.mail.post_office import PostOffice
from sandbox.mail.postboxes import Stored
from sandbox.mail.quoting import Style


def answer_of(wish: dict[str, Any], office: PostOffice, views: MailViews) -> tuple[Stored | None, Answer]:
    """The mail to write and the message that it answers, if any; raises PageRefused."""
    account = office.boxes.accounts.get(str(wish.get("account", "")).lower())
    if account is None:
        raise PageRefused("account-gone", 404)
    original = wish.get("original")
    stored, letter = views.opened(original) if isinstance(original, int) else (None, None)
    return stored, Answer(
        account=account,
        text=str(wish.get("text", "")),
        original=letter,
        style=style_of(wish.get("style")),
        language=str(wish.get("language", "en")),
        between=bool(wish.get("between")),
        to=str(wish.get("to", "")),
        subject=str(wish.get("subject", "")),
        automatic=bool(wish.get("automatic")),
        files=tuple(_attached(each) for each in wish.get("files") or ()),
    )


def style_of(word: object) -> Style:
    """The mail program that was chosen; raises PageRefused."""
    try:
        return Style(str(word or Style.GMAIL))
    except ValueError:
        raise PageRefused("bad-command") from None


def _attached(file: object) -> AttachedFile:
    if not isinstance(file, dict):
        raise PageRefused("bad-command")
    try:
        content = base64.b64decode(str(file.get("base64", "")), validate=True)
    except binascii.Error:
        raise PageRefused("bad-command") from None
    return AttachedFile(str(file.get("name") or "file"), str(file.get("kind") or "application/octet-stream"), content)
