"""What a late or short delivery does: the chance that stock runs out, with the delivery as promised and as it will be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from planning.arrays import Marks, Numbers
from planning.forecast import Forecast
from planning.stockout import BEYOND, HORIZON, chance_out, demand_of_days, run_out_days

Arrival = tuple[int, float]  # days from today (0 is today), base units


@dataclass(frozen=True, slots=True)
class Supply:
    """One item: what is there, and what comes with the delivery as promised and as it will be."""

    on_hand: float
    promised: Sequence[Arrival]
    then: Sequence[Arrival]
    days: int  # that are looked at, 1 to 60


@dataclass(frozen=True, slots=True)
class Slip:
    """What changes for one item within the days that were looked at."""

    chance_promised: float  # that stock runs out, with the delivery as promised
    chance_then: float  # the same with the delivery as it will be
    out_p20: date | None  # by the end of these days stock has then run out with 20 and 50 %
    out_p50: date | None
    missing: float  # base units of demand that cannot be served because of the change, expected

    @property
    def runs_out(self) -> bool:
        """True when stock is likely to run out because of the change, and was not without it."""
        return self.chance_then >= 0.5 > self.chance_promised


def slips(forecast: Forecast, is_whole: Marks, supplies: Sequence[Supply], today: date) -> tuple[Slip, ...]:
    """Compare both courses of each item; items are those of the forecast, in its order."""
    if not supplies:
        return ()
    on_hand = np.array([each.on_hand for each in supplies], np.float64)
    days = np.clip([each.days for each in supplies], 1, HORIZON)
    promised = _by_day([each.promised for each in supplies])
    then = _by_day([each.then for each in supplies])
    before, after = (_course(forecast, is_whole, on_hand, coming, days) for coming in (promised, then))
    early, middle, _ = run_out_days(forecast, is_whole, on_hand, then)
    return tuple(
        Slip(
            float(before[0][place]),
            float(after[0][place]),
            _day(early[place], today),
            _day(middle[place], today),
            max(float(after[1][place] - before[1][place]), 0.0),
        )
        for place in range(len(supplies))
    )


def _by_day(arrivals: Sequence[Sequence[Arrival]]) -> Numbers:
    """(60, items): base units that arrive on each day."""
    coming = np.zeros((HORIZON, len(arrivals)))
    for place, each in enumerate(arrivals):
        for in_days, quantity in each:
            if in_days < HORIZON:
                coming[max(in_days, 0), place] += quantity
    return coming


def _course(
    forecast: Forecast, is_whole: Marks, on_hand: Numbers, coming: Numbers, days: Numbers
) -> tuple[Numbers, Numbers]:
    """Greatest chance of being out at the end of a day, and greatest expected shortage, within the days of each item."""
    available = on_hand + np.cumsum(coming, axis=0)
    chance, missing = np.zeros(len(on_hand)), np.zeros(len(on_hand))
    for day in range(1, int(days.max()) + 1):
        is_seen = days >= day
        demand = demand_of_days(forecast, day, is_whole)
        chance = np.where(is_seen, np.maximum(chance, chance_out(demand, available[day - 1])), chance)
        missing = np.where(is_seen, np.maximum(missing, demand.shortage(available[day - 1])), missing)
    return chance, missing


def _day(number: int, today: date) -> date | None:
    return None if number >= BEYOND else today + timedelta(days=int(number) - 1)
