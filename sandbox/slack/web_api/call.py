"""One call of a Web API method: who calls, with which arguments, however they were written down."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.slack.books.apps import Token
from sandbox.slack.shapes import CallRefused, Json, refused_arguments
from sandbox.slack.workspace import Workspace

_TRUE, _FALSE = ("true", "1", "yes"), ("false", "0", "no", "")


@dataclass(frozen=True, slots=True)
class Call:
    """Arguments come as JSON values or as strings of a form; the accessors read both alike."""

    workspace: Workspace
    method: str
    token: Token
    arguments: Mapping[str, Any]

    def has(self, name: str) -> bool:
        """Whether the argument was given and is not empty."""
        return self.arguments.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        """A string."""
        value = self.arguments.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value) if isinstance(value, dict | list) else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean; CallRefused("invalid_arguments")."""
        value = self.arguments.get(name)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        word = str(value).lower()
        if word not in (*_TRUE, *_FALSE):
            raise refused_arguments(f"must be a boolean [json-pointer:/{name}]")
        return word in _TRUE

    def number(self, name: str, default: int) -> int:
        """A whole number; CallRefused("invalid_arguments")."""
        value = self.arguments.get(name)
        if value in (None, ""):
            return default
        try:
            return int(float(str(value)))
        except ValueError:
            raise refused_arguments(f"must be a number [json-pointer:/{name}]") from None

    def json(self, name: str, error: str = "invalid_arguments") -> Any:
        """A nested value, given as JSON or as a string that holds JSON; None when absent; CallRefused(error)."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise CallRefused(error) from None

    def items(self, name: str) -> list[Any]:
        """A list, given as JSON, as a string that holds JSON, or with commas."""
        value = self.arguments.get(name)
        if isinstance(value, str):
            text = value.strip()
            value = (
                self.json(name) if text.startswith("[") else [part.strip() for part in text.split(",") if part.strip()]
            )
        if value is None:
            return []
        if not isinstance(value, list):
            raise refused_arguments(f"must provide an array [json-pointer:/{name}]")
        return value

    def words(self, name: str) -> list[str]:
        """A list of strings, such as ids; CallRefused("invalid_arguments")."""
        items = self.items(name)
        if not all(isinstance(each, str) for each in items):
            raise refused_arguments(f"must provide an array of strings [json-pointer:/{name}]")
        return items

    def objects(self, name: str, error: str = "invalid_arguments") -> list[Json]:
        """A list of objects, empty when absent; CallRefused(error)."""
        value = self.json(name, error)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise CallRefused(error)
        return value

    @property
    def user(self) -> str:
        """Who acts: the bot, or the person whose token it is."""
        return self.token.user

    @property
    def app(self) -> Json:
        """The app that calls."""
        return self.token.app

    @property
    def is_strict(self) -> bool:
        """Whether Slack's limits are enforced."""
        return self.workspace.faults.strict

    def require_scope(self, *any_of: str) -> None:
        """CallRefused("missing_scope") when the token has none of these."""
        if self.is_strict and not set(any_of) & set(self.token.scopes):
            raise CallRefused("missing_scope", needed=",".join(any_of), provided=",".join(self.token.scopes))

    def may(self, scope: str) -> bool:
        """Whether the token has this scope, or nobody asks."""
        return not self.is_strict or scope in self.token.scopes
