"""One order line and what is said of it: the outcome, the figures after the reply, the doubts."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from mail.reading.amounts import base_price, pieces
from mail.reading.concepts import Concept
from mail.reading.doubts import Doubt
from mail.reading.facts import Event, Facts, Figure, Role
from mail.reading.figures import Day, Price, Quantity
from mail.reading.lexicon import Unit
from mail.reading.portions import Promise, promise
from orders.purchase import Delivery, OrderLine
from orders.reply import Evidence, LineReading, Outcome, Substitute

_ALL_FACETS = frozenset({Concept.PRICE, Concept.QUANTITY, Concept.DATE})


def read_line(
    line: OrderLine, facts: Facts, *, currency: str, own_day: date | None, evidence: tuple[Evidence, ...]
) -> tuple[LineReading, set[Doubt]]:
    """The reading of one line; with any doubt it only prefills a card."""
    doubts = set(facts.doubts)
    if any(day != own_day for day in facts.stray_days):
        doubts.add(Doubt.UNKNOWN_WORDS)
    coming = promise(facts, line, own_day, doubts)
    arrival = min((each.date for each in coming.deliveries if each.date is not None), default=own_day)
    if any(arrival is None or day > arrival for day in facts.priced_from):
        doubts.add(Doubt.PRICE_UNCLEAR)  # dearer from January on, and the goods come in December
    price = _price(facts, line, currency, doubts)
    _check_old(facts, line, own_day, currency, doubts)
    if _is_substitute(facts):
        return _substituted(line, facts, coming, price, own_day, evidence, doubts), doubts
    no = facts.bare_no and not facts.reject
    if no or (
        facts.short and not facts.backorder and not (coming.quantity is not None and coming.quantity < line.quantity)
    ):
        doubts.add(Doubt.UNEXPLAINED)
    if facts.offered_code is not None:
        doubts.add(Doubt.UNEXPLAINED)
    if _is_rejected(line, facts, coming, doubts):
        return LineReading(line.line, Outcome.REJECTED, 0, None, evidence=evidence), doubts
    if coming.later or (facts.backorder and not coming.deliveries):
        return _backordered(line, facts, coming, evidence), doubts
    if facts.dropped_rest and not (coming.quantity is not None and coming.quantity < line.quantity):
        doubts.add(Doubt.QUANTITY_UNCLEAR)
    _demand_figures(facts, coming, price, doubts)
    return _changed(line, coming, price, own_day, evidence), doubts


def _is_substitute(facts: Facts) -> bool:
    return facts.substitute and (facts.offered_code is not None or bool(facts.offered_text))


def _is_rejected(line: OrderLine, facts: Facts, coming: Promise, doubts: set[Doubt]) -> bool:
    """No article, unless it comes after all; "0 pieces" is a no as well."""
    if coming.quantity == 0 and not coming.deliveries:
        return True
    if not facts.reject:
        return False
    if facts.accept and not facts.dropped_rest:
        doubts.add(Doubt.CONTRADICTION)
    if facts.backorder or coming.later:
        doubts.discard(Doubt.TEMPORARY)
        return False
    if coming.deliveries and coming.quantity is None:
        doubts.discard(Doubt.TEMPORARY)
        return False
    if coming.quantity is not None or coming.deliveries:
        is_what_is_left = facts.has_left and 0 < (coming.quantity or 0) < line.quantity
        doubts |= set() if is_what_is_left else {Doubt.QUANTITY_UNCLEAR}
        return False
    return True


def _backordered(line: OrderLine, facts: Facts, coming: Promise, evidence: tuple[Evidence, ...]) -> LineReading:
    """All of it follows when the line as a whole is said to come later; else the quantity is not known."""
    quantity = coming.quantity
    if quantity is None and facts.all_follows and not facts.dropped_rest:
        quantity = line.quantity
    return LineReading(line.line, Outcome.BACKORDERED, quantity, None, evidence=evidence)


def _demand_figures(facts: Facts, coming: Promise, price: Decimal | None, doubts: set[Doubt]) -> None:
    """A denial or a change needs the figure that is true now; saying nothing is no reading."""
    figures = coming.quantity is not None or bool(coming.deliveries) or price is not None
    if facts.facets and not (facts.accept or facts.as_ordered or figures or facts.facets >= _ALL_FACETS):
        doubts.add(Doubt.FACET)
    counted = coming.quantity is not None and facts.events != [Event.REST]  # "the rest is fine" tells no figure
    if facts.wants_figure and not (counted or coming.deliveries or price is not None):
        doubts.add(Doubt.LATE_UNKNOWN)
    if facts.change and not figures:
        doubts.add(Doubt.CHANGE_UNTOLD)
    if facts.substitute:
        doubts.add(Doubt.SUBSTITUTE_UNCLEAR)
    if not (figures or facts.accept or facts.as_ordered or facts.deliver or facts.change or facts.facets):
        doubts.add(Doubt.UNEXPLAINED)


def _changed(
    line: OrderLine, coming: Promise, price: Decimal | None, own_day: date | None, evidence: tuple[Evidence, ...]
) -> LineReading:
    quantity = line.quantity if coming.quantity is None else coming.quantity
    new_price = line.unit_price if price is None else price
    same = (
        quantity == line.quantity
        and new_price == line.unit_price
        and all(each.date == own_day for each in coming.deliveries)
        and len(coming.deliveries) <= 1
    )
    outcome = Outcome.ACCEPTED if same else Outcome.CHANGED
    return LineReading(line.line, outcome, quantity, new_price, coming.deliveries, evidence=evidence)


def _substituted(
    line: OrderLine,
    facts: Facts,
    coming: Promise,
    price: Decimal | None,
    own_day: date | None,
    evidence: tuple[Evidence, ...],
    doubts: set[Doubt],
) -> LineReading:
    """Another article is offered: its code and price; quantity and deliveries only where they are said."""
    doubts.discard(Doubt.TEMPORARY)
    deliveries = coming.deliveries
    if coming.quantity and not deliveries and facts.as_ordered and own_day is not None:
        deliveries = (Delivery(own_day, coming.quantity),)  # 120 pieces, same delivery date
    offer = Substitute(facts.offered_code, facts.offered_text or None, price)
    return LineReading(line.line, Outcome.SUBSTITUTED, coming.quantity, None, deliveries, offer, evidence)


def _price(facts: Facts, line: OrderLine, currency: str, doubts: set[Doubt]) -> Decimal | None:
    said = [each.value for each in facts.figures(Price, Role.FINAL) if isinstance(each.value, Price)]
    found = [base_price(each, line, currency) for each in said]
    prices = {each for each in found if isinstance(each, Decimal)}
    if len(prices) > 1 and len(facts.figures(Quantity, Role.FINAL)) < 2:
        prices.discard(line.unit_price)  # from 6.40 to 6.65: the order's own price is the old one
    unclear = [(each, why) for each, why in zip(said, found, strict=True) if isinstance(why, Doubt)]
    if len(prices) > 1 or any(not _is_difference(each, why, prices, line) for each, why in unclear):
        doubts |= {why for _, why in unclear} or {Doubt.PRICE_UNCLEAR}
        return None if len(prices) > 1 else next(iter(prices), None)
    return next(iter(prices), None)


def _is_difference(said: Price, why: Doubt, prices: Collection[Decimal], line: OrderLine) -> bool:
    """Dearer by 0.30, so 6.65: what lies between the old price and the new one."""
    if why is not Doubt.PRICE_UNCLEAR or line.unit_price is None or len(prices) != 1 or said.basis_unit is not None:
        return False
    return abs(next(iter(prices)) - line.unit_price) == said.amount


def _is_bare_count(value: Quantity, line: OrderLine) -> bool:
    """Ordered pieces or cases, said without a unit: "5 cartons instead of 6"."""
    return value.unit is None and line.quantity in (value.value, value.value * line.pack_size)


def _is_rest(denied: Figure, facts: Facts, line: OrderLine) -> bool:
    """Only 20, the last 4 are not coming: together they are what was ordered."""
    told = list({_value(each): each for each in facts.figures(Quantity, Role.FINAL)}.values())
    same = {pieces(each.value, line) for each in told if isinstance(each.value, Quantity)}
    told = told[:1] if len(same) == 1 else told  # 20 cases (80 pcs) is one quantity
    if denied.role is not Role.DENIED or len(told) != 1 or not isinstance(denied.value, Quantity):
        return False
    assert isinstance(told[0].value, Quantity)
    coming = pieces(told[0].value, line)
    left = {int(denied.value.value), int(denied.value.value * line.pack_size)}  # pieces, or cases said without the word
    adds_up = isinstance(coming, int) and line.quantity - coming in left
    facts.wants_figure = facts.wants_figure and not adds_up
    return adds_up


def _is_pack(total: Figure, facts: Facts, line: OrderLine) -> bool:
    """4 cartons of 15: what one of them holds, where the order's hold so many."""
    cases = any(
        isinstance(f.value, Quantity) and f.value.unit is Unit.CASES for f in facts.figures(Quantity, Role.FINAL)
    )
    value = total.value
    return (
        cases
        and total.role is Role.TOTAL
        and isinstance(value, Quantity)
        and value.unit is None
        and value.value == line.pack_size
    )


def _value(figure: Figure) -> object:
    return figure.value


def _only_weekdays(facts: Facts) -> bool:
    """Not Tuesday but Wednesday: nobody knows of which week, when Tuesday is not this week's."""
    return any(isinstance(each.value, Day) and each.value.by_weekday for each in facts.figures(Day, Role.FINAL))


def _is_weekday_of(said: Day, day: date | None) -> bool:
    """Not the Tuesday: the order's own day, called by its weekday."""
    return said.by_weekday and said.value is not None and day is not None and said.value.weekday() == day.weekday()


def _check_old(facts: Facts, line: OrderLine, own_day: date | None, currency: str, doubts: set[Doubt]) -> None:
    """Figures called old, ordered or denied must be the order's own: else they speak of something else."""
    for each in facts.events:
        if not isinstance(each, Figure) or each.role in (Role.FINAL, Role.MISSING):
            continue
        value = each.value
        if isinstance(value, Quantity):
            right = pieces(value, line) == line.quantity or _is_bare_count(value, line) or _is_rest(each, facts, line)
            right = right or _is_pack(each, facts, line)
        elif isinstance(value, Day):
            right = value.value == own_day or (_is_weekday_of(value, own_day) and not _only_weekdays(facts))
        else:
            right = base_price(value, line, currency) == line.unit_price
        if not right:
            doubts.add(Doubt.CONTRADICTION)
