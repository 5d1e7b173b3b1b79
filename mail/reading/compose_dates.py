"""Tagged tokens to days: 3.12., 3 December, KW 49, Thursday, tomorrow, 2-3 weeks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mail.reading.concepts import Concept
from mail.reading.dates import Calendar
from mail.reading.figures import Day, Span, Vague
from mail.reading.scan import Tagged
from mail.reading.tokens import TokenKind

_ROMAN = {
    name: number
    for number, name in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), 1)
}
_ENDINGS = frozenset({".", "st", "nd", "rd", "th", "er", "º", "°", "e", "ter", "go", "ho", "-го", "го", "de", "den"})
_ENGLISH_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_NO_WEEKS_OFF = 8  # "8 weeks" and fewer before the week word is a lead time, not the number of a week
_DMY_NAMED = re.compile(r"(\d{1,2})[-/]([a-z]+)[-/](\d{2,4})")


@dataclass(frozen=True, slots=True)
class _Read:
    """A day read from the tokens `at` to `end`."""

    value: date | None
    why: Vague | None
    end: int


def day_at(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> tuple[Day, int] | None:
    """The day that begins here, ranges and weekdays put together."""
    found = _unranged(tagged, at, calendar)
    if found is None:
        return None
    found = _ranged(tagged, found, calendar)
    return Day(found.value, Span(tagged[at].start, tagged[found.end - 1].end), found.why), found.end - at


def _unranged(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> _Read | None:
    for reader in (_qualified, _relative, _lead_time, _week, _weekday, _calendar_day, _month_alone):
        found = reader(tagged, at, calendar)
        if found is not None:
            return found
    return None


def _ranged(tagged: Sequence[Tagged], found: _Read, calendar: Calendar) -> _Read:
    """A second day behind a dash, "and" or "or" right after the first makes both a range."""
    at = found.end
    if at + 1 >= len(tagged):
        return found
    joins = tagged[at].folded in {"-", "/"} or tagged[at].means(Concept.BETWEEN)
    if not joins:
        return found
    second = _unranged(tagged, at + 1, calendar)
    if second is None and tagged[at + 1].is_number and found.value is not None and tagged[at].folded in {"-", "/"}:
        second = _Read(None, Vague.RANGE, at + 2)
    if second is None:
        return found
    return _Read(None, Vague.RANGE, second.end)


def _is(tagged: Sequence[Tagged], at: int, *concepts: Concept) -> bool:
    return 0 <= at < len(tagged) and tagged[at].means(*concepts)


def _number(tagged: Sequence[Tagged], at: int) -> int | None:
    if 0 <= at < len(tagged) and tagged[at].is_number and tagged[at].folded.isdigit():
        return int(tagged[at].folded)
    return None


def _qualified(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> _Read | None:
    """End of week 49 is its Friday; early December, mid week 49, end of December are no days."""
    if _is(tagged, at, Concept.END_OF):
        following = at + 1
        while following < len(tagged) and (
            tagged[following].known or tagged[following].means(Concept.OF, Concept.DATE_HINT)
        ):
            following += 1
        found = _week(tagged, following, calendar)
        if found is not None:
            return found
        month = _month_alone(tagged, following, calendar)
        return None if month is None else _Read(None, Vague.NO_DAY, month.end)
    if _is(tagged, at, Concept.PART_OF):
        following = at + 1
        while following < len(tagged) and (
            tagged[following].known or tagged[following].means(Concept.OF, Concept.DATE_HINT)
        ):
            following += 1
        inner = _unranged(tagged, following, calendar) if following < len(tagged) else None
        return _Read(None, Vague.NO_DAY, at + 1 if inner is None else inner.end)
    return None


def _relative(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> _Read | None:
    for concept, days in ((Concept.TODAY, 0), (Concept.TOMORROW, 1), (Concept.AFTER_TOMORROW, 2)):
        if _is(tagged, at, concept):
            return _Read(calendar.written + timedelta(days=days), None, at + 1)
    if _is(tagged, at, Concept.NEXT_WEEK):
        weekday = _weekday_name(tagged, at + 1)
        if weekday is not None:
            return _Read(calendar.weekday(weekday, of_next_week=True), None, at + 2)
        return _Read(None, Vague.NO_DAY, at + 1)
    return None


def _lead_time(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> _Read | None:  # noqa: ARG001  one of a row of readers
    """2-3 weeks, in 10 working days."""
    counted = tagged[at].is_number or tagged[at].meaning.number is not None
    if not counted:
        return None
    end = at + 1
    while end + 1 < len(tagged) and tagged[end].folded in {"-", "/"} and tagged[end + 1].is_number:
        end += 2
    while end < len(tagged) and tagged[end].known and end < at + 3:
        end += 1
    if _is(tagged, end, Concept.SPAN):
        return _Read(None, Vague.LEAD_TIME, end + 1)
    number = _number(tagged, end - 1)
    if (
        _is(tagged, end, Concept.WEEK)
        and number is not None
        and number <= _NO_WEEKS_OFF
        and not _is(tagged, at - 1, Concept.WEEK)
    ):
        behind = _number(tagged, end + 1)
        if behind is None:
            return _Read(None, Vague.LEAD_TIME, end + 1)
    return None


def _week(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> _Read | None:
    """Week 49, KW 49/26, 49. týden; a range of weeks is no day."""
    if _is(tagged, at, Concept.WEEK):
        number_at = at + 1
        while (
            number_at < len(tagged)
            and tagged[number_at].folded in {".", "-", "nr", "no", ":", "n", "°"}
            and number_at < at + 3
        ):
            number_at += 1
        return _week_number(tagged, number_at, calendar)
    if _number(tagged, at) is None:
        return None
    end = at + 1
    while end < len(tagged) and tagged[end].folded in _ENDINGS | {"-", "й", "-й", "ta", "ty"} and end < at + 3:
        end += 1
    if not _is(tagged, end, Concept.WEEK):
        return None
    value, why = calendar.week(int(tagged[at].folded))
    return _Read(value, why, end + 1)


def _week_number(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> _Read | None:
    if at >= len(tagged) or not tagged[at].is_number:
        return None
    text = tagged[at].folded
    if re.fullmatch(r"\d{1,2}", text):
        year = None
        end = at + 1
        if end + 1 < len(tagged) and tagged[end].folded == "/" and _number(tagged, end + 1) is not None:
            year, end = _number(tagged, end + 1), end + 2
        elif (following := _number(tagged, end)) is not None and 2000 <= following < 2100:
            year, end = following, end + 1
        value, why = calendar.week(int(text), year)
        return _Read(value, why, end)
    with_year = re.fullmatch(r"(\d{1,2})[/.](\d{4}|\d{2})", text)
    if with_year:
        year = int(with_year[2])
        if (
            year < 100
            and year <= 53
            and year != calendar.written.year % 100
            and year != calendar.written.year % 100 + 1
        ):
            return _Read(None, Vague.RANGE, at + 1)
        value, why = calendar.week(int(with_year[1]), year)
        return _Read(value, why, at + 1)
    return _Read(None, Vague.RANGE, at + 1)


def _weekday_name(tagged: Sequence[Tagged], at: int) -> int | None:
    if 0 <= at < len(tagged):
        return tagged[at].meaning.weekday
    return None


def _weekday(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> _Read | None:
    """Thursday, Thursday 3 December, the coming Thursday, Thursday next week; "next Thursday" has two readings."""
    ambiguous = _is(tagged, at, Concept.NEXT)
    start = at + 1 if ambiguous or _is(tagged, at, Concept.COMING) else at
    weekday = _weekday_name(tagged, start)
    if weekday is None:
        return None
    end = start + 1
    if end < len(tagged) and tagged[end].folded == "." and not tagged[end].tokens[0].spaced:
        end += 1
    named = _date_of_weekday(tagged, end, weekday, calendar)
    if named is not None:
        return named
    if _is(tagged, end, Concept.NEXT_WEEK):
        return _Read(calendar.weekday(weekday, of_next_week=True), None, end + 1)
    if ambiguous or _is(tagged, end, Concept.NEXT):
        return _Read(None, Vague.AMBIGUOUS, end + 1 if _is(tagged, end, Concept.NEXT) else end)
    return _Read(calendar.weekday(weekday), None, end + 1 if _is(tagged, end, Concept.COMING) else end)


def _date_of_weekday(tagged: Sequence[Tagged], end: int, weekday: int, calendar: Calendar) -> _Read | None:
    """The date or the week that follows the weekday's name; a date on another weekday contradicts."""
    dated = end
    while (
        dated < len(tagged)
        and dated < end + 3
        and (tagged[dated].folded in {",", "(", "-"} or tagged[dated].known or tagged[dated].means(Concept.DATE_HINT))
    ):
        dated += 1
    if dated >= len(tagged):
        return None
    named = _calendar_day(tagged, dated, calendar, after_weekday=True)
    named = named or _week_of_weekday(tagged, dated, weekday, calendar)
    if named is None:
        return None
    closing = named.end
    if closing < len(tagged) and tagged[closing].folded == ")" and tagged[dated - 1].folded == "(":
        closing += 1
    agrees = named.value is None or named.value.weekday() == weekday
    return _Read(named.value if agrees else None, named.why if agrees else Vague.CONTRADICTION, closing)


def _week_of_weekday(tagged: Sequence[Tagged], at: int, weekday: int, calendar: Calendar) -> _Read | None:
    """Thursday of week 49."""
    found = _week(tagged, at, calendar)
    if found is None or found.value is None:
        return found
    return _Read(found.value + timedelta(days=weekday - 4), None, found.end)


def _calendar_day(
    tagged: Sequence[Tagged], at: int, calendar: Calendar, *, after_weekday: bool = False
) -> _Read | None:
    each = tagged[at]
    named_in_one = _DMY_NAMED.fullmatch(each.folded) if each.kind is TokenKind.CODE else None
    if named_in_one is not None:
        return None
    if each.meaning.month is not None:
        return _month_first(tagged, at, calendar)
    if not each.is_number:
        return None
    return _day_first(tagged, at, calendar) or _in_digits(tagged, at, calendar, after_weekday=after_weekday)


def _month_first(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> _Read | None:
    """December 3rd, 2026."""
    month = tagged[at].meaning.month
    number_at = at + 2 if at + 1 < len(tagged) and tagged[at + 1].folded == "." else at + 1
    while number_at < len(tagged) and tagged[number_at].folded == "the":
        number_at += 1
    day = _number(tagged, number_at)
    if day is None or month is None or not 1 <= day <= 31:
        return None
    end = number_at + 1
    if end < len(tagged) and tagged[end].folded in _ENGLISH_ENDINGS:
        end += 1
    year, end = _year(tagged, end)
    value, why = calendar.on(day, month, year)
    return _Read(value, why, end)


def _year(tagged: Sequence[Tagged], at: int) -> tuple[int | None, int]:
    after_comma = at + 1 if at < len(tagged) and tagged[at].folded in {",", "de", "del"} else at
    year = _number(tagged, after_comma)
    if year is not None and 2000 <= year < 2100:
        end = after_comma + 1
        if end < len(tagged) and tagged[end].folded in {"r", "roku", "р", "року"}:
            end += 1
        return year, end
    return None, at


def _day_first(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> _Read | None:
    """3 December · 3rd of December · 3. Dezember · 3 XII 2026."""
    text = tagged[at].folded
    ranged = re.fullmatch(r"(\d{1,2})\.?[-/](\d{1,2})", text)
    if not text.isdigit() and ranged is None:
        return None
    following = at + 1
    while (
        following < len(tagged)
        and following < at + 4
        and (tagged[following].folded in _ENDINGS or tagged[following].means(Concept.OF))
    ):
        following += 1
    if following >= len(tagged):
        return None
    month = tagged[following].meaning.month
    if month is None and tagged[following].folded in _ROMAN and tagged[following].tokens[0].text.isupper():
        month = _ROMAN[tagged[following].folded]
    if month is None:
        return None
    end = following + 1
    if _year(tagged, end + 1)[0] is not None and tagged[end].folded == ".":
        end += 1
    year, end = _year(tagged, end)
    if ranged is not None:
        return _Read(None, Vague.RANGE, end)
    value, why = calendar.on(int(text), month, year)
    return _Read(value, why, end)


def _in_digits(tagged: Sequence[Tagged], at: int, calendar: Calendar, *, after_weekday: bool) -> _Read | None:
    """3.12.2026 · 2026-12-03 · 3.12. · 3/12 after a word that announces a date."""
    text = tagged[at].folded
    end = at + 1
    pointed = end < len(tagged) and tagged[end].folded == "." and not tagged[end].tokens[0].spaced and "." in text
    if pointed and _is_sentence_end(tagged, end) and not _announced(tagged, at) and not after_weekday:
        pointed = False
    is_date = (pointed or after_weekday or _announced(tagged, at)) and not _measured(tagged, end)
    found = calendar.digits(text.rstrip("."), is_date=is_date)
    if found is None:
        return None
    if pointed and re.fullmatch(r"\d{1,2}\.\d{1,2}", text):
        end += 1
    _, behind = _year(tagged, end)
    if behind > end and re.fullmatch(r"\d{1,2}\.\d{1,2}", text):
        found, end = calendar.digits(f"{text}.{_number(tagged, end)}", is_date=True) or found, behind
    if end < len(tagged) and tagged[end].folded in {"r", "р"}:
        end += 1
        if end < len(tagged) and tagged[end].folded == "." and end + 1 < len(tagged):
            end += 1
    return _Read(found[0], found[1], end)


def _is_sentence_end(tagged: Sequence[Tagged], point: int) -> bool:
    """True when the point ends the sentence, so that "4.20." is no date by it."""
    return point + 1 >= len(tagged)


_ANNOUNCING = (
    Concept.DATE_HINT, Concept.UNTIL, Concept.DATE, Concept.OPEN_START, Concept.DELIVER, Concept.SHIP, Concept.BETWEEN,
    Concept.COMING,
)  # fmt: skip


def _announced(tagged: Sequence[Tagged], at: int) -> bool:
    """True when a word that comes before dates stands directly before, or one word or colon further."""
    before = at - 1
    while before >= 0 and before >= at - 3 and (tagged[before].known or tagged[before].folded in {":", "-", "=", "("}):
        before -= 1
    return before >= 0 and tagged[before].means(*_ANNOUNCING)


def _measured(tagged: Sequence[Tagged], at: int) -> bool:
    """True when a unit or money follows: then the digits are no date."""
    if at >= len(tagged):
        return False
    meaning = tagged[at].meaning
    return meaning.unit is not None or meaning.currency is not None or tagged[at].folded == "%"


def _month_alone(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> _Read | None:  # noqa: ARG001  one of a row of readers
    """A month and no day; "may" and "mar" are also other words, so a month alone needs a word before it."""
    if at >= len(tagged):
        return None
    meaning = tagged[at].meaning
    if meaning.month is None:
        return None
    if len(tagged[at].folded) <= 3 and not _announced(tagged, at):
        return None
    return _Read(None, Vague.NO_DAY, at + 1)
