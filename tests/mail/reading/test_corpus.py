"""Every labelled reply in tests/corpus: a new mail from the field is two files and no code."""

import json
from pathlib import Path

import pytest

from mail.attachments.opening import open_attachments
from mail.message import read_message
from mail.reading.read import read
from orders.context import context_from_json
from tests.makers.corpus import FOLDER
from tests.makers.judging import judge

CONTEXT = context_from_json((FOLDER / "context.json").read_text(encoding="utf-8"))
REPLIES = sorted(FOLDER.glob("*.eml"))
STILL_UNREAD = {
    "en-varied-confirmed-thanks-see-you-next-week": "small talk with a date in it",
    "en-varied-line-will-be-delivered-a-week": "a lead time that the date beside it explains",
    "pl-varied-w-zamowieniu-wszystko-ok-tylko-cena": "a word of the price that no list knows",
}  # name to what the reader leaves to a person though a person could tell; never a dangerous reading


@pytest.mark.parametrize("path", REPLIES, ids=lambda path: path.stem)
def test_a_reply_is_read_as_its_label_says(path: Path) -> None:
    message = read_message(path.read_bytes())
    told = read(message, CONTEXT, attachments=open_attachments(message)).as_json()
    verdict = judge(told, json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))
    assert not verdict.dangerous, verdict.differences
    if path.stem not in STILL_UNREAD:
        assert verdict.differences == ()


def test_there_are_replies_in_nine_languages() -> None:
    assert len({path.stem[:2] for path in REPLIES}) == 9
    assert len(REPLIES) >= 200
