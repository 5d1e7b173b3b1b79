"""The clock that everything below the doors is handed; nobody there asks the machine for the time."""

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the present moment, aware and in UTC."""

    def now(self) -> datetime:
        """The present moment."""
        ...


def local_day(clock: Clock, timezone: str) -> date:
    """Today's date at a place; `timezone` is an IANA name."""
    return clock.now().astimezone(ZoneInfo(timezone)).date()
