"""The chance that an open delivery comes by a day, where the truth is known and where nothing is."""

import numpy as np
import polars as pl
import pytest

from planning.arrays import Whole
from planning.arrivals import EPISODES, ArrivalTable, Waiting, learn_arrivals
from tests.makers.demand import TODAY


def episodes(
    supplier: str, delays: Whole | list[int], state: Waiting = Waiting.PROMISED, *, seen: int = 365
) -> pl.DataFrame:
    """Deliveries that came with these delays; those later than what has been seen so far are still open."""
    came = np.asarray(delays)
    return pl.DataFrame(
        {
            "supplier": [supplier] * len(came),
            "state": [state.value] * len(came),
            "entered": [-10] * len(came),
            "left": np.minimum(came, seen),
            "arrived": came <= seen,
            "since": [TODAY] * len(came),
        },
        schema=EPISODES,
    )


def chance(table: ArrivalTable, supplier: str, age: int, days: int, state: Waiting = Waiting.PROMISED) -> float:
    return float(table.chances([supplier], [state], np.array([age]), days + 1)[days, 0])


def late_by(chosen: np.random.Generator, count: int, mean: float) -> Whole:
    return chosen.poisson(mean, count).astype(np.int64)


def test_a_shop_that_knows_nothing_believes_a_promise_by_half() -> None:
    table = learn_arrivals(pl.DataFrame(schema=EPISODES))
    assert 0.3 < chance(table, "new", -5, 5) < 0.7
    assert chance(table, "new", -5, 30) > 0.9


def test_a_supplier_that_is_always_three_days_late_is_expected_three_days_late() -> None:
    table = learn_arrivals(episodes("A", [3] * 40))
    assert table.days_until(["A"], [Waiting.PROMISED], np.array([-4]), 0.5).tolist() == [7]
    assert chance(table, "A", -4, 4) < 0.25


def test_a_new_supplier_is_taken_for_the_usual_one() -> None:
    table = learn_arrivals(pl.concat([episodes(name, [5] * 30) for name in "ABC"]))
    assert table.days_until(["D"], [Waiting.PROMISED], np.array([0]), 0.5).tolist() == [5]


def test_two_deliveries_say_little_of_a_supplier() -> None:
    usual = [episodes(name, [0] * 40) for name in "ABC"]
    table = learn_arrivals(pl.concat([*usual, episodes("D", [20, 20])]))
    assert chance(table, "D", -3, 4) > 0.6


def test_what_is_late_is_expected_from_today_on() -> None:
    table = learn_arrivals(episodes("A", late_by(np.random.default_rng(1), 400, 3)))
    assert chance(table, "A", 6, 0) > 0.3
    assert table.days_until(["A"], [Waiting.PROMISED], np.array([6]), 0.5).tolist()[0] <= 2


def test_deliveries_that_are_still_open_count_as_not_yet_come() -> None:
    delays = late_by(np.random.default_rng(2), 600, 10)
    half_seen = learn_arrivals(episodes("A", delays, seen=8))
    only_come = learn_arrivals(episodes("A", delays[delays <= 8]))
    truth = float((delays <= 7).mean())
    assert chance(half_seen, "A", -1, 8) == pytest.approx(truth, abs=0.06)
    assert chance(only_come, "A", -1, 8) > truth + 0.3


def test_a_reminder_that_helps_is_learnt() -> None:
    waits = episodes("A", late_by(np.random.default_rng(4), 200, 20), Waiting.UNANSWERED)
    asked = episodes("A", late_by(np.random.default_rng(5), 200, 3), Waiting.REMINDED)
    table = learn_arrivals(pl.concat([waits, asked]))
    assert chance(table, "A", 0, 5, Waiting.REMINDED) > chance(table, "A", 0, 5, Waiting.UNANSWERED) + 0.4


def test_chances_come_true_as_often_as_they_say() -> None:
    chosen = np.random.default_rng(6)
    means = {f"S{number}": mean for number, mean in enumerate(chosen.gamma(2, 3, 25))}
    table = learn_arrivals(pl.concat([episodes(name, late_by(chosen, 40, mean)) for name, mean in means.items()]))
    said, came = [], []
    for name, mean in means.items():
        future = late_by(chosen, 2000, mean)
        for age in (0, 3, 8):
            waiting = future[future >= age]
            for days in (1, 4, 10):
                said += [chance(table, name, age, days)] * len(waiting)
                came += (waiting <= age + days).tolist()
    says, comes = np.array(said), np.array(came, float)
    for low in np.arange(0, 1, 0.2):
        here = (says >= low) & (says < low + 0.2)
        assert comes[here].mean() == pytest.approx(says[here].mean(), abs=0.06)
    assert ((says - comes) ** 2).mean() < 0.8 * comes.var()


def test_nothing_open_is_nothing_asked() -> None:
    assert learn_arrivals(pl.DataFrame(schema=EPISODES)).days_until([], [], np.zeros(0, np.int64), 0.5).tolist() == []
