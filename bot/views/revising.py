"""The submitted form of a revised order; what cannot be ordered is said beside the field."""

from datetime import date
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.cards.ids import (
    DAY_BLOCK,
    DAY_INPUT,
    QUANTITY_BLOCK,
    QUANTITY_INPUT,
    REASON_BLOCK,
    REASON_INPUT,
    CallbackId,
)
from bot.cards.order import order_card
from bot.desk import Desk
from bot.intake import carry_out_press
from bot.outages import answered
from bot.problems import sentence
from handlers.revising import ChangeReasonMissing, LineQuantityImpossible, ReviseOrder, revise
from handlers.viewing import order_view

Body = dict[str, Any]


def register(app: App, desk: Desk) -> None:
    """Listen to the form."""

    @app.view(CallbackId.REVISE.value)
    def revised(ack: Ack, body: Body, view: Body, client: WebClient) -> None:
        number, revision, _, address = view["private_metadata"].split("|", 3)
        command = _command(view, number, int(revision))
        words = desk.words_for(body["user"]["id"])
        try:
            carry_out_press(
                desk,
                body,
                lambda session, actor: revise(session, command, actor=actor, clock=desk.clock, house=desk.house),
            )
        except (ChangeReasonMissing, LineQuantityImpossible) as refusal:
            block = f"{QUANTITY_BLOCK}:{refusal.line}" if isinstance(refusal, LineQuantityImpossible) else REASON_BLOCK
            ack(response_action="errors", errors={block: sentence(words, refusal, desk.zone)})
            return
        if address:
            with desk.store.reading() as session:
                shown = order_card(order_view(session, number), words, desk.zone)
            respond = Respond(response_url=address, proxy=client.proxy, ssl=client.ssl)
            answered(respond, text=shown.text, blocks=list(shown.blocks), replace_original=True)
        ack()


def _command(view: Body, number: str, revision: int) -> ReviseOrder:
    values = view["state"]["values"]
    typed = {
        int(block.split(":")[1]): inputs[QUANTITY_INPUT]["value"]
        for block, inputs in values.items()
        if block.startswith(f"{QUANTITY_BLOCK}:")
    }
    day = values.get(DAY_BLOCK, {}).get(DAY_INPUT, {}).get("selected_date")
    return ReviseOrder(
        number,
        revision,
        {line: int(value) for line, value in typed.items() if value},
        date.fromisoformat(day) if day else None,
        str(values.get(REASON_BLOCK, {}).get(REASON_INPUT, {}).get("value") or ""),
    )
