"""Replies of one or two sentences, with figures that only add up when they are read together: tests/corpus/said."""

import pytest

from mail.attachments.opening import open_attachments
from mail.message import read_message
from mail.reading.read import read
from orders.context import context_from_json
from tests.makers.corpus import FOLDER
from tests.makers.judging import judge
from tests.makers.said import Block, blocks, context_of, label_of, mail_of, order_of

BLOCKS = list(blocks())
RAW = {corpus: context_of(corpus) for corpus in {block.corpus for block in BLOCKS}}
CONTEXTS = {
    corpus: context_from_json(((FOLDER if corpus == "corpus" else FOLDER / corpus) / "context.json").read_text("utf-8"))
    for corpus in RAW
}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_what_is_said_is_read(block: Block) -> None:
    message = read_message(mail_of(block, RAW[block.corpus]))
    told = read(message, CONTEXTS[block.corpus], attachments=open_attachments(message)).as_json()
    assert judge(told, label_of(block, order_of(block, RAW[block.corpus]))).differences == ()


def test_names_are_given_once() -> None:
    assert len({block.name for block in BLOCKS}) == len(BLOCKS)
