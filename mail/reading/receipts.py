"""A mail that says only that ours has come, or promises an answer: no answer yet, and its days are no delivery days."""

from mail.reading.concepts import Concept
from mail.reading.figures import Day, Lines, Phrase, Price, Quantity
from mail.reading.sentences import Sentence
from mail.reading.tokens import fold

_WEAK = frozenset(
    {"ok", "okay", "yes", "yep", "ja", "oui", "si", "tak", "ano", "jo", "так", "top", "prima", "super", "k"}
)


def merely_received(sentence: Sentence, text: str) -> bool:
    """As in "yes, received": the yes is to the mail, not to the order."""
    if not sentence.has(Concept.RECEIVED) or sentence.has(
        Concept.AS_ORDERED, Concept.DELIVER, Concept.EXCEPT, Concept.ALL
    ):
        return False
    yes = [a for a in sentence.atoms if isinstance(a, Phrase) and a.concept is Concept.ACCEPT]
    words = [fold(text[a.span.start : a.span.end]).strip(" .") for a in yes]
    figures = any(isinstance(a, (Lines, Quantity, Price, Day)) for a in sentence.atoms)
    return bool(yes) and not figures and all(word in _WEAK for word in words)


def promises_paper(sentence: Sentence) -> bool:
    """As in "you will get our confirmation tomorrow": the day is that of the paper, not of the goods."""
    if not sentence.has(Concept.CONFIRMATION) or sentence.has(Concept.ACCEPT, Concept.AS_ORDERED, Concept.DATE):
        return False
    if any(isinstance(a, (Lines, Quantity, Price)) for a in sentence.atoms):
        return False
    moves = sentence.has(Concept.DELIVER, Concept.SHIP, Concept.HAVE, Concept.LATER, Concept.BACKORDER)
    return moves and (any(isinstance(a, Day) for a in sentence.atoms) or sentence.has(Concept.BACKORDER))


def promises_answer(sentence: Sentence) -> bool:
    """As in "I'll ask the warehouse and let you know tomorrow": the day is that of the answer, not of the goods."""
    if not sentence.has(Concept.FUTURE):
        return False
    figures = any(
        isinstance(a, (Quantity, Price)) or (isinstance(a, Lines) and a.by in ("code", "name")) for a in sentence.atoms
    )
    dated = any(isinstance(a, Day) for a in sentence.atoms)
    if dated and sentence.has(Concept.DELIVER, Concept.HEDGE):
        return False  # without a day it is only told what is asked: the stock
    return not figures and not sentence.has(*_SAID_OF_LINES)


def only_received(sentence: Sentence) -> bool:
    """As in "your order has come, tomorrow we'll …": with nothing said of a delivery the day is that of something else."""
    if not sentence.has(Concept.RECEIVED) or not any(isinstance(a, Day) for a in sentence.atoms):
        return False
    figures = any(isinstance(a, (Quantity, Price, Lines)) for a in sentence.atoms)
    return not figures and not sentence.has(
        *_SAID_OF_LINES, Concept.DELIVER, Concept.HEDGE, Concept.SHIP, Concept.CONDITION
    )


_SAID_OF_LINES = (
    Concept.ACCEPT,
    Concept.AS_ORDERED,
    Concept.NEGATION,
    Concept.REJECT,
    Concept.BACKORDER,
    Concept.SUBSTITUTE,
    Concept.MISSING,
    Concept.CHANGE,
    Concept.NOT_DELIVER,
    Concept.LATER,
    Concept.EXCEPT,
    Concept.ONLY,
    Concept.REST,
    Concept.REST_LINES,
    Concept.PREPAY,
    Concept.INVOICE,
    Concept.BANK,
    Concept.INSTRUCTION,
    Concept.SURCHARGE,
    Concept.DATE,
)  # fmt: skip
