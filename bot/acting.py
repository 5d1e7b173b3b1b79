"""Carries out what a sentence asked for, after its card was confirmed: slots become a typed command.

Approving is not among them: an approval covers what was seen, so it is given on the order's own card.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from bot.desk import Desk
from handlers.ending import CancelOrder, cancel
from handlers.purchasing import DraftOrder, SubmitOrder, WantedLine, draft, submit
from orders.people import Actor
from orders.refusals import Refusal
from store.queries.catalogue import supplier_of_product


class NotInChat(Refusal):
    """This is done with the buttons of the order's card, where its figures can be seen and entered."""

    code = "not-in-chat"

    def __init__(self, number: str) -> None:
        super().__init__(number=number)


class SentenceIncomplete(Refusal):
    """The sentence does not say enough to act on."""

    code = "sentence-incomplete"

    def __init__(self, missing: str) -> None:
        super().__init__(missing=missing)


@dataclass(frozen=True, slots=True)
class Acted:
    """What was done, to which order."""

    act: str
    number: str


def act_on(session: Session, value: str, *, actor: Actor, desk: Desk) -> Acted:
    """Carry out a confirmed sentence; raises the refusals of the handler that it becomes, NotInChat, SentenceIncomplete."""
    asked = json.loads(value)
    act = _ACTS.get(asked["intent"])
    if act is None:
        raise NotInChat(next(iter(asked["slots"]["orders"]), "–"))
    return Acted(asked["intent"], act(session, asked["slots"], actor, desk))


def _send(session: Session, slots: dict[str, Any], actor: Actor, desk: Desk) -> str:
    return submit(session, SubmitOrder(_order(slots)), actor=actor, clock=desk.clock, house=desk.house).order.number


def _cancel(session: Session, slots: dict[str, Any], actor: Actor, desk: Desk) -> str:
    reason = desk.shop_words.say("chat.cancelled-in-chat")
    return cancel(session, CancelOrder(_order(slots), reason), actor=actor, clock=desk.clock).number


def _draft(session: Session, slots: dict[str, Any], actor: Actor, desk: Desk) -> str:
    if not slots["products"]:
        raise SentenceIncomplete("product")
    quantity = slots["quantity"]
    if quantity is None:
        raise SentenceIncomplete("quantity")
    supplier, place = supplier_of_product(session, slots["products"][0], next(iter(slots["locations"]), None))
    command = DraftOrder(
        supplier=next(iter(slots["suppliers"]), supplier),
        location=place,
        lines=tuple(WantedLine(sku, quantity) for sku in slots["products"]),
    )
    return draft(session, command, actor=actor, clock=desk.clock, house=desk.house).order.number


def _order(slots: dict[str, Any]) -> str:
    if len(slots["orders"]) != 1:
        raise SentenceIncomplete("order")
    return str(slots["orders"][0])


_ACTS: dict[str, Callable[[Session, dict[str, Any], Actor, Desk], str]] = {
    "send": _send,
    "cancel": _cancel,
    "draft_order": _draft,
}
CARRIED_OUT = frozenset(_ACTS)
