"""Sorts of answers, tolerances, and what policy makes of both."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from orders.answer_sorts import AnswerSort, sort_of
from orders.booking_terms import BookingTerms
from orders.changes import contradicts
from orders.policy import decide
from orders.purchase import Delivery, LineState, PurchaseOrder
from orders.reply import Decision, Kind, LineReading, MatchedBy, OrderResponse, Outcome
from orders.tolerance import Tolerance, Tolerances, tolerances
from tests.makers.purchase import make_line, make_order

ORDER = make_order(make_line(1, quantity=120, unit_price=Decimal("4.20")), delivery_date=date(2026, 12, 1))
NEXT_DAY = (Delivery(date(2026, 12, 2), 120),)


def response(order: PurchaseOrder = ORDER, *, understood: bool = True, **reading: Any) -> OrderResponse:
    values: dict[str, Any] = {"outcome": Outcome.CHANGED, "quantity": 120, "unit_price": Decimal("4.20")}
    return OrderResponse(order.number, MatchedBy.THREAD, understood, (LineReading(1, **(values | reading)),))


SORTS = [
    ({"outcome": Outcome.ACCEPTED}, AnswerSort.ACCEPTED),
    ({"quantity": 96}, AnswerSort.FEWER),
    ({"quantity": 132}, AnswerSort.MORE),
    ({"unit_price": Decimal("4.19")}, AnswerSort.CHEAPER),
    ({"unit_price": Decimal("4.21")}, AnswerSort.DEARER),
    ({"deliveries": NEXT_DAY}, AnswerSort.LATER),
    ({"deliveries": (Delivery(date(2026, 11, 30), 120),)}, AnswerSort.EARLIER),
    ({"deliveries": NEXT_DAY, "quantity": 96}, AnswerSort.MIXED),
    ({"deliveries": (Delivery(date(2026, 12, 1), 60), Delivery(date(2026, 12, 1), 60))}, AnswerSort.SPLIT),
    ({"outcome": Outcome.REJECTED, "quantity": 0}, AnswerSort.REJECTED),
    ({"outcome": Outcome.BACKORDERED}, AnswerSort.BACKORDERED),
    ({"outcome": Outcome.SUBSTITUTED}, AnswerSort.SUBSTITUTED),
    ({"outcome": Outcome.UNMENTIONED}, AnswerSort.PARTIAL),
    ({"understood": False}, AnswerSort.UNREAD),
]


@pytest.mark.parametrize(("reading", "sort"), SORTS)
def test_an_answer_is_of_one_sort(reading: dict[str, Any], sort: AnswerSort) -> None:
    assert sort_of(ORDER, response(**reading)) is sort


def test_a_line_left_out_makes_an_answer_partial() -> None:
    two = make_order(make_line(1), make_line(2))
    assert sort_of(two, response(two, outcome=Outcome.ACCEPTED)) is AnswerSort.PARTIAL


@pytest.mark.parametrize(
    ("difference", "allowed"), [("0", True), ("5", True), ("6", True), ("6.01", False), ("-6", True), ("-6.01", False)]
)
def test_a_difference_counts_only_above_both_the_share_and_the_amount(difference: str, allowed: bool) -> None:
    pair = Tolerance(percent=Decimal(5), absolute=Decimal(2))  # 5 % of 120 are 6
    assert pair.allows(Decimal(120), Decimal(difference)) is allowed


def test_a_small_amount_is_allowed_whatever_its_share() -> None:
    assert Tolerance(Decimal(1), Decimal(3)).allows(Decimal(10), Decimal(3))


def decided(terms: BookingTerms, order: PurchaseOrder = ORDER, **reading: Any) -> tuple[Decision, list[str]]:
    decision, reasons = decide(
        Kind.ORDER_RESPONSE, [response(order, **reading)], [order], trusted=True, ignorable=False, terms=terms
    )
    return decision, [reason.code for reason in reasons]


def wide(**settings: int) -> BookingTerms:
    return BookingTerms(tolerances({f"reply_{name}": value for name, value in settings.items()}))


@given(
    some.integers(0, 240),
    some.decimals("3", "6", places=2),
    some.dates(date(2026, 11, 20), date(2026, 12, 20)),
)
def test_by_default_nothing_but_a_full_acceptance_is_applied(quantity: int, price: Decimal, day: date) -> None:
    decision, _ = decided(BookingTerms(), quantity=quantity, unit_price=price, deliveries=(Delivery(day, quantity),))
    assert decision is Decision.REVIEW
    assert decided(BookingTerms(), outcome=Outcome.ACCEPTED)[0] is Decision.APPLY


WITHIN = [
    (wide(quantity_below_percent=10), {"quantity": 108}, {"quantity": 107}, "quantity-below"),
    (wide(quantity_above_units=12), {"quantity": 132}, {"quantity": 133}, "quantity-above"),
    (wide(price_up_percent=5), {"unit_price": Decimal("4.41")}, {"unit_price": Decimal("4.42")}, "price-higher"),
    (wide(price_down_percent=5), {"unit_price": Decimal("3.99")}, {"unit_price": Decimal("3.98")}, "price-differs"),
    (wide(late_days=1), {"deliveries": NEXT_DAY}, {"deliveries": (Delivery(date(2026, 12, 3), 120),)}, "date-differs"),
]


@pytest.mark.parametrize(("terms", "inside", "outside", "why"), WITHIN)
def test_an_answer_inside_the_tolerance_is_applied_and_the_next_one_is_not(
    terms: BookingTerms, inside: dict[str, Any], outside: dict[str, Any], why: str
) -> None:
    assert decided(terms, **inside) == (Decision.APPLY, [])
    assert decided(terms, **outside) == (Decision.REVIEW, [why])


def test_up_and_down_are_apart() -> None:
    assert decided(wide(price_up_percent=50), unit_price=Decimal("4.19"))[0] is Decision.REVIEW
    assert decided(wide(quantity_above_percent=50), quantity=119)[0] is Decision.REVIEW


@pytest.mark.parametrize(
    "reading",
    [
        {"outcome": Outcome.REJECTED, "quantity": 0},
        {"outcome": Outcome.BACKORDERED},
        {"outcome": Outcome.SUBSTITUTED},
        {"outcome": Outcome.UNMENTIONED},
        {"understood": False},
        {"unit_price": None},
        {"deliveries": (Delivery(date(2026, 12, 1), 60), Delivery(date(2026, 12, 1), 60))},
        {"deliveries": (Delivery(None, 120),)},
    ],
)
def test_no_tolerance_covers_what_is_no_figure(reading: dict[str, Any]) -> None:
    every = wide(
        quantity_below_percent=100, quantity_above_percent=100, price_up_percent=100, price_down_percent=100,
        late_days=100, early_days=100,
    )  # fmt: skip
    assert decided(every, **reading)[0] is Decision.REVIEW


def test_a_sort_that_was_earned_is_applied_and_one_that_was_lost_is_not() -> None:
    earned = BookingTerms(sorts={"BALTIC": frozenset({AnswerSort.FEWER})})
    assert decided(earned, quantity=12) == (Decision.APPLY, [])
    assert decided(earned, deliveries=NEXT_DAY) == (Decision.REVIEW, ["date-differs"])
    assert decided(earned, outcome=Outcome.ACCEPTED) == (Decision.REVIEW, ["autonomy-lost"])


def test_what_was_earned_never_outweighs_an_untrusted_sender() -> None:
    earned = BookingTerms(sorts={"BALTIC": frozenset({AnswerSort.FEWER})})
    decision, _ = decide(
        Kind.ORDER_RESPONSE, [response(quantity=12)], [ORDER], trusted=False, ignorable=False, terms=earned
    )
    assert decision is Decision.REVIEW


def test_a_tolerance_needs_figures_on_both_sides() -> None:
    unpriced = replace(ORDER.lines[0], unit_price=None)
    assert not Tolerances(price_up=Tolerance(Decimal(100))).allow_price(unpriced, Decimal(4))
    assert not Tolerances(late_days=9).allow_day(replace(ORDER, delivery_date=None), Delivery(date(2026, 12, 1), 1))


def test_an_answer_contradicts_what_is_booked_only_by_a_figure() -> None:
    confirmed = replace(ORDER.lines[0], state=LineState.CONFIRMED, confirmed_quantity=96)
    booked = replace(ORDER, lines=(confirmed,))
    assert contradicts(booked, response(quantity=120))
    assert not contradicts(booked, response(quantity=96))
    assert contradicts(booked, response(quantity=96, unit_price=Decimal(5)))
    assert not contradicts(booked, response(outcome=Outcome.UNMENTIONED))
    assert not contradicts(ORDER, response(quantity=96))
