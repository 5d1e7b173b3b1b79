"""Order numbers as people see and type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.numbers import OrderNumber, typed_number
from orders.quantity import packs_up
from orders.refusals import QuantityImpossible


@pytest.mark.parametrize("typed", ["142", "0142", "PO 142", "po-142", "PO-2026-0142", "PO/2026/142", "#142", " po142 "])
def test_a_person_may_type_a_number_in_many_ways(typed: str) -> None:
    assert typed_number(typed, this_year=2026) == OrderNumber(2026, 142)


@pytest.mark.parametrize("typed", ["", "order", "PO-", "12,5", "OAT-1L", "5901234123457"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert typed_number(typed, this_year=2026) is None


@given(st.integers(2000, 2099), st.integers(1, 99_999))
def test_a_written_number_reads_as_itself(year: int, serial: int) -> None:
    number = OrderNumber(year, serial)
    assert typed_number(str(number), this_year=1999) == number


@given(st.integers(0, 10**6), st.integers(1, 500))
def test_packs_enclose_the_quantity(quantity: int, pack: int) -> None:
    up = packs_up(quantity, pack)
    assert up - pack < quantity <= up
    assert up % pack == 0


def test_a_pack_holds_at_least_one() -> None:
    with pytest.raises(QuantityImpossible):
        packs_up(5, 0)
