"""How far demand over some days may stray: day variance and window variance blended, scaled to the present level."""

from dataclasses import dataclass

import numpy as np

from planning.arrays import Numbers, Whole
from planning.demand import Demand
from planning.settings import PlanSettings
from planning.sums import marked, total

WINDOW = 0.3  # share of the variance of window sums in the blend, where the history is long enough to show it
MOST_GROWTH = 5.0  # of the level over the history's mean, as far as variance follows it


@dataclass(frozen=True, slots=True)
class Strays:
    """Variance of cumulative demand grows as `a_day` t + `drift` t² with the days t."""

    a_day: Numbers
    drift: Numbers
    for_fill: Numbers  # share of it that a fill target needs, which averages over items known too well and too little

    def only(self, places: Whole) -> "Strays":
        """The same of some series."""
        return Strays(self.a_day[places], self.drift[places], self.for_fill[places])

    def after(self, days: Numbers | Whole | int) -> Numbers:
        """Variance of the demand of this many days."""
        return self.a_day * days + self.drift * np.square(days)


def learn_variance(
    demand: Demand,
    filled: Numbers,
    expected: Numbers,
    exposure: Numbers,
    growth: Numbers,
    protection: Whole,
    settings: PlanSettings,
) -> Strays:
    """Blend of P × day variance and the variance of overlapping P-day sums.

    It is scaled by `growth`, the level over the mean of the history, and by the estimation factor 1.08 (1 + 1/√demand days).
    `expected` is the day-by-weekday mean (7, series) already turned to the first day of the history.
    """
    day = _day_variance(demand, expected, exposure)
    window, trust = _window_variance(filled, demand, protection)
    scale = np.minimum(growth, MOST_GROWTH) ** settings.level_power
    sold_days = np.maximum(marked(demand.quantity > 0), 1)
    estimation = settings.estimation_factor * (1 + settings.estimation_term / np.sqrt(sold_days))
    blended = ((1 - WINDOW * trust) * protection * day + WINDOW * trust * window) * scale * estimation
    a_day = day * scale * estimation
    drift = np.maximum(blended - protection * a_day, 0) / np.square(protection)
    steady = np.minimum(a_day, blended / protection)
    return Strays(steady, drift, (1 + settings.fill_term / np.sqrt(sold_days)) / estimation)


def _day_variance(demand: Demand, expected: Numbers, exposure: Numbers) -> Numbers:
    squares = np.zeros(demand.quantity.shape[1])
    for weekday in range(7):
        part = demand.quantity[weekday::7]
        count = marked(demand.is_live[weekday::7])
        mean = expected[weekday]
        squares += np.einsum("ts,ts->s", part, part, dtype=np.float64) - 2 * mean * total(part) + count * mean**2
    return np.maximum(squares, 0) / np.maximum(exposure - 1, 1)


def _window_variance(filled: Numbers, demand: Demand, protection: Whole) -> tuple[Numbers, Numbers]:
    """Variance of overlapping windows since launch, and how much it can be trusted (0 to 1) with this few of them."""
    days, series = filled.shape
    window = np.zeros(series)
    span = days - demand.first_day
    trust = np.clip((span / protection - 2) / 2, 0, 1)
    by_launch = np.argsort(demand.first_day, kind="stable")
    is_usable = (trust > 0) & (protection < days)
    for length in np.unique(protection[is_usable]):
        chosen = by_launch[(is_usable & (protection == length))[by_launch]]
        window[chosen] = _windows_of(filled.take(chosen, axis=1), int(length), demand.first_day[chosen])
    return window, trust


def _windows_of(filled: Numbers, length: int, first_day: Whole) -> Numbers:
    """Variance of the sums of this many days, the sum rolling from day to day over all series at once.

    The series come by the day of their launch, so that those which a window counts for are the first ones.
    """
    days, series = filled.shape
    rolling = total(filled[:length])
    summed, squares, square = np.zeros(series), np.zeros(series), np.empty(series)
    step = np.empty(series, filled.dtype)
    counted = np.searchsorted(first_day, np.arange(days - length + 1), side="right").tolist()
    for start, count in enumerate(counted):
        summed[:count] += rolling[:count]
        np.multiply(rolling[:count], rolling[:count], out=square[:count])
        squares[:count] += square[:count]
        if start + length < days:
            np.subtract(filled[start + length], filled[start], out=step)
            rolling += step
    windows = np.maximum(days + 1 - length - first_day, 1)
    span = days - first_day
    variance: Numbers = np.maximum(squares / windows - (summed / windows) ** 2, 0) * span / np.maximum(span - length, 1)
    return variance
