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
        )

    @property
    def steps(self) -> Numbers:
        """(8, series): expected cumulative demand after none to seven days from today."""
        return np.concatenate([np.zeros((1, len(self.level))), np.cumsum(self.path, axis=0)])

    def mean_after(self, days: Whole | int) -> Numbers:
        """Expected cumulative demand of the first days from today, today included."""
        weeks, rest = np.divmod(np.broadcast_to(np.asarray(days), self.level.shape), 7)
        steps = self.steps
        expected: Numbers = weeks * steps[7] + steps[rest, np.arange(len(rest))]
        return expected


@dataclass(frozen=True, slots=True)
class Seen:
    """Demand as levels are learnt from it: without its season, each day held to a few typical ones."""

    demand: Demand
    profile: Numbers  # (7, series) the week, Monday first
    ahead: Numbers  # factor of the season to come
    typical: Numbers
    held: Demand
    ratio: Numbers  # of all demand to what is held

    @property
    def factor(self) -> Numbers:
        """What the level of held demand becomes by the season and by the spikes that are to come."""
        return self.ahead * given_back(self.demand, self.held, self.ratio)


def look_at(
    demand: Demand,
    shape: Numbers,
    first_weekday: int,
    protection: Whole,
    settings: PlanSettings,
    year: YearShape | None = None,
) -> Seen:
    """Impute what sold out, in place, and take week, season and spikes apart.

    `shape` is the week of each series' location (7, series); `year` the shape of the year, where two years have shown one.
    """
    profile = impute_sold_out(demand, first_weekday, shape, settings.weekday_spread)
    ahead: Numbers = np.ones(len(protection))
    if year is not None:
        part = own_part(demand, year)
        demand, ahead = without_season(demand, year, part), season_ahead(year, part, protection)
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
    level, doubt = learn_level(seen.held, profile, first_weekday, belief, settings)
    level, doubt = level * seen.factor, doubt * np.square(seen.factor)
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
    today = (first_weekday + demand.days) % 7
    path = np.roll(profile, -today, axis=0) * level
    return Forecast(kind, method, level, path, strays, count, interval, mean)


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
