"""Order numbers as people see and type them: PO-2026-0142, "PO 142", "142"."""

import re
from dataclasses import dataclass

_TYPED = re.compile(r"^\s*(?:PO|ZAM)?[\s\-_/#]*(?:(?P<year>20\d\d)[\s\-_/]+)?0*(?P<serial>\d{1,6})\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class OrderNumber:
    """Year and running number of a purchase order; the sequence may have gaps but never repeats."""

    year: int
    serial: int

    def __str__(self) -> str:
        return f"PO-{self.year}-{self.serial:04d}"


def typed_number(text: str, *, this_year: int) -> OrderNumber | None:
    """What a person means by `text`, or None when it is no order number. Without a year this year is meant."""
    match = _TYPED.match(text)
    if match is None:
        return None
    return OrderNumber(int(match["year"] or this_year), int(match["serial"]))
