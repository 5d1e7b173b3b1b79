"""Submitted forms about a supplier's answer: refused, asked, accepted in part, read anew."""

from typing import Any

from slack_bolt import Ack, App

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
    REASON_BLOCK,
    REASON_INPUT,
    CallbackId,
)
from bot.desk import Desk
from bot.intake import carry_out_press
from bot.problems import sentence
from handlers.answer_reading import AskSupplier, CorrectAnswer, ask_supplier, correct_answer
from handlers.answers import AcceptPart, NothingToAccept, RefuseAnswer, accept_part, refuse_answer
from orders.correcting import FigureUnreadable, TypedLine

Body = dict[str, Any]
_BLOCK_OF = {"quantity": PIECES_BLOCK, "price": PRICE_BLOCK, "deliveries": DELIVERIES_BLOCK}


def register(app: App, desk: Desk) -> None:
    """Listen to the forms of answer cards."""

    @app.view(CallbackId.REFUSE_ANSWER.value)
    def refused(ack: Ack, body: Body, view: Body) -> None:
        command = RefuseAnswer(*_numbers(view), _typed(view, REASON_BLOCK, REASON_INPUT))
        carry_out_press(
            desk, body, lambda session, actor: refuse_answer(session, command, actor=actor, clock=desk.clock)
        )
        ack()

    @app.view(CallbackId.ASK_SUPPLIER.value)
    def asked(ack: Ack, body: Body, view: Body) -> None:
        command = AskSupplier(*_numbers(view), _typed(view, REASON_BLOCK, REASON_INPUT))
        carry_out_press(
            desk, body, lambda session, actor: ask_supplier(session, command, actor=actor, clock=desk.clock)
        )
        ack()

    @app.view(CallbackId.PART_ANSWER.value)
    def accepted_in_part(ack: Ack, body: Body, view: Body) -> None:
        command = AcceptPart(*_numbers(view), _chosen(view), _typed(view, PART_NOTE_BLOCK, PART_NOTE_INPUT))
        try:
            carry_out_press(
                desk, body, lambda session, actor: accept_part(session, command, actor=actor, clock=desk.clock)
            )
        except NothingToAccept:
            told = desk.words_for(body["user"]["id"]).say("card.part-nothing")
            ack(response_action="errors", errors={f"{PART_BLOCK}:0": told})
            return
        ack()

    @app.view(CallbackId.EDIT_ANSWER.value)
    def read_anew(ack: Ack, body: Body, view: Body) -> None:
        command = CorrectAnswer(*_numbers(view), _lines(view))
        try:
            carry_out_press(
                desk, body, lambda session, actor: correct_answer(session, command, actor=actor, clock=desk.clock)
            )
        except FigureUnreadable as refusal:
            block = f"{_BLOCK_OF[str(refusal.facts['field'])]}:{refusal.facts['line']}"
            words = desk.words_for(body["user"]["id"])
            ack(response_action="errors", errors={block: sentence(words, refusal, desk.zone)})
            return
        ack()


def _numbers(view: Body) -> tuple[int, int]:
    proposal, revision = view["private_metadata"].split("|")
    return int(proposal), int(revision)


def _typed(view: Body, block: str, action: str) -> str:
    return str(view["state"]["values"].get(block, {}).get(action, {}).get("value") or "")


def _chosen(view: Body) -> tuple[int, ...]:
    groups = (inputs for block, inputs in view["state"]["values"].items() if block.startswith(f"{PART_BLOCK}:"))
    return tuple(
        int(option["value"]) for inputs in groups for option in inputs[PART_INPUT].get("selected_options") or ()
    )


def _lines(view: Body) -> tuple[TypedLine, ...]:
    blocks = [block for block in view["state"]["values"] if block.startswith(f"{PIECES_BLOCK}:")]
    lines = sorted(int(block.split(":")[1]) for block in blocks)
    return tuple(
        TypedLine(
            line,
            _typed(view, f"{PIECES_BLOCK}:{line}", PIECES_INPUT),
            _typed(view, f"{PRICE_BLOCK}:{line}", PRICE_INPUT),
            _typed(view, f"{DELIVERIES_BLOCK}:{line}", DELIVERIES_INPUT),
        )
        for line in lines
    )
