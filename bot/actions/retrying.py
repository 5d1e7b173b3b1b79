"""Buttons that send again what did not go out."""

from typing import Any

from slack_bolt import Ack, App, Respond

from bot.cards.ids import ActionId
from bot.copies import refresh_copy
from bot.desk import Desk
from bot.intake import carry_out_press
from handlers.undelivered import RetryDelivery, SendAgain, retry_delivery, send_again

Body = dict[str, Any]


def register(app: App, desk: Desk) -> None:
    """Listen to the buttons of trouble cards, and of orders whose mail failed."""

    @app.action(ActionId.RETRY.value)
    def retry(ack: Ack, body: Body, action: Body) -> None:
        command = RetryDelivery(int(action["value"]))
        carry_out_press(
            desk, body, lambda session, actor: retry_delivery(session, command, actor=actor, clock=desk.clock)
        )
        ack()

    @app.action(ActionId.SEND_AGAIN.value)
    def again(ack: Ack, body: Body, action: Body, respond: Respond) -> None:
        number, revision, _ = action["value"].split("|")
        command = SendAgain(number, int(revision))
        carry_out_press(desk, body, lambda session, actor: send_again(session, command, actor=actor, clock=desk.clock))
        refresh_copy(desk, body, respond, number)
        ack()
