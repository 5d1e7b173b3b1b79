"""What passes between the parts of the local workspace: JSON objects as Slack writes them, and Slack's way of saying no."""

from typing import Any

Json = dict[str, Any]


class CallRefused(Exception):
    """A Web API call that Slack would answer with `ok: false`; `error` is Slack's code, `facts` go into the answer."""

    def __init__(self, error: str, **facts: Any) -> None:
        super().__init__(error)
        self.error = error
        self.facts = facts


def refused_arguments(*messages: str) -> CallRefused:
    """`invalid_arguments` with the messages that Slack puts into response_metadata."""
    return CallRefused("invalid_arguments", response_metadata={"messages": [f"[ERROR] {each}" for each in messages]})
