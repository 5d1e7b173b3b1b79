"""Demand over some days as a distribution known by its mean and variance: how likely, how much, how short.

Whole units follow a negative binomial; quantities in fractions, and demand steadier than chance, follow a gamma.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np
from scipy import special

from planning.arrays import Marks, Numbers, Whole
from planning.counted import covered, covered_and_exactly

POISSON = 1.0001  # a negative binomial needs a variance above its mean


@dataclass(frozen=True, slots=True)
class Spread:
    """Distributions of many items, one an array place. A mean of 0 is no demand at all."""

    mean: Numbers
    variance: Numbers
    is_whole: Marks

    def only(self, places: Marks | Whole) -> "Spread":
        """The same distributions at some places."""
        return Spread(self.mean[places], self.variance[places], self.is_whole[places])

    @property
    def is_counted(self) -> Marks:
        """Where the negative binomial holds."""
        return self.is_whole & (self.variance > 0.9 * self.mean)

    def at_most(self, amount: Numbers) -> Numbers:
        """P(demand ≤ amount)."""
        amounts = np.broadcast_to(np.asarray(amount, np.float64), self.mean.shape)
        is_counted, has_demand = self.is_counted, self.mean > 0
        answer = (amounts >= 0) * 1.0
        for places, formula in (
            (is_counted & has_demand, _counted_at_most),
            (~is_counted & has_demand, _measured_at_most),
        ):
            if places.all():
                return formula(self, amounts)
            if places.any():
                answer[places] = formula(self.only(places), amounts[places])
        return answer

    def shortage(self, stock: Numbers) -> Numbers:
        """E[(demand - stock)+], expected demand that this stock does not serve (closed forms, Silver et al. 2017)."""
        return self.shortage_and_chance(stock)[0]

    def shortage_and_chance(self, stock: Numbers) -> tuple[Numbers, Numbers]:
        """E[(demand - stock)+], and P(demand > stock), which is how fast the former falls with more stock."""
        stocks = np.broadcast_to(np.asarray(stock, np.float64), self.mean.shape)
        is_counted, has_demand = self.is_counted, self.mean > 0
        short, chance = np.maximum(-stocks, 0), (stocks < 0) * 1.0
        for places, formula in (
            (is_counted & has_demand, _counted_shortage),
            (~is_counted & has_demand, _measured_shortage),
        ):
            if places.all():
                return formula(self, stocks)
            if places.any():
                short[places], chance[places] = formula(self.only(places), stocks[places])
        return short, chance

    def quantile(self, share: Numbers | float) -> Numbers:
        """The smallest amount, whole where the demand is, that covers this share of cases."""
        shares = np.broadcast_to(np.asarray(share, np.float64), self.mean.shape)
        answer = np.zeros(self.mean.shape)
        has_demand = self.mean > 0
        counted = has_demand & self.is_counted
        measured = has_demand & ~counted
        if measured.any():
            part = self.only(measured)
            raw = _gamma_quantile(part.mean, part.variance, shares[measured])
            answer[measured] = np.where(part.is_whole, np.maximum(np.ceil(raw - 0.5), 0), raw)
        if counted.any():
            answer[counted] = _counted_quantile(self.only(counted), shares[counted])
        return answer


def _binomial(spread: Spread) -> tuple[Numbers, Numbers]:
    """R and p of the negative binomial with this mean and variance."""
    p = spread.mean / np.maximum(spread.variance, POISSON * spread.mean)
    return spread.mean * p / (1 - p), p


def _counted_at_most(spread: Spread, amount: Numbers) -> Numbers:
    r, p = _binomial(spread)
    whole = np.floor(amount)
    return np.where(whole < 0, 0.0, covered(r, p, np.maximum(whole, 0)))


def _counted_shortage(spread: Spread, stock: Numbers) -> tuple[Numbers, Numbers]:
    """M P(NB(r + 1) ≥ s) - s P(NB(r) > s): the partial expectation of a negative binomial is that of r + 1.

    Both chances differ by two terms of a recurrence (DLMF 8.17.20-21), so that one is computed.
    """
    r, p = _binomial(spread)
    whole = np.maximum(np.floor(stock), 0)
    at_most, exactly = covered_and_exactly(r, p, whole)
    above = 1 - at_most
    reached = np.where(whole > 0, above + exactly * (1 + whole / r), 1.0)
    at_whole = spread.mean * np.minimum(reached, 1) - whole * above
    between = np.maximum(stock, 0) - whole
    short = np.where(stock < 0, spread.mean - stock, np.maximum(at_whole - between * above, 0))
    return short, np.where(stock < 0, 1.0, above)


WALK = 6  # units walked by the recurrence before the distribution is asked again


def _counted_quantile(spread: Spread, share: Numbers) -> Numbers:
    """From an approximate quantile by Newton's steps, each followed by a short walk over whole units.

    The distribution is asked once a turn; beside that point its recurrence P(k + 1) = P(k) (r + k) (1 - p) / (k + 1)
    tells the rest. The walk ends where P(demand ≤ k) first reaches the share.
    """
    trial: Numbers = np.maximum(
        np.ceil(_rough_quantile(spread.mean, np.maximum(spread.variance, spread.mean), share) - 0.5), 0
    )
    low, high = np.full(trial.shape, -1.0), np.full(trial.shape, np.inf)  # at_most(low) < share <= at_most(high)
    places = np.arange(len(trial))
    turn = 0
    while len(places):
        turn += 1
        part, here, wanted = spread.only(places), trial[places], share[places]
        at_most, exactly = covered_and_exactly(*_binomial(part), here)
        trial[places], is_found = _walk(part, here, at_most, exactly, wanted)
        left = ~is_found
        places, here, at_most, exactly = places[left], here[left], at_most[left], exactly[left]
        covers = at_most >= share[places]
        high[places], low[places] = np.where(covers, here, high[places]), np.where(covers, low[places], here)
        steps = np.maximum(np.ceil(np.abs(at_most - share[places]) / np.maximum(exactly, 1e-12)), WALK)
        wish = np.where(covers, here - steps, here + steps)
        if turn % 3 == 0:  # where Newton creeps, halving and doubling do not
            wish = np.where(np.isfinite(high[places]), np.floor((low[places] + high[places]) / 2), 2 * here + 1)
        most = np.where(np.isfinite(high[places]), high[places], 4 * here + 16)
        trial[places] = np.clip(wish, low[places] + 1, np.maximum(most, low[places] + 1))
    return trial


def _walk(spread: Spread, start: Numbers, at_most: Numbers, exactly: Numbers, share: Numbers) -> tuple[Numbers, Marks]:
    """The quantile within `WALK` units of the start, and whether it is there."""
    r, p = _binomial(spread)
    goes_down = at_most >= share
    found, is_found = start.copy(), goes_down & ((at_most - exactly < share) | (start <= 0))
    k, chance, total = start.copy(), exactly.copy(), at_most.copy()
    for _ in range(WALK):
        if is_found.all():
            break
        up = chance * (r + k) * (1 - p) / (k + 1)
        down = np.where(k > 0, chance * k / np.maximum((r + k - 1) * (1 - p), 1e-300), 0.0)
        total = np.where(goes_down, total - chance, total + up)
        k = np.where(goes_down, np.maximum(k - 1, 0), k + 1)
        chance = np.where(goes_down, down, up)
        arrives = np.where(goes_down, (total - chance < share) | (k <= 0), total >= share) & ~is_found
        found = np.where(arrives, k, found)
        is_found |= arrives
    return found, is_found


def _measured_at_most(spread: Spread, amount: Numbers) -> Numbers:
    shape, scale = _gamma(spread.mean, spread.variance)
    shifted = np.where(spread.is_whole, np.floor(amount) + 0.5, amount)
    inside = special.gammainc(shape, np.maximum(shifted, 0) / scale)
    return np.where(amount < 0, 0.0, inside)


def _measured_shortage(spread: Spread, stock: Numbers) -> tuple[Numbers, Numbers]:
    shape, scale = _gamma(spread.mean, spread.variance)
    level = np.maximum(stock, 0) / scale
    above = special.gammaincc(shape, level)
    short = spread.mean * special.gammaincc(shape + 1, level) - np.maximum(stock, 0) * above
    return np.where(stock < 0, spread.mean - stock, np.maximum(short, 0)), np.where(stock < 0, 1.0, above)


def _gamma(mean: Numbers, variance: Numbers) -> tuple[Numbers, Numbers]:
    """Shape and scale; a variance of nearly nothing is kept computable."""
    least = np.maximum(variance, 1e-6 * mean**2 + 1e-12)
    return mean**2 / least, least / mean


def _gamma_quantile(mean: Numbers, variance: Numbers, share: Numbers) -> Numbers:
    shape, scale = _gamma(mean, variance)
    return cast("Numbers", special.gammaincinv(shape, share) * scale)


def _rough_quantile(mean: Numbers, variance: Numbers, share: Numbers) -> Numbers:
    """The gamma quantile to a few per cent (Wilson & Hilferty 1931)."""
    spread = np.sqrt(variance) / (3 * mean)
    cube = 1 - spread**2 + special.ndtri(share) * spread
    return cast("Numbers", mean * np.maximum(cube, 0) ** 3)
