"""Tagged tokens to the day that is meant: single days put together with ranges and with "end of", "early", "mid"."""

from collections.abc import Sequence

from mail.reading.compose_days import calendar_day, month_alone
from mail.reading.compose_weeks import lead_time, relative_day, week_at, weekday_at
from mail.reading.concepts import Concept
from mail.reading.dates import Calendar
from mail.reading.day_read import DayRead, is_at
from mail.reading.figures import Day, Span, Vague
from mail.reading.scan import Tagged


def day_at(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> tuple[Day, int] | None:
    """The day that begins here, ranges and weekdays put together."""
    if tagged[at].is_bare:
        return None
    found = _unranged(tagged, at, calendar)
    if found is None:
        return None
    found = _ranged(tagged, _with_weekday(tagged, found), calendar)
    span = Span(tagged[at].start, tagged[found.end - 1].end)
    return Day(found.value, span, found.why, found.by_weekday), found.end - at


def _with_weekday(tagged: Sequence[Tagged], found: DayRead) -> DayRead:
    """4.12. (Friday): the weekday behind a day is the same day; another weekday makes it unclear which is meant."""
    at = found.end
    in_brackets = at + 2 < len(tagged) and tagged[at].folded == "(" and tagged[at + 2].folded == ")"
    named = tagged[at + 1] if in_brackets else None
    if found.value is None or found.by_weekday or named is None or named.meaning.weekday is None:
        return found
    is_same = named.meaning.weekday == found.value.weekday()
    return DayRead(found.value if is_same else None, found.why if is_same else Vague.AMBIGUOUS, at + 3)


def _unranged(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> DayRead | None:
    for reader in (_qualified, relative_day, lead_time, week_at, weekday_at, calendar_day, month_alone):
        found = reader(tagged, at, calendar)
        if found is not None:
            return found
    return None


def _ranged(tagged: Sequence[Tagged], found: DayRead, calendar: Calendar) -> DayRead:
    """A second day behind a dash, "and" or "or" right after the first makes both a range."""
    at = found.end
    if at + 1 >= len(tagged):
        return found
    joins = tagged[at].folded in {"-", "/"} or tagged[at].means(Concept.BETWEEN)
    if not joins:
        return found
    second = _unranged(tagged, at + 1, calendar)
    if second is None and tagged[at + 1].is_number and found.value is not None and tagged[at].folded in {"-", "/"}:
        second = DayRead(None, Vague.RANGE, at + 2)
    if second is None:
        return found
    return DayRead(None, Vague.RANGE, second.end)


def _qualified(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> DayRead | None:
    """End of week 49 is its Friday; early December, mid week 49, end of December are no days."""
    if is_at(tagged, at, Concept.END_OF):
        following = at + 1
        while following < len(tagged) and (
            tagged[following].known or tagged[following].means(Concept.OF, Concept.DATE_HINT)
        ):
            following += 1
        found = week_at(tagged, following, calendar)
        if found is not None:
            return found
        month = month_alone(tagged, following, calendar)
        return None if month is None else DayRead(None, Vague.NO_DAY, month.end)
    if is_at(tagged, at, Concept.PART_OF):
        if halves_before_day(tagged, at, calendar):
            return None
        following = at + 1
        while following < len(tagged) and (
            tagged[following].known or tagged[following].means(Concept.OF, Concept.DATE_HINT)
        ):
            following += 1
        inner = _unranged(tagged, following, calendar) if following < len(tagged) else None
        return DayRead(None, Vague.NO_DAY, at + 1 if inner is None else inner.end)
    return None


_HALVES = frozenset({"half", "polovina", "polovinu", "polowa", "polowe", "половина", "половину"})


def halves_before_day(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> bool:
    """Druhá polovina 22. prosince: right before a firm day a half is one of the goods, not of a month."""
    if not is_at(tagged, at, Concept.PART_OF) or tagged[at].tokens[-1].folded not in _HALVES:
        return False
    behind = at + 2 if is_at(tagged, at + 1, Concept.DATE_HINT) else at + 1
    found = calendar_day(tagged, behind, calendar) if behind < len(tagged) else None
    return found is not None and found.value is not None
