"""Quantities and days of one line to promised deliveries: 60 now, the rest on the 15th."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mail.reading.amounts import pieces
from mail.reading.counting import counted
from mail.reading.doubts import Doubt
from mail.reading.facts import Event, Facts, Figure, Role
from mail.reading.figures import Day, Quantity
from mail.reading.lexicon import Unit
from orders.purchase import Delivery, OrderLine


class _Unset:
    """No day was said for a portion; None says that it comes on no firm day."""


_UNSET = _Unset()


@dataclass(slots=True)
class _Portion:
    quantity: int | Event | None = None
    day: date | _Unset | None = _UNSET
    is_now: bool = False  # the order's own day, said without naming it
    is_half: bool = False  # counted from the ordered quantity, not named


@dataclass(frozen=True, slots=True)
class Promise:
    """What will come of a line: None for a quantity that was not said; deliveries empty when no day was."""

    quantity: int | None
    deliveries: tuple[Delivery, ...]
    later: bool = False  # everything comes on no firm day


def promise(facts: Facts, line: OrderLine, own_day: date | None, doubts: set[Doubt]) -> Promise:
    """The deliveries that the facts promise; what stays unclear goes into `doubts`."""
    _let_missing_follow(facts, line, doubts)
    counts = counted(facts, line, doubts)
    portions = _portions(facts, counts, line, own_day, doubts)
    if facts.strange_units and not _adds_up(facts, counts, line):
        doubts.add(Doubt.UNIT_UNKNOWN)
    missing = [counts[at] for at, each in enumerate(facts.events) if _is_missing(each)]
    if missing and not any(each.quantity is not None for each in portions):
        return _short(line, missing, portions, doubts)
    if not portions:
        return Promise(None, ())
    portions = _with_equal_parts(_without_total(portions), line)
    coming = _single(portions[0], line) if len(portions) == 1 else _split(portions, line, own_day, doubts)
    unclear = facts.adds and coming.quantity != line.quantity
    if unclear or (missing and (coming.quantity or 0) + missing[0] != line.quantity):
        doubts.add(Doubt.QUANTITY_UNCLEAR)
    return coming


def _adds_up(facts: Facts, counts: Mapping[int, int], line: OrderLine) -> bool:
    """The numbers make the ordered quantity, or the ordered quantity is named beside them: 40 tubs instead of 48."""
    named = [each.value for each in facts.figures(Quantity, Role.OLD, Role.TOTAL)]
    for said in named:
        if isinstance(said, Quantity) and said.unit in (None, Unit.PIECES) and said.value == line.quantity:
            return True
    return line.quantity == sum(counts[at] for at, each in enumerate(facts.events) if _comes(each))


def _comes(event: Figure | Event) -> bool:
    """A quantity that comes or is missing: together they are what was ordered."""
    counts = isinstance(event, Figure) and isinstance(event.value, Quantity)
    return counts and isinstance(event, Figure) and event.role in (Role.FINAL, Role.MISSING)


def _let_missing_follow(facts: Facts, line: OrderLine, doubts: set[Doubt]) -> None:
    """The 20 that are missing follow on the 22nd: they are a portion, and the day is theirs and not that of the others."""
    for at, each in enumerate(facts.events[:-1]):
        following = facts.events[at + 1]
        is_day = isinstance(following, Figure) and isinstance(following.value, Day) and following.role is Role.FINAL
        if not _is_missing(each) or not (is_day or following is Event.LATER):
            continue
        if not facts.backorder and following is not Event.LATER:
            doubts.add(Doubt.QUANTITY_UNCLEAR)  # 20 missing, on the 22nd: do they come, or the others?
            return
        assert isinstance(each, Figure)
        facts.events[at] = Figure(each.value, Role.FINAL)
        if len(facts.figures(Quantity, Role.FINAL)) == 1 and isinstance(each.value, Quantity):
            left = pieces(each.value, line)
            if isinstance(left, Doubt):
                doubts.add(left)
                return
            in_time = Quantity(Decimal(line.quantity - left), Unit.PIECES, each.value.span)
            facts.events.insert(at, Figure(in_time, Role.FINAL))
        return


def _is_missing(event: Figure | Event) -> bool:
    return isinstance(event, Figure) and isinstance(event.value, Quantity) and event.role is Role.MISSING


def _short(line: OrderLine, missing: list[int], portions: list[_Portion], doubts: set[Doubt]) -> Promise:
    """24 are missing: what was ordered without them."""
    left = line.quantity - missing[0]
    if len(set(missing)) != 1 or left < 0 or len(portions) > 1:
        doubts.add(Doubt.QUANTITY_UNCLEAR)
    day = portions[0].day if portions else _UNSET
    return Promise(left, (Delivery(day, left),) if isinstance(day, date) else ())


def _portions(
    facts: Facts, counts: Mapping[int, int], line: OrderLine, own_day: date | None, doubts: set[Doubt]
) -> list[_Portion]:
    """Pair each quantity with the day beside it, before or behind."""
    portions: list[_Portion] = []
    for at, each in enumerate(facts.events):
        if isinstance(each, Figure) and each.role is not Role.FINAL:
            continue
        if each is Event.HALF:
            if line.quantity % 2:
                doubts.add(Doubt.QUANTITY_UNCLEAR)
            _add_half(portions, line.quantity // 2)
        elif each is Event.REST or (isinstance(each, Figure) and isinstance(each.value, Quantity)):
            quantity = Event.REST if isinstance(each, Event) else counts[at]
            _add_quantity(portions, quantity, line)
        elif isinstance(each, Figure) and isinstance(each.value, Day) and each.value.value is not None:
            _add_day(portions, each.value.value)
        elif each is Event.NOW:
            _add_day(portions, own_day if own_day is not None else _UNSET)
            if portions:
                portions[-1].is_now = portions[-1].day == own_day
        elif each is Event.LATER:
            _add_day(portions, None)
    return portions


def _add_half(portions: list[_Portion], quantity: int) -> None:
    """Half now, half later are two portions though they count the same."""
    last = portions[-1] if portions else None
    if last is not None and last.quantity is None:
        last.quantity = quantity
    else:
        portions.append(_Portion(quantity))
    portions[-1].is_half = True


def _add_quantity(portions: list[_Portion], quantity: int | Event, line: OrderLine) -> None:
    """A quantity said twice is one, but two halves of what was ordered are two: 6 pairs, and 6 pairs later."""
    last = portions[-1] if portions else None
    is_other_half = isinstance(quantity, int) and 2 * quantity == line.quantity
    if last is not None and last.quantity is None:
        last.quantity = quantity
    elif last is not None and last.is_half and last.quantity == quantity:
        last.is_half = False  # half of it on the 3rd (45 pieces)
    elif last is None or last.quantity != quantity or last.day is not _UNSET or is_other_half:
        portions.append(_Portion(quantity))


def _add_day(portions: list[_Portion], day: date | _Unset | None) -> None:
    last = portions[-1] if portions else None
    if last is not None and (last.day is _UNSET or last.day == day):
        last.day = day
    elif last is None or day is not _UNSET:
        portions.append(_Portion(None, day))


def _single(portion: _Portion, line: OrderLine) -> Promise:
    quantity = line.quantity if portion.quantity is Event.REST else portion.quantity
    assert not isinstance(quantity, Event)
    if portion.day is None:
        return Promise(quantity, (), later=True)
    if isinstance(portion.day, _Unset) or portion.is_now:
        return Promise(quantity, ())
    coming = line.quantity if quantity is None else quantity
    return Promise(quantity, (Delivery(portion.day, coming),))


def _split(portions: list[_Portion], line: OrderLine, own_day: date | None, doubts: set[Doubt]) -> Promise:
    """Several portions: a first one with no day may be the whole, or come on the order's own day."""
    deliveries: list[Delivery] = []
    for at, each in enumerate(portions):
        quantity = each.quantity
        if quantity is Event.REST:
            quantity = line.quantity - sum(one.quantity for one in portions if isinstance(one.quantity, int))
        day = each.day
        if isinstance(day, _Unset) and at == 0 and own_day is not None and len(portions) > 1:
            day = own_day
        if not isinstance(quantity, int) or isinstance(day, _Unset) or quantity <= 0:
            doubts.add(Doubt.QUANTITY_UNCLEAR if not isinstance(quantity, int) or quantity <= 0 else Doubt.VAGUE_DATE)
            continue
        deliveries.append(Delivery(day, quantity))
    total = sum(each.quantity for each in deliveries)
    if len(deliveries) == 1 and deliveries[0].date is None:
        return Promise(total, (), later=True)
    return Promise(total or None, tuple(deliveries))


def _with_equal_parts(portions: list[_Portion], line: OrderLine) -> list[_Portion]:
    """20 each on the 14th, the 21st and the 4th: one quantity and several days, which together make the ordered one."""
    first, others = portions[0], portions[1:]
    if not others or not isinstance(first.quantity, int) or any(each.quantity is not None for each in others):
        return portions
    if first.quantity * len(portions) != line.quantity or not all(isinstance(each.day, date) for each in portions):
        return portions
    return [_Portion(first.quantity, each.day) for each in portions]


def _without_total(portions: list[_Portion]) -> list[_Portion]:
    """As in "120 pcs: 60 on the 1st, 60 on the 15th": the first number is the sum of the others."""
    first, others = portions[0], [each.quantity for each in portions[1:]]
    counted = [each for each in others if isinstance(each, int)]
    if len(counted) == len(others) > 1 and isinstance(first.day, _Unset) and first.quantity == sum(counted):
        return portions[1:]
    return portions
