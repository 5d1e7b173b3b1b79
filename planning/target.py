"""The stock level that meets a service target: by quantile for cycle service, by expected shortage for fill rate."""

import numpy as np

from planning.arrays import Numbers
from planning.distribution import Spread

FINEST = 1e-3  # share of mean demand to which levels of fractional items are found


def level_for_cycle(protection: Spread, service: Numbers) -> Numbers:
    """The smallest stock that demand of the protection interval exceeds with at most 1 - service."""
    return protection.quantile(service)


def level_for_fill(protection: Spread, lead: Spread, interval_demand: Numbers, service: Numbers) -> Numbers:
    """The smallest S with 1 - (E[(D_P - S)+] - E[(D_L - S)+]) / E[D_R] ≥ service (Silver et al. 2017; Teunter 2009).

    Newton's step within a bracket: the slope is P(D_P > S) - P(D_L > S).
    """
    allowed = (1 - service) * interval_demand
    grain = np.where(protection.is_whole, 1.0, np.maximum(FINEST * protection.mean, 1e-9))
    high = np.full(len(allowed), np.inf)
    low = np.full(len(allowed), -1.0) * grain
    trial = _start(protection, service, grain)
    open_places = np.flatnonzero(protection.mean > 0)
    turn = 0
    while len(open_places):
        turn += 1
        here, part, lead_part = trial[open_places], protection.only(open_places), lead.only(open_places)
        short, falls = part.shortage_and_chance(here)
        lead_short, lead_falls = lead_part.shortage_and_chance(here)
        missing, slope = short - lead_short, np.maximum(falls - lead_falls, 1e-9)
        is_met = missing <= allowed[open_places]
        high[open_places] = np.where(is_met, here, high[open_places])
        low[open_places] = np.where(is_met, low[open_places], here)
        wish = here + (missing - allowed[open_places]) / slope
        if turn % 3 == 0:  # where Newton creeps, halving does not
            wish = np.where(np.isfinite(high[open_places]), (low[open_places] + high[open_places]) / 2, np.inf)
        trial[open_places] = _within(wish, low[open_places], high[open_places], grain[open_places])
        open_places = open_places[high[open_places] - low[open_places] > 1.5 * grain[open_places]]
    return np.where(protection.mean > 0, high, 0.0)


def _start(protection: Spread, service: Numbers, grain: Numbers) -> Numbers:
    guess = protection.mean + 2 * (service - 0.5) * np.sqrt(protection.variance)
    return np.asarray(np.ceil(guess / grain) * grain)


def _within(wish: Numbers, low: Numbers, high: Numbers, grain: Numbers) -> Numbers:
    """The next level to try: the wish in whole grains, inside the bracket, at first never much more than double."""
    ceiling = np.where(np.isfinite(high), high - grain, 2 * np.maximum(low, 0) + 8 * grain)
    steps = np.ceil(np.minimum(wish, ceiling) / grain) * grain
    return np.clip(steps, low + grain, np.maximum(ceiling, low + grain))
