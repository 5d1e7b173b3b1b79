"""Who may open the page: the key that the program printed, kept in a cookie, and no foreign page in the same browser."""

import secrets
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Locked(Protocol):
    """A place with an address and a key that opens it."""

    @property
    def address(self) -> str:
        """Scheme, host and port."""
        ...

    @property
    def key(self) -> str:
        """What must be shown."""
        ...


@dataclass(frozen=True, slots=True)
class Lock:
    """The lock of a place that learns its address from its visitors."""

    address: str
    key: str


def _cookie_name(place: Locked) -> str:
    # Cookies do not know ports: two workspaces on one machine must not take each other's.
    return f"workspace_{urlsplit(place.address).port or 80}"


def has_key(connection: HTTPConnection, place: Locked) -> bool:
    """Whether the key came in the address or in the cookie."""
    given = connection.query_params.get("key") or connection.cookies.get(_cookie_name(place), "")
    return secrets.compare_digest(given.encode(), place.key.encode())


def is_own_origin(connection: HTTPConnection) -> bool:
    """Whether a browser sent this from a page of ours; programs send no Origin."""
    origin = connection.headers.get("origin")
    if origin is None:
        return True
    parts = urlsplit(origin)
    return parts.hostname in _LOOPBACK and parts.netloc == connection.headers.get("host")


def remember(response: Response, place: Locked) -> None:
    """Put the key into the cookie."""
    response.set_cookie(_cookie_name(place), place.key, httponly=True, samesite="strict", path="/")
