"""The submitted form of a delivery; what cannot be booked is said beside the field."""

from typing import Any

from slack_bolt import Ack, App

from bot.cards.ids import (
    COUNT_BLOCK,
    COUNT_INPUT,
    DAMAGED_BLOCK,
    DAMAGED_INPUT,
    NOTE_BLOCK,
    NOTE_INPUT,
    OVER_BLOCK,
    OVER_INPUT,
    CallbackId,
)
from bot.desk import Desk
from bot.intake import carry_out_press
from bot.problems import sentence
from handlers.receiving import Counted, OverReceipt, ReceiptAlreadyBooked, ReceiveGoods, receive
from orders.refusals import Refusal

Body = dict[str, Any]


def register(app: App, desk: Desk) -> None:
    """Listen to the delivery form."""

    @app.view(CallbackId.RECEIVE.value)
    def counted(ack: Ack, body: Body, view: Body) -> None:
        command = _command(view)
        try:
            carry_out_press(
                desk,
                body,
                lambda session, actor: receive(session, command, actor=actor, clock=desk.clock, house=desk.house),
            )
        except (OverReceipt, ReceiptAlreadyBooked) as refusal:
            words = desk.words_for(body["user"]["id"])
            ack(response_action="errors", errors={_place(refusal): sentence(words, refusal, desk.zone)})
            return
        ack()


def _place(refusal: Refusal) -> str:
    return f"{COUNT_BLOCK}:{refusal.facts['line']}" if isinstance(refusal, OverReceipt) else NOTE_BLOCK


def _command(view: Body) -> ReceiveGoods:
    values = view["state"]["values"]
    lines = sorted(int(block.split(":")[1]) for block in values if block.startswith(f"{COUNT_BLOCK}:"))
    return ReceiveGoods(
        order=view["private_metadata"],
        delivery_note=str(values[NOTE_BLOCK][NOTE_INPUT]["value"]).strip(),
        counted=tuple(
            Counted(
                line,
                _whole(values[f"{COUNT_BLOCK}:{line}"][COUNT_INPUT]["value"]),
                _whole(values.get(f"{DAMAGED_BLOCK}:{line}", {}).get(DAMAGED_INPUT, {}).get("value")),
            )
            for line in lines
        ),
        is_over_confirmed=bool(values.get(OVER_BLOCK, {}).get(OVER_INPUT, {}).get("selected_options")),
    )


def _whole(value: str | None) -> int:
    """Slack's number input has checked that it is a whole number; an empty optional field counts nothing."""
    return int(value) if value else 0
