"""Stock levels for a service target."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.distribution import Spread
from planning.target import level_for_cycle, level_for_fill


def over(days: float, mean: float, ratio: float, *, is_whole: bool = True) -> Spread:
    return Spread(np.array([mean * days]), np.array([mean * days * ratio]), np.array([is_whole]))


def unserved(level: float, mean: float, ratio: float, *, is_whole: bool = True) -> float:
    """Share of an interval's demand that is not served from stock, lead time 7 and review 7 days."""
    stock = np.array([level])
    whole, lead = over(14, mean, ratio, is_whole=is_whole), over(7, mean, ratio, is_whole=is_whole)
    return float((whole.shortage(stock) - lead.shortage(stock))[0] / (7 * mean))


def fill_level(mean: float, ratio: float, service: float, *, is_whole: bool = True) -> float:
    whole, lead = over(14, mean, ratio, is_whole=is_whole), over(7, mean, ratio, is_whole=is_whole)
    return float(level_for_fill(whole, lead, whole.mean - lead.mean, np.array([service]))[0])


@given(st.floats(1e-7, 300), st.floats(1.01, 1000), st.floats(0.5, 0.9999))
def test_the_fill_target_is_met_by_the_smallest_whole_level(mean: float, ratio: float, service: float) -> None:
    level = fill_level(mean, ratio, service)
    assert unserved(level, mean, ratio) <= (1 - service) * (1 + 1e-9)
    assert level == 0 or unserved(level - 1, mean, ratio) > 1 - service


def test_the_fill_target_of_a_fractional_item_is_met_closely() -> None:
    assert unserved(fill_level(0.4, 1.5, 0.97, is_whole=False), 0.4, 1.5, is_whole=False) == pytest.approx(
        0.03, rel=0.05
    )


def test_more_service_never_needs_less_stock() -> None:
    levels = [fill_level(3, 4, service) for service in (0.5, 0.8, 0.9, 0.95, 0.99, 0.9999)]
    assert levels == sorted(levels)


def test_an_item_without_demand_needs_no_level() -> None:
    assert fill_level(0, 1, 0.95) == 0


def test_cycle_service_is_a_quantile() -> None:
    whole = over(14, 3, 4)
    assert level_for_cycle(whole, np.array([0.95]))[0] == whole.quantile(0.95)[0]
