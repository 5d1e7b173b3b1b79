"""What the plan is compared with: last week once more, the textbook's formula, and knowing the future."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from planning.arrays import Numbers, Whole

MOVING_DAYS = 28  # of the textbook's moving average
YEAR = 365  # days that its standard deviation is taken over
PLAN, NAIVE, TEXTBOOK, FORESIGHT = "plan", "naive", "textbook", "foresight"
PLAN_FOR_FILL = "plan-fill"  # the plan with its targets taken as fill rates; the others take them as cycle service


@dataclass(frozen=True, slots=True)
class View:
    """What one method expects at one origin: demand of each day ahead (days, items), and of the protection interval."""

    path: Numbers
    mean: Numbers
    deviation: Numbers

    def level(self, share: float) -> Numbers:
        """The normal quantile of demand over the protection interval, never below nothing."""
        return np.maximum(self.mean + float(special.ndtri(share)) * self.deviation, 0)


def seasonal_naive(past: Numbers, horizon: int, protection: Whole) -> View:
    """Each day as the same weekday of last week; spread by how far weeks were from the week before."""
    longest = max(horizon, int(protection.max()))
    path = past[-7:][np.arange(longest) % 7]
    recent = past[-YEAR:]
    strays = recent[7:] - recent[:-7] if len(recent) > 7 else np.zeros_like(past[:1])
    a_day = np.sqrt(np.mean(np.square(strays), axis=0))
    return View(path[:horizon], _sum_of(path, protection), a_day * np.sqrt(protection))


def textbook(past: Numbers, horizon: int, protection: Whole) -> View:
    """Moving average, and standard deviation of a day times the root of the days (Silver, Pyke & Thomas 2017)."""
    mean = past[-MOVING_DAYS:].mean(axis=0)
    deviation = past[-YEAR:].std(axis=0) * np.sqrt(protection)
    return View(np.broadcast_to(mean, (horizon, len(mean))), mean * protection, deviation)


def foresight(future: Numbers, protection: Whole) -> Numbers:
    """Demand of the protection interval as it came, as far as it is known."""
    return _sum_of(future, protection)


def _sum_of(path: Numbers, days: Whole) -> Numbers:
    sums = np.concatenate([np.zeros((1, path.shape[1])), np.cumsum(path, axis=0, dtype=np.float64)])
    answer: Numbers = sums[np.minimum(days, len(path)), np.arange(path.shape[1])]
    return answer
