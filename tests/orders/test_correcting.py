"""Figures that a person types in the place of what was read."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from orders.correcting import FigureUnreadable, TypedLine, corrected, typed_line
from orders.purchase import Delivery
from orders.reply import Evidence, LineReading, Outcome
from tests.makers.purchase import make_line, make_order

ORDER = make_order(make_line(1, quantity=120, unit_price=Decimal("4.20")), delivery_date=date(2026, 12, 1))
LATER = date(2026, 12, 3)


def read(quantity: str = "", price: str = "", deliveries: str = "") -> LineReading:
    return corrected(ORDER, TypedLine(1, quantity, price, deliveries))


def test_nothing_typed_says_nothing() -> None:
    assert read() == LineReading(1, Outcome.UNMENTIONED)


def test_the_ordered_figures_are_an_acceptance() -> None:
    assert read("120", "4.20", "2026-12-01").outcome is Outcome.ACCEPTED
    assert read("120").unit_price == Decimal("4.20")


def test_no_pieces_are_a_rejection() -> None:
    assert read("0") == LineReading(1, Outcome.REJECTED, 0)


def test_a_question_mark_is_a_backorder() -> None:
    assert read("120", "", "?") == LineReading(1, Outcome.BACKORDERED, 120)


def test_parts_are_typed_with_their_pieces() -> None:
    assert read("120", "4,35", "96 = 2026-12-03; 24 = ?") == LineReading(
        1, Outcome.CHANGED, 120, Decimal("4.35"), (Delivery(LATER, 96), Delivery(None, 24))
    )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (("many", "", ""), "quantity"),
        (("-3", "", ""), "quantity"),
        (("١٢", "", ""), "quantity"),
        (("12", "dear", ""), "price"),
        (("12", "-1", ""), "price"),
        (("12", "NaN", ""), "price"),
        (("12", "", "tomorrow"), "deliveries"),
        (("12", "", "2026-13-01"), "deliveries"),
        (("12", "", "6 = 2026-12-03"), "deliveries"),
        (("12", "", "6 = 2026-12-03, 7 = ?"), "deliveries"),
    ],
)
def test_what_cannot_be_meant_is_refused_beside_its_field(typed: tuple[str, str, str], field: str) -> None:
    with pytest.raises(FigureUnreadable) as refusal:
        read(*typed)
    assert refusal.value.facts["field"] == field


def test_the_words_that_the_reading_rests_on_are_kept() -> None:
    evidence = (Evidence("only 96"),)
    assert corrected(ORDER, TypedLine(1, "96"), evidence).evidence == evidence


readings = some.builds(
    lambda quantity, price, parts: LineReading(
        1, Outcome.CHANGED, quantity + sum(parts), price, tuple(Delivery(LATER, each) for each in (quantity, *parts))
    ),
    some.integers(1, 500),
    some.decimals("0.01", "99", places=4),
    some.lists(some.integers(1, 50), max_size=3),
)


@given(readings)
def test_what_stands_in_the_fields_reads_back_as_what_was_read(reading: LineReading) -> None:
    assert corrected(ORDER, typed_line(ORDER.lines[0], reading)) == reading


def test_lines_that_say_no_figure_read_back_too() -> None:
    line = ORDER.lines[0]
    for reading in (
        LineReading(1, Outcome.UNMENTIONED),
        LineReading(1, Outcome.REJECTED, 0),
        LineReading(1, Outcome.BACKORDERED, 120),
    ):
        assert corrected(ORDER, typed_line(line, reading)) == reading
    assert typed_line(line, None) == TypedLine(1)
