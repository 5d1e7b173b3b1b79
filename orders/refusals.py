"""Refusals: the anticipated "no" of a handler, which each door turns into a sentence from its catalogue.

This module holds the base and the refusals that several modules share; any other stands in the module that raises it.
"""

from typing import ClassVar


class Refusal(Exception):
    """Something the program will not do, for a reason that the person can understand.

    `code` (kebab-case) names the sentence in the catalogue; `facts` are the values that the sentence mentions.
    """

    code: ClassVar[str] = "refusal"

    def __init__(self, **facts: object) -> None:
        super().__init__(f"{self.code}: " + ", ".join(f"{name}={value}" for name, value in facts.items()))
        self.facts = facts


class OrderNotFound(Refusal):
    """No order has this number; `nearest` are numbers that look like it."""

    code = "order-not-found"

    def __init__(self, number: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(number=number, nearest=nearest)


class LineNotFound(Refusal):
    """The order has no such line."""

    code = "line-not-found"

    def __init__(self, number: str, line: int) -> None:
        super().__init__(number=number, line=line)


class ProductNotFound(Refusal):
    """No product has this code; `nearest` are codes or names that look like it."""

    code = "product-not-found"

    def __init__(self, sku: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(sku=sku, nearest=nearest)


class SupplierNotFound(Refusal):
    """No supplier has this code; `nearest` are codes that look like it."""

    code = "supplier-not-found"

    def __init__(self, supplier: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(supplier=supplier, nearest=nearest)


class LocationNotFound(Refusal):
    """No location has this code; `nearest` are codes that look like it."""

    code = "location-not-found"

    def __init__(self, location: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(location=location, nearest=nearest)


class NotAllowed(Refusal):
    """The person's roles do not include what this act needs; `who_may` names people who have them."""

    code = "not-allowed"

    def __init__(self, permission: str, who_may: tuple[str, ...] = ()) -> None:
        super().__init__(permission=permission, who_may=who_may)


class OrderAlreadyDecided(Refusal):
    """Somebody else acted first, or the card is stale; names who did what and when (UTC)."""

    code = "order-already-decided"

    def __init__(self, number: str, state: str, who: str | None, when: object | None) -> None:
        super().__init__(number=number, state=state, who=who, when=when)


class ReasonMissing(Refusal):
    """This act needs a reason in words."""

    code = "reason-missing"

    def __init__(self, act: str) -> None:
        super().__init__(act=act)


class QuantityImpossible(Refusal):
    """A quantity that cannot be ordered, booked or received."""

    code = "quantity-impossible"

    def __init__(self, quantity: object, why: str) -> None:
        super().__init__(quantity=quantity, why=why)
