"""Message-IDs and reply addresses that nobody can make up: an HMAC over what they name, with a key that can be rotated.

A token proves which of our mails is answered. It never proves who answers.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

_ID = re.compile(r"<po\.(?P<order>[A-Za-z0-9-]+)\.(?P<revision>\d+)\.(?P<random>[0-9a-f]+)\.(?P<mac>[a-z2-7]{12})@")
_ADDRESS = re.compile(r"\+(?P<serial>[a-z0-9-]+)\.(?P<mac>[a-z2-7]{16})@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TokenKeys:
    """Secrets, the present one first; older ones are still recognised."""

    keys: tuple[bytes, ...]

    @classmethod
    def from_secrets(cls, texts: Sequence[str]) -> "TokenKeys":
        """Keys from the settings' secrets."""
        return cls(tuple(text.encode() for text in texts if text))


def new_message_id(order: str, revision: int, domain: str, keys: TokenKeys) -> str:
    """A Message-ID (RFC 5322, 3.6.4) that names the order and can be recognised when it comes back."""
    random = secrets.token_hex(6)
    named = f"{order}.{revision}.{random}"
    return f"<po.{named}.{_mac(keys.keys[0], f'id:{named}')[:12]}@{domain}>"


def order_of_message_id(message_id: str, keys: TokenKeys) -> str | None:
    """The order that one of our Message-IDs names; None when it is not ours or was made up."""
    match = _ID.match(message_id.strip())
    if match is None:
        return None
    named = f"{match['order']}.{match['revision']}.{match['random']}"
    return match["order"] if _is_ours(f"id:{named}", match["mac"], 12, keys) else None


def reply_address(mailbox: str, order: str, keys: TokenKeys) -> str:
    """Our own address with a token: orders+po-2026-0142.k3…@shop.example. Servers lower-case it, so it is lower case."""
    local, domain = mailbox.rsplit("@", 1)
    serial = order.lower()
    return f"{local}+{serial}.{_mac(keys.keys[0], f'reply:{serial}')[:16]}@{domain}"


def order_of_address(address: str, keys: TokenKeys) -> str | None:
    """The order that a plus-address names; None when it has no token or one that was made up."""
    match = _ADDRESS.search(address.strip().lower())
    if match is None or not _is_ours(f"reply:{match['serial']}", match["mac"], 16, keys):
        return None
    return match["serial"].upper()


def _mac(key: bytes, text: str) -> str:
    digest = hmac.new(key, text.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower().rstrip("=")


def _is_ours(text: str, mac: str, length: int, keys: TokenKeys) -> bool:
    return any(hmac.compare_digest(_mac(key, text)[:length], mac) for key in keys.keys)
