"""What may be set about planning: PLAN.toml, each key optional, every default measured or from the literature."""

import tomllib
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Any

from planning.problems import UnusableSettings

SERVICE_TYPES = ("fill", "cycle")


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """Choices of one shop. Units stand beside each key; docs/reference/planning.md says where the numbers come from."""

    history_days: int = 730  # days of history that are used
    block_items: int = 8192  # items worked at once; the result does not depend on it
    threads: int = 2  # blocks worked side by side; the result does not depend on it
    lead_time_sd_days: float = 0.0  # the next five: for items whose table says nothing
    review_period_days: float = 7.0
    service_level: float = 0.95
    service_type: str = "fill"
    holding_rate: float = 0.25  # a year, share of unit cost
    order_cost: float = 0.0  # of one order line
    margin_share: float = 0.4  # margin over unit cost where the margin is not known
    weights: tuple[float, ...] = (0.001, 0.01, 0.03, 0.08, 0.16, 0.3)  # of exponential smoothing
    weight_temper: float = 2.0  # how much worse a weight may fit an item before it loses its say
    weight_memory: float = 90.0  # days in which the errors of a weight lose half their say
    weight_doubt: float = 0.3  # say of each weight before any evidence, as a share of the slower one's
    shop_temper: float = 0.6  # as weight_temper, for what all items of the shop say together
    shop_doubt: float = 20.0  # items that would have to disagree before half of that say is overruled
    spike: float = 3.0  # typical demands that one day may count for in the level
    variance_spike: float = 20.0  # the same for the variance
    weekday_spread: float = 0.02  # variance of weekday factors between the items of one location
    new_days: int = 56  # days of history below which an item is new
    new_weight_weeks: float = 4.0  # weeks of own history that weigh as much as the category
    dead_days: int = 180  # an item without demand for longer than this ...
    dead_intervals: float = 3.0  # ... and for longer than this many of its usual intervals is dead
    level_power: float = 1.0  # variance grows with level to this power
    estimation_factor: float = 1.08  # variance is raised by this ...
    estimation_term: float = 1.0  # ... times 1 + this / sqrt(days with demand)
    fill_term: float = 0.5  # the same for fill targets, where over- and understated variances cancel out
    closed_day_items: float = 20.0  # sold items a day from which a day without any sale means a closed shop

    def __post_init__(self) -> None:
        for name, (low, high) in _BOUNDS.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise UnusableSettings(f"{name} is {value}; it must lie between {low:g} and {high:g}")
        if self.service_type not in SERVICE_TYPES:
            raise UnusableSettings(f"service_type is {self.service_type!r}; it must be fill or cycle")
        if not self.weights or not all(0 < weight < 1 for weight in self.weights):
            raise UnusableSettings("weights must be a list of numbers between 0 and 1")


_BOUNDS: dict[str, tuple[float, float]] = {
    "history_days": (14, 3650),
    "block_items": (1, 65536),
    "threads": (1, 64),
    "lead_time_sd_days": (0, 365),
    "review_period_days": (1, 365),
    "service_level": (0.5, 0.9999),
    "holding_rate": (0, 10),
    "order_cost": (0, 1e9),
    "margin_share": (0, 100),
    "weight_temper": (0.01, 1000),
    "weight_memory": (1, 1e9),
    "weight_doubt": (0.01, 1),
    "shop_temper": (0.01, 1000),
    "shop_doubt": (0.1, 1e9),
    "spike": (1, 1e9),
    "variance_spike": (1, 1e9),
    "weekday_spread": (1e-4, 10),
    "new_days": (0, 365),
    "new_weight_weeks": (0, 100),
    "dead_days": (28, 3650),
    "dead_intervals": (1, 100),
    "level_power": (0, 3),
    "estimation_factor": (0.5, 10),
    "estimation_term": (0, 10),
    "fill_term": (0, 10),
    "closed_day_items": (1, 1e9),
}


def read_settings(text: str, file: str) -> PlanSettings:
    """The settings that a TOML text holds; raises UnusableSettings naming the key and the nearest known one."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise UnusableSettings(f"{file}: not readable as TOML: {problem}") from problem
    kinds = {field.name: type(field.default) for field in fields(PlanSettings)}
    chosen: dict[str, Any] = {}
    for key, value in found.items():
        if key not in kinds:
            near = get_close_matches(key, kinds, n=1)
            hint = f"; did you mean {near[0]}?" if near else f"; known are {', '.join(sorted(kinds))}"
            raise UnusableSettings(f"{file}: there is no setting {key}{hint}")
        chosen[key] = _as_kind(file, key, value, kinds[key])
    try:
        return PlanSettings(**chosen)
    except UnusableSettings as problem:
        raise UnusableSettings(f"{file}: {problem}") from problem


def _as_kind(file: str, key: str, value: object, kind: type) -> object:
    """The value as the setting's own kind, a whole number where one is wanted."""
    if kind is tuple and isinstance(value, list) and all(_is_number(each) for each in value):
        return tuple(float(each) for each in value)
    if kind is float and isinstance(value, int | float) and _is_number(value):
        return float(value)
    if kind in (bool, str, int) and type(value) is kind:
        return value
    words = {tuple: "a list of numbers", float: "a number", int: "a whole number", bool: "true or false", str: "a text"}
    raise UnusableSettings(f"{file}: {key} is {value!r}; it must be {words[kind]}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
