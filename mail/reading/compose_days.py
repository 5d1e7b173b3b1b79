"""Tagged tokens to calendar days: 3.12., 3 December, December 3rd, 2026-12-03."""

import re
from collections.abc import Sequence

from mail.reading.concepts import Concept
from mail.reading.dates import Calendar
from mail.reading.day_read import ENDINGS, ENGLISH_ENDINGS, DayRead, is_at, number_at, ordinal_at
from mail.reading.figures import Vague
from mail.reading.lexicon import Unit
from mail.reading.lone_days import day_alone
from mail.reading.scan import Tagged
from mail.reading.tokens import TokenKind

_ROMAN = {
    name: number
    for number, name in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), 1)
}
_ZERO_PADDED = re.compile(
    r"0\d/(?:0[1-9]|1[0-2])|\d{2}/0[1-9]|0\d-(?:0[1-9]|1[0-2])|\d{2}-0[1-9]"
)  # 03/12: no fraction


def calendar_day(
    tagged: Sequence[Tagged], at: int, calendar: Calendar, *, after_weekday: bool = False
) -> DayRead | None:
    """A day of the calendar: a month's name with a number, or digits that are a date."""
    each = tagged[at]
    if each.meaning.month is not None:
        return _month_first(tagged, at, calendar)
    alone = _in_words(tagged, at, calendar) or _first_of_month(tagged, at, calendar) or day_alone(tagged, at, calendar)
    if alone is not None or not each.is_number:
        return alone
    return (
        _day_first(tagged, at, calendar)
        or _day_of_named_month(tagged, at, calendar)
        or _in_digits(tagged, at, calendar, after_weekday=after_weekday)
    )


def _in_words(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> DayRead | None:
    """First of December, pierwszego grudnia."""
    day = ordinal_at(tagged, at)
    behind = at + 2 if is_at(tagged, at + 1, Concept.OF) else at + 1
    month = tagged[behind].meaning.month if behind < len(tagged) else None
    if day is None or month is None:
        return None
    year, end = _year(tagged, behind + 1)
    value, why = calendar.on(day, month, year)
    return DayRead(value, why, end)


_OF_DAYS = frozenset({"pierwszego", "prvního", "prvniho", "першого"})  # cases that only a day has when it stands alone
_BEFORE_DAYS = frozenset({"am", "zum", "on", "by"})


def _first_of_month(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> DayRead | None:
    """Am Ersten, na pierwszego, on the first: a day of the month when nothing that it counts stands behind."""
    day = ordinal_at(tagged, at)
    announced = at > 0 and tagged[at - 1].tokens[-1].folded in _BEFORE_DAYS
    if day is None or not (announced or tagged[at].tokens[-1].folded in _OF_DAYS):
        return None
    following = tagged[at + 1] if at + 1 < len(tagged) else None
    counted = following is not None and following.folded in {"числа", "dne", "dnia"}
    if following is not None and not counted and following.kind not in (TokenKind.MARK, TokenKind.BREAK):
        return None
    value = calendar.next_day_of_month(day)
    return None if value is None else DayRead(value, None, at + 2 if counted else at + 1)


def day_of_weekday(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> DayRead | None:
    """The 11th behind "Thursday", el jueves 17, v úterý prvního: the next day with that number."""
    day = number_at(tagged, at) or ordinal_at(tagged, at)
    if day is None or not 1 <= day <= 31:
        return None
    ends = at + 1 < len(tagged) and _ends_number(tagged[at + 1])
    following = tagged[at + 2 if ends else at + 1] if len(tagged) > at + (2 if ends else 1) else None
    if following is not None and (
        following.meaning.unit is not None
        or following.meaning.currency is not None
        or following.is_number
        or following.lines is not None
        or following.means(Concept.LINE)
        or following.folded in {"%", ":", "/", "-"}
    ):
        return None
    value = calendar.next_day_of_month(day)
    return None if value is None else DayRead(value, None, at + 2 if ends else at + 1)


def _ends_number(each: Tagged) -> bool:
    """The 4th, 4e; in "lunedì 7 è ponte" the letter is a verb."""
    return each.folded in ENDINGS | ENGLISH_ENDINGS and each.folded != "." and each.tokens[0].text not in {"è", "È"}


_JOINING = (
    Concept.AND,
    Concept.BUT,
    Concept.ONLY,
    Concept.OR,
    Concept.OLD,
    Concept.NEW,
    Concept.BETWEEN,
    Concept.DATE_HINT,
)


def _day_of_named_month(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> DayRead | None:
    """Not the 4 but 8 December: the first number is a day of the month that stands behind the second."""
    day = number_at(tagged, at)
    before = tagged[at - 1] if at else None
    if day is None or not 1 <= day <= 31 or before is None or not before.means(Concept.NEGATION, Concept.OLD):
        return None
    behind = at + 1
    while (
        behind < len(tagged)
        and behind < at + 4
        and (tagged[behind].means(*_JOINING) or tagged[behind].folded in {",", ".", "all'"} | ENDINGS)
    ):
        behind += 1
    named = _day_first(tagged, behind, calendar) if number_at(tagged, behind) is not None and behind > at + 1 else None
    if named is None or named.value is None:
        return None
    try:
        value = named.value.replace(day=day)
    except ValueError:
        return None
    return DayRead(value, None, at + 1)


def _month_first(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> DayRead | None:
    """December 3rd, 2026."""
    month = tagged[at].meaning.month
    place = at + 2 if at + 1 < len(tagged) and tagged[at + 1].folded == "." else at + 1
    while place < len(tagged) and tagged[place].folded == "the":
        place += 1
    day = number_at(tagged, place)
    if day is None or month is None or not 1 <= day <= 31:
        return None
    end = place + 1
    if end < len(tagged) and tagged[end].folded in ENGLISH_ENDINGS:
        end += 1
    year, end = _year(tagged, end)
    value, why = calendar.on(day, month, year)
    return DayRead(value, why, end)


def _year(tagged: Sequence[Tagged], at: int) -> tuple[int | None, int]:
    after_comma = at + 1 if at < len(tagged) and tagged[at].folded in {",", "de", "del"} else at
    year = number_at(tagged, after_comma)
    if year is not None and 2000 <= year < 2100:
        end = after_comma + 1
        if end < len(tagged) and tagged[end].folded in {"r", "roku", "р", "року"}:
            end += 1
        return year, end
    return None, at


def _day_first(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> DayRead | None:
    """3 December · 3rd of December · 3. Dezember · 3 XII 2026."""
    text = tagged[at].folded
    ranged = re.fullmatch(r"(\d{1,2})\.?[-/](\d{1,2})", text)
    if not text.isdigit() and ranged is None:
        return None
    following = at + 1
    while (
        following < len(tagged)
        and following < at + 4
        and (tagged[following].folded in ENDINGS or tagged[following].means(Concept.OF))
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
        return DayRead(None, Vague.RANGE, end)
    value, why = calendar.on(int(text), month, year)
    return DayRead(value, why, end)


def _in_digits(tagged: Sequence[Tagged], at: int, calendar: Calendar, *, after_weekday: bool) -> DayRead | None:
    """3.12.2026 · 2026-12-03 · 3.12. · 3/12 after a word that announces a date."""
    text = tagged[at].folded
    end = at + 1
    pointed = end < len(tagged) and tagged[end].folded == "." and not tagged[end].tokens[0].spaced and "." in text
    if pointed and not (_announced(tagged, at) or after_weekday or calendar.points_are_dates):
        pointed = not _is_sentence_end(tagged, end)
    if not pointed and calendar.points_are_dates and re.fullmatch(r"\d{1,2}\.(?:0[1-9]|1[0-2])", text):
        pointed = True  # where prices have a comma, 1.12 is a day
    if pointed and at and tagged[at - 1].means(Concept.PRICE, Concept.PRICE_HINT):
        pointed = False
    written = _ZERO_PADDED.fullmatch(text) is not None or ("/" in text and _stands_for_day(tagged, at))
    is_date = (pointed or written or after_weekday or _announced(tagged, at)) and not _measured(tagged, end)
    found = calendar.digits(text.rstrip("."), is_date=is_date)
    if found is None:
        return None
    if (
        pointed
        and end < len(tagged)
        and tagged[end].folded == "."
        and not tagged[end].tokens[0].spaced
        and not _starts_sentence(tagged, end + 1)
    ):
        end += 1
    _, behind = _year(tagged, end)
    if behind > end and re.fullmatch(r"\d{1,2}\.\d{1,2}", text):
        found, end = calendar.digits(f"{text}.{number_at(tagged, end)}", is_date=True) or found, behind
    if end < len(tagged) and tagged[end].folded in {"r", "р"}:
        end += 1
        if end < len(tagged) and tagged[end].folded == "." and end + 1 < len(tagged):
            end += 1
    return DayRead(found[0], found[1], end)


def _stands_for_day(tagged: Sequence[Tagged], at: int) -> bool:
    """Now 10/12, 80 stuks 15/12: behind what is counted, or behind "now", no fraction."""
    return at > 0 and (
        tagged[at - 1].means(Concept.NEW) or tagged[at - 1].meaning.unit in (Unit.PIECES, Unit.CASES, Unit.DOZENS)
    )


def _is_sentence_end(tagged: Sequence[Tagged], point: int) -> bool:
    """True when the point ends the sentence, so that "4.20." is no date by it."""
    return point + 1 >= len(tagged)


def _starts_sentence(tagged: Sequence[Tagged], at: int) -> bool:
    """True when a capital stands behind the point: it ends the date and the sentence."""
    return at < len(tagged) and tagged[at].tokens[0].text[:1].isupper()


_ANNOUNCING = (
    Concept.DATE_HINT, Concept.UNTIL, Concept.TILL, Concept.BY_AMOUNT, Concept.DATE, Concept.OPEN_START, Concept.DELIVER, Concept.SHIP, Concept.BETWEEN,
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


def month_alone(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> DayRead | None:
    """A month and no day; "may" and "mar" are also other words, so a month alone needs a word before it."""
    if at >= len(tagged):
        return None
    meaning = tagged[at].meaning
    if meaning.month is None:
        return None
    if len(tagged[at].folded) <= 3 and not _announced(tagged, at):
        return None
    gone = at > 0 and tagged[at - 1].means(Concept.OPEN_START) and _is_long_ahead(meaning.month, calendar)
    return DayRead(None, Vague.PAST if gone else Vague.NO_DAY, at + 1)


_HALF_YEAR = 6  # months


def _is_long_ahead(month: int, calendar: Calendar) -> bool:
    """Since October, said in November: the month has gone by, for the next one is most of a year away."""
    return (month - calendar.written.month) % 12 > _HALF_YEAR
