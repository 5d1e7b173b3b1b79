"""Ids in Slack's form: a letter for the kind, then capitals and digits."""

import hashlib
import secrets

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LENGTH = 11  # as long as today's real ids; tools look for nine and more


def new_id(prefix: str) -> str:
    """A random id, such as F0K3… for a file."""
    return prefix + "0" + "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH - len(prefix) - 1))


def named_id(prefix: str, name: str) -> str:
    """An id that shows the name and is the same at each start, such as U0MAGDA8K2Q."""
    letters = "".join(letter for letter in name.upper() if letter in _ALPHABET)[: _LENGTH - len(prefix) - 5]
    return (prefix + "0" + letters + _digest(prefix, name))[:_LENGTH]


def hashed_id(prefix: str, name: str) -> str:
    """An id that is the same at each start and shows nothing."""
    return (prefix + "0" + _digest(prefix, name))[:_LENGTH]


def _digest(prefix: str, name: str) -> str:
    digest = hashlib.sha256(f"{prefix}/{name}".encode()).digest()
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest)
