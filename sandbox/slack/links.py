"""Open Socket Mode connections of apps and the tickets that open them."""

import asyncio
import secrets
from collections import defaultdict
from dataclasses import dataclass, field

from sandbox.slack.shapes import Json

MOST_SOCKETS = 10  # Slack allows an app this many connections at once


@dataclass(eq=False, slots=True)
class Link:
    """One connection: `frames` go out in order, `awaited` holds what waits for an ack by envelope id."""

    app: str
    frames: asyncio.Queue[Json | None] = field(default_factory=asyncio.Queue)
    awaited: dict[str, asyncio.Future[Json]] = field(default_factory=dict)
    is_leaving: bool = False  # a farewell was sent; new deliveries go elsewhere

    def send(self, frame: Json) -> None:
        """Put a frame into the queue."""
        self.frames.put_nowait(frame)

    def hang_up(self) -> None:
        """Close after what is already in the queue."""
        self.frames.put_nowait(None)


class Links:
    """The connections of all apps."""

    def __init__(self) -> None:
        self._open: dict[str, list[Link]] = defaultdict(list)
        self._tickets: dict[str, str] = {}
        self._turn = 0

    def new_ticket(self, app: str) -> str:
        """A ticket that opens one connection."""
        ticket = secrets.token_hex(16)
        self._tickets[ticket] = app
        return ticket

    def redeem(self, ticket: str) -> str | None:
        """The app that the ticket was given to; a ticket works once."""
        return self._tickets.pop(ticket, None)

    def add(self, link: Link) -> bool:
        """Take a connection in; False when the app has too many."""
        if self.count(link.app) >= MOST_SOCKETS:
            return False
        self._open[link.app].append(link)
        return True

    def remove(self, link: Link) -> None:
        """Forget a connection; what waited on it is never acknowledged."""
        if link in self._open[link.app]:
            self._open[link.app].remove(link)
        for waiting in link.awaited.values():
            if not waiting.done():
                waiting.cancel()

    def count(self, app: str) -> int:
        """How many connections an app has."""
        return len(self._open[app])

    def of(self, app: str) -> list[Link]:
        """The connections of an app."""
        return list(self._open[app])

    def pick(self, app: str) -> Link | None:
        """The connection that takes the next delivery, in turn; one that is leaving only when there is no other."""
        links = [link for link in self._open[app] if not link.is_leaving] or self._open[app]
        if not links:
            return None
        self._turn += 1
        return links[self._turn % len(links)]
