"""Modals about an order: all its details, why it is rejected, and what was counted of a delivery."""

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block

from bot.cards.blocks import button, clipped, context, divider, escaped, name, paragraphs, section
from bot.cards.ids import (
    COUNT_BLOCK,
    COUNT_INPUT,
    DAMAGED_BLOCK,
    DAMAGED_INPUT,
    NOTE_BLOCK,
    NOTE_INPUT,
    OVER_BLOCK,
    OVER_INPUT,
    REASON_BLOCK,
    REASON_INPUT,
    ActionId,
    CallbackId,
)
from bot.cards.order import change_text, event_text, finding_text, line_text, reason_text
from handlers.viewing import DocumentView, OrderView
from orders.purchase import PurchaseOrder
from orders.wording import Wording
from rules.findings import by_gravity

LINES_WITH_WHY = 30  # of a longer order every line is named, and the reasons are left to the plan
LINE_SECTIONS = 60  # of the 100 blocks that a modal may have
FINDINGS_SHOWN = 15
STORY_SHOWN = 15
DOCUMENTS_SHOWN = 10
COUNTED_LINES = 96
COUNTED_WITH_DAMAGE = 48  # of a longer delivery only what came is asked: a modal has 100 blocks


def details_modal(view: OrderView, words: Wording, zone: ZoneInfo) -> dict[str, Any]:
    """Every line, every finding, the whole story."""
    order = view.order
    blocks: list[Block] = [section(f"*{order.number}* · {name(order.supplier_name)} · {words.money(order.total)}")]
    blocks += _all_lines(view, words)
    if view.findings:
        blocks += [divider(), section(f"*{words.say('card.findings')}*")]
        blocks += [section(finding_text(found, words)) for found in by_gravity(view.findings)[:FINDINGS_SHOWN]]
    if view.documents:
        blocks += [divider(), section(f"*{words.say('card.documents')}*")]
        blocks += [_document(each, words) for each in view.documents[:DOCUMENTS_SHOWN]]
    blocks += [divider(), section(f"*{words.say('card.story')}*")]
    for entry in view.story[-STORY_SHOWN:]:
        blocks.append(context(f"{words.moment(entry.at.astimezone(zone))} · {event_text(entry, words)}"))
    return modal(CallbackId.DETAILS, order.number, blocks, words, metadata=order.number)


def _all_lines(view: OrderView, words: Wording) -> Iterator[Block]:
    """Whoever approves an order can see each line of it."""
    order = view.order
    if len(order.lines) > LINES_WITH_WHY:
        told = [f"{line.line}. {line_text(line, order.currency, words)}" for line in order.lines]
        pages = paragraphs(told)
        yield from (section(page) for page in pages[:LINE_SECTIONS])
        left = sum(page.count("\n") + 1 for page in pages[LINE_SECTIONS:])
        if left:
            yield context(words.count("card.more-lines", left))
        return
    for line in order.lines:
        yield section(line_text(line, order.currency, words))
        reasons = [reason_text(line)] if line.reason else []
        reasons += [why_text(view.traces[line.line], words)] if line.line in view.traces else []
        reasons += [change_text(each, words) for each in view.remembered.get(line.line, ())]
        if reasons:
            yield context(*reasons)


def _document(document: DocumentView, words: Wording) -> Block:
    """An invoice: number, day, total, and a button that opens its mail."""
    told = [f"🧾 {name(document.number)}", document.format]
    told += [words.full_day(document.issued_on)] if document.issued_on else []
    told += [words.money(document.total)] if document.total else []
    return section(" · ".join(told), button(words.say("card.open-mail"), ActionId.READ_MAIL, str(document.inbox)))


def why_text(trace: Sequence[dict[str, Any]], words: Wording) -> str:
    """The arithmetic behind a quantity, step by step."""
    return " → ".join(escaped(words.say(f"why.{step['step']}", **step)) for step in trace)


def reason_modal(callback: CallbackId, prompt: str, metadata: str, words: Wording) -> dict[str, Any]:
    """Ask for a reason in words; `prompt` begins the catalogue's keys, `metadata` carries what the pressed button carried."""
    wanted = {
        "type": "input",
        "block_id": REASON_BLOCK,
        "label": {"type": "plain_text", "text": words.say(f"{prompt}-prompt")},
        "element": {
            "type": "plain_text_input",
            "action_id": REASON_INPUT,
            "multiline": True,
            "min_length": 3,
            "max_length": 500,
            "focus_on_load": True,
        },
    }
    title, done = words.say(f"{prompt}-title"), words.say(f"{prompt}-done")
    return modal(callback, title, [wanted], words, metadata=metadata, submit=done)


def receive_modal(order: PurchaseOrder, words: Wording) -> dict[str, Any]:
    """Count a delivery: what is expected stands in the fields already."""
    blocks: list[Block | dict[str, Any]] = [
        {
            "type": "input",
            "block_id": NOTE_BLOCK,
            "label": {"type": "plain_text", "text": words.say("card.delivery-note")},
            "element": {"type": "plain_text_input", "action_id": NOTE_INPUT, "max_length": 100},
        }
    ]
    expected = [line for line in order.lines if line.open_quantity]
    asks_damage = len(expected) <= COUNTED_WITH_DAMAGE
    for line in expected[:COUNTED_LINES]:
        label = f"{line.line}. {clipped(line.description or line.sku, 150)} ({words.number(line.open_quantity)})"
        blocks.append(number_input(f"{COUNT_BLOCK}:{line.line}", COUNT_INPUT, label, line.open_quantity))
        if asks_damage:
            damaged = words.say("card.damaged")
            blocks.append(number_input(f"{DAMAGED_BLOCK}:{line.line}", DAMAGED_INPUT, damaged, 0, optional=True))
    if len(expected) > COUNTED_LINES:
        blocks.append(context(words.count("card.more-to-count", len(expected) - COUNTED_LINES)))
    sure = {"text": {"type": "plain_text", "text": words.say("card.over-sure")}, "value": "sure"}
    blocks.append(
        {
            "type": "input",
            "block_id": OVER_BLOCK,
            "optional": True,
            "label": {"type": "plain_text", "text": words.say("card.over")},
            "element": {"type": "checkboxes", "action_id": OVER_INPUT, "options": [sure]},
        }
    )
    return modal(CallbackId.RECEIVE, order.number, blocks, words, metadata=order.number, submit=words.say("card.book"))


def number_input(block_id: str, action_id: str, label: str, value: int, *, optional: bool = False) -> dict[str, Any]:
    """A field for a whole number from 0 on; `value` stands in it already."""
    return {
        "type": "input",
        "block_id": block_id,
        "optional": optional,
        "label": {"type": "plain_text", "text": label},
        "element": {
            "type": "number_input",
            "action_id": action_id,
            "is_decimal_allowed": False,
            "min_value": "0",
            "initial_value": str(value),
        },
    }


def text_input(
    block_id: str,
    action_id: str,
    label: str,
    value: str,
    *,
    optional: bool = False,
    multiline: bool = False,
    hint: str = "",
) -> dict[str, Any]:
    """A field for words; `value` stands in it already, `hint` small below it."""
    element: dict[str, Any] = {
        "type": "plain_text_input", "action_id": action_id, "max_length": 500, "multiline": multiline
    }  # fmt: skip
    if value:
        element["initial_value"] = value
    made: dict[str, Any] = {
        "type": "input",
        "block_id": block_id,
        "optional": optional,
        "label": {"type": "plain_text", "text": label},
        "element": element,
    }
    return made | ({"hint": {"type": "plain_text", "text": hint}} if hint else {})


def modal(
    callback: CallbackId,
    title: str,
    blocks: list[Any],
    words: Wording,
    *,
    metadata: str,
    submit: str | None = None,
) -> dict[str, Any]:
    """A modal of these blocks, within Slack's limits; `metadata` comes back with what is submitted."""
    made: dict[str, Any] = {
        "type": "modal",
        "callback_id": callback.value,
        "private_metadata": metadata,
        "title": {"type": "plain_text", "text": title[:24]},
        "close": {"type": "plain_text", "text": words.say("card.close")},
        "blocks": [block if isinstance(block, dict) else block.to_dict() for block in blocks][:100],
    }
    if submit is not None:
        made["submit"] = {"type": "plain_text", "text": submit[:24]}
    return made
