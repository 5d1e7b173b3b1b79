"""How a mail server is reached: address, encryption, and how we prove who we are. Plain connections stay on this machine."""

import ssl
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Security(StrEnum):
    """How the connection is encrypted."""

    TLS = "tls"  # from the first byte
    STARTTLS = "starttls"  # raised to TLS before anything is said
    NONE = "none"  # only on loopback


class Tokens(Protocol):
    """Gives OAuth2 access tokens."""

    def __call__(self) -> str:
        """A token that is still good; raises TokenRefused."""
        ...

    def forget(self) -> None:
        """The server did not take the last one."""
        ...


class TokenRefused(Exception):
    """There is no access token to be had now; the message says what the identity provider said."""


@dataclass(frozen=True, slots=True)
class ServerAccess:
    """One server. `token` excludes a password. `timeout` in seconds holds for each step of a talk."""

    host: str
    port: int
    security: Security
    username: str = ""
    password: str = ""
    token: Tokens | None = None
    ca_file: Path | None = None
    timeout: float = 30.0

    def __post_init__(self) -> None:
        """Raise ValueError for a plain connection that leaves this machine."""
        if self.security is Security.NONE and self.host not in LOOPBACK:
            raise ValueError(f"an unencrypted connection to {self.host} is refused; use tls or starttls")

    def tls(self) -> ssl.SSLContext:
        """Certificates are always verified; a server with an own authority needs its ca_file."""
        return ssl.create_default_context(cafile=str(self.ca_file) if self.ca_file else None)
