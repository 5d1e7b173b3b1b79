"""Who may open the page: the key that the program printed, kept in a cookie, and no foreign page in the same browser."""

import secrets
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response

from sandbox.slack.settings import WorkspaceSettings

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def _cookie_name(settings: WorkspaceSettings) -> str:
    # Cookies do not know ports: two workspaces on one machine must not take each other's.
    return f"workspace_{urlsplit(settings.address).port or 80}"


def has_key(connection: HTTPConnection, settings: WorkspaceSettings) -> bool:
    """Whether the key came in the address or in the cookie."""
    given = connection.query_params.get("key") or connection.cookies.get(_cookie_name(settings), "")
    return secrets.compare_digest(given.encode(), settings.key.encode())


def is_own_origin(connection: HTTPConnection) -> bool:
    """Whether a browser sent this from a page of ours; programs send no Origin."""
    origin = connection.headers.get("origin")
    if origin is None:
        return True
    parts = urlsplit(origin)
    return parts.hostname in _LOOPBACK and parts.netloc == connection.headers.get("host")


def remember(response: Response, settings: WorkspaceSettings) -> None:
    """Put the key into the cookie."""
    response.set_cookie(_cookie_name(settings), settings.key, httponly=True, samesite="strict", path="/")
