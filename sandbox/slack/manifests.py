"""App manifests: what an app may do and what it wants to hear, checked against the published schema."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft7Validator

from sandbox.slack.shapes import Json


class BadManifest(ValueError):
    """A manifest that Slack would refuse; the message lists all places."""


@cache
def _validator() -> Draft7Validator:
    text = (files("sandbox.slack") / "data" / "manifest.schema.json").read_text(encoding="utf-8")
    return Draft7Validator(json.loads(text))


def checked_manifest(body: Json) -> "Manifest":
    """The manifest, or BadManifest with a line for each fault: where, and what is wrong."""
    faults = [
        f"{'/'.join(str(part) for part in error.absolute_path) or '(top)'}: {error.message}"
        for error in sorted(_validator().iter_errors(body), key=lambda error: list(map(str, error.absolute_path)))
    ]
    if faults:
        raise BadManifest("\n".join(faults))
    return Manifest(body)


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest's parts by name. An `open` one (our own word in `_metadata`) holds every scope, event and command."""

    body: Json

    def _at(self, *path: str) -> Any:
        place: Any = self.body
        for name in path:
            place = place.get(name) if isinstance(place, dict) else None
        return place

    @property
    def is_open(self) -> bool:
        """Whether the app was registered without a manifest of its own, for trying out unknown apps."""
        return bool(self.body.get("x-open"))

    @property
    def name(self) -> str:
        """The app's name."""
        return str(self._at("display_information", "name"))

    @property
    def bot_name(self) -> str:
        """The bot's name as people see it."""
        return str(self._at("features", "bot_user", "display_name") or self.name)

    @property
    def description(self) -> str:
        """What the app says of itself."""
        return str(self._at("display_information", "description") or "")

    @property
    def color(self) -> str:
        """The app's background colour."""
        return str(self._at("display_information", "background_color") or "#3B5B8C")

    @property
    def bot_scopes(self) -> tuple[str, ...]:
        """What a bot token may do."""
        return tuple(self._at("oauth_config", "scopes", "bot") or ())

    @property
    def user_scopes(self) -> tuple[str, ...]:
        """What a user token may do."""
        return tuple(self._at("oauth_config", "scopes", "user") or ())

    @property
    def commands(self) -> list[Json]:
        """Slash commands."""
        return list(self._at("features", "slash_commands") or ())

    @property
    def shortcuts(self) -> list[Json]:
        """Global and message shortcuts."""
        return list(self._at("features", "shortcuts") or ())

    @property
    def unfurl_domains(self) -> tuple[str, ...]:
        """Domains whose links the app hears of."""
        return tuple(self._at("features", "unfurl_domains") or ())

    @property
    def has_home(self) -> bool:
        """Whether the app has a home tab."""
        return bool(self._at("features", "app_home", "home_tab_enabled"))

    @property
    def takes_messages(self) -> bool:
        """Whether people may write to the app."""
        home = self._at("features", "app_home") or {}
        return bool(home.get("messages_tab_enabled", True)) and not home.get("messages_tab_read_only_enabled", False)

    @property
    def is_assistant(self) -> bool:
        """Whether the app is an assistant of the older kind, with threads that it is told of."""
        return self._at("features", "assistant_view") is not None

    @property
    def is_agent(self) -> bool:
        """Whether the app talks as an agent of the newer kind."""
        return self._at("features", "agent_view") is not None

    @property
    def static_prompts(self) -> list[Json]:
        """Suggested prompts that stand in the manifest."""
        for view in ("agent_view", "assistant_view"):
            prompts = self._at("features", view, "suggested_prompts")
            if prompts:
                return [{"title": each["title"], "message": each["message"]} for each in prompts]
        return []

    def hears(self, event: str) -> bool:
        """Whether the app subscribed to this kind of event (message events by their full name, message.im)."""
        return self.is_open or event in (self._at("settings", "event_subscriptions", "bot_events") or ())

    @property
    def uses_sockets(self) -> bool:
        """Socket Mode; otherwise deliveries go to the request addresses."""
        return bool(self._at("settings", "socket_mode_enabled"))

    @property
    def events_url(self) -> str | None:
        """Where events are posted in HTTP mode."""
        return _text(self._at("settings", "event_subscriptions", "request_url"))

    @property
    def interactivity_url(self) -> str | None:
        """Where interactions are posted in HTTP mode."""
        return _text(self._at("settings", "interactivity", "request_url"))

    @property
    def options_url(self) -> str | None:
        """Where options of external selects are asked for in HTTP mode."""
        return _text(self._at("settings", "interactivity", "message_menu_options_url")) or self.interactivity_url

    @property
    def is_interactive(self) -> bool:
        """Whether buttons and modals work at all."""
        return self.is_open or bool(self._at("settings", "interactivity", "is_enabled"))

    def command(self, name: str) -> Json | None:
        """The slash command of this name; an open app takes any."""
        for command in self.commands:
            if command["command"].lower() == name.lower():
                return command
        return {"command": name, "description": "", "url": self.interactivity_url} if self.is_open else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
