"""Holidays told beside an answer: no part of it, unless the order's own day falls into them."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from mail.reading.concepts import Concept
from mail.reading.figures import Atom, Day, Phrase, Vague
from mail.reading.lexicon import language
from mail.reading.sentences import Sentence
from mail.reading.tokens import Token, TokenKind, fold, tokenise

_SOON = timedelta(days=14)  # "all next week" and the like end before
_FEASTS = ((12, 21), (1, 7))  # month and day: Christmas to New Year, as long as anybody is closed for them
_WEEK = timedelta(days=4)  # before the Friday that stands for it


def is_shut_on(day: date | None, sentence: Sentence, text: str, written: date) -> bool:
    """True when the sentence says that the supplier is closed over this day; `written` is the message's own day."""
    if day is None or not sentence.has(Concept.CLOSED):
        return False
    words = text[sentence.span.start : sentence.span.end]
    days = list(_days_in(words, sentence.spoken, written)) or _days_of(sentence.atoms)
    if not days and language(sentence.spoken).finds("feasts", fold(words)):
        year = written.year if written > date(written.year, *_FEASTS[1]) else written.year - 1
        days = [date(year, *_FEASTS[0]), date(year + 1, *_FEASTS[1])]
    if not days:
        told = any(isinstance(atom, Day) and atom.why is not Vague.PAST for atom in sentence.atoms)
        return (told or sentence.has(Concept.TEMPORARY)) and day - written <= _SOON
    first, last = days[0], days[-1]
    if len(days) == 1:
        first = written if _follows(sentence.atoms, Concept.UNTIL, Concept.TILL) else first
        last = date.max if _follows(sentence.atoms, Concept.OPEN_START) else last
    return first <= day <= last


def _days_of(atoms: Sequence[Atom]) -> list[date]:
    """The days that have no number: a Tuesday, or the working days of week 49."""
    days = [(atom.value, atom.by_weekday) for atom in atoms if isinstance(atom, Day) and atom.value is not None]
    return [each for day, alone in days for each in ([day] if alone else [day - _WEEK, day])]


def _follows(atoms: Sequence[Atom], *concepts: Concept) -> bool:
    """True when the day stands behind a word of this meaning."""
    return any(
        isinstance(before, Phrase) and before.concept in concepts and isinstance(atom, Day)
        for before, atom in pairwise(atoms)
    )


def _days_in(text: str, spoken: str, written: date) -> Iterator[date]:
    """From 1 to 8 December, 24.12. - 2.1.: every day, in order; a number takes its month from the day behind it."""
    found: list[tuple[int, int | None]] = []
    waiting = 0  # from here on the days have no month
    for at, token in enumerate(tokenise(text)):
        found += _numbers_of(token)
        month = _month_of(token, spoken)
        if month is not None and at:
            found[waiting:] = [(day, known or month) for day, known in found[waiting:]]
            waiting = len(found)
    before = written
    for number, month in found:
        if month is not None and (day := _next(number, month, before)) is not None:
            yield day
            before = day


def _numbers_of(token: Token) -> list[tuple[int, int | None]]:
    """The days in 24, in 24.12.-02.01 and in 24-31."""
    found: list[tuple[int, int | None]] = []
    if token.kind is not TokenKind.NUMBER:
        return found
    for piece in token.folded.split("-"):
        numbers = [int(each) for each in piece.replace("/", ".").split(".") if each.isdigit()]
        if numbers and numbers[0] <= 31:
            found.append((numbers[0], numbers[1] if len(numbers) > 1 and numbers[1] <= 12 else None))
    months = [month for _, month in found if month is not None]
    return [(day, month or (months[-1] if months else None)) for day, month in found]


def _month_of(token: Token, spoken: str) -> int | None:
    found = language(spoken).match([token.folded]) if token.kind is TokenKind.WORD else None
    return found[0].month if found is not None else None


def _next(day: int, month: int, after: date) -> date | None:
    """The next such day; none for the 31st of February."""
    try:
        found = date(after.year, month, day)
        return found if found >= after else found.replace(year=after.year + 1)
    except ValueError:
        return None
