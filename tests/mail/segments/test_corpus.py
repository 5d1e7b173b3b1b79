"""The mails of tests/corpus/division divide as the file beside each says; a new mail from the field is two files."""

import json
from pathlib import Path

import pytest

from mail.machine import machine
from mail.message import read_message
from mail.segments.dividing import reply_text, segments

FOLDER = Path(__file__).parents[2] / "corpus" / "division"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.eml")), ids=lambda path: path.stem)
def test_a_mail_divides_as_told(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    message = read_message(path.read_bytes())
    assert {"reply": reply_text(segments(message, None)), "machine": machine(message).kind.value} == expected
