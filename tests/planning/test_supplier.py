"""One supplier's lines under a budget or a minimum, measured against the exact optimum."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from planning.distribution import Spread
from planning.quantity import Limits
from planning.supplier import Lines, fit_budget, raise_to_minimum

Numbers = npt.NDArray[np.floating[Any]]


def make_lines(count: int, seed: int, *, has_minimum: bool) -> tuple[Lines, Numbers]:
    """Random lines of one supplier, and what each would like to have."""
    chance = np.random.default_rng(seed)
    mean = np.exp(chance.normal(3, 1, count))
    pack = chance.choice([1.0, 2.0, 6.0, 12.0, 24.0], count)
    cost = np.exp(chance.normal(1, 0.7, count))
    spread = Spread(mean, mean * chance.uniform(1.5, 6, count), np.ones(count, bool))
    moq = pack * chance.integers(1, 5, count) * float(has_minimum)
    lines = Lines(
        demand=spread,
        position=np.floor(mean * chance.uniform(0, 0.8, count)),
        worth=cost * chance.uniform(0.1, 0.8, count),
        holding=cost * 0.25 * 7 / 365,
        cost=cost,
        limits=Limits(pack, moq, np.full(count, np.inf)),
    )
    need = np.maximum(spread.quantile(0.97) - lines.position, 1)
    return lines, np.ceil(np.maximum(need, moq) / pack) * pack


def best_value(lines: Lines, wanted: Numbers, budget: float) -> float:
    """The optimum of the mixed-integer programme: one quantity for each line, all within the budget."""
    line, quantity = [], []
    for number, most in enumerate(wanted):
        pack, least = lines.limits.pack[number], max(lines.limits.moq[number], lines.limits.pack[number])
        choices = np.arange(least, most + pack / 2, pack)
        line += [number] * len(choices)
        quantity += list(choices)
    places, amounts = np.array(line), np.array(quantity)
    value = [_value_of(lines, number, amount) for number, amount in zip(places, amounts, strict=True)]
    once = (places == np.arange(len(wanted))[:, None]).astype(float)
    limits = [LinearConstraint(once, ub=1), LinearConstraint(lines.cost[places] * amounts, ub=budget)]
    found = milp(-np.array(value), integrality=np.ones(len(places)), bounds=Bounds(0, 1), constraints=limits)
    return float(-found.fun)


def _value_of(lines: Lines, number: int, amount: float) -> float:
    one = np.array([number])
    alone = Lines(lines.demand.only(one), lines.position[one], lines.worth[one], lines.holding[one], lines.cost[one],
                  lines.limits)  # fmt: skip
    return float(alone.value(np.array([amount]))[0])


@pytest.mark.parametrize("has_minimum", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_a_budget_is_spent_within_half_a_percent_of_the_optimum(seed: int, *, has_minimum: bool) -> None:
    lines, wanted = make_lines(40, seed, has_minimum=has_minimum)
    budget = float((wanted * lines.cost).sum()) / 2
    chosen = fit_budget(lines, wanted, budget)
    assert float((chosen * lines.cost).sum()) <= budget + 1e-6
    assert float(lines.value(chosen).sum()) >= 0.995 * best_value(lines, wanted, budget)


def test_a_budget_that_is_large_enough_changes_nothing() -> None:
    lines, wanted = make_lines(20, 1, has_minimum=True)
    assert (fit_budget(lines, wanted, 1e9) == wanted).all()


def test_a_budget_of_nothing_buys_nothing() -> None:
    lines, wanted = make_lines(20, 1, has_minimum=True)
    assert not fit_budget(lines, wanted, 0).any()


def test_lines_are_topped_up_to_the_minimum_and_hardly_beyond() -> None:
    lines, wanted = make_lines(20, 2, has_minimum=False)
    minimum = 1.3 * float((wanted * lines.cost).sum())
    raised = raise_to_minimum(lines, wanted, minimum, np.inf)
    assert raised is not None
    assert (raised >= wanted).all()
    total = float((raised * lines.cost).sum())
    assert minimum <= total + 1e-6
    assert total < 1.25 * minimum


def test_what_is_needed_soonest_is_topped_up_first() -> None:
    demand = Spread(np.array([70.0, 70.0]), np.array([140.0, 140.0]), np.array([True, True]))
    same = np.ones(2)
    lines = Lines(demand, np.array([60.0, 90.0]), same, same * 0.01, same, Limits(same, same * 0, same * np.inf))
    raised = raise_to_minimum(lines, np.zeros(2), 20, np.inf)
    assert raised is not None
    assert list(raised) == [20, 0]


@pytest.mark.parametrize(("budget", "room"), [(50.0, np.inf), (np.inf, 30.0)])
def test_a_minimum_beyond_budget_or_maximum_stock_cannot_be_reached(budget: float, room: float) -> None:
    lines, wanted = make_lines(3, 3, has_minimum=False)
    held = Lines(lines.demand, lines.position, lines.worth, lines.holding, lines.cost,
                 Limits(lines.limits.pack, lines.limits.moq, np.full(3, room)))  # fmt: skip
    assert raise_to_minimum(held, np.minimum(wanted, 0), 5000, budget) is None
