"""When stock runs out: chance by day along what is on hand and on order, told as days at 20, 50 and 80 %."""

import numpy as np
from scipy import special

from planning.arrays import Marks, Numbers, Whole
from planning.distribution import Spread
from planning.forecast import Forecast

HORIZON = 60  # days that a stock-out is looked for
CHANCES = (0.2, 0.5, 0.8)
BEYOND = HORIZON + 1


def demand_of_days(forecast: Forecast, days: Whole | int, is_whole: Marks, extra: Numbers | float = 0.0) -> Spread:
    """Distribution of the cumulative demand of the first days; `extra` is variance from elsewhere."""
    return Spread(forecast.mean_after(days), forecast.strays.after(days) + extra, is_whole)


def chance_out(spread: Spread, available: Numbers) -> Numbers:
    """P(stock has run out): demand has reached what was available. Nothing available and no demand is no stock-out."""
    reached = np.where(spread.is_whole, 1 - spread.at_most(np.ceil(available) - 1), 1 - spread.at_most(available))
    return np.where(spread.mean <= 0, 0.0, np.where(available <= 0, 1.0, np.clip(reached, 0, 1)))


def run_out_days(forecast: Forecast, is_whole: Marks, on_hand: Numbers, coming: Numbers) -> Numbers:
    """Days (3, series) by the end of which stock has run out with 20, 50, 80 %; 1 is today, 61 is later than day 60.

    `coming` is (60, series): what arrives on each day, today first.
    """
    series = len(on_hand)
    answer = np.full((len(CHANCES), series), BEYOND)
    is_supplied = coming.sum(axis=0) > 0
    for places in (np.flatnonzero(is_supplied), np.flatnonzero(~is_supplied)):
        if len(places):
            part = forecast.only(places)
            find = _along_path if is_supplied[places[0]] else _by_bisection
            answer[:, places] = find(part, is_whole[places], on_hand[places], coming[:, places])
    return answer


def risk_until(
    forecast: Forecast, is_whole: Marks, on_hand: Numbers, coming: Numbers, lead: Whole, lead_variance: Numbers
) -> Numbers:
    """Chance that stock runs out before an order of today arrives, `lead` days from now."""
    is_supplied = coming.sum(axis=0) > 0
    direct = demand_of_days(forecast, lead, is_whole, lead_variance)
    empty_now = (lead == 0) & (on_hand + coming[0] <= 0) & (forecast.level > 0)
    risk = np.where(lead == 0, empty_now.astype(np.float64), chance_out(direct, on_hand))
    places = np.flatnonzero(is_supplied & (lead > 0))
    if len(places):
        chances = _path_chances(forecast.only(places), is_whole[places], on_hand[places], coming[:, places])
        last = np.minimum(lead[places], HORIZON)
        before = np.maximum.accumulate(chances, axis=0)[last - 1, np.arange(len(places))]
        arrived = on_hand[places] + np.cumsum(coming[:, places], axis=0)[last - 1, np.arange(len(places))]
        at_end = chance_out(direct.only(places), arrived)
        risk[places] = np.maximum(before, at_end)
    return risk


def _by_bisection(forecast: Forecast, is_whole: Marks, on_hand: Numbers, coming: Numbers) -> Numbers:
    """Without deliveries the chance only grows: from a guess to the day beside it, then by halving."""
    del coming
    answer = np.full((len(CHANCES), len(on_hand)), BEYOND)
    sums = forecast.summed()

    def is_out_after(days: Whole, places: Whole, chance: float) -> Marks:
        strays = forecast.strays.a_day[places] * days + forecast.strays.drift[places] * np.square(days)
        spread = Spread(sums.after(days, places), strays, is_whole[places])
        return np.asarray(chance_out(spread, on_hand[places]) >= chance)

    last = chance_out(demand_of_days(forecast, HORIZON, is_whole), on_hand)
    for row, chance in enumerate(CHANCES):
        places = np.flatnonzero(last >= chance)
        low, high = np.zeros(len(on_hand), int), np.full(len(on_hand), HORIZON)
        trial = _guess(forecast, on_hand, chance)
        turn = 0
        while len(places):
            days = trial[places]
            is_out = is_out_after(days, places, chance)
            high[places], low[places] = np.where(is_out, days, high[places]), np.where(is_out, low[places], days)
            nearby = np.where(is_out, days - 1, days + 1)
            halved = (low[places] + high[places]) // 2
            trial[places] = np.clip(nearby if turn == 0 else halved, low[places] + 1, high[places] - 1)
            turn += 1
            places = places[high[places] - low[places] > 1]
        answer[row] = np.where(last >= chance, high, BEYOND)
    return answer


def _guess(forecast: Forecast, on_hand: Numbers, chance: float) -> Whole:
    """The day on which a normal demand would use up the stock with this chance."""
    level = np.maximum(forecast.level, 1e-9)
    away = float(special.ndtri(1 - chance))
    days = np.clip(on_hand / level, 1, HORIZON)
    for _ in range(4):
        days = np.clip((on_hand - away * np.sqrt(forecast.strays.after(days))) / level, 1, HORIZON)
    return np.clip(np.rint(days), 1, HORIZON - 1).astype(int)


def _path_chances(forecast: Forecast, is_whole: Marks, on_hand: Numbers, coming: Numbers) -> Numbers:
    available = on_hand + np.cumsum(coming, axis=0)
    return np.stack(
        [chance_out(demand_of_days(forecast, day, is_whole), available[day - 1]) for day in range(1, HORIZON + 1)]
    )


def _along_path(forecast: Forecast, is_whole: Marks, on_hand: Numbers, coming: Numbers) -> Numbers:
    chances = np.maximum.accumulate(_path_chances(forecast, is_whole, on_hand, coming), axis=0)
    return np.stack(
        [np.where((chances >= c).any(axis=0), np.argmax(chances >= c, axis=0) + 1, BEYOND) for c in CHANCES]
    )
