"""The closed vocabulary of the rulebook: what a figure is, and how a module of figures declares one.

A figure is a function over what is given (order, facts). Its name is the word that an expression uses, its docstring the
meaning in the reference, so that word, meaning and computation cannot drift apart.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

Value = Decimal | int | bool | str | date
Given = TypeVar("Given")


class Scope(StrEnum):
    """What a rule looks at."""

    ORDER = "order"  # the whole order, once
    LINE = "line"  # each line of an order
    REPLY = "reply"  # the supplier's answer to an order, once
    REPLY_LINE = "reply-line"  # each line of the order in the light of the answer


class Unit(StrEnum):
    """What a figure counts; it also says how the figure is written for people."""

    PRICE = "price"  # order's currency, net, for one base unit
    MONEY = "money"  # order's currency, net
    QUANTITY = "base units"
    COUNT = "count"
    FACTOR = "factor"
    PERCENT = "percent"
    DAYS = "days"
    YES_NO = "yes or no"
    TEXT = "text"
    DAY = "day"  # shown only: expressions compare numbers of days

    @property
    def is_number(self) -> bool:
        """True for what an expression may calculate with."""
        return self not in {Unit.YES_NO, Unit.TEXT, Unit.DAY}


@dataclass(frozen=True, slots=True)
class Figure(Generic[Given]):
    """One word of the vocabulary."""

    name: str
    unit: Unit
    meaning: str
    compute: Callable[[Given], Value | None]


class Figures(Generic[Given]):
    """The figures of one scope, filled by its decorator when the module is read."""

    def __init__(self) -> None:
        self._found: dict[str, Figure[Given]] = {}

    def __call__(self, unit: Unit) -> Callable[[Callable[[Given], Value | None]], Callable[[Given], Value | None]]:
        """Declare a function as a figure of this unit; None as its value means "not known"."""

        def declare(compute: Callable[[Given], Value | None]) -> Callable[[Given], Value | None]:
            meaning = " ".join((compute.__doc__ or "").split())
            self._found[compute.__name__] = Figure(compute.__name__, unit, meaning, compute)
            return compute

        return declare

    def all(self) -> dict[str, Figure[Given]]:
        """Every figure by its name."""
        return dict(self._found)
