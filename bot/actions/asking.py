"""Buttons of answers in chat: a suggestion asked with one click, a sentence that acts confirmed or dismissed."""

import re
from typing import Any

from slack_bolt import Ack, App, Respond

from bot.acting import act_on
from bot.answering import answer
from bot.cards.ids import ActionId
from bot.desk import Desk
from bot.intake import carry_out, kept, press_key
from bot.people import actor_for

Body = dict[str, Any]


def register(app: App, desk: Desk) -> None:
    """Listen to suggestion and confirmation buttons."""

    @app.action(re.compile(re.escape(ActionId.ASK.value) + r"(\.\d+)?$"))
    def ask(ack: Ack, body: Body, action: Body, respond: Respond) -> None:
        with desk.store.reading() as session:
            actor_for(session, body["user"]["id"])
        made = answer(desk, action["value"], desk.words_for(body["user"]["id"]))
        respond(text=made.text, blocks=list(made.blocks), replace_original=False, response_type="ephemeral")
        ack()

    @app.action(ActionId.CONFIRM.value)
    def confirm(ack: Ack, body: Body, action: Body, respond: Respond) -> None:
        words = desk.words_for(body["user"]["id"])
        done = carry_out(
            desk,
            press_key(body),
            kept(body),
            body["user"]["id"],
            lambda session, actor: act_on(session, action["value"], actor=actor, desk=desk),
        )
        respond(text=words.say(f"chat.done-{done.act}", number=done.number), replace_original=True)
        ack()

    @app.action(ActionId.DISMISS.value)
    def dismiss(ack: Ack, body: Body, respond: Respond) -> None:
        respond(text=desk.words_for(body["user"]["id"]).say("chat.dismissed"), replace_original=True)
        ack()
