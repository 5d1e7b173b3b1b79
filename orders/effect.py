"""What a late or short delivery does to stock, product by product: values that cards show."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Affected:
    """One product of a delivery that slips or comes short, at the place it is for. Chances are shares of 1."""

    sku: str
    name: str
    unit: str
    location: str
    chance_promised: Decimal  # that stock runs out before the next order can help, with the delivery as promised
    chance_then: Decimal  # the same with the delivery as it will be
    out_early: date | None  # by the end of these days stock has then run out with 20 and 50 %
    out_likely: date | None
    missing: Decimal  # base units of demand that are lost by it, expected
    runs_out: bool  # likely to run out because of it, and not without it


@dataclass(frozen=True, slots=True)
class DeliveryEffect:
    """Every product that the change touches, those that run out first; `unplanned` are those that no plan knows yet."""

    order: str
    affected: tuple[Affected, ...]
    unplanned: tuple[str, ...]

    @property
    def running_out(self) -> tuple[Affected, ...]:
        """The products that run out because of it."""
        return tuple(each for each in self.affected if each.runs_out)
