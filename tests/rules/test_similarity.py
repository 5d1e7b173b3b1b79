"""How alike two orders are."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.purchase import PurchaseOrder
from rules.similarity import likeness
from tests.makers.purchase import make_line, make_order

BASKETS = st.dictionaries(st.sampled_from("ABCDE"), st.integers(1, 1000))


def order(**quantities: int) -> PurchaseOrder:
    lines = (make_line(place, sku=sku, quantity=each) for place, (sku, each) in enumerate(quantities.items(), start=1))
    return replace(make_order(), lines=tuple(lines))


@pytest.mark.parametrize(
    ("ours", "theirs", "percent"),
    [
        ({"A": 10}, {"A": 10}, "100.0"),
        ({"A": 10}, {"A": 8}, "80.0"),
        ({"A": 10}, {"B": 10}, "0.0"),
        ({"A": 10, "B": 10}, {"A": 10}, "50.0"),
        ({"A": 10, "B": 1000}, {"A": 10, "B": 500}, "75.0"),
        ({"A": 0}, {"A": 0}, "0.0"),
        ({}, {}, "0"),
    ],
)
def test_each_article_counts_the_same(ours: dict[str, int], theirs: dict[str, int], percent: str) -> None:
    assert likeness(order(**ours), order(**theirs)) == Decimal(percent)


@given(ours=BASKETS.filter(bool), theirs=BASKETS.filter(bool))
def test_likeness_is_a_percentage_and_the_same_both_ways(ours: dict[str, int], theirs: dict[str, int]) -> None:
    alike = likeness(order(**ours), order(**theirs))
    assert 0 <= alike <= 100
    assert alike == likeness(order(**theirs), order(**ours))


def test_lines_of_the_same_article_are_added() -> None:
    split = make_order(make_line(1, sku="A", quantity=4), make_line(2, sku="A", quantity=6))
    assert likeness(split, order(A=10)) == 100
