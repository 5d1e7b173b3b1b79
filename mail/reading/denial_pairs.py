"""Denials of two words and more, put right before a sentence is composed: ne … que, ne … plus, non … più, no … más que, y no."""

from collections.abc import Sequence
from dataclasses import replace

from mail.reading.concepts import Concept
from mail.reading.lexicon import Language, Meaning
from mail.reading.scan import NOTHING, Tagged
from mail.reading.tokens import TokenKind

_OPENING = {"fr": frozenset({"ne", "n'"}), "it": frozenset({"non"}), "es": frozenset({"no"})}
_CLOSING = {
    "fr": frozenset({"pas", "plus", "jamais", "aucun", "aucune", "rien", "ni", "guere"}),
    "it": frozenset({"nessun", "nessuna", "nessuno", "nulla", "niente", "alcun", "alcuna", "piu", "mai"}),
    "es": frozenset({"ningun", "ninguna", "ninguno", "nada", "nunca"}),
}  # what takes up the first word again without turning it
_MORE = {"fr": "plus", "it": "piu", "es": "mas"}
_THAN = {"fr": frozenset({"que", "qu'"}), "it": frozenset({"che"}), "es": frozenset({"que"})}
_ENDS = frozenset({".", ";", "!", "?"})
_REACH = 8  # words between the two halves
_SHORT = 2  # words of a no that is nothing by itself
_NEAR = 5  # words between "non" and "più", where the second half stands behind the verb

_FILLER = Meaning(concept=Concept.FILLER)


def settled_denials(tagged: Sequence[Tagged], language: Language) -> list[Tagged]:
    """The same tokens, each denial with the meaning that its halves have together."""
    if language.code == "it":
        tagged = [_without_pronoun(tagged, at) for at in range(len(tagged))]
    settled = [part for at in range(len(tagged)) for part in _and_not(tagged, at, language)]
    if language.code in _OPENING:
        for at in range(len(settled)):
            if _opens(settled[at], language.code):
                _settle(settled, at, language.code)
    for at in range(len(settled)):
        nor = settled[at].folded in _NOR.get(language.code, ()) and _goes_on(settled, at, language.code)
        if nor and at + 1 < len(settled) and settled[at + 1].means(Concept.CHANGE, Concept.MISSING):
            settled[at + 1] = replace(settled[at + 1], meaning=NOTHING, known=True)  # sin cambios ni retrasos
        if nor or (language.code == "nl" and _is_no_end(settled, at)):
            settled[at] = replace(settled[at], meaning=NOTHING, known=True)
        elif language.code == "nl" and _is_from(settled, at):
            settled[at] = replace(settled[at], meaning=Meaning(concept=Concept.OLD))
    return settled


_BEFORE_OF_IT = frozenset({"ve", "ce", "te", "me", "se", "gliene", "che", "cui"})
_OF_IT = (Concept.HAVE, Concept.DELIVER, Concept.SHIP, Concept.MISSING, Concept.REST, Concept.FILLER, Concept.LATER)


def _without_pronoun(tagged: Sequence[Tagged], at: int) -> Tagged:
    """Ve ne mandiamo 4, ne ho solo 40: "of them", where "né" would say "nor"; an accent left out is no doubt before a verb."""
    each = tagged[at]
    if len(each.tokens) > 1 or each.tokens[0].text not in {"ne", "Ne"} or not each.means(Concept.NEGATION):
        return each
    behind = tagged[at + 1] if at + 1 < len(tagged) else None
    verb = behind is not None and behind.kind is TokenKind.WORD and (behind.means(*_OF_IT) or behind.folded in _VERBS)
    pronoun = at > 0 and tagged[at - 1].folded in _BEFORE_OF_IT
    return replace(each, meaning=NOTHING, known=True) if pronoun or verb else each


_VERBS = frozenset(
    {
        "posso", "possiamo", "potremo", "potro", "sono", "restano", "resta", "rimangono", "rimane", "avremo", "avro",
        "arrivano", "arriveranno", "mandiamo", "mando", "manderemo", "spediamo", "diamo", "daremo", "consegniamo",
        "consegneremo", "serve", "servono", "abbiamo", "ho", "avanzano", "togliamo", "metto", "mettiamo", "prendiamo",
        "riceviamo", "riceveremo", "produciamo", "facciamo", "faremo", "aspettiamo", "attendiamo",
    }
)  # fmt: skip


_NOR = {"fr": frozenset({"ni"}), "es": frozenset({"ni"}), "it": frozenset({"ne"})}
_WITHOUT = frozenset({"sans", "sin", "senza"})


def _goes_on(tagged: Sequence[Tagged], at: int, code: str) -> bool:
    """Aucune remarque sur les prix ni sur les dates, sin cambios ni retrasos: the yes goes on, and is not denied."""
    if not tagged[at].means(Concept.NEGATION) or len(tagged[at].tokens) > 1:
        return False
    return any(
        each.means(Concept.ACCEPT, Concept.AS_ORDERED) and each.folded in _CLOSING[code] | _WITHOUT
        for each in tagged[max(0, at - _REACH) : at]
    )


def _is_no_end(tagged: Sequence[Tagged], at: int) -> bool:
    """Dutch "is op" is sold out at the end of its clause; "levering is op 15 december" is not."""
    each = tagged[at]
    if not each.means(Concept.REJECT) or [token.folded for token in each.tokens] not in (["is", "op"], ["zijn", "op"]):
        return False
    following = tagged[at + 1] if at + 1 < len(tagged) else None
    return following is not None and (
        following.is_number or following.known or following.meaning.weekday is not None or following.means(*_DAYS)
    )


_DAYS = (
    Concept.TODAY,
    Concept.TOMORROW,
    Concept.COMING,
    Concept.WEEK,
    Concept.DATE,
    Concept.DELIVER,
    Concept.NEXT_WEEK,
)


def _is_from(tagged: Sequence[Tagged], at: int) -> bool:
    """Van 8 naar 11 december: what stands between "from" and "to" is no longer true."""
    figures = tagged[at].folded == "van" and at + 1 < len(tagged) and tagged[at + 1].is_number
    return figures and any(each.folded == "naar" for each in tagged[at + 2 : at + 5])


def _opens(each: Tagged, code: str) -> bool:
    if each.tokens[0].folded not in _OPENING[code] or each.tokens[-1].folded in _CLOSING[code]:
        return False
    return each.means(Concept.NEGATION, Concept.REJECT)  # no hay ninguna objeción, no nos quedan más que 36


def _settle(tagged: list[Tagged], at: int, code: str) -> None:
    """Find the second half of the denial that begins here."""
    comma = False
    for behind in range(at + 1, min(at + _REACH, len(tagged))):
        each = tagged[behind]
        comma = comma or each.folded == ","
        if each.folded in _ENDS:
            return
        if each.folded in _CLOSING[code] and each.means(*_ANSWERS) and len(tagged[at].tokens) <= _SHORT:
            tagged[at] = replace(tagged[at], meaning=_FILLER)  # ne pose pas de problème, no hay ninguna objeción
            return
        if each.folded == _MORE[code] and len(each.tokens) == 1 and behind <= at + _NEAR and not comma:
            _settle_more(tagged, at, behind, code)
            return
        if each.folded in _CLOSING[code]:
            return
        if each.folded in _THAN[code] and (code == "fr" or (code == "it" and _figure_follows(tagged, behind + 1))):
            _restrict(tagged, at, behind)
            return


def _settle_more(tagged: list[Tagged], at: int, more: int, code: str) -> None:
    """Non … più is one denial and holds no "and"; ne … plus que says "only", and so does no … más que."""
    restricts = more + 1 < len(tagged) and tagged[more + 1].folded in _THAN[code]
    if restricts or code != "es":
        tagged[more] = replace(tagged[more], meaning=NOTHING, known=True)
    if restricts:
        _restrict(tagged, at, more + 1)


def _restrict(tagged: list[Tagged], at: int, than: int) -> None:
    tagged[at] = replace(tagged[at], meaning=Meaning(concept=Concept.FILLER))
    tagged[than] = replace(tagged[than], meaning=Meaning(concept=Concept.ONLY))


_ANSWERS = (Concept.ACCEPT, Concept.AS_ORDERED, Concept.REJECT, Concept.BACKORDER)


def _and_not(tagged: Sequence[Tagged], at: int, language: Language) -> Sequence[Tagged]:
    """Behind "and not" a figure is the old one; a verb makes it two words: it is sold out and we don't know more."""
    each = tagged[at]
    if not each.means(Concept.OLD) or len(each.tokens) != 2 or _figure_follows(tagged, at + 1):
        return (each,)
    parts = []
    for token, concept in zip(each.tokens, (Concept.AND, Concept.NEGATION), strict=True):
        found = language.match((token.folded,))
        if found is None or found[0].concept is not concept:
            return (each,)
        parts.append(Tagged((token,), meaning=found[0]))
    return parts


def _figure_follows(tagged: Sequence[Tagged], at: int) -> bool:
    small = (Concept.DATE_HINT, Concept.PRICE_HINT, Concept.OF)
    while at < len(tagged) and (tagged[at].known or tagged[at].means(*small)):
        at += 1
    if at >= len(tagged):
        return False
    each = tagged[at]
    meaning = each.meaning
    counted = meaning.number is not None or meaning.weekday is not None or meaning.currency is not None
    return (
        each.is_number or counted or each.lines is not None or meaning.month is not None or meaning.ordinal is not None
    )
