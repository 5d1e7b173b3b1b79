"""A forecast that is kept beside the plan, so that a question of the day need not read the history again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from planning.arrays import Marks, Numbers
from planning.forecast import Forecast
from planning.variance import Strays

PATH = tuple(f"path_{day}" for day in range(7))
KEPT = (*PATH, "stray_a_day", "stray_drift", "level", "is_whole")


def kept_columns(forecast: Forecast) -> dict[str, Numbers]:
    """The columns of the plan that `forecast_from` goes on from, beside `level` and `is_whole`, which it has anyway."""
    columns = {name: forecast.path[day].astype(np.float64) for day, name in enumerate(PATH)}
    strays = forecast.strays
    return columns | {
        "stray_a_day": strays.a_day,
        "stray_drift": strays.drift,
        "stray_for_fill": np.broadcast_to(strays.for_fill, strays.a_day.shape),
    }


def forecast_from(kept: Sequence[Mapping[str, Any]], made_on: date, today: date) -> tuple[Forecast, Marks]:
    """The forecast from `today` on of items whose kept columns were computed on `made_on`, and which sell whole units.

    The week turns with the days that have passed; the level stays what it was.
    """
    path = np.array([[float(each[name]) for each in kept] for name in PATH]).reshape(7, len(kept))
    level = _column(kept, "level")
    nothing = np.zeros(len(kept))
    whole = np.zeros(len(kept), np.int64)
    strays = Strays(_column(kept, "stray_a_day"), _column(kept, "stray_drift"), np.ones(len(kept)))
    turned = np.roll(path, -((today - made_on).days % 7), axis=0)
    forecast = Forecast(whole, whole, level, turned, strays, nothing, nothing, level)
    return forecast, np.array([bool(each["is_whole"]) for each in kept], bool)


def _column(kept: Sequence[Mapping[str, Any]], name: str) -> Numbers:
    return np.array([float(each[name]) for each in kept], np.float64)
