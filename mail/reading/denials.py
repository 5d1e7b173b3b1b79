"""What a no in a chunk means: not delivered, not confirmed, nothing more, or only an explanation."""

from collections.abc import Sequence

from mail.reading.concepts import Concept
from mail.reading.doubts import Doubt
from mail.reading.facts import Event, Facts, Role
from mail.reading.figures import Atom, Day, Lines, Other, OtherKind, Phrase, Price, Quantity


def only_explains(chunk: Sequence[Atom], facts: Facts) -> bool:
    """A bare no in brackets (the wood was not dry enough), or one that repeats: there is no more and will not be."""
    if repeats_no(chunk, facts):
        return True
    bare = all(
        isinstance(atom, Other) or (isinstance(atom, Phrase) and atom.concept in (Concept.NEGATION, Concept.FILLER))
        for atom in chunk
    ) and not any(isinstance(atom, Other) and atom.kind in (OtherKind.CODE, OtherKind.NUMBER) for atom in chunk)
    if not bare:
        return False
    if isinstance(chunk[0], Other) and chunk[0].text == "(":
        return True
    said = not any(isinstance(atom, Other) and atom.kind is OtherKind.WORD for atom in chunk)
    return facts.reject or (said and facts.dropped_rest)


# What may stand in a second no that only drives the first one home.
_REPEATING = frozenset({
    Concept.NEGATION, Concept.NOT_DELIVER, Concept.DELIVER, Concept.HAVE, Concept.SHIP, Concept.BACKORDER,
    Concept.LATER, Concept.REJECT, Concept.MORE, Concept.NEW, Concept.FILLER, Concept.OF, Concept.DATE_HINT,
    Concept.REASON, Concept.COMING,
})  # fmt: skip


def repeats_no(chunk: Sequence[Atom], facts: Facts) -> bool:
    """Sold out, and we won't have it again · épuisée et ne sera pas refabriquée: the line is rejected already."""
    if not facts.reject or facts.backorder:
        return False
    for atom in chunk:
        if isinstance(atom, Phrase):
            if atom.concept not in _REPEATING:
                return False
        elif not isinstance(atom, Other) or atom.kind in (OtherKind.CODE, OtherKind.NUMBER):
            return False
    return any(isinstance(a, Phrase) and a.concept not in (Concept.FILLER, Concept.NEGATION) for a in chunk)


# What a reason may be made of without saying more of the line.
_GROUNDS = frozenset({
    Concept.NEGATION, Concept.NOT_DELIVER, Concept.DELIVER, Concept.HAVE, Concept.SHIP, Concept.FILLER, Concept.OF,
    Concept.CHANGE, Concept.LATER, Concept.NEW, Concept.TEMPORARY, Concept.NOW, Concept.ORDER, Concept.COMING,
    Concept.DATE_HINT, Concept.PRICE_HINT, Concept.MORE, Concept.REASON, Concept.ALL, Concept.HEDGE, Concept.PER,
})  # fmt: skip


def without_reason(chunk: list[Atom], facts: Facts) -> list[Atom]:
    """The chunk without "because the container is not there yet", where something was said of the line before it."""
    at = next((n for n, a in enumerate(chunk) if isinstance(a, Phrase) and a.concept is Concept.REASON), None)
    if at is None:
        return chunk
    told = bool(facts.events) or facts.reject or facts.backorder
    told = told or any(isinstance(a, (Quantity, Price, Day)) or _ends_line(a) for a in chunk[:at])
    plain = all(
        (isinstance(a, Phrase) and a.concept in _GROUNDS)
        or (isinstance(a, Other) and a.kind not in (OtherKind.CODE, OtherKind.NUMBER))
        for a in chunk[at:]
    )
    return chunk[:at] if told and plain else chunk


def _ends_line(atom: Atom) -> bool:
    return isinstance(atom, Phrase) and atom.concept in (Concept.REJECT, Concept.BACKORDER)


def only_denies(chunk: Sequence[Atom], facts: Facts) -> bool:
    """Není a už nebude: a no and the lines' names, with no verb that it denies; it is counted, what follows must say it."""
    kinds = (OtherKind.KNOWN, OtherKind.MARK)
    bare = not facts.figures(Quantity, Role.FINAL) and all(
        isinstance(atom, Lines)
        or (isinstance(atom, Other) and atom.kind in kinds)
        or (isinstance(atom, Phrase) and atom.concept in (Concept.NEGATION, Concept.FILLER))
        for atom in chunk
    )
    facts.bare_noes += bare
    return bare


_IS_NOT_AND_WILL_NOT = 2  # noes


def take_bare_noes(facts: Facts) -> None:
    """There is none and there will be none: said twice of lines it is a no; once it is nothing that one could book."""
    if facts.bare_noes >= _IS_NOT_AND_WILL_NOT and facts.of_lines and not facts.events:
        facts.reject = True
    if facts.bare_noes and not facts.reject:
        facts.doubts.add(Doubt.UNEXPLAINED)


def no_more(chunk: Sequence[Atom]) -> bool:
    """And no more will be made before spring: no figure of this is one of the answer."""
    more = any(isinstance(atom, Phrase) and atom.concept is Concept.MORE for atom in chunk)
    return more and not any(isinstance(atom, (Quantity, Price, Lines)) for atom in chunk)


def take_no_more(concepts: Sequence[Concept], facts: Facts) -> None:
    """Behind a quantity the rest of it lapses; without one nothing comes at all."""
    if any(concept in (Concept.ACCEPT, Concept.AS_ORDERED, Concept.CHANGE) for concept in concepts):
        facts.doubts.add(Doubt.UNEXPLAINED)
    elif facts.figures(Quantity, Role.FINAL):
        facts.dropped_rest = True
    elif not facts.figures(Quantity, Role.MISSING):
        facts.reject = True


def take_negation(concepts: list[Concept], facts: Facts, *, denied: bool) -> None:
    """A negation reverses what stands in its chunk; what it leaves open is a doubt."""
    if not denied and _take_special(concepts, facts):
        return
    if Concept.REJECT in concepts or Concept.BACKORDER in concepts or Concept.CHANGE in concepts:
        facts.doubts.add(Doubt.UNEXPLAINED)
    elif Concept.ACCEPT in concepts:
        facts.doubts.add(Doubt.NOT_CONFIRMED)
    elif Concept.TILL in concepts and not denied:
        facts.deliver = True  # not until the 3rd: on the 3rd
    elif denied or Concept.AS_ORDERED in concepts or Concept.NOW in concepts or Concept.DATE in concepts:
        facts.wants_figure = True
    elif any(concept in (Concept.DELIVER, Concept.HAVE, Concept.SHIP) for concept in concepts):
        _take_no_delivery(concepts, facts)
    elif not facts.reject:
        facts.bare_no = True  # sold out, and will not be made again: the second no says nothing more


def _take_special(concepts: Sequence[Concept], facts: Facts) -> bool:
    """A no that means more than the opposite: no date known, no more to come, not deliverable and so cancelled."""
    if Concept.KNOWN in concepts and Concept.REJECT not in concepts:
        facts.backorder = True
    elif denies_then_rejects(concepts):
        facts.reject = True
    elif drops_rest(concepts, facts):
        facts.dropped_rest = True
    else:
        return False
    return True


_PARTLY = (Concept.ALL, Concept.BOTH, Concept.ONLY, Concept.REST, Concept.QUANTITY)


def _take_no_delivery(concepts: Sequence[Concept], facts: Facts) -> None:
    if facts.figures(Quantity, Role.FINAL, Role.MISSING):
        facts.dropped_rest = True  # only 60, and no more will be made
    else:
        facts.reject = True
    if Concept.TEMPORARY in concepts:
        facts.doubts.add(Doubt.TEMPORARY)
    if any(concept in _PARTLY for concept in concepts):
        facts.doubts.add(Doubt.UNEXPLAINED)


def drops_rest(concepts: Sequence[Concept], facts: Facts) -> bool:
    """The rest will not come; 25 pieces, no backorder."""
    moves = {Concept.DELIVER, Concept.HAVE, Concept.SHIP, Concept.REST, Concept.NEGATION, Concept.NOT_DELIVER}
    if (
        Concept.REST in concepts
        and facts.events[-1:] == [Event.REST]
        and set(concepts) <= moves
        and len(set(concepts)) > 2
    ):
        facts.events.pop()
        return True
    told = bool(facts.figures(Quantity, Role.FINAL))
    return told and set(concepts) <= {Concept.NEGATION, Concept.BACKORDER, Concept.LATER, Concept.FILLER, Concept.OF}


def denies_then_rejects(concepts: Sequence[Concept]) -> bool:
    """We cannot deliver it: please cancel. The no belongs to the verb behind it, not to the cancelling."""
    at = concepts.index(Concept.NEGATION)
    rest = [each for each in concepts[at + 1 :] if each not in (Concept.DATE_HINT, Concept.OF, Concept.FILLER)]
    return len(rest) > 1 and rest[0] in (Concept.DELIVER, Concept.HAVE) and Concept.REJECT in rest[1:]
