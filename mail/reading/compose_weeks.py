"""Tagged tokens to days of the week: KW 49, Thursday, Thursday next week; and lead times, which are no days."""

import re
from collections.abc import Sequence
from datetime import timedelta

from mail.reading.compose_days import calendar_day, day_of_weekday
from mail.reading.concepts import Concept
from mail.reading.dates import Calendar
from mail.reading.day_read import ENDINGS, DayRead, is_at, number_at
from mail.reading.figures import Vague
from mail.reading.scan import Tagged

_NO_WEEKS_OFF = 8  # "8 weeks" and fewer before the week word is a lead time, not the number of a week


def relative_day(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> DayRead | None:
    """Today, tomorrow, Thursday of next week."""
    for concept, days in ((Concept.TODAY, 0), (Concept.TOMORROW, 1), (Concept.AFTER_TOMORROW, 2)):
        if is_at(tagged, at, concept):
            return DayRead(calendar.written + timedelta(days=days), None, at + 1)
    if is_at(tagged, at, Concept.NEXT_WEEK):
        weekday = _weekday_name(tagged, at + 1)
        if weekday is not None:
            return DayRead(calendar.weekday(weekday, of_next_week=True), None, at + 2)
        return DayRead(None, Vague.NO_DAY, at + 1)
    return None


def lead_time(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> DayRead | None:  # noqa: ARG001  one of a row of readers
    """2-3 weeks, in 10 working days."""
    counted = tagged[at].is_number or tagged[at].meaning.number is not None
    if not counted:
        return None
    end = at + 1
    while end + 1 < len(tagged) and tagged[end].folded in {"-", "/"} and tagged[end + 1].is_number:
        end += 2
    while end < len(tagged) and tagged[end].known and end < at + 3:
        end += 1
    if is_at(tagged, end, Concept.SPAN):
        return DayRead(None, Vague.LEAD_TIME, end + 1)
    last = tagged[end - 1].folded.rpartition("-")[2]  # of 2-3 weeks the 3
    number = int(last) if last.isdigit() else tagged[at].meaning.number
    if (
        is_at(tagged, end, Concept.WEEK)
        and number is not None
        and number <= _NO_WEEKS_OFF
        and not is_at(tagged, at - 1, Concept.WEEK)
    ):
        behind = number_at(tagged, end + 1)
        if behind is None:
            return DayRead(None, Vague.LEAD_TIME, end + 1)
    return None


def week_at(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> DayRead | None:
    """Week 49, KW 49/26, 49. týden; a range of weeks is no day."""
    if is_at(tagged, at, Concept.WEEK):
        place = at + 1
        while place < len(tagged) and tagged[place].folded in {".", "-", "nr", "no", ":", "n", "°"} and place < at + 3:
            place += 1
        return _with_its_weekday(tagged, _week_number(tagged, place, calendar))
    if number_at(tagged, at) is None:
        return None
    end = at + 1
    while end < len(tagged) and tagged[end].folded in ENDINGS | {"-", "й", "-й", "ta", "ty"} and end < at + 3:
        end += 1
    if not is_at(tagged, end, Concept.WEEK):
        return None
    value, why = calendar.week(int(tagged[at].folded))
    return DayRead(value, why, end + 1)


def _with_its_weekday(tagged: Sequence[Tagged], found: DayRead | None) -> DayRead | None:
    """Settimana 51, giovedì: the weekday behind a week is one of its days."""
    if found is None or found.value is None:
        return found
    at = found.end
    opens = at < len(tagged) and tagged[at].folded in {",", "("}
    place = at + 1 if opens else at
    if is_at(tagged, place, Concept.DATE_HINT):
        place += 1
    weekday = _weekday_name(tagged, place)
    if not opens or weekday is None:
        return found
    end = (
        place + 2
        if tagged[at].folded == "(" and place + 1 < len(tagged) and tagged[place + 1].folded == ")"
        else place + 1
    )
    return DayRead(found.value + timedelta(days=weekday - 4), None, end)


def _week_number(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> DayRead | None:
    if at >= len(tagged) or not tagged[at].is_number:
        return None
    text = tagged[at].folded
    if re.fullmatch(r"\d{1,2}", text):
        year = None
        end = at + 1
        if end + 1 < len(tagged) and tagged[end].folded == "/" and number_at(tagged, end + 1) is not None:
            year, end = number_at(tagged, end + 1), end + 2
        elif (following := number_at(tagged, end)) is not None and 2000 <= following < 2100:
            year, end = following, end + 1
        value, why = calendar.week(int(text), year)
        return DayRead(value, why, end)
    with_year = re.fullmatch(r"(\d{1,2})[/.](\d{4}|\d{2})", text)
    if with_year:
        year = int(with_year[2])
        if (
            year < 100
            and year <= 53
            and year != calendar.written.year % 100
            and year != calendar.written.year % 100 + 1
        ):
            return DayRead(None, Vague.RANGE, at + 1)
        value, why = calendar.week(int(with_year[1]), year)
        return DayRead(value, why, at + 1)
    return DayRead(None, Vague.RANGE, at + 1)


def _weekday_name(tagged: Sequence[Tagged], at: int) -> int | None:
    if 0 <= at < len(tagged):
        return tagged[at].meaning.weekday
    return None


def weekday_at(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> DayRead | None:
    """Thursday, Thursday 3 December, the coming Thursday, Thursday next week; "next Thursday" has two readings."""
    ambiguous = is_at(tagged, at, Concept.NEXT)
    start = at + 1 if ambiguous or is_at(tagged, at, Concept.COMING) else at
    weekday = _weekday_name(tagged, start)
    if weekday is None:
        return None
    end = start + 1
    if end < len(tagged) and tagged[end].folded == "." and not tagged[end].tokens[0].spaced:
        end += 1
    named = _date_of_weekday(tagged, end, weekday, calendar)
    if named is not None:
        return named
    if is_at(tagged, end, Concept.NEXT_WEEK):
        return DayRead(calendar.weekday(weekday, of_next_week=True), None, end + 1)
    if ambiguous or is_at(tagged, end, Concept.NEXT):
        return DayRead(None, Vague.AMBIGUOUS, end + 1 if is_at(tagged, end, Concept.NEXT) else end)
    closing = end + 1 if is_at(tagged, end, Concept.COMING) else end
    return DayRead(calendar.weekday(weekday), None, closing, by_weekday=True)


def _date_of_weekday(tagged: Sequence[Tagged], end: int, weekday: int, calendar: Calendar) -> DayRead | None:
    """The date or the week that follows the weekday's name; a date on another weekday contradicts."""
    dated = end
    while dated < len(tagged) and dated < end + 3 and _leads_to_date(tagged, dated, end):
        dated += 1
    if dated >= len(tagged):
        return None
    named = calendar_day(tagged, dated, calendar, after_weekday=True)
    named = named or day_of_weekday(tagged, dated, calendar) or _week_of_weekday(tagged, dated, weekday, calendar)
    if named is None:
        return None
    closing = named.end
    if closing < len(tagged) and tagged[closing].folded == ")" and tagged[dated - 1].folded == "(":
        closing += 1
    agrees = named.value is None or named.value.weekday() == weekday
    return DayRead(named.value if agrees else None, named.why if agrees else Vague.CONTRADICTION, closing)


def _leads_to_date(tagged: Sequence[Tagged], at: int, begin: int) -> bool:
    """Thursday, the 3rd; behind a comma a word that goes on (en vez del jueves, que el 8 es fiesta) leads to no date of it."""
    if tagged[at].folded in {",", "(", "-"} or _announces_week(tagged, at):
        return True
    return tagged[at].known and not any(each.folded == "," for each in tagged[begin:at])


def _announces_week(tagged: Sequence[Tagged], at: int) -> bool:
    """Le jeudi de la semaine 50, el viernes de la semana 47: "of" only where a week follows."""
    following = at + 2 if at + 1 < len(tagged) and tagged[at + 1].known else at + 1
    of_week = tagged[at].means(Concept.OF) and is_at(tagged, following, Concept.WEEK)
    return of_week or tagged[at].means(Concept.DATE_HINT)


def _week_of_weekday(tagged: Sequence[Tagged], at: int, weekday: int, calendar: Calendar) -> DayRead | None:
    """Thursday of week 49."""
    found = week_at(tagged, at, calendar)
    if found is None or found.value is None:
        return found
    return DayRead(found.value + timedelta(days=weekday - 4), None, found.end)
