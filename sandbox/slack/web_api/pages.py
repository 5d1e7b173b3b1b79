"""Pagination with cursors, as the list methods have it."""

import base64
from collections.abc import Sequence
from typing import TypeVar

from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.web_api.call import Call

LARGEST_PAGE = 1000
T = TypeVar("T")


def page_of(call: Call, items: Sequence[T], *, default: int = 100) -> tuple[list[T], Json]:
    """This page's items and its response_metadata; CallRefused("invalid_cursor", "invalid_limit")."""
    limit = call.number("limit", default)
    if not 1 <= limit <= LARGEST_PAGE:
        if call.has("limit") and limit != 0:
            raise CallRefused("invalid_limit")
        limit = default
    start = _start(call.text("cursor"))
    end = start + limit
    cursor = base64.b64encode(f"offset:{end}".encode()).decode() if end < len(items) else ""
    return list(items[start:end]), {"next_cursor": cursor}


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        start = int(number)
    except ValueError:
        raise CallRefused("invalid_cursor") from None
    if word != "offset" or start < 0:
        raise CallRefused("invalid_cursor")
    return start
