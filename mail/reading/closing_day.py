"""A day that may be of more lines than the last one: 96 of the oat, 60 of the rice. Delivery 15 December."""

from collections.abc import Mapping, Sequence

from mail.reading.answer import Spoken
from mail.reading.concepts import Concept
from mail.reading.facts import Role
from mail.reading.figures import Day, Other, OtherKind, Phrase, Price, Quantity


def closes_with_day(said: Spoken, named: Mapping[int, Sequence[Spoken]]) -> bool:
    """True when nothing but a day is told, after a word of coming, and more than one line was spoken of before."""
    facts = said.facts
    if not facts.figures(Day, Role.FINAL) or facts.figures(Quantity, *Role) or facts.figures(Price, *Role):
        return False
    first = next((a for a in said.claim.atoms if not (isinstance(a, Other) and a.kind is OtherKind.KNOWN)), None)
    comes = isinstance(first, Phrase) and first.concept in (Concept.DELIVER, Concept.DATE)
    return comes and sum(map(bool, named.values())) > 1
