"""What the sandbox's mail servers are told at their start."""

import secrets
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path


def _new_key() -> str:
    return secrets.token_urlsafe(18)


def _machine_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the edge where the mail servers' clock begins


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with a mailbox. `is_ours` marks the shop's own; `language` is the one its owner writes in."""

    address: str
    name: str
    password: str = "secret"  # noqa: S105 - servers on loopback, for play
    is_ours: bool = False
    language: str = "en"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Port 0 takes a free one; `state` is None for memory only; `tls` adds STARTTLS and a port with TLS from the start.

    `token_is_good` decides on OAuth2 bearer tokens (account's address, token); without it the password is the token.
    """

    accounts: tuple[Account, ...]
    state: Path | None = None
    smtp_port: int = 0
    imap_port: int = 0
    imaps_port: int = 0
    tls: ssl.SSLContext | None = None
    must_log_in: bool = True
    server_name: str = "mail.sandbox.example"  # in Received and Authentication-Results
    key: str = field(default_factory=_new_key)  # opens the page
    now: Callable[[], datetime] = _machine_now
    token_is_good: Callable[[str, str], bool] | None = None
