"""Packs, minimum order quantity and maximum stock."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.quantity import Limits, economic_batch, order_quantity

AMOUNTS = st.floats(0, 1e5)
PACKS = st.sampled_from([0.1, 0.25, 1.0, 6.0, 12.0, 37.0])


def limits(pack: float = 1, moq: float = 0, room: float = np.inf) -> Limits:
    return Limits(np.array([pack]), np.array([moq]), np.array([room]))


def order(need: float, bounds: Limits) -> float:
    return float(order_quantity(np.array([need]), bounds)[0][0])


@given(AMOUNTS, PACKS, AMOUNTS, AMOUNTS)
def test_no_order_breaks_pack_minimum_or_room(need: float, pack: float, moq: float, room: float) -> None:
    quantity = order(need, limits(pack, moq, room))
    assert abs(quantity / pack - round(quantity / pack)) < 1e-6
    assert quantity == 0 or quantity >= moq - 1e-6
    assert quantity <= room + 1e-6 * pack


@given(st.floats(1e-3, 1e5), PACKS, AMOUNTS)
def test_without_an_upper_bound_the_need_is_covered(need: float, pack: float, moq: float) -> None:
    quantity = order(need, limits(pack, moq))
    assert quantity >= need * (1 - 1e-6) - 1e-6
    assert quantity < max(need, moq, pack) + pack


@pytest.mark.parametrize(
    ("need", "pack", "moq", "quantity"),
    [(37, 12, 24, 48), (0, 12, 24, 0), (5, 12, 24, 24), (5, 12, 0, 12), (36, 12, 0, 36)],
)
def test_a_need_is_raised_to_packs_and_minimum(need: float, pack: float, moq: float, quantity: float) -> None:
    assert order(need, limits(pack, moq)) == quantity


def test_an_order_that_does_not_fit_is_held_down() -> None:
    quantity, is_held = order_quantity(np.array([50.0]), limits(pack=12, room=40))
    assert quantity[0] == 36
    assert is_held[0]


def test_an_order_that_cannot_be_small_enough_is_not_placed() -> None:
    assert order(50, limits(pack=12, moq=48, room=40)) == 0


def test_the_economic_batch_is_that_of_harris() -> None:
    assert economic_batch(np.array([10.0]), np.array([50.0]), np.array([2.5]))[0] == pytest.approx(382.1, abs=0.1)


def test_a_batch_never_lasts_longer_than_a_year() -> None:
    assert economic_batch(np.array([0.1]), np.array([1e6]), np.array([0.0]))[0] == 36.5


def test_without_order_cost_there_is_no_batch() -> None:
    assert economic_batch(np.array([10.0]), np.array([0.0]), np.array([0.0]))[0] == 0
