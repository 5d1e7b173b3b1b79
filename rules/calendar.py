"""Days on which a site takes no delivery: its weekdays off, public holidays of its country, and days of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from orders.public_holidays import public_holidays

_LOOK_AHEAD = 90  # days; no site is closed for longer


@dataclass(frozen=True, slots=True)
class SiteCalendar:
    """When one site takes deliveries. `country` (ISO 3166) None means that its public holidays are not known."""

    country: str | None = None
    closed_weekdays: frozenset[int] = frozenset()  # ISO numbers, 7 is Sunday
    closed_days: Mapping[date, str] = field(default_factory=dict)  # day: why

    @property
    def knows_holidays(self) -> bool:
        """False when the country is not set, or none that the holiday tables cover."""
        return self.country is not None and public_holidays(self.country, 2026) is not None

    def holiday(self, day: date) -> str | None:
        """Name of the public holiday on this day in the country's own language, or None."""
        found = public_holidays(self.country, day.year) if self.country else None
        return found.get(day) if found else None

    def is_closed(self, day: date) -> bool:
        """True when anything that is known closes the site on this day."""
        return day.isoweekday() in self.closed_weekdays or day in self.closed_days or self.holiday(day) is not None

    def open_day_from(self, day: date) -> date | None:
        """The first open day on or after this one; None when the site is closed for the next 90 days."""
        for offset in range(_LOOK_AHEAD):
            candidate = day + timedelta(days=offset)
            if not self.is_closed(candidate):
                return candidate
        return None
