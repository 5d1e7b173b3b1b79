"""Tagged tokens to atoms: puts numbers together with their units, money, months and line words."""

from collections.abc import Sequence
from dataclasses import replace

from mail.reading.case_prices import case_price_at
from mail.reading.compose_amounts import price_at, quantity_at
from mail.reading.compose_counts import counted_lines, counted_things
from mail.reading.compose_dates import day_at, halves_before_day
from mail.reading.compose_groups import group_at
from mail.reading.compose_lines import bare_reference, line_reference
from mail.reading.concepts import Concept
from mail.reading.dates import Calendar
from mail.reading.denial_pairs import settled_denials
from mail.reading.figures import Atom, Lines, Other, OtherKind, Phrase, Span, Vague
from mail.reading.lexicon import Language
from mail.reading.numbers import COMMA_DECIMAL, is_position
from mail.reading.openings import settled_openings
from mail.reading.ranges import with_ranges
from mail.reading.scan import NOTHING, Desk, Tagged, span_of
from mail.reading.settling import settled
from mail.reading.tokens import TokenKind
from mail.reading.whole_order import without_its_articles


def compose(tagged: Sequence[Tagged], language: Language, desk: Desk) -> tuple[Atom, ...]:
    """The atoms of a sentence, in order."""
    atoms: list[Atom] = []
    tagged = settled_denials(settled_openings(tagged, language), language)
    calendar = replace(
        desk.calendar,
        points_are_dates=language.code in COMMA_DECIMAL,
        dashes_are_dates=language.code == "nl",
        line_numbers=desk.line_numbers,
    )
    at = 0
    used = False  # lines were named by their numbers before, so that "the 3" may be one
    while at < len(tagged):
        if tagged[at].is_bare:
            found = _begun_by_word(tagged, at, language, desk)
        else:
            found = _begun_by_meaning(tagged, at, language, calendar, desk) or _counting(
                tagged, at, atoms, language, desk, used=used
            )
        atom, taken = found or _joining(tagged, at) or (_plain(tagged[at]), 1)
        atoms.append(atom)
        used = used or (isinstance(atom, Lines) and atom.by == "number")
        at += taken
    told = without_its_articles(with_ranges(atoms, desk.line_numbers, language.code), desk.line_numbers)
    return settled(told)


_Found = tuple[Atom, int] | None


def _begun_by_word(tagged: Sequence[Tagged], at: int, language: Language, desk: Desk) -> _Found:
    """What begins with a word or mark that means nothing by itself: "the two helmets", "las 3 líneas", "L1".

    Most words of a mail are such; only the readers that an article or a letter may begin are asked.
    """
    return (
        _about(tagged, at, language)
        or group_at(tagged, at)
        or counted_lines(tagged, at, language)
        or line_reference(tagged, at, language, desk.line_numbers)
    )


def _begun_by_meaning(tagged: Sequence[Tagged], at: int, language: Language, calendar: Calendar, desk: Desk) -> _Found:
    """Groups of lines, documents, days and what stands at the head of a row."""
    return (
        _about(tagged, at, language)
        or group_at(tagged, at)
        or _hour(tagged, at)
        or _telephone(tagged, at, desk)
        or _reference(tagged, at, calendar)
        or _half(tagged, at, calendar)
        or day_at(tagged, at, calendar)
        or (_row_head(tagged, desk) if at == 0 else None)
        or _listed_head(tagged, at, desk)
    )


def _counting(
    tagged: Sequence[Tagged], at: int, atoms: Sequence[Atom], language: Language, desk: Desk, *, used: bool
) -> _Found:
    """Counted lines and things, lines by their numbers, prices and quantities."""
    return (
        counted_lines(tagged, at, language)
        or counted_things(tagged, at)
        or line_reference(tagged, at, language, desk.line_numbers)
        or bare_reference(tagged, at, language, desk.line_numbers, used=used)
        or _own_code(tagged, at, atoms, desk)
        or case_price_at(tagged, at, language)
        or price_at(tagged, at, language)
        or quantity_at(tagged, at, language)
    )


def _own_code(tagged: Sequence[Tagged], at: int, atoms: Sequence[Atom], desk: Desk) -> tuple[Lines, int] | None:
    """Le bolle 80166: digits that are no quantity right behind the article whose code they are."""
    before = atoms[-1] if atoms else None
    line = desk.articles.codes.get(tagged[at].folded) if tagged[at].is_number else None
    if line is None or not isinstance(before, Lines) or line not in before.lines or len(tagged[at].folded) < _CODE:
        return None
    return Lines((line,), span_of(tagged, at, 1), "code"), 1


_CODE = 4  # digits; fewer may count pieces

_HOURS = frozenset({"h", "hs", "hrs"})
_LAST_HOUR = 22  # "sous 24 h" is a lead time
_WITHIN = frozenset({"sous", "en", "dans", "in", "within", "innerhalb", "entro", "binnen", "do", "po"})


def _hour(tagged: Sequence[Tagged], at: int) -> tuple[Phrase, int] | None:
    """Entre 8h et 10h: the hour at which somebody comes is no quantity."""
    unit = tagged[at + 1].folded if at + 1 < len(tagged) else ""
    number = tagged[at].folded
    if unit not in _HOURS or not tagged[at].is_number or not number.isdigit() or int(number) > _LAST_HOUR:
        return None
    if at and tagged[at - 1].folded in _WITHIN:
        return None
    minutes = at + 2 < len(tagged) and tagged[at + 2].is_number and not tagged[at + 2].tokens[0].spaced
    taken = 3 if minutes else 2
    return Phrase(Concept.FILLER, span_of(tagged, at, taken)), taken


_SHORTEST = 9  # digits of a telephone number with its area
_GROUPS = 2


def _telephone(tagged: Sequence[Tagged], at: int, desk: Desk) -> tuple[Phrase, int] | None:
    """0113 555 0140: groups of digits, the first with a leading zero, are no figures of an answer.

    00010 120 4200 is a position and its figures: its first group is a line's number, or ten times one.
    """
    end = at
    while end < len(tagged) and tagged[end].is_number and tagged[end].folded.isdigit():
        end += 1
    digits = "".join(each.folded for each in tagged[at:end])
    if end - at < _GROUPS or not digits.startswith("0") or len(digits) < _SHORTEST or _counts(tagged, end):
        return None
    if is_position(int(tagged[at].folded), desk.line_numbers):
        return None
    return Phrase(Concept.FILLER, span_of(tagged, at, end - at)), end - at


_EITHER = frozenset({"or", "oder", "ou", "o", "of"})


def _joining(tagged: Sequence[Tagged], at: int) -> tuple[Phrase, int] | None:
    """En de pompen, e il nastro: no two days stand around it, so it joins lines."""
    if not tagged[at].means(Concept.BETWEEN) or at + 1 >= len(tagged) or not _is_no_day(tagged, at + 1):
        return None
    concept = Concept.OR if tagged[at].folded in _EITHER else Concept.AND
    return Phrase(concept, span_of(tagged, at, 1)), 1


_DAYS = (
    Concept.COMING, Concept.NEXT, Concept.NEXT_WEEK, Concept.WEEK, Concept.TODAY, Concept.TOMORROW, Concept.DATE_HINT,
    Concept.AFTER_TOMORROW, Concept.END_OF, Concept.PART_OF, Concept.SPAN, Concept.OF, Concept.DATE,
)  # fmt: skip


def _is_no_day(tagged: Sequence[Tagged], at: int) -> bool:
    """An article, the rest, a verb behind its noun (y el fabricante no hará más): no second day of a range."""
    while at + 1 < len(tagged) and tagged[at].known:
        at += 1
    each = tagged[at]
    meaning = each.meaning
    dated = meaning.weekday is not None or meaning.month is not None or meaning.ordinal is not None
    counted = each.is_number or meaning.number is not None or meaning.unit is not None
    return not (dated or counted or each.known or each.means(*_DAYS))


def _plain(each: Tagged) -> Atom:
    span = Span(each.start, each.end)
    text = "".join(f" {token.text}" if at and token.spaced else token.text for at, token in enumerate(each.tokens))
    if each.lines is not None:
        return Lines(each.lines, span, each.by)
    if each.meaning.concept is not None:
        return Phrase(each.meaning.concept, span)
    kind = OtherKind.WORD
    if each.order:
        kind = OtherKind.ORDER
    elif each.known or each.meaning.currency is not None:
        kind = OtherKind.KNOWN
    elif each.meaning is not NOTHING:
        kind = OtherKind.UNIT if each.meaning.unit is not None else OtherKind.KNOWN
    elif each.kind is TokenKind.NUMBER:
        kind = OtherKind.NUMBER
    elif each.kind is TokenKind.CODE:
        kind = OtherKind.CODE
    elif each.kind in (TokenKind.MARK, TokenKind.BREAK):
        kind = OtherKind.MARK
    return Other(kind, text, span)


def _half(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> tuple[Phrase, int] | None:
    if not halves_before_day(tagged, at, calendar):
        return None
    return Phrase(Concept.HALF, span_of(tagged, at, 1)), 1


def _row_head(tagged: Sequence[Tagged], desk: Desk) -> tuple[Lines, int] | None:
    """The line number that a row begins with: 2: 48 pcs."""
    first = tagged[0]
    if len(tagged) > 1 and first.is_number and first.folded.isdigit() and tagged[1].lines == (int(first.folded),):
        return Lines(tagged[1].lines, span_of(tagged, 0, 2), tagged[1].by), 2
    if (
        len(tagged) < 3
        or not first.is_number
        or not first.folded.isdigit()
        or tagged[1].folded not in {":", ")", ".", "/"}
    ):
        return None
    number = int(first.folded)
    if tagged[2].order or number not in desk.line_numbers:
        return None  # 1) PO-142: …, 2) PO-143: …
    return Lines((number,), span_of(tagged, 0, 2), "number"), 2


_ANSWERING = (Concept.ACCEPT, Concept.AS_ORDERED, Concept.REJECT, Concept.BACKORDER, Concept.ONLY)


def _listed_head(tagged: Sequence[Tagged], at: int, desk: Desk) -> tuple[Lines, int] | None:
    """Line numbers in a running list: 1 ok, 2 ok, 3 - only 40 pcs."""
    first = tagged[at]
    if not first.is_number or not first.folded.isdigit() or int(first.folded) not in desk.line_numbers:
        return None
    begins = (
        at == 0
        or tagged[at - 1].folded in {",", ";"}
        or _after_sentence(tagged, at)
        or tagged[at - 1].kind is TokenKind.BREAK
        or (tagged[at - 1].means(*_ANSWERING) and at + 1 < len(tagged) and tagged[at + 1].means(*_ANSWERING))
    )
    if not begins or (at + 2 > len(tagged) - 1 and not (at + 1 < len(tagged) and tagged[at + 1].means(*_ANSWERING))):
        return None
    if tagged[at + 1].means(*_ANSWERING):
        return Lines((int(first.folded),), span_of(tagged, at, 1), "number"), 1
    if tagged[at + 1].folded in {"-", ":", "="} and tagged[at + 1].tokens[0].spaced | (tagged[at + 1].folded != "-"):
        return Lines((int(first.folded),), span_of(tagged, at, 2), "number"), 2
    return None


def _after_sentence(tagged: Sequence[Tagged], at: int) -> bool:
    """1, 2 and 5 good. 4: 180 pcs — the number begins a sentence and has a colon behind it."""
    return tagged[at - 1].folded == "." and at + 1 < len(tagged) and tagged[at + 1].folded == ":"


_REFERRING = (Concept.ORDER, Concept.CONFIRMATION, Concept.INVOICE, Concept.SHIPPED)


# folded: what stands between the word for a document and its number
_NUMBERED = frozenset(
    {":", "#", ".", "-", "nr", "no", "n", "c", "num", "numero", "number", "cislo", "numer", "номер", "№", "N"}
)


def _reference(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> tuple[Phrase, int] | None:
    """A word for a document or a telephone, with the number or date behind it: no figure of an answer."""
    concept = Concept.ORDER if tagged[at].order else tagged[at].meaning.concept
    if concept is Concept.RECEIVED:
        return _filed(tagged, at)
    if concept is Concept.FILLER and tagged[at].tokens[-1].folded in _WRITTEN:
        end = _dated(tagged, at + 1, calendar)  # thank you for your order of 24 November
        return (Phrase(concept, span_of(tagged, at, end - at)), end - at) if end > at + 1 else None
    if concept not in _REFERRING or concept is None:
        return None
    end = at + 1
    while end < len(tagged) and (tagged[end].folded in _NUMBERED or tagged[end].known) and end < at + 5:
        end += 1
    start, end = end, _dated(tagged, end, calendar)
    dated = end > start
    while (
        not dated
        and end < len(tagged)
        and (tagged[end].is_number or tagged[end].kind is TokenKind.CODE or tagged[end].order)
    ):
        if tagged[end].lines is not None or _counts(tagged, end + 1):
            break
        end += 1
    end = _dated(tagged, end, calendar)
    if end == start:
        return (Phrase(concept, span_of(tagged, at, 1)), 1) if tagged[at].order else None
    return Phrase(concept, span_of(tagged, at, end - at)), end - at


_WRITTEN = frozenset({"order", "bestellung", "auftrag", "bestelling", "opdracht", "mail", "nachricht", "bericht"})
_LONG_NUMBER = 4  # digits of a supplier's own number for an order
_UNDER = frozenset({"as", "under", "unter", "als", "onder", "order", "auftrag", "nummer"}) | _NUMBERED


def _filed(tagged: Sequence[Tagged], at: int) -> tuple[Phrase, int] | None:
    """Entered as SO-88213, erfasst unter Nr. 4471: the supplier's own number is no figure of an answer."""
    end = at + 1
    while end < len(tagged) and tagged[end].folded in _UNDER and end < at + 5:
        end += 1
    named = end > at + 1 or tagged[at].tokens[-1].folded in _UNDER
    if not named or end >= len(tagged) or tagged[end].lines is not None or _counts(tagged, end + 1):
        return None
    number = tagged[end]
    long = number.is_number and number.folded.isdigit() and len(number.folded) >= _LONG_NUMBER
    if not (long or number.kind is TokenKind.CODE):
        return None
    return Phrase(Concept.RECEIVED, span_of(tagged, at, end + 1 - at)), end + 1 - at


def _dated(tagged: Sequence[Tagged], at: int, calendar: Calendar) -> int:
    """Where the document's own date ends: "of 20 November", a day that has gone by or is today."""
    begin = at
    while (
        begin < len(tagged)
        and begin < at + 3
        and (
            tagged[begin].known
            or tagged[begin].folded == "("
            or tagged[begin].means(Concept.DATE_HINT, Concept.OF, Concept.PRICE_HINT)
        )
    ):
        begin += 1
    found = day_at(tagged, begin, calendar) if begin < len(tagged) else None
    if found is None or not (found[0].why is Vague.PAST or found[0].value == calendar.written):
        return at
    end = begin + found[1]
    return end + 1 if end < len(tagged) and tagged[end].folded == ")" and tagged[begin - 1].folded == "(" else end


def _counts(tagged: Sequence[Tagged], at: int) -> bool:
    """True when a unit, money or a month stands here: the number before it counts something."""
    if at >= len(tagged):
        return False
    meaning = tagged[at].meaning
    return meaning.unit is not None or meaning.currency is not None or meaning.month is not None


def _about(tagged: Sequence[Tagged], at: int, language: Language) -> tuple[Phrase, int] | None:
    """Before a number the Polish "ok." says "about" (ok. 10 grudnia), not "fine"."""
    if language.code != "pl" or tagged[at].folded != "ok" or at + 2 >= len(tagged) or tagged[at + 1].folded != ".":
        return None
    if not tagged[at + 2].is_number or tagged[at + 1].tokens[0].spaced:
        return None
    return Phrase(Concept.HEDGE, span_of(tagged, at, 2)), 2
