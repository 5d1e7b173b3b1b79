"""What a local workspace is told at its start."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ACK_SECONDS = 3.0  # Slack waits this long for an acknowledgement and lets a trigger_id live as long
TRIGGER_SECONDS = 3.0  # how long a trigger_id opens a modal
RETRY_SECONDS = (0.0, 60.0, 300.0)  # Slack repeats an unacknowledged event at once, after one and after five minutes


def _new_key() -> str:
    return secrets.token_urlsafe(18)


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """`address` is what apps and the page reach the server at, without a slash at the end; `state` is None for memory only."""

    address: str
    state: Path | None = None
    name: str = "workspace"
    strict: bool = True  # enforce scopes, arguments, tiers and limits of blocks as Slack does
    key: str = field(default_factory=_new_key)  # opens the page
    ack_seconds: float = ACK_SECONDS
    edit_minutes: int | None = None  # how long a message can be changed; None for ever
    trigger_seconds: float = TRIGGER_SECONDS
    retry_seconds: tuple[float, ...] = RETRY_SECONDS
    wall_clock: Callable[[], float] = time.time  # noqa: TID251 - the edge where the workspace's clock begins

    @property
    def domain(self) -> str:
        """The workspace's name as it stands in addresses."""
        return "".join(letter if letter.isalnum() else "-" for letter in self.name.lower()).strip("-") or "workspace"

    @property
    def socket_address(self) -> str:
        """The address with the scheme that socket clients expect."""
        return self.address.replace("http", "ws", 1)
