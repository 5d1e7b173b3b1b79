"""Builds the Bolt app: every listener registered, one error listener, and a catch-all so that nothing goes unacknowledged.

Listeners run with process_before_response: each validates, runs one short transaction that also writes the outbox, and
acknowledges; a worker posts.
"""

import re
from typing import Any

import structlog
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot import home, problems
from bot.actions import answers as answer_buttons
from bot.actions import asking, deciding, looking, moving, retrying
from bot.commands import asks, messages
from bot.desk import Desk
from bot.views import answers as answer_forms
from bot.views import reasons, receipt, revising

log = structlog.get_logger()
PARTS = (
    problems, deciding, moving, retrying, answer_buttons, looking, asking, reasons, answer_forms, receipt, revising, asks, messages, home,
)  # fmt: skip


def build_app(client: WebClient, desk: Desk, *, signing_secret: str = "") -> App:
    """The app on this client; the client's base URL decides which workspace it talks to."""
    app = App(
        client=client,
        signing_secret=signing_secret or "unused-in-socket-mode",
        process_before_response=True,
        request_verification_enabled=bool(signing_secret),
    )
    for part in PARTS:
        part.register(app, desk)
    _catch_all(app, desk)
    return app


def _catch_all(app: App, desk: Desk) -> None:
    """What nobody else listens to is acknowledged: Slack would else send an event four times over."""

    @app.event({"type": "message"})
    def other_message() -> None:
        """Messages of other subtypes: edits, joins, files."""

    @app.action(re.compile(""))
    def old_button(ack: Ack, action: dict[str, Any], body: dict[str, Any], respond: Respond) -> None:
        log.info("button of an older card", action=action.get("action_id"))
        if body.get("response_url"):
            told = desk.words_for(body["user"]["id"]).say("bot.old-button")
            respond(text=told, replace_original=False, response_type="ephemeral")
        ack()

    @app.view(re.compile(""))
    def old_view(ack: Ack, view: dict[str, Any]) -> None:
        log.info("form of an older kind", callback=view.get("callback_id"))
        ack()
