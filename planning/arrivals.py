"""When an open delivery will come: the chance by day, from what became of earlier ones of the same supplier and state.

The delay of a delivery is counted in days from the day on which it is due: the promised day, or where nothing is
promised the day that its lead time leads to. Each day on which it could have come and did not lowers the chance of that
day (hazard = arrivals / deliveries at risk), so that deliveries that are still open tell as much as those that came
(Kaplan & Meier 1958). Few deliveries are drawn to those of all suppliers, and these to a prior, by a beta prior on each hazard
(Susarla & Van Ryzin 1976; Walker & Muliere 1997).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from planning.arrays import Marks, Numbers, Whole

FIRST, LAST = -60, 365  # delays that are told apart
EDGES = (-60, -21, -14, -7, *range(-6, 15), 18, 22, 29, 43, 61, 91, LAST + 1)  # first days of the bins of equal hazard
POOL_WEIGHT = 5.0  # deliveries of all suppliers together that weigh as much in a supplier's hazard as its own
PRIOR_WEIGHT = 3.0  # deliveries that the prior weighs as much as
LEAST_HAZARD = 1e-4


class Waiting(StrEnum):
    """What an open delivery waits in; each state has a course of its own."""

    UNANSWERED = "unanswered"  # sent, nothing said yet
    REMINDED = "reminded"  # sent and asked about again, nothing said yet
    PROMISED = "promised"  # the supplier named a day
    PRESSED = "pressed"  # the supplier named a day and was reminded after it


EPISODES = {
    "supplier": pl.String,
    "state": pl.String,
    "entered": pl.Int64,  # delay at which it came into the state: it was at risk from this day on
    "left": pl.Int64,  # delay at which it came, changed state, or is now
    "arrived": pl.Boolean,
    "since": pl.Date,  # the day on which it came into the state
}


@dataclass(frozen=True, slots=True)
class ArrivalTable:
    """Hazards by supplier and state; a supplier that is not known takes those of all."""

    hazard: Numbers  # (rows, days from FIRST to LAST): chance to come on this day, not having come before
    row: dict[tuple[str, str], int]
    pool: dict[str, int]

    def chances(self, supplier: Whole | list[str], state: list[str], age: Whole, days: int) -> Numbers:
        """(days, deliveries): chance to have come by the end of today, tomorrow, ..., given that it is not here yet.

        `age` is today's delay, negative before the due day.
        """
        rows = np.array([self._row(*key) for key in zip(supplier, state, strict=True)], int)
        start = np.clip(np.asarray(age) - FIRST, 0, LAST - FIRST)
        answer = np.empty((days, len(rows)))
        open_still = np.ones(len(rows))
        for day in range(days):
            open_still = open_still * (1 - self.hazard[rows, np.minimum(start + day, LAST - FIRST)])
            answer[day] = 1 - open_still
        return answer

    def days_until(self, supplier: list[str], state: list[str], age: Whole, chance: float, most: int = LAST) -> Whole:
        """Days from today (0) by whose end it has come with this chance; `most` where that is further away."""
        if not len(state):
            return np.zeros(0, np.int64)
        reached = self.chances(supplier, state, age, most) >= chance
        return np.where(reached.any(axis=0), reached.argmax(axis=0), most)

    def _row(self, supplier: str, state: str) -> int:
        return self.row.get((supplier, state), self.pool[state])


def learn_arrivals(episodes: pl.DataFrame) -> ArrivalTable:
    """Learn from what became of deliveries; without any, the prior is what remains."""
    prior = _prior()
    rows: list[Numbers] = []
    row: dict[tuple[str, str], int] = {}
    pool: dict[str, int] = {}
    by_state = {str(key[0]): part for key, part in episodes.partition_by("state", as_dict=True).items()}
    whole = _drawn(*_counts(episodes), prior, PRIOR_WEIGHT)
    for state in Waiting:
        part = by_state.get(state, episodes.clear())
        common = _drawn(*_counts(part), whole, PRIOR_WEIGHT)
        pool[state] = len(rows)
        rows.append(common)
        for key, own in sorted(part.partition_by("supplier", as_dict=True).items()):
            row[str(key[0]), state] = len(rows)
            rows.append(_drawn(*_counts(own), common, POOL_WEIGHT))
    by_day = np.repeat(np.arange(len(EDGES) - 1), np.diff(EDGES))
    return ArrivalTable(np.stack(rows)[:, by_day], row, pool)


def _counts(episodes: pl.DataFrame) -> tuple[Numbers, Numbers]:
    """Arrivals in each bin, and days at risk in it. The day of leaving is at risk when it brought the goods."""
    bins = len(EDGES) - 1
    left = np.clip(episodes["left"].to_numpy(), FIRST, LAST)
    arrived: Marks = episodes["arrived"].to_numpy()
    entered = np.minimum(np.clip(episodes["entered"].to_numpy(), FIRST, LAST), left)
    end = left + arrived
    events = np.zeros(bins)
    np.add.at(events, np.searchsorted(EDGES, left[arrived], side="right") - 1, 1)
    risk = np.array(
        [
            np.clip(np.minimum(end, EDGES[place + 1]) - np.maximum(entered, EDGES[place]), 0, None).sum()
            for place in range(bins)
        ],
        np.float64,
    )
    return events, risk


def _drawn(events: Numbers, risk: Numbers, towards: Numbers, weight: float) -> Numbers:
    """Hazard of each bin as the mean of a beta that starts at `towards`, worth so many deliveries through the bin."""
    trust = weight * np.diff(EDGES)
    return np.clip((events + trust * towards) / (risk + trust), LEAST_HAZARD, 1.0)


def _prior() -> Numbers:
    """Before anything is known: half of what is due comes in the three days around its day, few come much earlier."""
    starts = np.array(EDGES[:-1])
    return np.select([starts < -7, starts < -1, starts <= 1, starts < 29], [0.002, 0.02, 0.25, 0.12], 0.03)
