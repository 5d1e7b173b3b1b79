"""French, Spanish and Italian words that mean something else in their place: "Reste inchangé" is the rest, "Sinon RAS" apart from that."""

from collections.abc import Sequence
from dataclasses import replace

from mail.reading.concepts import Concept
from mail.reading.lexicon import Language, Meaning
from mail.reading.scan import Tagged

_STOPS = frozenset({".", "!", ";", "?", "…"})
_OTHERWISE = frozenset({"sinon"})
_YES = (Concept.ACCEPT, Concept.AS_ORDERED)
_REST = Meaning(concept=Concept.REST)
_OTHERS = Meaning(concept=Concept.REST_LINES)


def settled_openings(tagged: Sequence[Tagged], language: Language) -> list[Tagged]:
    """The same tokens, with each such word taken for what it is there."""
    if language.code not in ("fr", "es", "it"):
        return list(tagged)
    return [part for at in range(len(tagged)) for part in _settled(tagged, at)]


_OF_THE = frozenset({"del", "de", "dell'"})
_FILLER = Meaning(concept=Concept.FILLER)


def _is_of_the_order(tagged: Sequence[Tagged], at: int) -> bool:
    """Del pedido PO-142 confirmamos el jabón: where lines follow, the order is only named."""
    each = tagged[at]
    if not each.means(Concept.ALL) or each.folded not in _OF_THE or len(each.tokens) < _TWO:
        return False
    for behind in tagged[at + 1 :]:
        if behind.folded in _STOPS or behind.means(Concept.ALL, Concept.REST_LINES):
            return False
        if behind.lines is not None:
            return True
    return False


_TWO = 2  # words: del pedido


def _settled(tagged: Sequence[Tagged], at: int) -> Sequence[Tagged]:
    each = tagged[at]
    if each.folded == "reliquat" and _is_cancelled(tagged, at):
        return (replace(each, meaning=_REST),)
    if at and tagged[at - 1].folded not in _STOPS:
        return (each,)
    if _is_of_the_order(tagged, at):
        return (replace(each, meaning=_FILLER),)
    if each.folded == "reste" and each.means(Concept.DELIVER, *_YES):
        return _rest_and_yes(tagged, at)
    if each.folded in _OTHERWISE and _says_yes(tagged, at + 1):
        return (replace(each, meaning=_OTHERS),)
    return (each,)


_NEAR = 4  # words between what is left and its no


def _is_cancelled(tagged: Sequence[Tagged], at: int) -> bool:
    """Le reliquat est annulé, nous annulons le reliquat: it is the rest that will not come."""
    around = [*tagged[max(0, at - 3) : at], *tagged[at + 1 : at + 1 + _NEAR]]
    return any(each.means(Concept.REJECT) for each in around)


def _rest_and_yes(tagged: Sequence[Tagged], at: int) -> Sequence[Tagged]:
    """Reste inchangé, reste ok; "reste 60 pièces" counts what is left."""
    each = tagged[at]
    if len(each.tokens) > 1:
        return (replace(each, tokens=each.tokens[:1], meaning=_REST), replace(each, tokens=each.tokens[1:]))
    follows = at + 1 < len(tagged) and tagged[at + 1].means(*_YES)
    return (replace(each, meaning=_REST),) if follows else (each,)


def _says_yes(tagged: Sequence[Tagged], at: int) -> bool:
    """A yes and no other verb of an answer, up to the end of the sentence."""
    yes = False
    for each in tagged[at:]:
        if each.folded in _STOPS:
            break
        if each.means(Concept.REJECT, Concept.NEGATION, Concept.CONDITION, Concept.PREPAY):
            return False
        yes = yes or each.means(*_YES)
    return yes
