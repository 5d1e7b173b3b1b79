"""From the demand of a block to a forecast: class, method, level, week, variance."""

from dataclasses import dataclass, replace

import numpy as np

from planning.arrays import Marks, Numbers, Whole
from planning.censoring import impute_sold_out
from planning.classes import DEAD, NEW, classify, interval_and_size
from planning.demand import Demand
from planning.level import fill_gaps, learn_level
from planning.settings import PlanSettings
from planning.spikes import given_back, held_to, typical_demand
from planning.sums import total
from planning.variance import Strays, learn_variance
from planning.weekday import weekday_exposure
from planning.yearly import YearShape, own_part, season_ahead, without_season

SMOOTHING, ANALOGY, OWN_LEVEL, NOTHING, POOLED = range(5)
NEGLIGIBLE = 1e-3  # a level below this share of the mean of the history is no demand
LEAST_AHEAD = 0.05  # of the mean of the protection interval by what is known of its days: no item dies of a holiday
METHODS = ("smoothing", "category-analogy", "own-level", "none", "pooled")


@dataclass(frozen=True, slots=True)
class Forecast:
    """What one block of items is expected to sell from today on."""

    kind: Whole  # class of demand
    method: Whole
    level: Numbers  # demand of an average day
    path: Numbers  # (7, series): demand of today, tomorrow, ... by weekday
    strays: Strays
    sold_days: Numbers
    interval: Numbers
    history_mean: Numbers
    days: Numbers | None = (
        None  # (whole weeks, series): the first days one by one, where they are not all like `path`; then a plain week
    )

    def only(self, places: Whole) -> "Forecast":
        """The forecasts of some series."""
        return Forecast(
            self.kind[places],
            self.method[places],
            self.level[places],
            self.path[:, places],
            self.strays.only(places),
            self.sold_days[places],
            self.interval[places],
            self.history_mean[places],
            None if self.days is None else self.days[:, places],
        )

    def summed(self) -> "Sums":
        """What is needed to ask for the demand of many stretches."""
        if self.days is None:
            return Sums(_cumulative(self.path), None)
        return Sums(_cumulative(self.days[-7:]), _cumulative(self.days))  # beyond them each week is the plain one

    def mean_after(self, days: Whole | int) -> Numbers:
        """Expected cumulative demand of the first days from today, today included."""
        return self.summed().after(np.broadcast_to(np.asarray(days), self.level.shape), np.arange(len(self.level)))


@dataclass(frozen=True, slots=True)
class Sums:
    """Expected cumulative demand of a forecast."""

    week: Numbers  # (8, series) after none to seven days
    first: Numbers | None  # (days + 1, series) of the days that are told one by one

    def after(self, days: Whole, places: Whole) -> Numbers:
        """Of the first so many days, of the series at these places."""
        if self.first is None:
            return self._weeks(days, places)
        told = np.minimum(days, len(self.first) - 1)
        return np.asarray(self.first[told, places] + self._weeks(days - told, places))

    def _weeks(self, days: Whole, places: Whole) -> Numbers:
        weeks, rest = np.divmod(days, 7)
        expected: Numbers = weeks * self.week[7, places] + self.week[rest, places]
        return expected


def _cumulative(path: Numbers) -> Numbers:
    return np.concatenate([np.zeros((1, path.shape[1])), np.cumsum(path, axis=0)])


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of single days, as factors of demand; None where no day differs from another."""

    past: Numbers | None = None  # (days, series), oldest first
    ahead: Numbers | None = None  # (whole weeks, series), today first


@dataclass(frozen=True, slots=True)
class Seen:
    """Demand as levels are learnt from it: without what is known of its days, each held to a few typical ones."""

    demand: Demand
    profile: Numbers  # (7, series) the week, Monday first
    ahead: Numbers | None  # factors of the days to come, as in Known
    typical: Numbers
    held: Demand
    ratio: Numbers  # of all demand to what is held


def look_at(
    demand: Demand,
    shape: Numbers,
    first_weekday: int,
    settings: PlanSettings,
    known: Known,
    year: YearShape | None,
    days_ahead: int,
) -> Seen:
    """Impute what sold out, in place, and take week, known days, season and spikes apart.

    `shape` is the week of each series' location (7, series); `year` the shape of the year, where two years have shown one.
    """
    profile = impute_sold_out(demand, first_weekday, shape, settings.weekday_spread)
    ahead = known.ahead
    if known.past is not None:
        demand = replace(demand, quantity=demand.quantity / known.past)
    if year is not None:
        part = own_part(demand, year)
        demand, season = without_season(demand, year, part), season_ahead(year, part, days_ahead)
        ahead = season if ahead is None else season * ahead
    typical = typical_demand(demand)
    held, ratio = held_to(demand, settings.spike * typical)
    return Seen(demand, profile, ahead, typical, held, ratio)


def make_forecast(
    seen: Seen,
    first_weekday: int,
    protection: Whole,
    category_mean: Numbers,
    belief: Numbers,
    settings: PlanSettings,
) -> Forecast:
    """Forecast every series.

    `category_mean` is the mean daily demand of an item of its category, NaN where there is none; `belief` what the
    shop says of the smoothing weights.
    """
    demand, profile = seen.demand, seen.profile
    count, interval, spread = interval_and_size(demand)
    kind = classify(demand, count, interval, spread, settings)
    exposure = weekday_exposure(demand, profile, first_weekday)
    mean = total(demand.quantity) / exposure
    today = (first_weekday + demand.days) % 7
    week = np.roll(profile, -today, axis=0)
    days, factor = _days_ahead(seen.ahead, week, protection)
    level, doubt = learn_level(seen.held, profile, first_weekday, belief, settings)
    raised = factor * given_back(demand, seen.held, seen.ratio)
    level, doubt = level * raised, doubt * np.square(raised)
    level, method = _new_items(demand, kind, level, mean, category_mean, settings)
    level = np.where((kind == DEAD) | (level < NEGLIGIBLE * mean), 0.0, level)
    method[(kind == DEAD) | (level <= 0)] = NOTHING
    turned = np.roll(profile, -first_weekday, axis=0)  # row 0 is the weekday of the oldest day
    held, ratio = held_to(demand, settings.variance_spike * seen.typical)
    usual = mean / ratio
    filled = fill_gaps(held, profile, first_weekday, usual)
    strays = learn_variance(
        held, filled, turned * usual, exposure, level / np.maximum(mean, 1e-12), protection, settings
    )
    strays = replace(strays, drift=strays.drift + doubt)
    strays = _unknown_spread(strays, level, kind == NEW)
    days = None if days is None else np.concatenate([days, week]) * (level / factor)
    return Forecast(kind, method, level, week * level, strays, count, interval, mean, days)


def _days_ahead(ahead: Numbers | None, week: Numbers, protection: Whole) -> tuple[Numbers | None, Numbers]:
    """Factors of the days to come with their weekday's, and what they make of the mean of the protection interval."""
    if ahead is None:
        return None, np.ones(week.shape[1])
    plain = week[np.arange(len(ahead)) % 7].astype(np.float64)
    days = plain * ahead
    last, series = protection - 1, np.arange(week.shape[1])
    usual, told = np.cumsum(plain, axis=0)[last, series], np.cumsum(days, axis=0)[last, series]
    factor: Numbers = np.where(usual > 0, np.maximum(told / np.where(usual > 0, usual, 1), LEAST_AHEAD), 1)
    return days, factor


def _new_items(
    demand: Demand,
    kind: Whole,
    level: Numbers,
    mean: Numbers,
    category_mean: Numbers,
    settings: PlanSettings,
) -> tuple[Numbers, Whole]:
    """A new item's own mean weighs n/(n + 4) with n weeks of history, the rest the category's mean, where it has one."""
    is_new = kind == NEW
    weeks = demand.live_days / 7
    own = weeks / (weeks + settings.new_weight_weeks) if settings.new_weight_weeks else np.ones(len(mean))
    by_category = is_new & np.isfinite(category_mean)
    known = np.where(by_category, category_mean, 0)
    level = np.where(by_category, own * mean + (1 - own) * known, level)
    method = np.where(by_category, ANALOGY, np.where(is_new, OWN_LEVEL, SMOOTHING))
    return level, method


def _unknown_spread(strays: Strays, level: Numbers, is_new: Marks) -> Strays:
    """An item that is new may turn out otherwise: its variance is at least that of a mean known to ± 25 %."""
    least = np.where(is_new, 2 * level, 0)
    drift = np.where(is_new, np.square(0.25 * level), 0)
    return Strays(np.maximum(strays.a_day, least), np.maximum(strays.drift, drift), strays.for_fill)
