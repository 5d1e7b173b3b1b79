"""Forms about a supplier's answer: which lines to accept, and what the mail really says of each line."""

from typing import Any

from bot.cards.answer_lines import answered_text, ordered_text
from bot.cards.blocks import clipped, context, escaped, name, section
from bot.cards.ids import (
    DELIVERIES_BLOCK,
    DELIVERIES_INPUT,
    PART_BLOCK,
    PART_INPUT,
    PART_NOTE_BLOCK,
    PART_NOTE_INPUT,
    PIECES_BLOCK,
    PIECES_INPUT,
    PRICE_BLOCK,
    PRICE_INPUT,
    CallbackId,
)
from bot.cards.order_modals import modal, text_input
from handlers.answer_view import ProposalView
from orders.correcting import TypedLine, typed_line
from orders.purchase import OrderLine
from orders.reply import LineReading, Outcome
from orders.wording import Wording

GROUP = 10  # Slack's most options of one group of boxes
LINES_TO_EDIT = 22  # four blocks each, of the hundred that a modal may have
_PLAIN = str.maketrans("", "", "*_~`")


def part_modal(view: ProposalView, words: Wording) -> dict[str, Any]:
    """Boxes for the lines that can be accepted, all ticked; what is not ticked stays as it was ordered."""
    known = {line.line: line for line in view.order.lines}
    readings = [each for each in view.response.lines if each.outcome is not Outcome.UNMENTIONED and each.line in known]
    bookable = [each for each in readings if each.outcome is not Outcome.SUBSTITUTED]
    blocks: list[Any] = [section(words.say("card.part-hint"))]
    for at in range(0, min(len(bookable), 9 * GROUP), GROUP):
        options = [_option(view, known[each.line], each, words) for each in bookable[at : at + GROUP]]
        blocks.append(_boxes(at // GROUP, options, words))
    substituted = [each.line for each in readings if each.outcome is Outcome.SUBSTITUTED]
    blocks += [context(words.say("card.part-substitute", line=line)) for line in substituted]
    blocks.append(
        text_input(PART_NOTE_BLOCK, PART_NOTE_INPUT, words.say("card.part-note"), "", optional=True, multiline=True)
    )
    value = f"{view.id}|{view.order.revision}"
    title = words.say("card.part-title")
    return modal(CallbackId.PART_ANSWER, title, blocks, words, metadata=value, submit=words.say("card.book"))


def _option(view: ProposalView, line: OrderLine, reading: LineReading, words: Wording) -> dict[str, Any]:
    told = answered_text(view.order, line, reading, words).translate(_PLAIN)
    label = clipped(f"{line.line}. {line.description or line.sku}", 75)
    return {
        "text": {"type": "plain_text", "text": label},
        "description": {"type": "plain_text", "text": clipped(told, 75)},
        "value": str(line.line),
    }


def _boxes(group: int, options: list[dict[str, Any]], words: Wording) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": f"{PART_BLOCK}:{group}",
        "optional": True,
        "label": {"type": "plain_text", "text": words.say("card.part-lines")},
        "element": {"type": "checkboxes", "action_id": PART_INPUT, "options": options, "initial_options": options},
    }


def edit_modal(view: ProposalView, words: Wording) -> dict[str, Any]:
    """Fields with what was read, line by line; what differs from the order comes first when there are too many."""
    readings = {reading.line: reading for reading in view.response.lines}
    lines = list(view.order.lines)
    if len(lines) > LINES_TO_EDIT:
        lines.sort(key=lambda line: _is_plain(readings.get(line.line)))
    blocks: list[Any] = [section(words.say("card.edit-hint"))]
    for line in sorted(lines[:LINES_TO_EDIT], key=lambda each: each.line):
        blocks += _fields(view, line, readings.get(line.line), words)
    if len(lines) > LINES_TO_EDIT:
        blocks.append(context(words.count("card.more-lines", len(lines) - LINES_TO_EDIT)))
    value = f"{view.id}|{view.order.revision}"
    title = words.say("card.edit-title")
    return modal(CallbackId.EDIT_ANSWER, title, blocks, words, metadata=value, submit=words.say("card.keep"))


def _is_plain(reading: LineReading | None) -> bool:
    return reading is not None and reading.outcome is Outcome.ACCEPTED


def _fields(view: ProposalView, line: OrderLine, reading: LineReading | None, words: Wording) -> list[Any]:
    typed: TypedLine = typed_line(line, reading)
    told = f"*{line.line}. {name(line.description or line.sku)}*\n"
    told += f"{words.say('card.ordered')} {ordered_text(view.order, line, words)}"
    if reading is not None and reading.evidence:
        told += f"\n> _“{escaped(clipped(' '.join(reading.evidence[0].text.split()), 200))}”_"
    number = line.line
    return [
        section(told),
        text_input(
            f"{PIECES_BLOCK}:{number}", PIECES_INPUT, words.say("card.edit-pieces"), typed.quantity, optional=True
        ),
        text_input(f"{PRICE_BLOCK}:{number}", PRICE_INPUT, words.say("card.edit-price"), typed.price, optional=True),
        text_input(
            f"{DELIVERIES_BLOCK}:{number}",
            DELIVERIES_INPUT,
            words.say("card.edit-deliveries"),
            typed.deliveries,
            optional=True,
            hint=words.say("card.edit-deliveries-hint"),
        ),
    ]
