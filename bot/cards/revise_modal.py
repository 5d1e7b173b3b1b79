"""The form in which an order is revised before it is approved: a field a line, the day of delivery, and why."""

from typing import Any

from bot.cards.blocks import clipped, context, section
from bot.cards.ids import (
    DAY_BLOCK,
    DAY_INPUT,
    QUANTITY_BLOCK,
    QUANTITY_INPUT,
    REASON_BLOCK,
    REASON_INPUT,
    CallbackId,
)
from bot.cards.order import change_text
from bot.cards.order_modals import modal, number_input, text_input
from handlers.viewing import OrderView
from orders.purchase import OrderLine
from orders.wording import Wording

LINES_TO_REVISE = 90  # of the hundred blocks that a modal may have
LINES_WITH_MEMORY = 45  # of a longer order only the fields are shown


def revise_modal(view: OrderView, metadata: str, words: Wording) -> dict[str, Any]:
    """What is ordered stands in the fields; `metadata` comes back with what is submitted."""
    order = view.order
    blocks: list[Any] = [section(words.say("card.revise-hint"))]
    for line in order.lines[:LINES_TO_REVISE]:
        label = _label(line, view.proposed.get(line.line), words)
        blocks.append(number_input(f"{QUANTITY_BLOCK}:{line.line}", QUANTITY_INPUT, label, line.quantity))
        if len(order.lines) <= LINES_WITH_MEMORY:
            blocks += [context(change_text(each, words)) for each in view.remembered.get(line.line, ())[:1]]
    if len(order.lines) > LINES_TO_REVISE:
        blocks.append(context(words.count("card.more-lines", len(order.lines) - LINES_TO_REVISE)))
    day: dict[str, Any] = {"type": "datepicker", "action_id": DAY_INPUT}
    if order.delivery_date is not None:
        day["initial_date"] = order.delivery_date.isoformat()
    when = {"type": "plain_text", "text": words.say("card.revise-day")}
    blocks.append({"type": "input", "block_id": DAY_BLOCK, "optional": True, "label": when, "element": day})
    why = words.say("card.revise-reason")
    blocks.append(
        text_input(
            REASON_BLOCK,
            REASON_INPUT,
            why,
            "",
            optional=True,
            multiline=True,
            hint=words.say("card.revise-reason-hint"),
        )
    )
    return modal(CallbackId.REVISE, order.number, blocks, words, metadata=metadata, submit=words.say("card.keep"))


def _label(line: OrderLine, proposed: int | None, words: Wording) -> str:
    told = f"{line.line}. {clipped(line.description or line.sku, 90)}"
    remarks = [words.say("card.revise-pack", pack=words.number(line.pack_size))] if line.pack_size > 1 else []
    remarks += [words.say("card.revise-proposed", proposed=words.number(proposed))] if proposed is not None else []
    return f"{told} ({', '.join(remarks)})" if remarks else told
