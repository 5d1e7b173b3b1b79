"""What a sentence that answers leaves open as a whole, whatever its claims are."""

from collections.abc import Iterator

from mail.reading.concepts import Concept
from mail.reading.doubts import Doubt
from mail.reading.figures import Lines, Quantity
from mail.reading.lexicon import Unit, language
from mail.reading.sentences import Sentence
from mail.reading.tokens import fold
from mail.reading.unheard import halves_unknown


def doubts_of_sentence(sentence: Sentence, text: str) -> Iterator[Doubt]:
    """Half of what nobody knows; the first of two goes."""
    if halves_unknown(sentence, text):
        yield Doubt.UNKNOWN_WORDS
    if _counts_times(sentence):
        yield Doubt.WHICH_LINE
    if _tells_one_turn(sentence, text):
        yield Doubt.QUANTITY_UNCLEAR


def _counts_times(sentence: Sentence) -> bool:
    """The toothpaste comes in two goes, the first on the 11th: the first of the goes, and no first line."""
    by = [atom.by for atom in sentence.atoms if isinstance(atom, Lines)]
    return sentence.has(Concept.CHANGE) and "place" in by and bool({"name", "family", "code"}.intersection(by))


_OTHERS = (Concept.REST, Concept.REST_LINES, Concept.LATER, Concept.BACKORDER, Concept.HALF)


def _tells_one_turn(sentence: Sentence, text: str) -> bool:
    """It comes in two parts, 24 in time: what the other part is, and when it comes, is not said."""
    counted = sum(isinstance(atom, Quantity) and atom.unit is not Unit.PALLETS for atom in sentence.atoms)
    if counted != 1 or sentence.has(*_OTHERS):
        return False
    return language(sentence.spoken).finds("turns", fold(text[sentence.span.start : sentence.span.end]))
