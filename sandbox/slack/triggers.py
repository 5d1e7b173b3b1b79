"""Trigger ids and response addresses: what an interaction gives an app to answer with, and for how long."""

import secrets
from dataclasses import dataclass, field

from sandbox.slack.shapes import CallRefused

RESPONSE_SECONDS = 1800.0
RESPONSE_USES = 5


@dataclass(slots=True)
class Trigger:
    """The right to open a modal for a person, once."""

    app: str
    person: str
    made_at: float
    is_used: bool = False


@dataclass(slots=True)
class ResponseAddress:
    """Where an app may answer an interaction; `message_ts` is what `replace_original` means."""

    app: str
    person: str
    channel: str
    made_at: float
    message_ts: str = ""
    is_ephemeral: bool = False
    thread_ts: str = ""
    uses: int = 0
    own_messages: list[str] = field(default_factory=list)


class Triggers:
    """All triggers and response addresses of this run."""

    def __init__(self, trigger_seconds: float) -> None:
        self._trigger_seconds = trigger_seconds
        self._triggers: dict[str, Trigger] = {}
        self._addresses: dict[str, ResponseAddress] = {}

    def new_trigger(self, app: str, person: str, now: float) -> str:
        """A trigger_id for an interaction."""
        trigger_id = f"{int(now * 1000)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = Trigger(app, person, now)
        return trigger_id

    def exchange(self, trigger_id: str, app: str, now: float, *, too_old: bool = False) -> str:
        """The person for whom the modal opens; CallRefused when the trigger is foreign, too old or used."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None or trigger.app != app:
            raise CallRefused("invalid_trigger_id")
        if trigger.is_used:
            raise CallRefused("exchanged_trigger_id")
        if too_old or now - trigger.made_at > self._trigger_seconds:
            raise CallRefused("expired_trigger_id")
        trigger.is_used = True
        return trigger.person

    def new_address(self, address: ResponseAddress) -> str:
        """The key under which an app may answer."""
        key = f"{secrets.randbelow(10**12)}/{secrets.token_urlsafe(18)}"
        self._addresses[key] = address
        return key

    def use_address(self, key: str, now: float) -> ResponseAddress:
        """Count a use; CallRefused("used_url", "expired_url", "no_service")."""
        address = self._addresses.get(key)
        if address is None:
            raise CallRefused("no_service")
        if now - address.made_at > RESPONSE_SECONDS:
            raise CallRefused("expired_url")
        if address.uses >= RESPONSE_USES:
            raise CallRefused("used_url")
        address.uses += 1
        return address
