"""What all items of one location have in common: days on which the shop was closed, and the shape of the week."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from planning.arrays import Marks, Numbers
from planning.settings import PlanSettings


@dataclass(frozen=True, slots=True)
class ShopCalendar:
    """Days run from the oldest day of the history to yesterday."""

    is_closed: Marks  # (groups, days)
    weekday_shape: Numbers  # (groups, 7) Monday first, 1 on average
    first_weekday: int  # of the oldest day, Monday is 0


def learn_calendar(sold: Numbers, sellers: Numbers, days: int, today: date, settings: PlanSettings) -> ShopCalendar:
    """Find closed days and weekday shape from what each location sold by age of the day.

    A day without any sale counts as closed where so many items sell on the other days that chance cannot explain it.
    """
    amounts = sold[:, days:0:-1]
    counts = sellers[:, days:0:-1]
    first_weekday = (today.weekday() - days) % 7
    selling_days = np.maximum((counts > 0).sum(axis=1, keepdims=True), 1)
    usual = counts.sum(axis=1, keepdims=True) / selling_days
    is_closed = (counts == 0) & (usual >= settings.closed_day_items)
    weekday = (np.arange(days) + first_weekday) % 7
    shape = np.ones((len(sold), 7))
    for day in range(7):
        of_day = weekday == day
        open_share = ~is_closed[:, of_day]
        is_shut = open_share.mean(axis=1) < 0.1 if of_day.any() else np.zeros(len(sold), bool)
        total = amounts[:, of_day].sum(axis=1) / np.maximum(open_share.sum(axis=1), 1)
        shape[:, day] = np.where(is_shut, 0.0, total)
    average = shape.mean(axis=1, keepdims=True)
    shape = np.where(average > 0, shape / np.where(average > 0, average, 1), 1.0)
    if days < 14:
        shape = np.ones_like(shape)
    return ShopCalendar(is_closed, shape.astype(np.float32), first_weekday)
