"""A late or short delivery compared with the promised one."""

from datetime import timedelta

import pytest

from orders.wording import wording
from planning.compute import Tables, plan_items
from planning.kept import forecast_from
from planning.settings import PlanSettings
from planning.slips import Slip, Supply, slips
from tests.makers.demand import TODAY, make_history, make_items, steady


def slip(supply: Supply, rate: float = 10) -> Slip:
    """One item that sells this many a day."""
    tables = Tables(make_items(), make_history(steady(rate)).lazy())
    plan = plan_items(tables, TODAY, PlanSettings(), wording("en"), keeps_forecast=True).full
    forecast, is_whole = forecast_from(list(plan.iter_rows(named=True)), TODAY, TODAY)
    return slips(forecast, is_whole, [supply], TODAY)[0]


def test_a_delivery_that_comes_after_the_stock_is_gone_lets_it_run_out() -> None:
    found = slip(Supply(on_hand=60, promised=[(3, 200)], then=[(10, 200)], days=14))
    assert found.runs_out
    assert found.chance_promised < 0.1
    assert found.chance_then > 0.95
    assert found.out_p50 is not None
    assert abs(found.out_p50 - (TODAY + timedelta(days=5))) <= timedelta(days=1)


def test_what_is_lost_is_the_demand_of_the_empty_days() -> None:
    found = slip(Supply(on_hand=60, promised=[(3, 200)], then=[(10, 200)], days=14))
    assert found.missing == pytest.approx(40, abs=5)  # four days at ten a day: the fifth to the ninth, less stock


def test_a_slip_that_stock_outlasts_changes_nothing() -> None:
    found = slip(Supply(on_hand=300, promised=[(3, 200)], then=[(10, 200)], days=14))
    assert not found.runs_out
    assert found.missing < 0.5


def test_a_delivery_that_comes_short_is_missed_later() -> None:
    found = slip(Supply(on_hand=60, promised=[(3, 200)], then=[(3, 20)], days=20))
    assert found.runs_out
    assert found.missing == pytest.approx(120, abs=12)


def test_what_would_run_out_anyway_does_not_run_out_because_of_the_slip() -> None:
    found = slip(Supply(on_hand=5, promised=[(10, 200)], then=[(17, 200)], days=20))
    assert found.chance_promised > 0.9
    assert not found.runs_out


def test_a_part_that_never_comes_into_sight_is_as_good_as_none() -> None:
    supply = Supply(on_hand=60, promised=[(3, 200)], then=[(60, 200)], days=14)
    assert slip(supply) == slip(Supply(on_hand=60, promised=[(3, 200)], then=[], days=14))


def test_nothing_asked_is_nothing_answered() -> None:
    forecast, is_whole = forecast_from([], TODAY, TODAY)
    assert slips(forecast, is_whole, [], TODAY) == ()


def test_a_kept_forecast_turns_with_the_week() -> None:
    kept = {**{f"path_{day}": float(day) for day in range(7)}, "stray_a_day": 1.0, "stray_drift": 0.0}
    row = {**kept, "level": 3.0, "is_whole": True}
    forecast, _ = forecast_from([row], TODAY, TODAY + timedelta(days=9))
    assert forecast.path[:, 0].tolist() == [2, 3, 4, 5, 6, 0, 1]
