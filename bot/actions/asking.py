"""Buttons of answers in chat: a suggestion asked with one click, a sentence that acts confirmed or dismissed."""

import re
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.acting import act_on
from bot.answering import answer
from bot.cards.blocks import section
from bot.cards.ids import ActionId
from bot.cards.order import order_card
from bot.desk import Desk
from bot.intake import carry_out_press
from bot.outages import answered
from bot.people import actor_for
from handlers.viewing import order_view

Body = dict[str, Any]


def register(app: App, desk: Desk) -> None:
    """Listen to suggestion and confirmation buttons."""

    @app.action(re.compile(re.escape(ActionId.ASK.value) + r"(\.\d+)?$"))
    def ask(ack: Ack, body: Body, action: Body, respond: Respond, client: WebClient) -> None:
        user = body["user"]["id"]
        with desk.store.reading() as session:
            actor_for(session, user)
        made = answer(desk, action["value"], desk.words_for(user))
        if body.get("response_url"):
            respond(text=made.text, blocks=list(made.blocks), replace_original=False, response_type="ephemeral")
        else:  # the Home tab has no channel to answer in
            client.chat_postMessage(channel=user, text=made.text, blocks=list(made.blocks))
        ack()

    @app.action(ActionId.CONFIRM.value)
    def confirm(ack: Ack, body: Body, action: Body, respond: Respond) -> None:
        words = desk.words_for(body["user"]["id"])
        done = carry_out_press(
            desk, body, lambda session, actor: act_on(session, action["value"], actor=actor, desk=desk)
        )
        with desk.store.reading() as session:
            made = order_card(order_view(session, done.number), words, desk.zone)
        told = section(words.say(f"chat.done-{done.act}", number=done.number)).to_dict()
        answered(respond, text=made.text, blocks=[told, *made.blocks], replace_original=True)
        ack()

    @app.action(ActionId.DISMISS.value)
    def dismiss(ack: Ack, body: Body, respond: Respond) -> None:
        respond(text=desk.words_for(body["user"]["id"]).say("chat.dismissed"), replace_original=True)
        ack()
