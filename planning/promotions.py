"""What a promotion adds: sales of promoted days over those of other days, by item, category and shop.

Believed only where the promotions of the days to come are known as well: else the promotions of the past are part of what
an item sells on average, and will come again unannounced.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from planning.arrays import Marks, Numbers, Whole
from planning.history import Packed, Sales
from planning.shop_calendar import ShopCalendar

CATEGORY_UNITS = 200.0  # base units expected on promoted days that weigh as much as the whole shop
ITEM_UNITS = 100.0  # the same of one item against its category
LEAST, MOST = 0.5, 6.0  # of the uplift
BELIEVED = 0.85  # power of the uplift: promotions are held when demand is high anyway, and that is in the ratio too
FEWEST_DAYS = 14  # without a promotion that an item must have to tell of one


@dataclass(frozen=True, slots=True)
class Promotions:
    """Promotions of some items: what each adds, and the days ahead on which there is one."""

    uplift: Numbers  # factor of each item
    item: Whole  # of each promoted day to come
    day: Whole  # 0 is today

    def of(self, first: int, count: int) -> "Promotions":
        """The same for `count` items from `first` on."""
        here = (self.item >= first) & (self.item < first + count)
        return Promotions(self.uplift[first : first + count], self.item[here] - first, self.day[here])

    def among(self, chosen: Whole) -> "Promotions":
        """The same for the chosen items; what is planned for them is left aside."""
        nothing = np.zeros(0, np.int64)
        return Promotions(self.uplift[chosen], nothing, nothing)

    def past(self, packed: Packed, days: int, lanes: int) -> Numbers | None:
        """Factor of each past day (days, lanes); None without a promotion."""
        promoted = _promoted_days(packed, days, lanes)
        if promoted is None:
            return None
        uplift = np.pad(self.uplift, (0, lanes - len(self.uplift)), constant_values=1).astype(np.float32)
        return np.where(promoted, uplift, np.float32(1))

    def ahead(self, days: int, lanes: int) -> Numbers | None:
        """Factor of each day to come (days, lanes); None without a promotion."""
        seen = self.day < days
        if not seen.any():
            return None
        factor = np.ones((days, lanes))
        factor[self.day[seen], self.item[seen]] = self.uplift[self.item[seen]]
        return factor


def learn_promotions(items: pl.DataFrame, sales: Sales, calendar: ShopCalendar, size: int) -> Promotions | None:
    """Uplifts from the history and the days to come; None where nobody says what is promoted then.

    An item's own ratio is drawn to its category's and that to the shop's, by the units that they were seen on.
    `size` is the number of items in a block of the sales.
    """
    if not sales.is_plan_known:
        return None
    sold, expected = _promoted_sales(items.height, sales, calendar, size)
    whole = (sold.sum() + CATEGORY_UNITS) / (expected.sum() + CATEGORY_UNITS)
    group = items["category"].fill_null("").rank("dense").cast(pl.Int32).to_numpy() - 1
    by_category = (np.bincount(group, sold) + CATEGORY_UNITS * whole) / (np.bincount(group, expected) + CATEGORY_UNITS)
    own = (sold + ITEM_UNITS * by_category[group]) / (expected + ITEM_UNITS)
    item = np.concatenate([each for each, _ in sales.planned])
    day = np.concatenate([each for _, each in sales.planned])
    return Promotions(np.clip(own, LEAST, MOST) ** BELIEVED, item, day)


def _promoted_sales(count: int, sales: Sales, calendar: ShopCalendar, size: int) -> tuple[Numbers, Numbers]:
    """What each item sold on promoted days, and what it would have by the others, weekday for weekday."""
    weight = _weights(sales, calendar)
    whole = np.cumsum(weight, axis=1)
    sold, total, promoted_days, oldest = (np.zeros(count) for _ in range(4))
    for number, packed in enumerate(sales.blocks):
        here = slice(number * size, min((number + 1) * size, count))
        width, group = here.stop - here.start, sales.group[here]
        for place, age, quantity, promoted in zip(
            packed.place, packed.age, packed.quantity, packed.promoted, strict=True
        ):
            amounts = np.maximum(quantity, 0)
            total[here] += np.bincount(place, amounts, width)
            np.maximum.at(oldest[here], place, age)
            if promoted is not None:
                sold[here] += np.bincount(place, amounts * promoted, width)
                promoted_days[here] += np.bincount(place, promoted * weight[group[place], age], width)
    plain = whole[sales.group, oldest.astype(np.int64)] - promoted_days
    told = plain >= FEWEST_DAYS
    mean = np.where(told, (total - sold) / np.maximum(plain, 1), 0)
    return np.where(told, sold, 0), mean * promoted_days


def _weights(sales: Sales, calendar: ShopCalendar) -> Numbers:
    """Factor of the weekday of each day (groups, 1 + days) by age; nothing for age 0."""
    age = np.arange(sales.days + 1)
    weekday = (calendar.first_weekday + sales.days - age) % 7
    weight: Numbers = calendar.weekday_shape[:, weekday].astype(np.float64)
    weight[:, 0] = 0
    return weight


def _promoted_days(packed: Packed, days: int, lanes: int) -> Marks | None:
    if all(each is None for each in packed.promoted):
        return None
    found = np.zeros((days, lanes), bool)
    for place, age, promoted in zip(packed.place, packed.age, packed.promoted, strict=True):
        if promoted is not None:
            found[days - age.astype(np.int64), place] |= promoted > 0
    return found
