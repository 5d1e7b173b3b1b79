"""Whether chances of arrival come true: learnt from what was known on a day, asked of what came into a state after it."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from planning.arrays import Marks, Numbers, Whole
from planning.arrivals import ArrivalTable, learn_arrivals

HORIZONS = (0, 3, 7, 14)  # delays that are asked for: "will it be here so many days after its day?"
BANDS = 5


@dataclass(frozen=True, slots=True)
class Band:
    """Of the answers whose chance lay in one fifth: what was said on average, and how often it came true."""

    said: float
    came: float
    count: int


@dataclass(frozen=True, slots=True)
class ArrivalScore:
    """Mean squared error of the chances (Brier 1950), beside that of believing every promise to the day."""

    asked: int
    brier: float
    brier_of_promises: float
    bands: tuple[Band, ...]


def backtest_arrivals(episodes: pl.DataFrame, at: date) -> ArrivalScore | None:
    """Learn from episodes as they stood on `at`, and ask of those since; None when there is nothing to ask of."""
    table = learn_arrivals(known_on(episodes, at))
    later = episodes.filter(pl.col("since") >= at)
    parts = [_answers(table, later, delay) for delay in HORIZONS]
    said, came, promised = (np.concatenate([part[place] for part in parts]) for place in range(3))
    if not len(said):
        return None
    return ArrivalScore(
        len(said),
        float(np.square(said - came).mean()),
        float(np.square(promised - came).mean()),
        tuple(_bands(said, came)),
    )


def known_on(episodes: pl.DataFrame, at: date) -> pl.DataFrame:
    """The episodes as they stood at the beginning of a day: what came later was still open."""
    seen = pl.lit(at) - pl.col("since")
    now = pl.col("entered") + seen.dt.total_days()
    return episodes.filter(pl.col("since") < at).with_columns(
        arrived=pl.col("arrived") & (pl.col("left") < now), left=pl.min_horizontal("left", now)
    )


def _answers(table: ArrivalTable, later: pl.DataFrame, delay: int) -> tuple[Numbers, Numbers, Numbers]:
    """Chance said on coming into the state, what became of it, and what a believer would have said."""
    known = later.filter((pl.col("entered") <= delay) & (pl.col("arrived") | (pl.col("left") > delay)))
    if known.is_empty():
        return np.zeros(0), np.zeros(0), np.zeros(0)
    entered: Whole = known["entered"].to_numpy()
    days = delay - entered
    chances = table.chances(known["supplier"].to_list(), known["state"].to_list(), entered, int(days.max()) + 1)
    came: Marks = (known["arrived"] & (known["left"] <= delay)).to_numpy()
    return chances[days, np.arange(len(days))], came.astype(np.float64), np.ones(len(days))


def _bands(said: Numbers, came: Numbers) -> list[Band]:
    place = np.minimum((said * BANDS).astype(int), BANDS - 1)
    return [
        Band(float(said[place == band].mean()), float(came[place == band].mean()), int((place == band).sum()))
        for band in range(BANDS)
        if (place == band).any()
    ]
