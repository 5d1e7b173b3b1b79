"""Every word of the vocabulary gives a value of its unit when all is known, and never raises when nothing is."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from orders.purchase import Delivery
from orders.reply import LineReading, MatchedBy, OrderResponse, Outcome, Substitute
from rules.calendar import SiteCalendar
from rules.facts import LineFacts, OrderFacts, ReplyFacts
from rules.figures.every import KNOWN, OWN
from rules.figures.line import LineGiven
from rules.figures.order import OrderGiven
from rules.figures.reply import ReplyGiven, ReplyLineGiven
from rules.rulefile import house_rulebook
from rules.vocabulary import Scope, Unit
from tests.makers.facts import MONDAY, make_facts, make_line_facts, make_reply_facts, make_supplier_facts
from tests.makers.purchase import make_line, make_order

EMPTY = replace(make_order(), lines=(make_line(unit_price=None),), delivery_date=None, currency="")
READING = LineReading(
    1, Outcome.CHANGED, 120, Decimal("4.30"), (Delivery(date(2026, 12, 2), 120),), Substitute("BF-2", "Soy drink")
)
RESPONSE = OrderResponse("PO-2026-0142", MatchedBy.THREAD, understood=True, lines=(READING,))
TYPES: dict[Unit, tuple[type, ...]] = {Unit.YES_NO: (bool,), Unit.TEXT: (str,), Unit.DAY: (date,)}
FULL_LINE = make_line_facts(
    launched_on=MONDAY, max_stock=900, runs_out=True, stockout_on=date(2026, 12, 4), demand_per_day=Decimal("7.5")
)
FULL = make_facts(
    FULL_LINE,
    approval_limit=Decimal(1000),
    open_orders=(make_order(number="PO-2026-0099"),),
    supplier=make_supplier_facts(address_failed_on=date(2026, 11, 20)),
)
KNOWING: dict[Scope, Any] = {
    Scope.ORDER: OrderGiven(make_order(), FULL),
    Scope.LINE: LineGiven(make_order(), FULL, make_line(), FULL_LINE),
    Scope.REPLY: ReplyGiven(make_order(), RESPONSE, make_reply_facts()),
    Scope.REPLY_LINE: ReplyLineGiven(make_order(), make_reply_facts(), make_line(), READING, FULL_LINE),
}
IGNORANT: dict[Scope, Any] = {
    Scope.ORDER: OrderGiven(EMPTY, OrderFacts(MONDAY)),
    Scope.LINE: LineGiven(EMPTY, OrderFacts(MONDAY), EMPTY.lines[0], LineFacts(1)),
    Scope.REPLY: ReplyGiven(EMPTY, RESPONSE, ReplyFacts(MONDAY)),
    Scope.REPLY_LINE: ReplyLineGiven(EMPTY, ReplyFacts(MONDAY), EMPTY.lines[0], None, LineFacts(1)),
}
EVERY = [(scope, name) for scope in Scope for name in OWN[scope]]


@pytest.mark.parametrize(("scope", "name"), EVERY)
def test_a_figure_has_the_type_of_its_unit(scope: Scope, name: str) -> None:
    figure = OWN[scope][name]
    assert isinstance(figure.compute(KNOWING[scope]), TYPES.get(figure.unit, (int, Decimal)))


@pytest.mark.parametrize(("scope", "name"), EVERY)
def test_a_figure_of_which_nothing_is_known_is_none_or_a_value(scope: Scope, name: str) -> None:
    figure = OWN[scope][name]
    value = figure.compute(IGNORANT[scope])
    assert value is None or isinstance(value, TYPES.get(figure.unit, (int, Decimal)))


@pytest.mark.parametrize("scope", Scope)
def test_a_setting_never_hides_a_fact(scope: Scope) -> None:
    assert set(house_rulebook().settings) & set(KNOWN[scope]) == set()


def test_the_earliest_delivery_is_an_open_day_where_the_calendar_is_known() -> None:
    known = LineGiven(make_order(), FULL, make_line(), make_line_facts(lead_time_days=5))
    unknown = replace(known, order_facts=replace(FULL, calendar=None))
    day = OWN[Scope.LINE]["earliest_delivery"].compute
    assert (day(known), day(unknown)) == (date(2026, 11, 30), date(2026, 11, 28))  # the 28th is a Saturday


def test_a_supplier_whose_days_are_all_closed_has_no_next_delivery_day() -> None:
    closed = replace(FULL, calendar=SiteCalendar("PL", frozenset(range(1, 8))))
    assert OWN[Scope.ORDER]["next_delivery_day"].compute(OrderGiven(make_order(), closed)) is None
