"""Which day of a sentence is no firm day of delivery: of a range, gone by, when it leaves, beside words that nobody knows."""

from collections.abc import Sequence

from mail.reading.concepts import Concept
from mail.reading.doubts import Doubt
from mail.reading.facts import Facts, Role
from mail.reading.figures import Atom, Day, Other, OtherKind, Phrase, Price, Vague
from mail.reading.roles import before_figure, behind_figure

_DATED = frozenset(
    {
        Concept.ACCEPT,
        Concept.AS_ORDERED,
        Concept.DELIVER,
        Concept.SHIP,
        Concept.SHIPPED,
        Concept.LATER,
        Concept.BACKORDER,
        Concept.CHANGE,
        Concept.NEW,
        Concept.OLD,
        Concept.DATE,
        Concept.NOW,
        Concept.NEGATION,
        Concept.NOT_DELIVER,
        Concept.REJECT,
        Concept.ONLY,
    }
)  # fmt: skip  what a delivery day stands beside

_LIMITING = frozenset({Concept.NEW, Concept.ONLY, Concept.NEGATION})  # the bottling only starts on Monday


def note_stray_days(chunk: Sequence[Atom], concepts: Sequence[Concept], facts: Facts) -> None:
    """On Thursday we have stocktaking: beside a word that nobody knows a day may be that of anything; so may "till Tuesday"."""
    strange = any(isinstance(atom, Other) and atom.kind is OtherKind.WORD for atom in chunk)
    limits = strange and not {Concept.REASON, Concept.TILL}.intersection(concepts)
    if facts.of_lines or (_DATED - _LIMITING if limits else _DATED).intersection(concepts):
        return
    farewell = Concept.UNTIL in concepts or Concept.TILL in concepts
    days = [atom for atom in chunk if isinstance(atom, Day)]
    facts.stray_days += [day.value for day in days if strange or (farewell and day.by_weekday)]


def is_dated(chunk: Sequence[Atom]) -> bool:
    """True when a day stands in the chunk that could be booked."""
    return any(isinstance(each, Day) and each.value is not None for each in chunk)


def judge_day(chunk: list[Atom], at: int, day: Day, role: Role, facts: Facts, *, ships: bool) -> None:
    """Doubt a day that is said to be the delivery's and may not be; `ships` when the chunk speaks of leaving."""
    if role is not Role.FINAL:
        return
    behind = behind_figure(chunk, at)
    if (
        day.why is Vague.LEAD_TIME
        and isinstance(behind, Phrase)
        and behind.concept is Concept.LATER
        and is_dated(chunk)
    ):
        return  # a week later, on the 8th: the date says it
    if day.why is Vague.PAST and (_since(chunk, at) or _explains_price(chunk, facts)):
        return
    if day.value is None:
        facts.doubts.add(Doubt.PAST_DATE if day.why is Vague.PAST else Doubt.VAGUE_DATE)
    if ships:
        facts.doubts.add(Doubt.SHIP_DATE)
    before = before_figure(chunk, at)
    opens = (Concept.OPEN_START, Concept.OF) if day.by_weekday else (Concept.OPEN_START,)  # з понеділка: from Monday on
    if isinstance(before, Phrase) and before.concept in opens:
        facts.doubts.add(Doubt.OPEN_DATE)


def _explains_price(chunk: Sequence[Atom], facts: Facts) -> bool:
    """2.40 instead of 2.20, the mill put them up on the 15th: behind a price a day that has gone by is no delivery."""
    comes = any(isinstance(each, Phrase) and each.concept in _COMING for each in chunk)
    words = any(isinstance(each, Other) and each.kind in (OtherKind.WORD, OtherKind.KNOWN) for each in chunk)
    priced = any(isinstance(each, Price) for each in chunk)
    return words and not (comes or priced) and bool(facts.figures(Price, Role.FINAL))


def dates_price(chunk: Sequence[Atom], at: int) -> bool:
    """Dal 1° dicembre costa 4,05: from then on the price is charged, where nothing is said of coming."""
    before = before_figure(list(chunk), at)
    opens = isinstance(before, Phrase) and before.concept is Concept.OPEN_START
    comes = any(isinstance(each, Phrase) and each.concept in _COMING for each in chunk)
    return opens and not comes and any(isinstance(each, Price) for each in chunk)


_COMING = (Concept.DELIVER, Concept.SHIP, Concept.LATER, Concept.BACKORDER, Concept.DATE)


def _since(chunk: list[Atom], at: int) -> bool:
    """The price since 1 November: a day that has gone by says from when on it is charged."""
    before = before_figure(chunk, at)
    opens = isinstance(before, Phrase) and before.concept is Concept.OPEN_START
    return opens and any(isinstance(each, Price) for each in chunk)
