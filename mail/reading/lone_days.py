"""Days with no month: on the 3rd, el día 15, le solde le 15, entro il 12, de 17e, slitta al 15, au lieu du 8."""

import re
from collections.abc import Sequence

from mail.reading.concepts import Concept
from mail.reading.dates import Calendar
from mail.reading.day_read import ENGLISH_ENDINGS, DayRead, number_at
from mail.reading.figures import Vague
from mail.reading.scan import Tagged

_DAY_ALONE = re.compile(r"(?:the)?(\d{1,2})(?:st|nd|rd|th|e|de|ste)")
_SAYS_DAY = frozenset({"dia", "dnia", "giorno", "dne"})  # el día 15
_DAY_ARTICLES = frozenset({"le", "el", "il", "l'", "du", "del", "dell'", "au", "al", "all'"})
_FIRST = frozenset({"er", "º", "°"})  # le 1er, il 1°
_ONTO = frozenset({"au", "al", "all'"})  # behind "passe", "pasa", "slitta" a day; a quantity has "à", "a"
_FOR = frozenset({"per", "para", "pour"})
_COUNTED = (
    Concept.DELIVER,
    Concept.REST,
    Concept.REST_LINES,
    Concept.HALF,
    Concept.LATER,
    Concept.BACKORDER,
    Concept.ALL,
    Concept.UNTIL,
    Concept.OLD,
    Concept.AS_ORDERED,
)  # fmt: skip  behind what "le 15" is the day that it comes
_NAMES_LINE = (Concept.LINE, Concept.ORDER)


def _french_day(tagged: Sequence[Tagged], at: int) -> bool:
    """Vous serez livrés le 9."""
    ends = at + 1 >= len(tagged) or tagged[at + 1].folded in {".", ",", "!", ")"} or tagged[at + 1].means(Concept.AND)
    return at > 1 and tagged[at - 1].folded == "le" and tagged[at - 2].means(Concept.DELIVER) and ends


def _article_day(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> bool:
    """Le solde le 15, 60 uds el 22, slitta al 15, entro il 12, au lieu du 8: a number behind a man's article."""
    before = tagged[at - 1]
    words = [token.folded for token in before.tokens]
    day = number_at(tagged, at)
    end = at + 2 if at + 1 < len(tagged) and tagged[at + 1].folded in _FIRST else at + 1
    if day is None or words[-1] not in _DAY_ARTICLES:
        return False
    if _begins_clause(tagged, at - 1) and end < len(tagged) and tagged[end].means(Concept.DELIVER):
        return day not in calendar.line_numbers  # il 15 consegniamo
    if not _ends_clause(tagged, end):
        return False
    if before.means(Concept.OLD, Concept.UNTIL, Concept.TILL) or (len(words) > 1 and before.means(Concept.DATE_HINT)):
        return True
    if before.means(Concept.NEW):
        return words[-1] in _ONTO
    leads = len(words) == 1 and _leads(tagged, at - 2)
    return leads and (day not in calendar.line_numbers or _is_goods(tagged, at - 2))


def _leads(tagged: Sequence[Tagged], at: int) -> bool:
    """60 uds el 22, le solde le 15, avete tutto per l'11: what stands before the article announces a day."""
    return at >= 0 and (_is_goods(tagged, at) or tagged[at].means(*_COUNTED) or tagged[at].folded in _FOR)


def _is_goods(tagged: Sequence[Tagged], at: int) -> bool:
    """Laisses et colliers le 2, la metà il 3: of what is named there the number is the day, and no other line."""
    each = tagged[at]
    portions = (Concept.REST, Concept.REST_LINES, Concept.HALF)
    counted = each.is_number or each.meaning.unit is not None
    return counted or each.lines is not None or each.means(*portions) or each.folded in _DELIVERIES


_DELIVERIES = frozenset({"livraison", "entrega", "consegna", "reparto"})  # la livraison du 2


def _begins_clause(tagged: Sequence[Tagged], at: int) -> bool:
    return at == 0 or tagged[at - 1].folded in {".", ",", ":", ";"} or tagged[at - 1].means(Concept.AND, Concept.BUT)


_GOING_ON = (
    Concept.AND,
    Concept.BUT,
    Concept.OLD,
    Concept.NEGATION,
    Concept.REASON,
    Concept.FILLER,
    Concept.AS_ORDERED,
)  # fmt: skip  what may follow a day


def _ends_clause(tagged: Sequence[Tagged], at: int) -> bool:
    """Nothing follows that the number could count or that it could name a line with."""
    if at >= len(tagged) or tagged[at].folded in {".", ",", "!", ")", ";"}:
        return True
    return tagged[at].means(*_GOING_ON)


def _german_day(tagged: Sequence[Tagged], at: int) -> bool:
    """Kommen wie bestellt am 9. Danke euch: behind "am" a number with its point is no quantity."""
    pointed = at + 1 < len(tagged) and tagged[at + 1].folded == "." and not tagged[at + 1].tokens[0].spaced
    goes_on = at + 2 < len(tagged) and (tagged[at + 2].meaning.month is not None or tagged[at + 2].is_number)
    onto = tagged[at - 1].tokens[-1].folded
    led = onto == "am" or (onto in {"zum", "den", "dem"} and _ends_clause(tagged, at + 2))
    return pointed and not goes_on and led and number_at(tagged, at) is not None


_DUTCH_ENDINGS = frozenset({"e", "de", "ste"})


def _dutch_day(tagged: Sequence[Tagged], at: int) -> bool:
    """De 17e."""
    return (
        tagged[at - 1].folded in {"de", "den", "op"}
        and number_at(tagged, at) is not None
        and at + 1 < len(tagged)
        and tagged[at + 1].folded in _DUTCH_ENDINGS
        and not tagged[at + 1].tokens[0].spaced
    )


_TO_A_DAY = frozenset({"for", "to", "till", "until", "by"})


def _english_day(tagged: Sequence[Tagged], at: int) -> bool:
    """Slips to the 9th, all in hand for the 4th: what follows may not be what the number places or counts."""
    words = [token.folded for each in tagged[max(0, at - 2) : at] for token in each.tokens][-2:]
    placed = at + 1 < len(tagged) and tagged[at + 1].folded in ENGLISH_ENDINGS and not tagged[at + 1].tokens[0].spaced
    onto = len(words) > 1 and words[0] in _TO_A_DAY and words[1] == "the"
    return placed and onto and number_at(tagged, at) is not None and _ends_clause(tagged, at + 2)


def _confirmed_for(tagged: Sequence[Tagged], at: int) -> bool:
    """Confirmed for the 8th: behind a yes it is a day, not a line."""
    yes = (Concept.ACCEPT, Concept.DELIVER, Concept.AS_ORDERED)
    return at > 1 and tagged[at - 1].folded == "for" and tagged[at - 2].means(*yes)


_SLAVIC_ENDS = frozenset(
    {"-те", "-тє", "-ге", "-го", "-ого", "-му", "-е", "-є", "-go", "-ego", "-tego", "-ho", "-eho", "-teho"}
)


def _slavic_day(tagged: Sequence[Tagged], at: int) -> bool:
    """На 10-те, do 10-go, на 3-тє: a number with the ending of a day behind a word that announces one."""
    announced = tagged[at - 1].means(Concept.DATE_HINT, Concept.UNTIL, Concept.TILL, Concept.NEW)
    return announced and at + 1 < len(tagged) and _ends_slavic(tagged[at + 1])


def _ends_slavic(each: Tagged) -> bool:
    return each.folded in _SLAVIC_ENDS and not each.tokens[0].spaced


def day_alone(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> DayRead | None:
    """On the 3rd, rather than the 1st: an English day with no month is the next such day."""
    before = tagged[at - 1] if at else None
    if before is None or not (
        before.means(Concept.UNTIL, Concept.OLD, Concept.TILL)
        or before.folded == "on"
        or _confirmed_for(tagged, at)
        or _dutch_day(tagged, at)
        or _english_day(tagged, at)
        or before.tokens[-1].folded in _SAYS_DAY
        or _french_day(tagged, at)
        or _german_day(tagged, at)
        or _article_day(tagged, at, calendar)
        or _slavic_day(tagged, at)
    ):
        return None
    end = at + 1
    text = "".join(token.folded for token in tagged[at].tokens)
    if tagged[at].is_number and end < len(tagged) and tagged[end].folded in ENGLISH_ENDINGS | _DUTCH_ENDINGS:
        text, end = f"{text}{tagged[end].folded}", end + 1
    elif tagged[at].is_number and end < len(tagged) and (tagged[end].folded in _FIRST or _ends_slavic(tagged[end])):
        end += 1
    says_day = before.tokens[-1].folded in _SAYS_DAY or _french_day(tagged, at) or _article_day(tagged, at, calendar)
    says_day = says_day or _german_day(tagged, at)
    says_day = says_day or _slavic_day(tagged, at)
    plain = number_at(tagged, at) if says_day else None
    found = _DAY_ALONE.fullmatch(text) or (re.fullmatch(r"(\d{1,2})", text) if plain is not None else None)
    if found is None or not 1 <= int(found[1]) <= 31:
        return None
    following = tagged[end] if end < len(tagged) else None
    if following is not None and (
        following.means(*_NAMES_LINE, Concept.OF)
        or following.meaning.unit is not None
        or following.meaning.month is not None
        or following.folded in {"one", "item", "of"}
        or following.lines is not None
    ):
        return None
    value = calendar.next_day_of_month(int(found[1]))
    return DayRead(value, None if value is not None else Vague.AMBIGUOUS, end)
