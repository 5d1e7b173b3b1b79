"""Every labelled reply in tests/corpus: a new mail from the field is two files and no code.

A folder holds a context and the replies read against it. `still-unread.txt` names what the reader leaves to a person
though a person could tell, with the reason; such a reply is never read wrongly.
"""

import json
from pathlib import Path

import pytest

from mail.attachments.opening import open_attachments
from mail.message import read_message
from mail.reading.read import read
from orders.context import context_from_json
from tests.makers.corpus import FOLDER
from tests.makers.judging import judge, own_dates

FOLDERS = [FOLDER, *(path.parent for path in sorted(FOLDER.glob("*/context.json")))]
CONTEXTS = {folder: context_from_json((folder / "context.json").read_text(encoding="utf-8")) for folder in FOLDERS}
REPLIES = [path for folder in FOLDERS for path in sorted(folder.glob("*.eml"))]


def still_unread(folder: Path) -> set[str]:
    lines = (folder / "still-unread.txt").read_text(encoding="utf-8").splitlines()
    return {line.split(maxsplit=1)[0] for line in lines if line.strip()}


UNREAD = {folder: still_unread(folder) for folder in FOLDERS}


@pytest.mark.parametrize("path", REPLIES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_reply_is_read_as_its_label_says(path: Path) -> None:
    message = read_message(path.read_bytes())
    told = read(message, CONTEXTS[path.parent], attachments=open_attachments(message)).as_json()
    label = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    verdict = judge(told, label, own_dates(CONTEXTS[path.parent]))
    assert not verdict.dangerous, verdict.differences
    if path.stem not in UNREAD[path.parent]:
        assert verdict.differences == ()


def test_there_are_replies_in_nine_languages() -> None:
    assert {path.stem[:2] for path in REPLIES} >= {"cs", "de", "en", "es", "fr", "it", "nl", "pl", "uk"}
    assert len(REPLIES) >= 200
