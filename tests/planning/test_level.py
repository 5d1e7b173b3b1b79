"""What level and week follow, and what they do not."""

import numpy as np
import pytest

from planning.arrays import Numbers
from tests.makers.demand import make_history, make_items, make_plan, steady


def level(demand: Numbers) -> float:
    return float(levels(demand)[0])


def levels(demand: Numbers) -> Numbers:
    return make_plan(make_items(demand.shape[1]), make_history(demand)).full["level"].to_numpy()


@pytest.mark.parametrize("days", [16, 40])
def test_sellers_that_grew_threefold_some_weeks_ago_are_planned_at_their_new_size(days: int) -> None:
    grown = np.vstack([steady(10, 300, 20), steady(35, days, 20)])
    assert levels(grown).mean() == pytest.approx(35, rel=0.05)


def test_a_shop_whose_levels_move_is_followed_faster_than_one_in_which_they_stand() -> None:
    stepping = np.repeat(np.random.default_rng(5).uniform(0.2, 5, (14, 60)), 28, axis=0)
    moving, standing = np.random.default_rng(6).poisson(stepping).astype(float), steady(2.5, len(stepping), 60, seed=7)
    moving[:, 0] = standing[:, 0] = np.concatenate([steady(1, len(stepping) - 21)[:, 0], steady(2, 21)[:, 0]])
    assert levels(moving)[0] - 1 > 2 * (levels(standing)[0] - 1)


def test_a_seller_that_nearly_stopped_five_weeks_ago_is_no_longer_planned_at_its_old_size() -> None:
    assert level(np.vstack([steady(3, 330), steady(0.1, 35)])) < 0.6


def test_a_week_of_promotion_now_and_then_is_not_the_level_of_the_weeks_to_come() -> None:
    demand = steady(5, 364)
    bursts = np.repeat(np.arange(52) % 4 == 3, 7)  # every fourth week, the last one among them
    demand[bursts] *= 4
    assert level(demand) == pytest.approx(demand.mean(), rel=0.25)


def test_one_wholesale_order_in_a_year_is_not_expected_to_come_again_and_many_are() -> None:
    once, often = steady(3), steady(3)
    once[100] += 600
    often[15::30] += 600
    assert level(once) - 3 < 0.3 * 600 / 365
    assert level(often) - 3 > 0.6 * 600 / 30


def test_an_item_with_a_week_of_its_own_keeps_it_in_a_shop_without_one() -> None:
    demand = steady(5, 364, 20)
    demand[::7, 0] *= 4  # Mondays, and today is one
    lines = make_plan(make_items(20, lead_time_days=0, review_period_days=1), make_history(demand)).lines
    today = lines["demand_per_day"].to_numpy()
    assert today[0] == pytest.approx(demand[::7, 0].mean(), rel=0.1)
    assert today[1:].mean() == pytest.approx(5, rel=0.1)
