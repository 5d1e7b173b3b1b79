"""Chances of arrival held against what became of deliveries that they had not seen."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from planning.arrival_backtest import backtest_arrivals, known_on
from planning.arrivals import EPISODES, Waiting

START = date(2026, 1, 5)
HALF = START + timedelta(days=200)


def course(count: int = 40, seed: int = 1) -> pl.DataFrame:
    """Twenty suppliers, each late by its own Poisson mean, with a promise every ten days for a week ahead."""
    chosen = np.random.default_rng(seed)
    rows = [
        (f"S{supplier}", Waiting.PROMISED.value, -7, int(delay), True, START + timedelta(days=10 * number))
        for supplier, mean in enumerate(chosen.gamma(2, 2, 20))
        for number, delay in enumerate(chosen.poisson(mean, count))
    ]
    return pl.DataFrame(rows, schema=EPISODES, orient="row")


def test_chances_of_deliveries_not_seen_come_true_within_eight_points() -> None:
    score = backtest_arrivals(course(), HALF)
    assert score is not None
    assert score.asked > 1500
    assert [band for band in score.bands if band.count > 60 and abs(band.said - band.came) > 0.08] == []


def test_chances_err_less_than_believing_every_promise() -> None:
    score = backtest_arrivals(course(), HALF)
    assert score is not None
    assert score.brier < 0.5 * score.brier_of_promises


def test_what_came_later_was_not_known_then() -> None:
    rows = [
        ("A", "promised", -7, 10, True, HALF - timedelta(days=5)),
        ("A", "promised", -7, -4, True, HALF - timedelta(days=5)),
        ("A", "promised", -7, 1, True, HALF),
    ]
    known = known_on(pl.DataFrame(rows, schema=EPISODES, orient="row"), HALF)
    assert known.select("left", "arrived").rows() == [(-2, False), (-4, True)]


def test_what_is_still_open_answers_only_what_it_can() -> None:
    rows = [("A", "promised", -2, 5, False, HALF + timedelta(days=1))]
    score = backtest_arrivals(pl.DataFrame(rows, schema=EPISODES, orient="row"), HALF)
    assert score is not None
    assert score.asked == 2
    assert [band.came for band in score.bands] == [0.0] * len(score.bands)


def test_nothing_since_is_nothing_asked() -> None:
    assert backtest_arrivals(pl.DataFrame(schema=EPISODES), HALF) is None
