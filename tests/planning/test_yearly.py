"""The shape of the year: believed where two years agree, by category, as far as an item takes part."""

import numpy as np
import pytest

from planning.arrays import Numbers
from planning.settings import PlanSettings
from planning.yearly import year_of
from tests.makers.demand import make_history, make_items, make_plan

DAYS = 730
WAVE = np.exp(0.6 * np.sin(2 * np.pi * np.arange(DAYS + 14) / 365))  # it rises from the last day on
COUNT = 24


def make_demand(wave: Numbers) -> Numbers:
    """Two years of items that sell 8 a day on average: the first half in category tea with this wave, the rest without."""
    mean = 8 * np.where(np.arange(COUNT) < COUNT // 2, wave[:DAYS, None], 1)
    return np.random.default_rng(4).poisson(mean).astype(float)


@pytest.fixture(scope="module")
def planned() -> Numbers:
    """Demand a day that the plan expects of each item of tea and of salt."""
    items = make_items(COUNT, category=["tea"] * (COUNT // 2) + ["salt"] * (COUNT // 2))
    lines = make_plan(items, make_history(make_demand(WAVE))).lines
    return lines["demand_per_day"].to_numpy()


def test_what_a_category_sold_more_of_a_year_ago_is_expected_again(planned: Numbers) -> None:
    to_come = 8 * WAVE[DAYS:].mean()
    assert to_come > 1.03 * 8 * WAVE[DAYS - 14 : DAYS].mean()
    assert planned[: COUNT // 2].mean() == pytest.approx(to_come, rel=0.03)


def test_a_category_without_a_season_is_given_none(planned: Numbers) -> None:
    assert planned[COUNT // 2 :].mean() == pytest.approx(8, rel=0.03)


def test_an_item_that_takes_no_part_in_the_season_of_its_location_keeps_its_level() -> None:
    lines = make_plan(make_items(COUNT), make_history(make_demand(WAVE**2))).lines
    assert lines["demand_per_day"].to_numpy()[COUNT // 2 :].mean() == pytest.approx(8, rel=0.06)


@pytest.mark.parametrize(
    "total",
    [
        np.where(np.arange(DAYS) // 90 == 5, 150.0, 100.0),  # a peak that came once
        100.0 * 1.001 ** np.arange(DAYS),  # growth
        np.full(DAYS, 100.0),
    ],
)
def test_what_happened_once_is_no_season(total: Numbers) -> None:
    assert year_of(np.zeros(1, int), total[None, :]) is None


def test_the_year_of_an_item_does_not_depend_on_the_size_of_a_block() -> None:
    items, history = make_items(COUNT, category=["tea", "salt"] * (COUNT // 2)), make_history(make_demand(WAVE))
    parts = make_plan(items, history, settings=PlanSettings(block_items=7))
    assert parts.full.equals(make_plan(items, history).full)
