"""Amounts of money."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.money import CurrencyMismatch, Money

AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [("0.005", "PLN", "0.01"), ("-0.005", "PLN", "-0.01"), ("2.5", "JPY", "3"), ("1.234", "EUR", "1.23")],
)
def test_halves_are_rounded_away_from_zero(amount: str, currency: str, rounded: str) -> None:
    assert Money(Decimal(amount), currency).rounded().amount == Decimal(rounded)


def test_two_currencies_are_never_added() -> None:
    with pytest.raises(CurrencyMismatch):
        Money(Decimal(1), "PLN") + Money(Decimal(1), "EUR")


@given(AMOUNTS, AMOUNTS)
def test_a_sum_is_exact(left: Decimal, right: Decimal) -> None:
    assert (Money(left, "PLN") + Money(right, "PLN")).amount == left + right


@given(AMOUNTS)
def test_rounding_moves_an_amount_by_at_most_half_a_cent(amount: Decimal) -> None:
    assert abs(Money(amount, "PLN").rounded().amount - amount) <= Decimal("0.005")


@given(st.integers(0, 10_000), AMOUNTS)
def test_a_multiple_is_exact(count: int, price: Decimal) -> None:
    assert (Money(price, "PLN") * count).amount == price * count
