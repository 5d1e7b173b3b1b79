"""Amounts of money: a decimal and its currency. Never a float, never two currencies in one sum."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from orders.refusals import Refusal

# ISO 4217 currencies without a minor unit that a shop in Europe may meet; every other one has two decimals.
_WHOLE_UNITS = frozenset({"JPY", "KRW", "HUF", "ISK", "CLP", "VND"})


class CurrencyMismatch(Refusal):
    """Two amounts in different currencies were added or compared."""

    code = "currency-mismatch"

    def __init__(self, left: str, right: str) -> None:
        super().__init__(left=left, right=right)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency (ISO 4217 code), exact; `rounded` gives what is paid."""

    amount: Decimal
    currency: str

    def __add__(self, other: "Money") -> "Money":
        """Sum of two amounts of one currency; raises CurrencyMismatch."""
        if other.currency != self.currency:
            raise CurrencyMismatch(self.currency, other.currency)
        return Money(self.amount + other.amount, self.currency)

    def __mul__(self, factor: int | Decimal) -> "Money":
        """The amount times a count or a rate, not rounded."""
        return Money(self.amount * factor, self.currency)

    def rounded(self) -> "Money":
        """The amount in whole minor units, halves away from zero (commercial rounding, DIN 1333)."""
        step = Decimal(1) if self.currency in _WHOLE_UNITS else Decimal("0.01")
        return Money(self.amount.quantize(step, rounding=ROUND_HALF_UP), self.currency)
