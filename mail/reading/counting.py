"""The quantities said of one line, counted together: of pieces and cases the one that adds up to what was ordered."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from mail.reading.amounts import pieces
from mail.reading.doubts import Doubt
from mail.reading.facts import Event, Facts, Figure, Role
from mail.reading.figures import Atom, Quantity
from mail.reading.lexicon import Unit
from orders.purchase import OrderLine

_MOST_OPEN = 4  # numbers that may be pieces or cases; more of them nobody could tell apart


@dataclass(frozen=True, slots=True)
class _Said:
    """A quantity by its place among the events, with every number of base units that it may mean."""

    place: int
    role: Role
    value: Quantity
    counts: tuple[int, ...]
    doubt: Doubt | None = None


def counted(facts: Facts, line: OrderLine, doubts: set[Doubt]) -> dict[int, int]:
    """Base units of each quantity by its place among the events; 0 and a doubt where that cannot be told."""
    said = [
        _said(at, each, line)
        for at, each in enumerate(facts.events)
        if isinstance(each, Figure) and isinstance(each.value, Quantity)
    ]
    unit = _unit_of_ordered(said, line)
    said = [_in_unit(each, unit, line) for each in said]
    chosen = _adding_up(facts, said, line)
    told: dict[int, int] = {}
    for each in said:
        known = chosen.get(each.place) or (each.counts[0] if len(each.counts) == 1 else None)
        if known is None and each.role in (Role.FINAL, Role.MISSING):
            doubts.add(each.doubt or Doubt.UNIT_UNKNOWN)
        told[each.place] = known or 0
    return told


def _said(place: int, figure: Figure, line: OrderLine) -> _Said:
    value = figure.value
    assert isinstance(value, Quantity)
    found = pieces(value, line)
    if value.whole and line.quantity in (value.value, value.value * line.pack_size):
        return _Said(place, figure.role, value, (line.quantity,))
    if isinstance(found, int):
        return _Said(place, figure.role, value, (found,))
    if found is Doubt.UNIT_UNKNOWN and value.unit in (None, Unit.WARES, Unit.PACKS) and _is_whole(value.value):
        return _Said(place, figure.role, value, (int(value.value), int(value.value * line.pack_size)), found)
    return _Said(place, figure.role, value, (), found)


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def _unit_of_ordered(said: Sequence[_Said], line: OrderLine) -> Unit | None:
    """In what the ordered quantity is named beside the new one: 5 instead of 6 cartons, 5 of 6."""
    for each in said:
        if each.role not in (Role.OLD, Role.TOTAL) or line.quantity not in each.counts:
            continue
        if each.value.unit is Unit.CASES or (each.value.value != line.quantity and each.value.unit is None):
            return Unit.CASES
        return Unit.PIECES
    return None


def _in_unit(said: _Said, unit: Unit | None, line: OrderLine) -> _Said:
    if unit is None or len(said.counts) < 2:
        return said
    count = int(said.value.value) * (line.pack_size if unit is Unit.CASES else 1)
    return _Said(said.place, said.role, said.value, (count,))


def _adding_up(facts: Facts, said: Sequence[_Said], line: OrderLine) -> dict[int, int]:
    """The one reading of all that comes and all that is missing that makes the ordered quantity."""
    parts = [each for each in said if each.role in (Role.FINAL, Role.MISSING)]
    unsure = [each for each in parts if len(each.counts) != 1]
    if not unsure or len(parts) < 2 or len(unsure) > _MOST_OPEN or not all(each.counts for each in parts):
        return {}
    if any(each in (Event.REST, Event.HALF) for each in facts.events):
        return {}
    fitting = [way for way in product(*(each.counts for each in parts)) if sum(way) == line.quantity]
    if len(fitting) != 1:
        return {}
    return {each.place: count for each, count in zip(parts, fitting[0], strict=True)}


def makes_the_whole(line: OrderLine, before: Sequence[Atom], facts: Facts) -> bool:
    """60 of it, the other 60 on the 15th: the two make what was ordered of the line, so they are both of it."""
    parts = [Figure(atom, Role.FINAL) for atom in before if isinstance(atom, Quantity)]
    parts += facts.figures(Quantity, Role.FINAL)
    told = counted(Facts(events=[*parts]), line, set())
    return len(parts) > 1 and sum(told.values()) == line.quantity


def exceeds(facts: Facts, line: OrderLine) -> bool:
    """True when some quantity that will come is more than was ordered of the line."""
    told = counted(facts, line, set()) if facts.figures(Quantity, Role.FINAL) else {}
    return any(count > line.quantity for count in told.values())
