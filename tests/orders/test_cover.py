"""How long stock lasts as ordered and as answered."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from orders.cover import Effect, arrivals_as_answered, arrivals_as_ordered, runs_out_on
from orders.purchase import Delivery
from orders.reply import LineReading, Outcome
from orders.stock import Coming
from tests.makers.purchase import make_line, make_order

TODAY, FIRST = date(2026, 11, 23), date(2026, 12, 1)
ORDER = make_order(make_line(1, quantity=120), delivery_date=FIRST)


def arriving(quantity: int, day: date | None) -> Coming:
    return Coming("PO", day, quantity)


def test_stock_that_just_covers_a_day_lasts_that_day() -> None:
    assert runs_out_on(8, Decimal(4), (), TODAY) == date(2026, 11, 25)
    assert runs_out_on(0, Decimal(4), (), TODAY) == TODAY


def test_goods_help_from_their_day_on_and_a_late_one_too_late() -> None:
    assert runs_out_on(8, Decimal(4), [arriving(4, date(2026, 11, 25))], TODAY) == date(2026, 11, 26)
    assert runs_out_on(8, Decimal(4), [arriving(400, date(2026, 11, 26))], TODAY) == date(2026, 11, 25)


def test_what_is_overdue_is_expected_today_and_what_has_no_day_never() -> None:
    assert runs_out_on(0, Decimal(4), [arriving(4, date(2026, 11, 1))], TODAY) == date(2026, 11, 24)
    assert runs_out_on(0, Decimal(4), [arriving(400, None)], TODAY) == TODAY


def test_without_demand_nothing_runs_out() -> None:
    assert runs_out_on(0, Decimal(0), (), TODAY) is None


def test_an_answer_takes_the_order_s_place() -> None:
    line = ORDER.lines[0]
    parts = (Delivery(date(2026, 12, 3), 60), Delivery(None, 36))
    assert arrivals_as_ordered(ORDER, line) == (Coming(ORDER.number, FIRST, 120),)
    assert arrivals_as_answered(ORDER, line, LineReading(1, Outcome.CHANGED, 96)) == (Coming(ORDER.number, FIRST, 96),)
    assert [
        each.day for each in arrivals_as_answered(ORDER, line, LineReading(1, Outcome.CHANGED, 96, None, parts))
    ] == [
        date(2026, 12, 3),
        None,
    ]


def test_what_will_not_come_or_nobody_knows_when_is_not_counted_on() -> None:
    line = ORDER.lines[0]
    for outcome in (Outcome.REJECTED, Outcome.SUBSTITUTED, Outcome.BACKORDERED):
        assert arrivals_as_answered(ORDER, line, LineReading(1, outcome, 120)) == ()
    assert arrivals_as_answered(ORDER, line, LineReading(1, Outcome.UNMENTIONED)) == arrivals_as_ordered(ORDER, line)


def test_an_effect_is_worse_when_stock_ends_sooner() -> None:
    assert Effect(1, None, FIRST).is_worse
    assert Effect(1, FIRST, TODAY).is_worse
    assert not Effect(1, TODAY, FIRST).is_worse
    assert not Effect(1, TODAY, None).is_worse


@given(some.integers(0, 400), some.integers(0, 200), some.integers(0, 200))
def test_less_never_lasts_longer(available: int, more: int, less: int) -> None:
    far = date(9999, 1, 1)
    big, small = sorted((more, less), reverse=True)
    longer = runs_out_on(available, Decimal(7), [arriving(big, FIRST)], TODAY) or far
    assert (runs_out_on(available, Decimal(7), [arriving(small, FIRST)], TODAY) or far) <= longer
