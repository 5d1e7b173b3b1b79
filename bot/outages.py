"""What a call to Slack may raise when it did not get through, and answers that must not fail because of it."""

from http.client import HTTPException
from typing import Any

import structlog
from slack_bolt import Respond
from slack_sdk.errors import SlackClientError

log = structlog.get_logger()
OUTAGES = (SlackClientError, OSError, HTTPException)  # an answer cut short is an HTTPException


def answered(respond: Respond, **answer: Any) -> None:
    """Answer at the interaction's address. What was done is done: a failed answer is no failure of the deed."""
    try:
        respond(**answer)
    except OUTAGES as error:
        log.warning("could not answer", why=str(error))
