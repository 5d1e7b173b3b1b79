"""When something is due that happens at an hour of the site's own day.

The moments are computed from the calendar, each day by itself: stepping from one to the next with clock arithmetic never
ends in the night in which an hour comes twice.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = frozenset(range(1, 8))
LOOK_BACK_DAYS = 8  # a weekly slot that was missed is still found after a long week-end


@dataclass(frozen=True, slots=True)
class Daily:
    """An hour of the day in a zone, on these ISO weekdays.

    An hour that the night of the change leaves out is meant as it would have been without the change, one that comes twice
    as the first of the two (PEP 495), so that each day has exactly one slot.
    """

    at: time
    zone: ZoneInfo
    weekdays: frozenset[int] = EVERY_DAY

    def latest(self, now: datetime) -> datetime | None:
        """The last moment not after `now` at which it was due, in UTC; None when there was none within the look-back."""
        today = now.astimezone(self.zone).date()
        for age in range(LOOK_BACK_DAYS + 1):
            day = today - timedelta(days=age)
            due = datetime.combine(day, self.at, self.zone).astimezone(UTC)
            if day.isoweekday() in self.weekdays and due <= now:
                return due
        return None


def weekdays_of(text: str) -> frozenset[int]:
    """ISO weekday numbers of "mon-fri" or "mon,wed,sat-sun"; a span may run over the week's end."""
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        since, until = _NAMES.index(first), _NAMES.index(last or first)
        found |= {(since + step) % 7 + 1 for step in range((until - since) % 7 + 1)}
    return frozenset(found)
