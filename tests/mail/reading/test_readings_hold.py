"""What is true of every reading, over all corpora: evidence is the supplier's, deliveries add up, nothing is half told."""

import re
from pathlib import Path

import pytest

from mail.attachments.opening import open_attachments
from mail.message import Message, read_message
from mail.reading.read import read
from mail.segments.dividing import segments
from mail.segments.segment import Label
from orders.reply import LineReading, Outcome
from tests.mail.reading.test_corpus import CONTEXTS, REPLIES

SOME = REPLIES[::12]


def plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def words_of(message: Message) -> str:
    """Everything in the message that is the supplier's, letters and digits only; files included."""
    theirs = [part.text for part in segments(message, None) if part.label is Label.SUPPLIER or part.row is not None]
    files = [opened for opened in open_attachments(message) if opened.problem is None]
    tables = [cell.text for opened in files for grid in opened.grids for row in grid.rows for cell in row.cells]
    structured = [
        re.sub(r"<[^>]*>", " ", each.content.decode("utf-8", "replace"))
        for each in message.attachments
        if each.content.startswith((b"UN", b"<?xml"))
    ]
    return plain(" ".join([*theirs, *(opened.text for opened in files), *tables, *structured]))


def parts_of(line: LineReading) -> list[str]:
    """The cells of a table's row, the segments of an EDIFACT line, or the whole sentence."""
    return [
        part
        for evidence in line.evidence
        for part in evidence.text.split(" " if evidence.text.startswith("LIN+") else " | ")
    ]


@pytest.mark.parametrize("path", SOME, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_reading_rests_on_the_suppliers_words_and_adds_up(path: Path) -> None:
    message = read_message(path.read_bytes())
    reading = read(message, CONTEXTS[path.parent], attachments=open_attachments(message))
    theirs = words_of(message)
    for line in (line for response in reading.responses if response.understood for line in response.lines):
        assert (line.outcome is Outcome.UNMENTIONED) == (not line.evidence)
        structured = any(evidence.text in ("accepted", "rejected") for evidence in line.evidence)
        assert structured or all(plain(part) in theirs for part in parts_of(line)), parts_of(line)
        if line.deliveries:
            assert sum(each.quantity for each in line.deliveries) == line.quantity
