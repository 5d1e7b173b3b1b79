"""What Slack publishes of each Web API method: arguments, scopes, tier, error codes."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sandbox.slack.shapes import Json

CALLS_A_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100, 5: 600}  # documented as at least that many

# Places where the published list and the platform's behaviour differ.
_REQUIRED_IN_TRUTH: dict[str, list[str]] = {
    "chat.appendStream": ["channel", "ts"],  # chunks may stand for the text
    "files.completeUploadExternal": ["files"],
    "conversations.open": [],
    "chat.unfurl": [],
}
_SCOPES_IN_TRUTH: dict[str, Json] = {
    "apps.connections.open": {"app": ["connections:write"]},
    "apps.event.authorizations.list": {"app": ["authorizations:read"]},
    "assistant.threads.setSuggestedPrompts": {"bot": ["assistant:write", "chat:write"]},
    "assistant.threads.setTitle": {"bot": ["assistant:write", "chat:write"]},
}
# Retired for new apps, and never held at the 20 a minute of its list: Slack's own integration tests call it 22 times.
_TIERS_IN_TRUTH = {"files.upload": 3}


@dataclass(frozen=True, slots=True)
class Contract:
    """One method."""

    name: str
    arguments: dict[str, str]  # kind by name: string, boolean, integer, number, array, object, any
    required: tuple[str, ...]
    scopes: Json  # by kind of token; one of them is enough
    tier: int
    errors: frozenset[str]

    def scopes_for(self, kind: str) -> tuple[str, ...]:
        """Scopes that open this method to a bot, user or app token; empty: none needed."""
        return tuple(self.scopes.get(kind, ()))

    def is_closed_to(self, kind: str) -> bool:
        """Whether this kind of token may not call the method at all."""
        return bool(self.scopes) and kind not in self.scopes


@cache
def contracts() -> dict[str, Contract]:
    """All published methods by name."""
    text = (files("sandbox.slack") / "data" / "web-api-methods.json").read_text(encoding="utf-8")
    return {
        name: Contract(
            name,
            body["arguments"],
            tuple(_REQUIRED_IN_TRUTH.get(name, body["required"])),
            _SCOPES_IN_TRUTH.get(name, body.get("scopes", {})),
            _TIERS_IN_TRUTH.get(name, body["tier"]),
            frozenset(body["errors"]),
        )
        for name, body in json.loads(text).items()
    }
