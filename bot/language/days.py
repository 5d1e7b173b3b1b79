"""Periods and days that a sentence names, resolved against today."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.language.lexicon import lexicon

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?(?![\d])\.?")
_RANGE = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?\.?\s*(?:-|–|to|do|and|i|a|until)\s*(?=\d{1,2}(?:st|nd|rd|th)?\.?\s+(?:of\s+)?$)"
)
_WORDS_TOO = frozenset({"may", "maja"})  # months only beside a day: "you may", "mają"
_MONTHS_BACK = 5  # a bare month is the last one up to so many months ago, else the next
_LONG_AGO = timedelta(days=180)  # a day without a year is this year's, unless it is longer ago than this
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Period:
    """From and to, both included; a single day is both; `places` are where it was said."""

    since: date | None = None
    until: date | None = None
    places: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Day:
    """A day or span that is named somewhere."""

    start: int
    end: int
    first: date
    last: date
    is_range: bool = False  # both ends were said


def period_of(text: str, today: date, *, is_past: bool) -> Period:
    """The period that a plain sentence names; `is_past` says which way a bare weekday or month looks."""
    said = sorted(_all_days(text, today, is_past=is_past), key=lambda day: (day.start, -day.end))
    days: list[_Day] = []
    for day in said:
        if not days or day.start >= days[-1].end:
            days.append(day)
    places = tuple((day.start, day.end) for day in days)
    if not days:
        return Period()
    if len(days) > 1 and _role(text, days[1].start, "until"):
        first, last = days[0].first, days[1].last
        return Period(first if first <= last else first - _WEEK, last, places)
    day = days[0]
    if day.is_range:
        return Period(day.first, day.last, places)
    if _role(text, day.start, "since") or (day.first == day.last and _role(text, day.start, "since_day")):
        return Period(_looking_back(day, today), None, places)
    if _role(text, day.start, "until"):
        return Period(None, day.last, places)
    return Period(day.first, day.last, places)


def _looking_back(day: _Day, today: date) -> date:
    """Since Tuesday means the last one."""
    return day.first - _WEEK if day.first == day.last and today < day.first <= today + _WEEK else day.first


def _role(text: str, start: int, role: str) -> bool:
    before = text[:start].rstrip()
    return any(
        match.end() == len(before) for words in lexicon().days if role in words for match in words[role].within(before)
    )


def _all_days(text: str, today: date, *, is_past: bool) -> list[_Day]:
    found = [*_written(text, today), *_with_month(text, today, is_past=is_past), *_counted(text, today)]
    for words in lexicon().days:
        for name, resolve in _RELATIVE.items():
            found += [_Day(*match.span(), *resolve(today)) for match in words[name].within(text)]
    return found + _weekdays(text, today, is_past=is_past)


def _written(text: str, today: date) -> list[_Day]:
    """2026-12-04 and 4.12. or 4.12.2026."""
    found = []
    for match in _ISO.finditer(text):
        day = _valid(int(match[1]), int(match[2]), int(match[3]))
        found += [_Day(*match.span(), day, day)] if day else []
    for match in _NUMERIC.finditer(text):
        year = int(match[3] or today.year)
        day = _valid(year + 2000 if year < 100 else year, int(match[2]), int(match[1]))
        if day and not match[3] and day < today - _LONG_AGO:
            day = _valid(day.year + 1, day.month, day.day)
        found += [_Day(*match.span(), day, day)] if day else []
    return found


def _with_month(text: str, today: date, *, is_past: bool) -> list[_Day]:
    """3 December, December 3rd, w listopadzie; a bare "may" is a verb and no month."""
    found = []
    for number, month in enumerate(lexicon().months, start=1):
        for match in month.within(text):
            before = re.search(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?$", text[: match.start()])
            after = re.match(r"\s+(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)", text[match.end() :])
            year = _year(number, today, is_past=is_past)
            spelled = before or after
            if spelled:
                day = _valid(_nearest_year(number, int(spelled[1]), today, is_past=is_past), number, int(spelled[1]))
                start = before.start() if before else match.start()
                end = match.end() + (after.end() if after and not before else 0)
                opening = _RANGE.search(text[: match.start()]) if before else None
                first = _valid(day.year, number, int(opening[1])) if day and opening else None
                if day and opening and first:
                    found.append(_Day(opening.start(), end, first, day, is_range=True))
                elif day:
                    found.append(_Day(start, end, day, day))
            elif match[0] not in _WORDS_TOO:
                last = monthrange(year, number)[1]
                found.append(_Day(*match.span(), date(year, number, 1), date(year, number, last)))
    return found


def _year(month: int, today: date, *, is_past: bool) -> int:
    if is_past:
        return today.year if month <= today.month else today.year - 1
    return today.year if month >= today.month - _MONTHS_BACK else today.year + 1


def _nearest_year(month: int, day: int, today: date, *, is_past: bool) -> int:
    this = _valid(today.year, month, day)
    if this is None:
        return today.year
    if is_past:
        return today.year if this <= today else today.year - 1
    return today.year if this >= today - _LONG_AGO else today.year + 1


def _counted(text: str, today: date) -> list[_Day]:
    """The last 7 days, in 2 weeks, najbliższe 14 dni, 3 days ago."""
    found = []
    for words in lexicon().days:
        for unit, length in (("day_unit", 1), ("week_unit", 7), ("month_unit", 30)):
            for match in words[unit].within(text):
                number = re.search(r"(\d{1,3})\s*$", text[: match.start()])
                if number is None:
                    continue
                span = timedelta(days=int(number[1]) * length)
                if _role(text, number.start(), "last"):
                    found.append(_Day(number.start(), match.end(), today - span, today - timedelta(days=1)))
                elif re.match(r"\s+(?:ago|temu)\b", text[match.end() :]):
                    found.append(_Day(number.start(), match.end(), today - span, today - span))
                elif _role(text, number.start(), "next"):
                    found.append(_Day(number.start(), match.end(), today + timedelta(days=1), today + span))
                elif _role(text, number.start(), "within"):
                    found.append(_Day(number.start(), match.end(), today + span, today + span))
    return found


def _weekdays(text: str, today: date, *, is_past: bool) -> list[_Day]:
    found = []
    for number, weekday in enumerate(lexicon().weekdays):
        for match in weekday.within(text):
            back = is_past or _role(text, match.start(), "last")
            if _role(text, match.start(), "next"):
                back = False
            distance = (today.weekday() - number) % 7 or 7
            day = (
                today - timedelta(days=distance)
                if back
                else today + timedelta(days=(number - today.weekday()) % 7 or 7)
            )
            found.append(_Day(*match.span(), day, day))
    return found


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 31.02. is no day
        return None


def _days(count: int) -> Callable[[date], tuple[date, date]]:
    return lambda today: (today + timedelta(days=count),) * 2


def _week(count: int) -> Callable[[date], tuple[date, date]]:
    def resolve(today: date) -> tuple[date, date]:
        monday = today - timedelta(days=today.weekday()) + count * _WEEK
        return monday, monday + timedelta(days=6)

    return resolve


def _month(count: int) -> Callable[[date], tuple[date, date]]:
    def resolve(today: date) -> tuple[date, date]:
        year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
        return date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1])

    return resolve


def _years(count: int) -> Callable[[date], tuple[date, date]]:
    return lambda today: (date(today.year + count, 1, 1), date(today.year + count, 12, 31))


_RELATIVE: dict[str, Callable[[date], tuple[date, date]]] = {
    "today": _days(0),
    "tomorrow": _days(1),
    "yesterday": _days(-1),
    "day_after_tomorrow": _days(2),
    "day_before_yesterday": _days(-2),
    "a_week_ago": _days(-7),
    "in_a_week": _days(7),
    "last_week": _week(-1),
    "this_week": _week(0),
    "next_week": _week(1),
    "last_month": _month(-1),
    "this_month": _month(0),
    "next_month": _month(1),
    "last_year": _years(-1),
    "this_year": _years(0),
}
