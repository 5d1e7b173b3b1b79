"""The price of a case whose name stands before the money: the carton of 12 now costs 51 €, la caja de 24 queda en 66 €."""

from collections.abc import Sequence
from dataclasses import replace

from mail.reading.compose_amounts import price_at
from mail.reading.concepts import Concept
from mail.reading.figures import Price
from mail.reading.lexicon import Language, Unit
from mail.reading.numbers import whole_of
from mail.reading.scan import Tagged, span_of

_THE = frozenset({"la", "le", "el", "il", "der", "die", "das", "the", "de", "het", "lo", "l'", "per", "par", "por"})
_HOLDING = frozenset({"da", "de", "of", "von", "zu", "mit", "with", "van", "met", "con"})
_MOST_BETWEEN = 4  # words between the case and its price


def case_price_at(tagged: Sequence[Tagged], at: int, language: Language) -> tuple[Price, int] | None:
    """The price told behind the name of a case, with how many the case holds where that is said."""
    if tagged[at].meaning.unit not in (Unit.CASES, Unit.PACKS) or not at or tagged[at - 1].folded not in _THE:
        return None
    holds, start = _held(tagged, at + 1, language)
    for place in range(start, min(start + _MOST_BETWEEN, len(tagged))):
        found = price_at(tagged, place, language)
        if found is not None and place > start:
            price, taken = found
            if price.basis_unit is not None or price.basis != 1:
                return None
            end = place + taken
            whole = replace(price, basis_unit=tagged[at].meaning.unit, of=holds, span=span_of(tagged, at, end - at))
            return whole, end - at
        if not (tagged[place].known or tagged[place].means(*_LEADING)):
            return None
    return None


_LEADING = (Concept.NEW, Concept.PRICE_HINT, Concept.FILLER, Concept.NET, Concept.PRICE, Concept.CHANGE)


def _held(tagged: Sequence[Tagged], at: int, language: Language) -> tuple[int | None, int]:
    """Of 24: how many the case holds, and where the words behind that begin."""
    of = at + 1 < len(tagged) and (tagged[at].means(Concept.OF) or tagged[at].folded in _HOLDING)
    if not of or not tagged[at + 1].folded.isdigit():
        return None, at
    end = at + 2
    if end < len(tagged) and tagged[end].meaning.unit is Unit.PIECES:
        end += 1
    return whole_of(tagged[at + 1].folded, language.code), end
