"""One delivery to an app, over its socket or its request address, and what came back."""

from dataclasses import dataclass

from sandbox.slack.shapes import Json

EVENT, COMMAND, INTERACTIVE = "events_api", "slash_commands", "interactive"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is delivered. `name` is for the wire log; `options` marks a question for options, which has its own address."""

    kind: str
    payload: Json
    name: str
    takes_answer: bool = False
    attempt: int = 0
    reason: str = ""
    is_options: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """`outcome` is acked, or why not: timeout, app_not_connected, http_error; `answer` is what came with the ack."""

    outcome: str
    answer: Json | None = None

    @property
    def is_acked(self) -> bool:
        """Whether the app acknowledged in time."""
        return self.outcome == "acked"
