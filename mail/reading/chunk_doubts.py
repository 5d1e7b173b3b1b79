"""Words that leave a claim open wherever they stand: a condition, a promise, a surcharge, two figures to choose from."""

from collections.abc import Iterator, Sequence

from mail.reading.concepts import Concept
from mail.reading.doubts import Doubt
from mail.reading.figures import Atom, Day, Lines, Price, Quantity

_ALWAYS_DOUBTFUL = {
    Concept.CONDITION: Doubt.CONDITION,
    Concept.FUTURE: Doubt.FUTURE,
    Concept.GROSS: Doubt.GROSS,
    Concept.SURCHARGE: Doubt.SURCHARGE,
    Concept.PREPAY: Doubt.PREPAY,
    Concept.MINIMUM: Doubt.CONDITION,
    Concept.HEDGE: Doubt.HEDGE,
    Concept.QUESTION: Doubt.QUESTION,
    Concept.ASK: Doubt.QUESTION,
    Concept.BANK: Doubt.BANK,
    Concept.INSTRUCTION: Doubt.INSTRUCTION,
    Concept.BELOW: Doubt.SEE_BELOW,
    Concept.ATTACHED: Doubt.SEE_ATTACHMENT,
}


def doubts_of(chunk: Sequence[Atom], concepts: Sequence[Concept]) -> Iterator[Doubt]:
    """What the words of a chunk leave open, whatever else it says; `concepts` are their meanings."""
    yield from (_ALWAYS_DOUBTFUL[concept] for concept in concepts if concept in _ALWAYS_DOUBTFUL)
    if Concept.OR in concepts and any(isinstance(atom, (Quantity, Day, Price, Lines)) for atom in chunk):
        yield Doubt.HEDGE
    if _talks_later(chunk, concepts):
        yield Doubt.UNEXPLAINED


def _talks_later(chunk: Sequence[Atom], concepts: Sequence[Concept]) -> bool:
    """About the quantities we talk later: not the goods come later."""
    later = Concept.LATER in concepts or Concept.BACKORDER in concepts
    figures = any(isinstance(atom, (Quantity, Price, Day, Lines)) for atom in chunk)
    return later and not figures and (Concept.QUANTITY in concepts or Concept.PRICE in concepts)
