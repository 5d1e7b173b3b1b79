"""Words and numbers that point at order lines: line 3, lines 1, 2 and 5, pos. 2-4, the second one."""

from collections.abc import Sequence

from mail.reading.concepts import Concept
from mail.reading.figures import Lines
from mail.reading.lexicon import Language
from mail.reading.numbers import whole_of
from mail.reading.scan import Tagged, span_of

_LAST = -1


def line_reference(
    tagged: Sequence[Tagged], at: int, language: Language, known: frozenset[int]
) -> tuple[Lines, int] | None:
    """Line 3 · lines 1, 2 and 5 · pos. 2-4 · 2nd line · #3."""
    if tagged[at].means(Concept.LINE):
        start = at + 1
        while start < len(tagged) and tagged[start].folded in {".", ":", "#", "no", "nr"} and start < at + 3:
            start += 1
        numbers, end = _number_list(tagged, start, language)
        if numbers:
            lines = tuple(dict.fromkeys(numbers))
            return Lines(lines, span_of(tagged, at, end - at), "number"), end - at
    return _ordinal(tagged, at, known)


def _number_list(tagged: Sequence[Tagged], at: int, language: Language) -> tuple[list[int], int]:
    numbers: list[int] = []
    end = at
    while at < len(tagged):
        found = _line_number(tagged[at], language)
        if found is None or (numbers and _counts_something(tagged, at)):
            break
        numbers += found
        end = at = at + 1
        separators = 0
        while at < len(tagged) and separators < 3 and _joins_numbers(tagged[at]):
            at += 1
            separators += 1
        if separators and at < len(tagged) and tagged[at - 1].folded == "-" and tagged[at].is_number:
            last = whole_of(tagged[at].folded, language.code)
            if last is not None and numbers[-1] < last <= numbers[-1] + 50:
                numbers += range(numbers[-1] + 1, last)
        if at < len(tagged) and tagged[at].means(Concept.LINE):
            at += 1
    return numbers, end


def _line_number(each: Tagged, language: Language) -> list[int] | None:
    if each.meaning.number is not None:
        return [each.meaning.number]
    if not each.is_number:
        return None
    parts = each.folded.split("-")
    if (
        len(parts) == 2
        and all(part.isdigit() for part in parts)
        and int(parts[0]) < int(parts[1]) <= int(parts[0]) + 50
    ):
        return list(range(int(parts[0]), int(parts[1]) + 1))
    if "," in each.folded and all(part.isdigit() and len(part) <= 2 for part in each.folded.split(",")):
        return [int(part) for part in each.folded.split(",")]
    if "/" in each.folded and all(part.isdigit() and len(part) <= 2 for part in each.folded.split("/")):
        return [int(part) for part in each.folded.split("/")]
    value = whole_of(each.folded, language.code)
    return None if value is None or not 0 < value < 1000 else [value]


def _counts_something(tagged: Sequence[Tagged], at: int) -> bool:
    """True when a unit, money or a month follows the number, so that it is no line number."""
    following = tagged[at + 1] if at + 1 < len(tagged) else None
    if following is None:
        return False
    meaning = following.meaning
    return meaning.unit is not None or meaning.currency is not None or meaning.month is not None


def _joins_numbers(each: Tagged) -> bool:
    return each.means(Concept.AND) or each.folded in {",", "-", "/", "&", "+"}


def _ordinal(tagged: Sequence[Tagged], at: int, known: frozenset[int]) -> tuple[Lines, int] | None:
    """The second one, the last line, the 2nd position: a place in the order's list."""
    meaning = tagged[at].meaning
    if meaning.ordinal is None:
        return None
    several = tagged[at + 1].meaning.number if at + 1 < len(tagged) else None
    if several is not None and meaning.ordinal in (1, _LAST):
        numbers = sorted(known)
        lines = tuple(numbers[:several] if meaning.ordinal == 1 else numbers[-several:])
        return Lines(lines, span_of(tagged, at, 2), "place"), 2
    taken = 2 if at + 1 < len(tagged) and tagged[at + 1].means(Concept.LINE) else 1
    numbers = sorted(known)
    place = meaning.ordinal
    if place == _LAST:
        place = len(numbers)
    line = numbers[place - 1] if 0 < place <= len(numbers) else 0
    return Lines((line,), span_of(tagged, at, taken), "place"), taken
