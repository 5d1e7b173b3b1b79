"""Buttons that decide on an order: approve, reject, submit, stop."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.cards.ids import ActionId, CallbackId
from bot.cards.order_modals import reason_modal
from bot.copies import refresh_copy
from bot.desk import Desk
from bot.intake import carry_out_press
from bot.people import actor_for
from handlers.approvals import ApproveOrder, approve
from handlers.loading import require_permission
from handlers.purchasing import SubmitOrder, submit
from handlers.stopping import StopOrder, stop
from orders.people import Permission

Body = dict[str, Any]


def register(app: App, desk: Desk) -> None:
    """Listen to the buttons of order cards."""

    @app.action(ActionId.APPROVE.value)
    def approve_order(ack: Ack, body: Body, action: Body, respond: Respond) -> None:
        number, revision, content = action["value"].split("|")
        command = ApproveOrder(number, int(revision), content)
        carry_out_press(
            desk,
            body,
            lambda session, actor: approve(session, command, actor=actor, clock=desk.clock, house=desk.house),
        )
        refresh_copy(desk, body, respond, number)
        ack()

    @app.action(ActionId.SUBMIT.value)
    def submit_order(ack: Ack, body: Body, action: Body, respond: Respond) -> None:
        number, revision, _ = action["value"].split("|")
        command = SubmitOrder(number, int(revision))
        carry_out_press(
            desk,
            body,
            lambda session, actor: submit(session, command, actor=actor, clock=desk.clock, house=desk.house),
        )
        refresh_copy(desk, body, respond, number)
        ack()

    @app.action(ActionId.STOP.value)
    def stop_order(ack: Ack, body: Body, action: Body, respond: Respond) -> None:
        number, revision, _ = action["value"].split("|")
        command = StopOrder(number, int(revision))
        carry_out_press(desk, body, lambda session, actor: stop(session, command, actor=actor, clock=desk.clock))
        refresh_copy(desk, body, respond, number)
        ack()

    app.action(ActionId.REJECT.value)(_asking(desk, CallbackId.REJECT, "card.reject"))


def _asking(desk: Desk, callback: CallbackId, prompt: str) -> Callable[..., None]:
    """Open the reason modal for those who may decide; the others hear the polite no before they type anything."""

    def ask(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        user = body["user"]["id"]
        with desk.store.reading() as session:
            require_permission(session, actor_for(session, user), Permission.APPROVE)
        words = desk.words_for(user)
        client.views_open(
            trigger_id=body["trigger_id"],
            view=reason_modal(callback, prompt, action["value"], words),
        )
        ack()

    return ask
