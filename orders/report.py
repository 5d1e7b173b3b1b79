"""The figures of the daily report."""

from dataclasses import dataclass
from datetime import date

from orders.money import Money
from orders.stock import StockLevel


@dataclass(frozen=True, slots=True)
class CoverBand:
    """How many products last between so many days; `until` None for the open end, and no demand counts there."""

    since: int
    until: int | None
    products: int


@dataclass(frozen=True, slots=True)
class OrderBrief:
    """An order in one line of a list."""

    number: str
    supplier_name: str
    total: Money
    day: date | None
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class DayUnits:
    """Units sold on one day."""

    day: date
    units: int


@dataclass(frozen=True, slots=True)
class DailyReport:
    """What a manager wants to know in the morning."""

    day: date
    cover: tuple[CoverBand, ...]
    sold: tuple[DayUnits, ...]  # the last 14 days
    waiting: tuple[OrderBrief, ...]  # for approval
    late: tuple[OrderBrief, ...]  # deliveries past their promised day
    low: tuple[StockLevel, ...]  # most urgent first
    proposals: int  # computed and not taken up yet
    to_read: int  # mails and answers that wait for a person
