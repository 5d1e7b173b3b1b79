"""How far an answer may differ from the order and still be booked with nobody looking; nothing by default."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from orders.purchase import Delivery, OrderLine, PurchaseOrder


@dataclass(frozen=True, slots=True)
class Tolerance:
    """A pair: a difference is worth a person's time only when it is above both."""

    percent: Decimal = Decimal(0)
    absolute: Decimal = Decimal(0)

    def allows(self, ordered: Decimal, difference: Decimal) -> bool:
        """True when the difference, of whatever sign, is not above both the share of `ordered` and the amount."""
        size = abs(difference)
        return size <= ordered * self.percent / 100 or size <= self.absolute


@dataclass(frozen=True, slots=True)
class Tolerances:
    """Up and down apart; quantities in base units, prices net for one base unit, days against the order's date."""

    quantity_below: Tolerance = Tolerance()
    quantity_above: Tolerance = Tolerance()
    price_up: Tolerance = Tolerance()
    price_down: Tolerance = Tolerance()
    late_days: int = 0
    early_days: int = 0

    def allow_quantity(self, line: OrderLine, answered: int) -> bool:
        """True when so many instead of what was ordered is no matter for a person."""
        side = self.quantity_below if answered < line.quantity else self.quantity_above
        return side.allows(Decimal(line.quantity), Decimal(answered - line.quantity))

    def allow_price(self, line: OrderLine, answered: Decimal | None) -> bool:
        """The same of a price; a price where none was known, or none where one was, always is one."""
        if answered is None or line.unit_price is None:
            return answered == line.unit_price
        side = self.price_up if answered > line.unit_price else self.price_down
        return side.allows(line.unit_price, answered - line.unit_price)

    def allow_day(self, order: PurchaseOrder, delivery: Delivery) -> bool:
        """The same of one promised delivery."""
        if delivery.date is None or order.delivery_date is None:
            return delivery.date == order.delivery_date
        return -self.early_days <= (delivery.date - order.delivery_date).days <= self.late_days


NONE = Tolerances()


def tolerances(settings: Mapping[str, int | Decimal]) -> Tolerances:
    """Tolerances by the names that they have in a rulebook's settings; what is not named is 0."""

    def pair(name: str, unit: str) -> Tolerance:
        return Tolerance(
            Decimal(settings.get(f"reply_{name}_percent", 0)), Decimal(settings.get(f"reply_{name}_{unit}", 0))
        )

    return Tolerances(
        quantity_below=pair("quantity_below", "units"),
        quantity_above=pair("quantity_above", "units"),
        price_up=pair("price_up", "amount"),
        price_down=pair("price_down", "amount"),
        late_days=int(settings.get("reply_late_days", 0)),
        early_days=int(settings.get("reply_early_days", 0)),
    )
