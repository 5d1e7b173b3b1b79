"""An offered article in a sentence: its code, and behind it the words and sizes that only describe it."""

from collections.abc import Sequence
from dataclasses import replace

from mail.reading.concepts import Concept
from mail.reading.figures import Atom, Lines, Other, OtherKind, Phrase, Price, Quantity, Span
from mail.reading.lexicon import Unit
from mail.reading.sentences import Sentence

_OFFERING = (Concept.SUBSTITUTE, Concept.OLD, Concept.NEW)
REFUSING = (Concept.REJECT, Concept.NEGATION, Concept.NOT_DELIVER, Concept.BACKORDER, Concept.SUBSTITUTE)
_PRICED = (Concept.PRICE, Concept.PRICE_HINT, Concept.PER, Concept.EACH, Concept.NET)


def with_description(sentence: Sentence, text: str, *, refused: bool) -> Sentence:
    """The sentence with everything that describes the offered article put into one piece behind its code.

    "RT-14, Schaltzug 2,2 m, 500 Stk. à 1,20": the cable's name and length are no line and no quantity of ours.
    `refused` tells that the words before had refused an article; `text` is what the atoms' spans point into.
    """
    refuses = sentence.has(*REFUSING) and any(isinstance(atom, Lines) for atom in sentence.atoms)
    if not (refused or refuses or sentence.has(*_OFFERING)):
        return sentence
    atoms = sentence.atoms
    at = next((n for n, atom in enumerate(atoms) if _is_foreign_code(atom)), None)
    if at is None:
        return sentence
    end = _end_of_description(atoms, at + 1)
    if not any(isinstance(atom, Lines) or _is_word(atom) for atom in atoms[at + 1 : end]):
        return sentence
    span = Span(atoms[at + 1].span.start, atoms[end - 1].span.end)
    described = Other(OtherKind.KNOWN, text[span.start : span.end].strip(" ,:()"), span)
    code = atoms[at]
    offers: list[Atom] = []
    if not sentence.has(*_OFFERING) and any(isinstance(atom, (Quantity, Price)) for atom in atoms[end:]):
        offers.append(Phrase(Concept.SUBSTITUTE, Span(code.span.start, code.span.start)))  # sold out, we send RX-622
    return replace(sentence, atoms=(*atoms[:at], *offers, code, described, *atoms[end:]))


def _is_foreign_code(atom: Atom) -> bool:
    return isinstance(atom, Other) and atom.kind is OtherKind.CODE


def _is_word(atom: Atom) -> bool:
    return isinstance(atom, Other) and atom.kind in (OtherKind.WORD, OtherKind.KNOWN)


def _end_of_description(atoms: Sequence[Atom], start: int) -> int:
    """Where the offer's own figures or another statement begin."""
    end = start
    inside = False
    while end < len(atoms) and _describes(atoms, end, inside=inside):
        if _is_mark(atoms[end], "("):
            inside = True
        if _is_mark(atoms[end], ")"):
            return end + 1
        end += 1
    while end > start and (_is_mark(atoms[end - 1], ",") or _is_mark(atoms[end - 1], "-")):
        end -= 1
    return end


def _is_mark(atom: Atom, mark: str) -> bool:
    return isinstance(atom, Other) and atom.kind is OtherKind.MARK and atom.text == mark


def _describes(atoms: Sequence[Atom], at: int, *, inside: bool) -> bool:
    atom = atoms[at]
    if isinstance(atom, Quantity):
        return inside or atom.unit is Unit.WEIGHT or (atom.unit is None and not _is_priced(atoms, at + 1))
    if isinstance(atom, Phrase):
        return inside or atom.concept in (Concept.OF, Concept.FILLER) or _joins_words(atoms, at)
    if isinstance(atom, Lines):
        return atom.by not in ("code", "number")
    return isinstance(atom, Other) and atom.kind is not OtherKind.ORDER


def _joins_words(atoms: Sequence[Atom], at: int) -> bool:
    """Paper and film, mit Gel: a little word between two words of the description."""
    phrase = atoms[at]
    joins = isinstance(phrase, Phrase) and phrase.concept in (Concept.AND, Concept.DATE_HINT, Concept.WITHOUT)
    return joins and at + 1 < len(atoms) and _is_word(atoms[at + 1]) and _is_word(atoms[at - 1])


def _is_priced(atoms: Sequence[Atom], at: int) -> bool:
    """500 à 1,20: a number before a price is the quantity."""
    following = next((atom for atom in atoms[at : at + 3] if not _is_mark(atom, ",")), None)
    return isinstance(following, Price) or (isinstance(following, Phrase) and following.concept in _PRICED)
