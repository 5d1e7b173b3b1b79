"""What a reader of mail or chat must know of the shop: suppliers, products, open orders, places and people.

The same value is built by the store for the listener and from a JSON file for `mail explain` and `chat explain`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from orders.booking_terms import DEFAULT_TERMS, BookingTerms
from orders.purchase import OrderLine, OrderState, PurchaseOrder
from orders.tolerance import tolerances


class ContextUnusable(ValueError):
    """The context file cannot be used; the message says what is wrong, where, and what to do."""


@dataclass(frozen=True, slots=True)
class KnownSupplier:
    """A supplier and the addresses it writes from; `country` ISO 3166 alpha-2, `language` ISO 639-1."""

    code: str
    name: str
    emails: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    country: str | None = None
    language: str | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class KnownProduct:
    """A product as people name it."""

    sku: str
    name: str
    gtin: str | None = None
    unit: str = "pcs"


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A location: code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody in the workspace."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """Everything that a reading may rest on; `timezone` is an IANA name, `mailbox` our own address."""

    today: date
    timezone: str = "UTC"
    mailbox: str = ""
    authserv_id: str | None = None
    suppliers: tuple[KnownSupplier, ...] = ()
    products: tuple[KnownProduct, ...] = ()
    orders: tuple[PurchaseOrder, ...] = ()
    locations: tuple[KnownPlace, ...] = ()
    people: tuple[KnownPerson, ...] = ()
    terms: BookingTerms = DEFAULT_TERMS


def context_from_json(text: str) -> ReadingContext:
    """Build the context from the JSON of contracts/reply-reading.md; raises ContextUnusable with one clear sentence."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise ContextUnusable(f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from error
    if not isinstance(data, dict):
        raise ContextUnusable("the context must be a JSON object")
    try:
        return ReadingContext(
            today=date.fromisoformat(_need(data, "today", "the context")),
            timezone=str(data.get("timezone") or "UTC"),
            mailbox=str(data.get("mailbox") or ""),
            authserv_id=data.get("authserv_id"),
            suppliers=tuple(_supplier(each) for each in _list(data, "suppliers")),
            products=tuple(_product(each) for each in _list(data, "products")),
            orders=tuple(order_from_json(each) for each in _list(data, "orders")),
            locations=tuple(
                KnownPlace(_need(each, "code", "a location"), str(each.get("name") or ""))
                for each in _list(data, "locations")
            ),
            people=tuple(
                KnownPerson(_need(each, "id", "a person"), str(each.get("name") or ""))
                for each in _list(data, "people")
            ),
            terms=BookingTerms(
                tolerances({name: Decimal(str(value)) for name, value in (data.get("tolerances") or {}).items()})
            ),
        )
    except ContextUnusable:
        raise
    except (ValueError, TypeError, AttributeError, InvalidOperation) as error:
        raise ContextUnusable(f"a value in the context cannot be used: {error}") from error


def order_as_json(order: PurchaseOrder) -> dict[str, Any]:
    """An order in the shape of the context file, for the reader to be tried on later."""
    return {
        "number": order.number,
        "supplier": order.supplier,
        "currency": order.currency,
        "sent_on": order.sent_on.isoformat() if order.sent_on else None,
        "delivery_date": order.delivery_date.isoformat() if order.delivery_date else None,
        "message_id": order.message_id,
        "lines": [
            {
                "line": line.line,
                "sku": line.sku,
                "supplier_code": line.supplier_code,
                "description": line.description,
                "quantity": line.quantity,
                "pack_size": line.pack_size,
                "unit_price": None if line.unit_price is None else format(line.unit_price, "f"),
            }
            for line in order.lines
        ],
    }


def _need(data: Mapping[str, Any], key: str, where: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value:
        raise ContextUnusable(f'{where} needs "{key}" (text)')
    return value


def _list(data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    value = data.get(key) or []
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise ContextUnusable(f'"{key}" must be a list of objects')
    return value


def _supplier(data: dict[str, Any]) -> KnownSupplier:
    return KnownSupplier(
        code=_need(data, "code", "a supplier"),
        name=str(data.get("name") or ""),
        emails=tuple(str(each).lower() for each in data.get("emails") or ()),
        domains=tuple(str(each).lower() for each in data.get("domains") or ()),
        country=data.get("country"),
        language=data.get("language"),
        currency=data.get("currency"),
    )


def _product(data: dict[str, Any]) -> KnownProduct:
    return KnownProduct(
        sku=_need(data, "sku", "a product"),
        name=str(data.get("name") or ""),
        gtin=data.get("gtin"),
        unit=str(data.get("unit") or "pcs"),
    )


def order_from_json(data: dict[str, Any]) -> PurchaseOrder:
    """One order of the context file, sent and waiting for an answer; raises ContextUnusable or ValueError."""
    number = _need(data, "number", "an order")
    return PurchaseOrder(
        number=number,
        supplier=_need(data, "supplier", f"order {number}"),
        currency=str(data.get("currency") or ""),
        state=OrderState.SENT,
        delivery_date=_date(data.get("delivery_date")),
        sent_on=_date(data.get("sent_on")),
        message_id=data.get("message_id"),
        lines=tuple(_line(each, number) for each in _list(data, "lines")),
    )


def _line(data: dict[str, Any], number: str) -> OrderLine:
    price = data.get("unit_price")
    return OrderLine(
        line=int(data["line"]) if "line" in data else _missing_line(number),
        sku=str(data.get("sku") or ""),
        quantity=int(data.get("quantity") or 0),
        description=str(data.get("description") or ""),
        supplier_code=data.get("supplier_code"),
        pack_size=int(data.get("pack_size") or 1),
        unit_price=None if price is None else Decimal(str(price)),
    )


def _missing_line(number: str) -> int:
    raise ContextUnusable(f'a line of order {number} needs "line" (its number)')


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
