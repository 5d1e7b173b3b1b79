"""Makes purchase orders for tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from orders.purchase import OrderLine, PurchaseOrder


def make_line(line: int = 1, **overrides: Any) -> OrderLine:
    values: dict[str, Any] = {
        "sku": f"SKU-{line}",
        "supplier_code": f"BF-100{line}",
        "description": "Oat drink 1 l",
        "quantity": 120,
        "pack_size": 12,
        "unit_price": Decimal("4.20"),
    }
    return OrderLine(line=line, **(values | overrides))


def make_order(*lines: OrderLine, **overrides: Any) -> PurchaseOrder:
    values: dict[str, Any] = {
        "number": "PO-2026-0142",
        "supplier": "BALTIC",
        "currency": "PLN",
        "location": "GDY",
        "delivery_date": date(2026, 12, 1),
    }
    return PurchaseOrder(lines=lines or (make_line(),), **(values | overrides))
