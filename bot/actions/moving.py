"""The button that books a proposed transfer between places."""

from typing import Any

from slack_bolt import Ack, App, Respond

from bot.cards.blocks import name
from bot.cards.ids import ActionId
from bot.desk import Desk
from bot.intake import carry_out_press
from bot.outages import answered
from handlers.transfers import CarryOutTransfer, carry_out_transfer

Body = dict[str, Any]


def register(app: App, desk: Desk) -> None:
    """Listen to the buttons of the list of transfers."""

    @app.action(ActionId.MOVED.value)
    def moved(ack: Ack, body: Body, action: Body, respond: Respond) -> None:
        transfer, quantity = action["value"].split("|")
        command = CarryOutTransfer(int(transfer), int(quantity))
        done = carry_out_press(
            desk, body, lambda session, actor: carry_out_transfer(session, command, actor=actor, clock=desk.clock)
        )
        words = desk.words_for(body["user"]["id"])
        told = words.say(
            "orders.moved-done",
            quantity=words.number(done.quantity),
            product=name(done.sku),
            source=name(done.source),
            place=name(done.location),
        )
        answered(respond, text=told, replace_original=False, response_type="ephemeral")
        ack()
