"""What a purchase order is."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.money import Money
from orders.purchase import LineState, content_hash
from orders.refusals import LineNotFound
from tests.makers.purchase import make_line, make_order


def test_the_total_rounds_each_line_to_cents() -> None:
    order = make_order(
        make_line(1, quantity=3, unit_price=Decimal("0.335")), make_line(2, quantity=3, unit_price=Decimal("0.335"))
    )
    assert order.total == Money(Decimal("2.02"), "PLN")


def test_a_total_with_an_unpriced_line_says_that_it_is_not_the_whole_truth() -> None:
    order = make_order(make_line(1, unit_price=None))
    assert order.has_unpriced_lines
    assert order.total.amount == 0


def test_what_the_supplier_confirmed_is_in_force() -> None:
    line = make_line(confirmed_quantity=96, confirmed_price=Decimal("4.35"), received=24)
    assert (line.expected_quantity, line.price, line.open_quantity) == (96, Decimal("4.35"), 72)


def test_an_ended_line_expects_nothing() -> None:
    assert make_line(state=LineState.SHORT_CLOSED, received=12).open_quantity == 0


def test_an_unknown_line_is_refused() -> None:
    with pytest.raises(LineNotFound):
        make_order().line_at(9)


@pytest.mark.parametrize(
    "edit",
    [
        {"quantity": 132},
        {"unit_price": Decimal("4.21")},
        {"unit_price": None},
        {"sku": "OTHER"},
        {"supplier_code": "BF-9"},
        {"pack_size": 6},
    ],
)
def test_a_material_edit_of_a_line_changes_the_hash(edit: dict[str, object]) -> None:
    order = make_order()
    assert content_hash(replace(order, lines=(replace(order.lines[0], **edit),))) != content_hash(order)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "edit", [{"delivery_date": date(2026, 12, 2)}, {"supplier": "OTHER"}, {"currency": "EUR"}, {"location": "WAW"}]
)
def test_a_material_edit_of_the_header_changes_the_hash(edit: dict[str, object]) -> None:
    assert content_hash(replace(make_order(), **edit)) != content_hash(make_order())  # type: ignore[arg-type]


@given(st.permutations([1, 2, 3, 4]))
def test_the_order_of_lines_does_not_change_the_hash(numbers: list[int]) -> None:
    lines = tuple(make_line(number) for number in numbers)
    assert content_hash(make_order(*lines)) == content_hash(make_order(*(make_line(n) for n in (1, 2, 3, 4))))


def test_the_notation_of_a_price_does_not_change_the_hash() -> None:
    short, long = (make_order(make_line(unit_price=Decimal(text))) for text in ("4.2", "4.200"))
    assert content_hash(short) == content_hash(long)
