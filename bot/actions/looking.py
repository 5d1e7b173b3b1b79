"""Buttons that only show: an order's details, a mail, the forms for a delivery and for other quantities."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.cards.ids import ActionId
from bot.cards.order import button_value
from bot.cards.order_modals import details_modal, receive_modal
from bot.cards.please_read import mail_modal
from bot.cards.revise_modal import revise_modal
from bot.copies import copy_address
from bot.desk import Desk
from bot.people import actor_for
from handlers.loading import require_permission
from handlers.viewing import mail_view, order_view
from orders.people import Permission
from orders.states import Act, next_state

Body = dict[str, Any]


def register(app: App, desk: Desk) -> None:
    """Listen to the buttons that open a modal."""

    @app.action(ActionId.DETAILS.value)
    def details(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        with desk.store.reading() as session:
            actor_for(session, body["user"]["id"])
            view = order_view(session, action["value"])
        modal = details_modal(view, desk.words_for(body["user"]["id"]), desk.zone)
        client.views_open(trigger_id=body["trigger_id"], view=modal)
        ack()

    @app.action(ActionId.READ_MAIL.value)
    def read_mail(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        with desk.store.reading() as session:
            actor_for(session, body["user"]["id"])
            mail = mail_view(session, int(action["value"]))
        is_in_modal = (body.get("view") or {}).get("type") == "modal"
        show = client.views_push if is_in_modal else client.views_open
        show(trigger_id=body["trigger_id"], view=mail_modal(mail, desk.words_for(body["user"]["id"])))
        ack()

    @app.action(ActionId.REVISE.value)
    def revise(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        number = action["value"].split("|")[0]
        with desk.store.reading() as session:
            require_permission(session, actor_for(session, body["user"]["id"]), Permission.DRAFT)
            view = order_view(session, number)
        next_state(number, view.order.state, Act.EDIT)
        kept = f"{button_value(view.order)}|{copy_address(desk, body, number)}"
        client.views_open(
            trigger_id=body["trigger_id"], view=revise_modal(view, kept, desk.words_for(body["user"]["id"]))
        )
        ack()

    @app.action(ActionId.RECEIVE.value)
    def receive(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        with desk.store.reading() as session:
            require_permission(session, actor_for(session, body["user"]["id"]), Permission.RECEIVE)
            order = order_view(session, action["value"].split("|")[0]).order
        client.views_open(trigger_id=body["trigger_id"], view=receive_modal(order, desk.words_for(body["user"]["id"])))
        ack()
