"""The few shapes that all our cards are made of, within Slack's limits, with users' text escaped."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

SECTION_LIMIT = 3000
FIELD_LIMIT = 2000
HEADER_LIMIT = 150
NOTICE_LIMIT = 1000
NAME_LIMIT = 120  # a name in a list of many
BLOCKS_LIMIT = 50
TEXT_BUDGET = 12_000  # all blocks of one message together; Slack refuses somewhere above 13,200 (bolt-js issue 2509)


@dataclass(frozen=True, slots=True)
class Card:
    """A message: blocks, and the text for notifications and for those who see no blocks."""

    text: str
    blocks: tuple[dict[str, Any], ...]
    pictured: str = (
        ""  # number of a proposed order whose plan is shown as a picture below, where a message can have one
    )


def card(text: str, blocks: Iterable[Block | dict[str, Any]]) -> Card:
    """Put blocks together. `text` is plain: notifications show it, so that no mention may come out of it.

    What exceeds the limits of one message is left out from the end, never cut in the middle.
    """
    made = [block if isinstance(block, dict) else block.to_dict() for block in blocks]
    return Card(inert(clipped(text, NOTICE_LIMIT)), tuple(within_limits(made)))


def spoken(text: str, *below: Block) -> Card:
    """A message that is one paragraph of mrkdwn, which notifications show too, with blocks below it."""
    return Card(clipped(text, SECTION_LIMIT), tuple(block.to_dict() for block in (section(text), *below)))


def within_limits(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As many sections as fit; headers and actions always stay, so that a long order can still be decided on."""
    kept = list(blocks)
    while len(kept) > BLOCKS_LIMIT or sum(_length(block) for block in kept) > TEXT_BUDGET:
        removable = [at for at, block in enumerate(kept) if block["type"] in {"section", "context", "divider"}]
        if len(removable) < 2:
            break
        del kept[removable[-1]]
    return kept


def _length(block: Any) -> int:
    if isinstance(block, dict):
        return sum(
            _length(value) if key != "text" or not isinstance(value, str) else len(value)
            for key, value in block.items()
        )
    if isinstance(block, list):
        return sum(_length(item) for item in block)
    return 0


def inert(text: str) -> str:
    """Text in which Slack sees no mention, channel or link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# Slack knows no escape for these; between letters it lets them be, so that codes like OAT_1L can still be copied.
_FORMATS = re.compile(r"(?<![^\W_])[*_~`]+|[*_~`]+(?![^\W_])")
_GAP = "\u200b"


def escaped(text: str) -> str:
    """Users' text in mrkdwn: no mention, link or format comes out of a product's name or a supplier's mail."""
    return _FORMATS.sub(lambda marks: _GAP + "".join(f"{mark}{_GAP}" for mark in marks[0]), inert(text))


def name(text: str) -> str:
    """The name of a product, supplier or person among others: escaped, and no longer than a list bears."""
    return escaped(clipped(" ".join(text.split()), NAME_LIMIT))


def clipped(text: str, limit: int) -> str:
    """At most `limit` characters, with an ellipsis when something is missing."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def header(text: str) -> HeaderBlock:
    """A title; plain text, so nothing is escaped."""
    return HeaderBlock(text=PlainTextObject(text=clipped(text, HEADER_LIMIT), emoji=True))


def section(text: str, accessory: ButtonElement | None = None) -> SectionBlock:
    """A paragraph of mrkdwn."""
    return SectionBlock(text=MarkdownTextObject(text=clipped(text, SECTION_LIMIT)), accessory=accessory)


def paragraphs(lines: Iterable[str]) -> list[str]:
    """Lines put together as long as a section takes them; each is whole."""
    pages: list[str] = []
    for line in lines:
        whole = clipped(line, SECTION_LIMIT)
        if pages and len(pages[-1]) + 1 + len(whole) <= SECTION_LIMIT:
            pages[-1] += "\n" + whole
        else:
            pages.append(whole)
    return pages


def fields(*texts: str) -> SectionBlock:
    """Up to ten short facts in two columns."""
    return SectionBlock(fields=[MarkdownTextObject(text=clipped(text, FIELD_LIMIT)) for text in texts[:10]])


def context(*texts: str) -> ContextBlock:
    """Small grey remarks."""
    return ContextBlock(elements=[MarkdownTextObject(text=clipped(text, FIELD_LIMIT)) for text in texts[:10]])


def quote(text: str, limit: int = 1500) -> SectionBlock:
    """Somebody else's words, as a quotation."""
    lines = escaped(clipped(text.strip(), limit)).splitlines() or [""]
    return section("\n".join(f">{line}" for line in lines))


def divider() -> DividerBlock:
    """A thin line."""
    return DividerBlock()


def actions(block_id: str, *buttons: ButtonElement) -> ActionsBlock:
    """A row of buttons."""
    return ActionsBlock(block_id=block_id, elements=list(buttons))


def button(
    text: str, action_id: str, value: str, *, style: str | None = None, confirm: ConfirmObject | None = None
) -> ButtonElement:
    """A button; `style` primary or danger."""
    return ButtonElement(
        text=PlainTextObject(text=clipped(text, 75), emoji=True),
        action_id=action_id,
        value=value,
        style=style,
        confirm=confirm,
    )
