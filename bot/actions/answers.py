"""Buttons of a supplier's answer: accept, accept a part, ask, reject, edit, and "that is wrong"."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.cards.answer_modals import edit_modal, part_modal
from bot.cards.ids import ActionId, CallbackId
from bot.cards.order_modals import reason_modal
from bot.desk import Desk
from bot.intake import carry_out_press
from bot.people import actor_for
from handlers.answer_reading import CallWrong, call_wrong
from handlers.answer_view import ProposalView, proposal_view
from handlers.answers import AcceptAnswer, accept_answer, waiting_proposal
from handlers.loading import require_permission
from orders.people import Permission
from orders.wording import Wording

Body = dict[str, Any]


def register(app: App, desk: Desk) -> None:
    """Listen to the buttons of answer cards."""

    @app.action(ActionId.ACCEPT_ANSWER.value)
    def accept(ack: Ack, body: Body, action: Body) -> None:
        command = AcceptAnswer(*_numbers(action))
        carry_out_press(
            desk, body, lambda session, actor: accept_answer(session, command, actor=actor, clock=desk.clock)
        )
        ack()

    @app.action(ActionId.WRONG_ANSWER.value)
    def wrong(ack: Ack, body: Body, action: Body) -> None:
        command = CallWrong(*_numbers(action))
        carry_out_press(desk, body, lambda session, actor: call_wrong(session, command, actor=actor, clock=desk.clock))
        ack()

    app.action(ActionId.PART_ANSWER.value)(_opening(desk, lambda _, view, words: part_modal(view, words)))
    app.action(ActionId.EDIT_ANSWER.value)(_opening(desk, lambda _, view, words: edit_modal(view, words)))
    app.action(ActionId.REFUSE_ANSWER.value)(_opening(desk, _asking(CallbackId.REFUSE_ANSWER, "card.refuse")))
    app.action(ActionId.ASK_SUPPLIER.value)(_opening(desk, _asking(CallbackId.ASK_SUPPLIER, "card.ask")))


Made = Callable[[Body, ProposalView, Wording], Body]


def _opening(desk: Desk, made: Made) -> Callable[..., None]:
    """Open a modal for those who may decide, on an answer that waits; the others hear why not before they type."""

    def opening(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        user = body["user"]["id"]
        proposal, revision = _numbers(action)
        with desk.store.reading() as session:
            require_permission(session, actor_for(session, user), Permission.APPROVE)
            waiting_proposal(session, proposal, revision)
            view = proposal_view(session, proposal, clock=desk.clock, timezone=desk.house.shop.timezone)
        client.views_open(trigger_id=body["trigger_id"], view=made(action, view, desk.words_for(user)))
        ack()

    return opening


def _asking(callback: CallbackId, prompt: str) -> Made:
    return lambda action, _, words: reason_modal(callback, prompt, action["value"], words)


def _numbers(action: Body) -> tuple[int, int]:
    """The proposal and the order's revision that a button carries."""
    proposal, revision = action["value"].split("|")
    return int(proposal), int(revision)
