"""Which day a written date means, seen from the day the message was written; always into the future."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from mail.reading.figures import Vague

_MONTH_FIRST = frozenset({"US"})  # countries that write 12/03 for the third of December
_NEAR = 7  # days before the order is due that a day of another month is still believed
_FAR = 300  # days: a date without a year that would be further off has just gone by

_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_FULL = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})")
_SHORT = re.compile(r"(\d{1,2})([./])(\d{1,2})|(0\d|\d\d(?=-0))(-)(\d\d)")
_DASHED = re.compile(r"(\d{1,2})(-)(\d{1,2})")
_RANGE = re.compile(
    r"\d{1,2}\.?(?:[-/]\d{1,2}\.?)[-./]\d{1,2}(?:\.\d{2,4})?|\d{1,2}\.\d{1,2}\.?-\d{1,2}\.\d{1,2}(?:\.\d{2,4})?"
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """From where dates are seen: the message's own day and the supplier's country (ISO 3166 alpha-2, None unknown)."""

    written: date
    country: str | None = None
    points_are_dates: bool = False  # the language writes prices with a comma, so that 3.12. is a day
    dashes_are_dates: bool = False  # the language writes 17-12 for 17 December
    line_numbers: frozenset[int] = frozenset()  # what "the 3" may be besides a day
    due: date | None = None  # the order's own delivery day

    def on(self, day: int, month: int, year: int | None = None) -> tuple[date | None, Vague | None]:
        """The day, in the given year or the next such day from the message on."""
        try:
            if year is not None:
                found = date(year + 2000 if year < 100 else year, month, day)
                return (found, None) if found >= self.written else (None, Vague.PAST)
            found = date(self.written.year, month, day)
            if found < self.written:
                found = date(self.written.year + 1, month, day)
        except ValueError:
            return None, Vague.AMBIGUOUS
        return (found, None) if (found - self.written).days <= _FAR else (None, Vague.PAST)

    def next_day_of_month(self, day: int) -> date | None:
        """The next day with this number, the day of writing included, or the order's own day when it has that number.

        None when neither month has one, and where the day of another month is as likely.
        """
        found = _next_with(day, self.written)
        if found is None or self.due is None or found == self.due:
            return found
        after = _next_with(day, found + timedelta(days=1))
        if self.due.day == day and self.due > found:
            # the 4th, said on 23 November of goods due on 4 January: of December or of January?
            return self.due if after == self.due and (found - self.written).days <= _NEAR else None
        if found.month == self.due.month:
            # the 2nd, of goods due on the 30th: that of the month after lies nearer
            is_far = after is not None and abs((after - self.due).days) < (self.due - found).days
            return None if is_far else found
        # el 25, said on 13 October of goods due on 4 November: of October or of November?
        return None if (self.due - found).days > _NEAR else found

    def weekday(self, weekday: int, *, of_next_week: bool = False) -> date:
        """The next such day after the message's; 0 is Monday."""
        if of_next_week:
            return self.written - timedelta(days=self.written.weekday()) + timedelta(days=7 + weekday)
        return self.written + timedelta(days=(weekday - self.written.weekday() - 1) % 7 + 1)

    def week(self, week: int, year: int | None = None) -> tuple[date | None, Vague | None]:
        """The Friday of an ISO week."""
        years = (
            [year + 2000 if year < 100 else year] if year is not None else [self.written.year, self.written.year + 1]
        )
        for candidate in years:
            try:
                friday = date.fromisocalendar(candidate, week, 5)
            except ValueError:
                continue
            if self.written <= friday and (friday - self.written).days <= _FAR:
                return friday, None
        return None, Vague.PAST

    def digits(self, text: str, *, is_date: bool) -> tuple[date | None, Vague | None] | None:
        """A date written in digits; None when it is none. Without a year it needs `is_date`: 3.12 may be a price."""
        iso = _ISO.fullmatch(text)
        if iso:
            return self.on(int(iso[3]), int(iso[2]), int(iso[1]))
        if _RANGE.fullmatch(text) and not _FULL.fullmatch(text):
            return None, Vague.RANGE
        full = _FULL.fullmatch(text)
        if full:
            return self._numeric(int(full[1]), int(full[3]), full[2], int(full[4]))
        short = _SHORT.fullmatch(text) or (_DASHED.fullmatch(text) if self.dashes_are_dates and is_date else None)
        if short and is_date:
            first, mark, second = (each for each in short.groups() if each is not None)
            month_first = mark == "/" and (self.country or "").upper() in _MONTH_FIRST
            if int(first) <= 31 and int(second) <= (31 if month_first else 12):
                return self._numeric(int(first), int(second), mark, None)
        return None

    def _numeric(self, first: int, second: int, mark: str, year: int | None) -> tuple[date | None, Vague | None]:
        """Day and month, or month and day: a point means day first everywhere, else the country decides."""
        if mark == "." or first > 12 or first == second:
            return self.on(first, second, year)
        if second > 12:
            return self.on(second, first, year)
        if self.country is None:
            return None, Vague.AMBIGUOUS
        if self.country.upper() in _MONTH_FIRST:
            return self.on(second, first, year)
        return self.on(first, second, year)


def _next_with(day: int, since: date) -> date | None:
    """The next day with this number; None when neither this month nor the next has one."""
    first = since.replace(day=1)
    for month in (first, (first + timedelta(days=32)).replace(day=1)):
        try:
            found = month.replace(day=day)
        except ValueError:
            continue
        if found >= since:
            return found
    return None
