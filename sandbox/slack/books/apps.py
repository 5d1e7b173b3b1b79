"""Registered apps: their manifests, tokens and what they subscribed to."""

import secrets
from dataclasses import dataclass

from sandbox.slack.ids import named_id
from sandbox.slack.manifests import Manifest
from sandbox.slack.records import Book, Records
from sandbox.slack.shapes import CallRefused, Json

CONFIGURATION_FORM = "xoxe.xoxp-"  # any token of this form may describe apps by manifests: nothing here is secret
_NO_APP: Json = {"id": ""}


@dataclass(frozen=True, slots=True)
class Token:
    """Who calls: `kind` is bot, user or app."""

    kind: str
    app: Json
    user: str  # the bot's or the person's id; empty for an app token
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Credentials:
    """Tokens chosen by hand, so that they are the same at each start; empty ones are drawn."""

    bot_token: str = ""
    app_token: str = ""
    signing_secret: str = ""


class Apps:
    """Apps by id and callers by token."""

    def __init__(self, records: Records) -> None:
        self.book = Book(records, "app")

    def register(self, manifest: Manifest, credentials: Credentials) -> Json:
        """A new app, or the known one of the same name with this manifest; drawn tokens stay as they were."""
        app_id = named_id("A", manifest.name)
        known = self.book.get(app_id, {})
        app: Json = {
            "id": app_id,
            "name": manifest.name,
            "manifest": manifest.body,
            "bot_user": named_id("U", manifest.bot_name),
            "bot_id": named_id("B", manifest.bot_name),
            "bot_token": credentials.bot_token or known.get("bot_token") or "xoxb-" + secrets.token_hex(16),
            "app_token": credentials.app_token or known.get("app_token") or "xapp-1-" + secrets.token_hex(16),
            "signing_secret": credentials.signing_secret or known.get("signing_secret") or secrets.token_hex(16),
            "verification_token": known.get("verification_token") or secrets.token_hex(12),
            "user_tokens": known.get("user_tokens", {}),
            "webhooks": known.get("webhooks", {}),
        }
        return self.book.save(app_id, app)

    def add_user_token(self, app: Json, person: str, token: str = "") -> str:
        """A token with which an app acts for a person."""
        for known, owner in app["user_tokens"].items():
            if owner == person and token in ("", known):
                return str(known)
        token = token or "xoxp-" + secrets.token_hex(16)
        app["user_tokens"][token] = person
        self.book.save(app["id"], app)
        return token

    def get(self, app_id: str) -> Json:
        """CallRefused("app_not_found")."""
        try:
            return self.book[app_id]
        except KeyError:
            raise CallRefused("app_not_found") from None

    def caller(self, token: str) -> Token:
        """Who holds this token; CallRefused("not_authed") without one, ("invalid_auth") for a foreign one."""
        if not token:
            raise CallRefused("not_authed")
        for app in self.book.values():
            manifest = Manifest(app["manifest"])
            if secrets.compare_digest(token.encode(), app["bot_token"].encode()):
                return Token("bot", app, app["bot_user"], manifest.bot_scopes)
            if secrets.compare_digest(token.encode(), app["app_token"].encode()):
                return Token("app", app, "", ("connections:write", "authorizations:read"))
            if token in app["user_tokens"]:
                return Token("user", app, app["user_tokens"][token], manifest.user_scopes)
        if token.startswith(CONFIGURATION_FORM):
            return Token("configuration", _NO_APP, "", ("app_configurations:read", "app_configurations:write"))
        raise CallRefused("invalid_auth")

    def of_bot(self, person: str) -> Json | None:
        """The app whose bot this person is."""
        return next((app for app in self.book.values() if app["bot_user"] == person), None)
