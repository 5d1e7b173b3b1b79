"""Numbers with what they count or cost: 96 pcs, 8 cartons of 12, 4,35 zł per piece, 12,50 €/100 St."""

import re
from collections.abc import Sequence
from decimal import Decimal

from mail.reading.concepts import Concept
from mail.reading.figures import Price, Quantity
from mail.reading.lexicon import Language, Unit
from mail.reading.numbers import COMMA_DECIMAL, decimal_of, whole_of
from mail.reading.scan import Tagged, span_of
from mail.reading.tokens import TokenKind


def price_at(tagged: Sequence[Tagged], at: int, language: Language) -> tuple[Price, int] | None:
    """4,35 zł · EUR 4.35 · 46p · 4.35 per piece · 12,50 €/100 St. · at 4.35 · 4,35 (nothing else has two decimals)."""
    currency, start = None, at
    if _currency(tagged, at) is not None and at + 1 < len(tagged) and tagged[at + 1].is_number:
        currency, start = _currency(tagged, at), at + 1
    if not tagged[start].is_number:
        return None
    amount = decimal_of(tagged[start].folded, language.code)
    if amount is None:
        return None
    end = start + 1
    is_minor = currency is None and is_minor_money(tagged, end, language)
    if is_minor:
        amount, end = amount / _MINOR, end + 1
    if currency is None and _currency(tagged, end) is not None:
        currency, end = _currency(tagged, end), end + 1
    before = end
    basis, unit, end = _basis(tagged, end, language)
    if end == before:
        basis, unit = _basis_before(tagged, at, language)
    is_named = end > before or _price_before(tagged, at) or _becomes(tagged, at)  # "4.35 each"
    is_money = currency is not None or is_minor
    if not is_money and not (_is_decimal(tagged[start]) and (is_named or _is_plain_price(tagged, start, language))):
        return None
    pack = _pack_of_basis(tagged, end, language) if unit in (Unit.CASES, Unit.PACKS) else None
    if pack is not None:
        end = pack[1]
    if currency is None and _currency(tagged, end) is not None:
        currency, end = _currency(tagged, end), end + 1
    of = pack[0] if pack is not None else None
    return Price(amount, currency or None, span_of(tagged, at, end - at), basis, unit, of), end - at


_PLAIN_PRICE = re.compile(r"(\d{1,4})([.,])(\d{2}|\d{4})")
_HOURS = frozenset({"h", "uhr", "ore", "hrs", "hod", "godz", "год", "uur", "heures", "x", "%", "/", "-", ":"})


def _is_plain_price(tagged: Sequence[Tagged], at: int, language: Language) -> bool:
    """Two decimals and no unit: hardly anything but money, unless it may be a day or a time."""
    found = _PLAIN_PRICE.fullmatch(tagged[at].folded)
    following = tagged[at + 1] if at + 1 < len(tagged) else None
    if found is None or (found[2] == "," and language.code not in COMMA_DECIMAL):
        return False
    before = tagged[at - 1] if at else None
    replaced = found[2] == "," and before is not None and before.means(Concept.OLD)  # passa da 3,10 a 3,25
    if int(found[1]) <= 31 and 0 < int(found[3]) <= 12 and len(found[3]) == 2 and not replaced:
        return False  # 3.12 is a day, 3,12 may be one
    if before is not None and (
        before.is_number or before.folded in _HOURS or before.means(Concept.DATE, Concept.UNTIL)
    ):
        return False
    return following is None or not (
        following.meaning.unit is not None
        or following.meaning.month is not None
        or (following.folded in _HOURS and not following.means(Concept.NEW))
        or following.is_number
        or following.means(Concept.SPAN)
    )


_MINOR = 100  # pence of a pound
_MINORS = frozenset(
    {"pence", "cent", "cents", "centimes", "centimos", "centesimi", "groszy", "grosze", "haleru", "копійок", "копійки", "коп"}
)  # fmt: skip
_MINOR_SIGNS = {"en": "p", "de": "ct", "pl": "gr"}


def is_minor_money(tagged: Sequence[Tagged], at: int, language: Language) -> bool:
    """46p, 46 pence, o 30 gr: hundredths of the currency stand here."""
    if at >= len(tagged) or at == 0:
        return False
    word = tagged[at].folded
    if word == "gr":  # grams, unless a price is spoken of
        priced = tagged[at - 2].means(Concept.BY_AMOUNT) if at > 1 else False
        return language.code == "pl" and (priced or _price_before(tagged, at - 1))
    if word == "p":
        return language.code == "en" and not tagged[at].tokens[0].spaced
    return word in _MINORS or word == _MINOR_SIGNS.get(language.code)


def _pack_in_brackets(tagged: Sequence[Tagged], at: int, language: Language) -> tuple[int, int] | None:
    """145.00 per case (5 pieces)."""
    if at + 2 >= len(tagged) or tagged[at].folded != "(" or not tagged[at + 1].is_number:
        return None
    if tagged[at + 2].meaning.unit is not Unit.PIECES:
        return None
    value = whole_of(tagged[at + 1].folded, language.code)
    end = _skip_point(tagged, at + 3)
    end = end + 1 if end < len(tagged) and tagged[end].folded == ")" else end
    return None if value is None else (value, end)


_HOLDING = frozenset({"da", "de", "a", "of", "po", "von", "zu", "mit", "with", "van", "met", "con"})


def _pack_of_basis(tagged: Sequence[Tagged], at: int, language: Language) -> tuple[int, int] | None:
    """Per case of 12 · za karton 12 szt. · le colis de 12: how many the priced case holds."""
    named = _pack_named(tagged, at, language) or _pack_in_brackets(tagged, at, language)
    if named is not None:
        return named
    start = at + 1 if at < len(tagged) and (tagged[at].means(Concept.OF) or tagged[at].folded in _HOLDING) else at
    if start >= len(tagged) or not tagged[start].is_number:
        return None
    value = whole_of(tagged[start].folded, language.code)
    counted = start + 1 < len(tagged) and tagged[start + 1].meaning.unit is Unit.PIECES
    if value is None or not (counted or start > at):
        return None
    return value, _skip_point(tagged, start + 2) if counted else start + 1


def _currency(tagged: Sequence[Tagged], at: int) -> str | None:
    if at >= len(tagged):
        return None
    return tagged[at].meaning.currency


def _is_decimal(each: Tagged) -> bool:
    return any(mark in each.folded for mark in ".,")


def _price_before(tagged: Sequence[Tagged], at: int) -> bool:
    """A price word stands before the number, with nothing between but words that carry nothing."""
    for place in range(at - 1, max(0, at - 5) - 1, -1):
        each = tagged[place]
        if each.lines is not None and _is_price_of(tagged, place - 1):
            return True
        if each.means(Concept.PRICE, Concept.PRICE_HINT, Concept.EACH, Concept.NET, Concept.GROSS):
            return True
        if each is tagged[at - 1] and each.means(Concept.PER):
            return True  # je 4,35
        carries = (
            (each.is_number and not _is_decimal(each))
            or each.lines is not None
            or each.means(Concept.DATE, Concept.QUANTITY, Concept.DELIVER)
        )
        if carries or each.meaning.unit is not None:
            return False
    return False


def _is_price_of(tagged: Sequence[Tagged], at: int) -> bool:
    """Prix des laisses : 10,20. A word for the price stands right before the article."""
    while at >= 0 and (tagged[at].known or tagged[at].means(Concept.OF)):
        at -= 1
    return at >= 0 and tagged[at].means(Concept.PRICE)


def _becomes(tagged: Sequence[Tagged], at: int) -> bool:
    """Passe à 4,75 pièce: what becomes so much is the price, as nobody counts pieces in decimals."""
    counted = at + 1 < len(tagged) and tagged[at + 1].meaning.unit is Unit.PIECES
    return counted and at > 0 and tagged[at - 1].means(Concept.NEW)


def _basis(tagged: Sequence[Tagged], at: int, language: Language) -> tuple[Decimal, Unit | None, int]:
    """For how many the money is: per piece when nothing is said."""
    unsaid = (Decimal(1), None, at)
    if at < len(tagged) and tagged[at].means(Concept.NET):
        basis, unit, end = _basis(tagged, at + 1, language)
        return (basis, unit, end) if end > at + 1 else unsaid
    if at < len(tagged) and tagged[at].means(Concept.EACH):
        return Decimal(1), Unit.PIECES, at + 1
    if at + 1 >= len(tagged) or not _per(tagged, at):
        return unsaid
    number, following = _basis_number(tagged, at + 1, language)
    unit = tagged[following].meaning.unit if following < len(tagged) else None
    if unit is not None:
        return number, unit, _skip_point(tagged, following + 1)
    return (number, Unit.PIECES, following) if number > 1 else unsaid


def _basis_before(tagged: Sequence[Tagged], at: int, language: Language) -> tuple[Decimal, Unit | None]:
    """Preis pro VE künftig 24,60: for how many the money is may stand before it."""
    for start in range(at - 1, max(at - 6, 0), -1):
        if tagged[start].is_number or tagged[start].lines is not None or tagged[start].folded in {",", ".", ";"}:
            break
        if tagged[start].means(Concept.PER) and tagged[start].folded != "/":
            basis, unit, end = _basis(tagged, start, language)
            if end > start and end <= at and unit in _GOODS:
                return basis, unit
    return Decimal(1), None


_GOODS = (Unit.PIECES, Unit.CASES, Unit.PACKS, Unit.WARES)
_HUNDRED = 100  # le cent, al mille: prices are given for so many
_MANY = frozenset({"les", "los", "las", "i", "le", "die", "the"})
_ARTICLES = frozenset({"le", "la", "l'", "el", "il", "al", "alla", "das", "die", "der", "the", "a", "de", "het"})


def _per(tagged: Sequence[Tagged], at: int) -> bool:
    """Per, a slash, or the article of what is priced: 52,20 € le carton."""
    if tagged[at].means(Concept.PER) or tagged[at].folded == "/":
        return True
    many = tagged[at + 1].folded.isdigit() and int(tagged[at + 1].folded) >= _HUNDRED
    if tagged[at].folded == "per" and (tagged[at + 1].meaning.unit is not None or many):
        return True  # Dutch "per doos", "per 100"; "per 1 december" is a day
    if tagged[at].folded in _MANY and tagged[at + 1].folded in {"100", "1000"}:
        return True  # 585 € les 100 pièces
    counts = (tagged[at + 1].meaning.number or 0) >= _HUNDRED
    return tagged[at].folded in _ARTICLES and (counts or tagged[at + 1].meaning.unit in _GOODS)


def _basis_number(tagged: Sequence[Tagged], at: int, language: Language) -> tuple[Decimal, int]:
    """Per 100, per hundred: one when no number is said."""
    if tagged[at].is_number:
        counted = whole_of(tagged[at].folded, language.code)  # da 3,25 a 3,40: no basis
        return (Decimal(counted), at + 1) if counted else (Decimal(1), at)
    if tagged[at].meaning.number is not None:
        return Decimal(tagged[at].meaning.number or 1), at + 1
    return Decimal(1), at


def _skip_point(tagged: Sequence[Tagged], at: int) -> int:
    """The point of an abbreviated unit, where something follows in the same line."""
    if at + 1 < len(tagged) and tagged[at].folded == "." and not tagged[at].tokens[0].spaced:
        following = tagged[at + 1].tokens[0]
        if following.kind is not TokenKind.BREAK and not following.text[:1].isupper():
            return at + 1
    return at


def quantity_at(tagged: Sequence[Tagged], at: int, language: Language) -> tuple[Quantity, int] | None:
    """96 pcs · 8 cartons of 12 · eight cartons · 96 (a bare whole number)."""
    without_number = _without_number(tagged, at)
    if without_number is not None:
        return without_number
    value, end = _counted(tagged, at, language)
    if value is None:
        return None
    unit = tagged[end].meaning.unit if end < len(tagged) else None
    if unit is None:
        if not tagged[at].is_number or (value == value.to_integral_value() and tagged[at].folded.isdigit()):
            return Quantity(value, None, span_of(tagged, at, end - at)), end - at
        return None
    word = tagged[end].folded
    end = _skip_point(tagged, end + 1)
    of = _pack_named(tagged, end, language)
    if of is not None:
        return Quantity(value, unit, span_of(tagged, at, of[1] - at), of[0], word), of[1] - at
    return Quantity(value, unit, span_of(tagged, at, end - at), word=word), end - at


_ONE = frozenset(
    {"un", "une", "uno", "una", "ein", "eine", "einen", "een", "één", "jeden", "jedna", "jedną", "a", "one"}
)


def _is_missed_one(tagged: Sequence[Tagged], at: int) -> bool:
    """O karton mniej, manca un cartone, un colis de moins: one of the unit that stands here is missing."""
    before = at - 1
    while before >= 0 and before > at - 3 and tagged[before].folded in _ONE:
        before -= 1
    behind = at + 1 if at + 1 < len(tagged) else at
    fewer = tagged[behind].means(Concept.MISSING)
    named = before < at - 1 or (before >= 0 and tagged[before].means(Concept.BY_AMOUNT))
    return (fewer and named) or (before >= 0 and tagged[before].means(Concept.MISSING))


_OTHERS = frozenset({"autres", "restants", "restantes", "altri", "altre", "rimanenti", "restanti", "otros", "otras"})


def _counts_by_itself(tagged: Sequence[Tagged], at: int) -> bool:
    """Ten more, one short, the remaining ten: a number in words with nothing that it counts."""
    behind = tagged[at + 1] if at + 1 < len(tagged) else None
    adds = behind is not None and (behind.means(Concept.MORE, Concept.MISSING) or behind.folded in _OTHERS)
    left = at > 0 and tagged[at - 1].means(Concept.REST) and not (behind is not None and behind.means(Concept.LINE))
    counted = behind is not None and behind.meaning.unit is not None
    return (adds or left) and not counted


def _without_number(tagged: Sequence[Tagged], at: int) -> tuple[Quantity, int] | None:
    """Half a dozen · o karton mniej: quantities that no number tells."""
    one = tagged[at].meaning.unit
    if one is not None and _is_missed_one(tagged, at):
        return Quantity(Decimal(1), one, span_of(tagged, at, 1), word=tagged[at].folded), 1
    counted = tagged[at].meaning.number
    if counted is not None and _counts_by_itself(tagged, at):
        return Quantity(Decimal(counted), None, span_of(tagged, at, 1)), 1
    if not tagged[at].means(Concept.HALF):
        return None
    for behind in range(at + 1, min(at + 3, len(tagged))):
        if tagged[behind].meaning.unit is Unit.DOZENS:
            return Quantity(Decimal(6), Unit.PIECES, span_of(tagged, at, behind + 1 - at)), behind + 1 - at
    return None


def _counted(tagged: Sequence[Tagged], at: int, language: Language) -> tuple[Decimal | None, int]:
    if tagged[at].is_number:
        if _thousands_apart(tagged, at):
            return Decimal(tagged[at].folded + tagged[at + 1].folded), at + 2
        return decimal_of(tagged[at].folded, language.code), at + 1
    number = tagged[at].meaning.number
    if number is not None and at + 1 < len(tagged) and tagged[at + 1].meaning.unit is not None:
        return Decimal(number), at + 1
    if number is not None and number > 1 and _ends_only(tagged, at):
        return Decimal(number), at + 1
    return None, at


def _ends_only(tagged: Sequence[Tagged], at: int) -> bool:
    """Only twelve: a number word behind "only", with nothing behind it that it would count."""
    if at == 0 or not tagged[at - 1].means(Concept.ONLY):
        return False
    return at + 1 >= len(tagged) or tagged[at + 1].kind in (TokenKind.MARK, TokenKind.BREAK)


def _thousands_apart(tagged: Sequence[Tagged], at: int) -> bool:
    """1 200 szt.: groups of three before a unit, not at the beginning of a line, where the 1 may be its number."""
    if at == 0 or at + 2 >= len(tagged) or not tagged[at + 1].is_number:
        return False
    first, second = tagged[at].folded, tagged[at + 1].folded
    return (
        tagged[at].tokens[0].spaced  # of "A3 160 ryz" the 3 belongs to the A
        and first.isdigit()
        and 1 <= len(first) <= 3
        and second.isdigit()
        and len(second) == 3
        and tagged[at + 2].meaning.unit is not None
        and tagged[at - 1].kind is not TokenKind.BREAK
        and tagged[at - 1].lines is None
        and tagged[at + 1].start - tagged[at].end == 1
    )


def _pack_named(tagged: Sequence[Tagged], at: int, language: Language) -> tuple[int, int] | None:
    """Of 12 · à 12 szt. · x 12: how many one case holds."""
    if at + 1 >= len(tagged):
        return None
    opens = tagged[at].folded == "("
    start = at + 1 if opens else at
    if not (tagged[start].means(Concept.OF, Concept.PRICE_HINT) or tagged[start].folded in {"x", "*", "à", "a", "da"}):
        return None
    if start + 1 >= len(tagged) or not tagged[start + 1].is_number or _currency(tagged, start + 2) is not None:
        return None
    plain = tagged[start + 1].folded.isdigit()  # 20 stuks à 25,00: that is the price
    value = whole_of(tagged[start + 1].folded, language.code) if plain else None
    if value is None:
        return None
    end = start + 2
    has_unit = end < len(tagged) and tagged[end].meaning.unit is Unit.PIECES
    if not has_unit and tagged[start].means(Concept.OF):
        return None  # 8 cartons of 10: of ten ordered, or of ten pieces each
    if has_unit:
        end = _skip_point(tagged, end + 1)
    if opens and end < len(tagged) and tagged[end].folded == ")":
        end += 1
    return value, end
