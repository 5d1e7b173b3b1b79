"""The submitted reason why an order is rejected."""

from typing import Any

from slack_bolt import Ack, App

from bot.cards.ids import REASON_BLOCK, REASON_INPUT, CallbackId
from bot.desk import Desk
from bot.intake import carry_out_press
from handlers.approvals import RejectOrder, reject

Body = dict[str, Any]


def register(app: App, desk: Desk) -> None:
    """Listen to the reason modal of orders."""

    @app.view(CallbackId.REJECT.value)
    def rejected(ack: Ack, body: Body, view: Body) -> None:
        number, revision, _ = view["private_metadata"].split("|")
        command = RejectOrder(number, int(revision), _reason(view))
        carry_out_press(desk, body, lambda session, actor: reject(session, command, actor=actor, clock=desk.clock))
        ack()


def _reason(view: Body) -> str:
    return str(view["state"]["values"][REASON_BLOCK][REASON_INPUT]["value"] or "")
