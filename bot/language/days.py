"""Periods and days that a sentence names, resolved against today."""

import re
from datetime import date, timedelta

from bot.language.lexicon import lexicons
from bot.language.plain import plain

_NUMERIC = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(?:(\d{4}))?")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")

Period = tuple[date | None, date | None]


def period_of(text: str, today: date) -> Period:
    """From and to, both included; a single day is both; nothing named gives (None, None)."""
    spoken = f" {plain(text)} "
    for lexicon in lexicons():
        for name, period in _relative(today).items():
            if any(f" {word}" in spoken for word in lexicon.days[name]):
                return period
    for lexicon in lexicons():
        found = _weekday(spoken, lexicon.days, today)
        if found is not None:
            return found
    named = _named_day(spoken, today)
    return (named, named) if named else (None, None)


def _relative(today: date) -> dict[str, Period]:
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    next_first = (first + timedelta(days=32)).replace(day=1)
    last_first = (first - timedelta(days=1)).replace(day=1)
    return {
        "last_week": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "this_week": (monday, monday + timedelta(days=6)),
        "next_week": (monday + timedelta(days=7), monday + timedelta(days=13)),
        "last_month": (last_first, first - timedelta(days=1)),
        "this_month": (first, next_first - timedelta(days=1)),
        "next_month": (next_first, (next_first + timedelta(days=32)).replace(day=1) - timedelta(days=1)),
        "today": (today, today),
        "tomorrow": (today + timedelta(days=1), today + timedelta(days=1)),
        "yesterday": (today - timedelta(days=1), today - timedelta(days=1)),
    }


def _weekday(spoken: str, days: dict[str, tuple[str, ...]], today: date) -> Period | None:
    """Since Tuesday looks back; by Friday and a bare weekday look ahead."""
    for number, name in enumerate(days["weekdays"]):
        at = spoken.find(f" {name}")
        if at < 0:
            continue
        before = spoken[:at].split()
        previous = before[-1] if before else ""
        if previous in days["since"]:
            return today - timedelta(days=(today.weekday() - number) % 7 or 7), None
        ahead = today + timedelta(days=(number - today.weekday()) % 7 or 7)
        return (None, ahead) if previous in days["until"] else (ahead, ahead)
    return None


def _named_day(spoken: str, today: date) -> date | None:
    iso = _ISO.search(spoken)
    numeric = _NUMERIC.search(spoken)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if numeric:
            day = date(int(numeric[3] or today.year), int(numeric[2]), int(numeric[1]))
            return day if numeric[3] or day >= today else day.replace(year=today.year + 1)
    except ValueError:  # 31.02. is no day
        return None
    return None
