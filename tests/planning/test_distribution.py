"""Demand as a distribution, checked against scipy's own and against numbers of the literature."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from planning.distribution import Spread


def spread(mean: float, variance: float, *, is_whole: bool = True) -> Spread:
    return Spread(np.array([mean]), np.array([variance]), np.array([is_whole]))


def binomial(mean: float, variance: float) -> stats.rv_discrete:
    return stats.nbinom(mean * mean / (variance - mean), mean / variance)


@given(st.floats(0.01, 500), st.floats(1.01, 30), st.floats(0.01, 0.9999))
def test_a_quantile_is_the_smallest_amount_that_covers_the_share(mean: float, ratio: float, share: float) -> None:
    one = spread(mean, mean * ratio)
    found = one.quantile(share)
    assert one.at_most(found)[0] >= share
    assert found[0] == 0 or one.at_most(found - 1)[0] < share


@pytest.mark.parametrize("stock", [0, 1, 5, 30, 100])
def test_shortage_is_the_expected_demand_beyond_the_stock(stock: int) -> None:
    beyond = np.arange(stock, 2000)
    truth = float(((beyond - stock) * binomial(20, 60).pmf(beyond)).sum())
    assert spread(20, 60).shortage(np.array([stock]))[0] == pytest.approx(truth, rel=1e-6, abs=1e-9)


def test_shortage_between_two_whole_levels_lies_on_the_line_between_them() -> None:
    low, middle, high = spread(20, 60).shortage(np.array([10.0]))[0], 0.0, spread(20, 60).shortage(np.array([11.0]))[0]
    middle = spread(20, 60).shortage(np.array([10.5]))[0]
    assert middle == pytest.approx((low + high) / 2)


def test_missing_stock_is_short_by_all_that_is_asked_and_owed() -> None:
    assert spread(20, 60).shortage(np.array([-5.0]))[0] == 25
    assert spread(20, 60, is_whole=False).shortage(np.array([-5.0]))[0] == 25


def test_the_newsvendor_of_a_poisson_demand_of_50_stocks_56() -> None:
    """Holding 0.18, penalty 0.70 (Snyder & Shen, example 4.7)."""
    assert spread(50, 50).quantile(0.70 / (0.18 + 0.70))[0] == 56


def test_steady_demand_in_fractions_follows_a_gamma() -> None:
    one = spread(50, 64, is_whole=False)
    assert one.quantile(0.795)[0] == pytest.approx(stats.gamma(50 * 50 / 64, scale=64 / 50).ppf(0.795))
    assert one.at_most(np.array([50.0]))[0] == pytest.approx(stats.gamma(50 * 50 / 64, scale=64 / 50).cdf(50))
    assert one.at_most(np.array([-1.0]))[0] == 0


def test_demand_steadier_than_chance_has_narrow_whole_quantiles() -> None:
    found = spread(140, 4).quantile(0.95)[0]
    assert found == round(found)
    assert 142 <= found <= 145


def test_a_gamma_shortage_integrates_its_tail() -> None:
    law = stats.gamma(4, scale=5)
    grid = np.linspace(25, 400, 200_001)
    truth = np.trapezoid(law.sf(grid), grid)
    assert spread(20, 100, is_whole=False).shortage(np.array([25.0]))[0] == pytest.approx(truth, rel=1e-4)


def test_no_demand_needs_no_stock() -> None:
    none = spread(0, 0)
    assert none.quantile(0.99)[0] == 0
    assert none.at_most(np.array([0.0]))[0] == 1
    assert none.shortage(np.array([0.0]))[0] == 0


def test_kinds_may_be_mixed() -> None:
    mixed = Spread(np.array([20.0, 20.0, 0.0]), np.array([60.0, 60.0, 0.0]), np.array([True, False, True]))
    alone = [spread(20, 60), spread(20, 60, is_whole=False), spread(0, 0)]
    assert list(mixed.at_most(np.full(3, 25.0))) == [each.at_most(np.array([25.0]))[0] for each in alone]
