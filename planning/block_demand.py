"""One block of items from packed sales to what levels are learnt from: its days, its week, and what is known of them."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from planning.arrays import Numbers, Whole
from planning.demand import build_demand
from planning.forecast import Known, Seen, look_at
from planning.history import Packed
from planning.holiday_shape import HolidayShape
from planning.level import learn_belief
from planning.promotions import Promotions
from planning.settings import PlanSettings
from planning.shop_calendar import ShopCalendar
from planning.yearly import YearShape

LANES = 64  # series are padded to a multiple: arithmetic is then the same in a block of any size


@dataclass(frozen=True, slots=True)
class Setting:
    """What all blocks share."""

    today: date
    days: int  # of history
    calendar: ShopCalendar
    settings: PlanSettings
    horizon: int  # days of the daily forecast, 0 for none
    days_ahead: int  # days to come that are told one by one where they differ: whole weeks
    holidays: HolidayShape | None = None
    keeps_forecast: bool = False  # the plan then holds what planning.kept needs to go on from it


@dataclass(frozen=True, slots=True)
class BlockSales:
    """What the items of a block sold, and what is known of their days."""

    packed: Packed
    group: Whole  # of each item: its location's number
    year: YearShape | None
    promotions: Promotions | None


def believe(items: pl.DataFrame, sold: BlockSales, setting: Setting) -> Numbers:
    """What these items say together of the smoothing weights."""
    seen = see(items, sold, setting)
    return learn_belief(seen.held, seen.profile, setting.calendar.first_weekday, setting.settings)


def see(items: pl.DataFrame, sold: BlockSales, setting: Setting) -> Seen:
    """Demand day by day, with week, season, holidays, promotions and spikes taken apart."""
    lanes, calendar = padded_height(items), setting.calendar
    group = np.pad(sold.group, (0, lanes - items.height))
    is_closed = calendar.is_closed[group].T if calendar.is_closed.any() else np.zeros((1, 1), bool)
    demand = build_demand(sold.packed, setting.days, _launch_days(items, setting, lanes), is_closed)
    known = _known(sold, group, setting, lanes)
    year = None if sold.year is None else sold.year.padded(lanes)
    shape = calendar.weekday_shape[group].T
    return look_at(demand, shape, calendar.first_weekday, setting.settings, known, year, setting.days_ahead)


def _known(sold: BlockSales, group: Whole, setting: Setting, lanes: int) -> Known:
    """Holidays and promotions of each day, past and to come."""
    past: list[Numbers | None] = []
    ahead: list[Numbers | None] = []
    if setting.holidays is not None:
        past.append(setting.holidays.past[group].T)
        ahead.append(setting.holidays.ahead[group].T)
    if sold.promotions is not None:
        past.append(sold.promotions.past(sold.packed, setting.days, lanes))
        ahead.append(sold.promotions.ahead(setting.days_ahead, lanes))
    return Known(_product(past), _product(ahead))


def _product(factors: list[Numbers | None]) -> Numbers | None:
    told = [each for each in factors if each is not None]
    return None if not told else told[0] if len(told) == 1 else np.multiply(*told)


def padded_height(items: pl.DataFrame) -> int:
    """How many lanes these items take."""
    return -(-items.height // LANES) * LANES


def padded(items: pl.DataFrame, column: str, lanes: int, fill: float) -> Numbers:
    """A column with so many lanes."""
    return np.pad(items[column].to_numpy(), (0, lanes - items.height), constant_values=fill)


def _launch_days(items: pl.DataFrame, setting: Setting, lanes: int) -> Whole:
    """Day number of each launch, counted from the oldest day of the history; -1 where unknown."""
    age = items.select((pl.lit(setting.today) - pl.col("launched_on")).dt.total_days()).to_series()
    number = (setting.days - age).clip(0, setting.days).fill_null(-1).to_numpy()
    return np.pad(number, (0, lanes - items.height), constant_values=-1)
