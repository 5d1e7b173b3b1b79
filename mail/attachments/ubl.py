"""UBL order responses to plain values, and e-invoices told apart from them; runs in the guarded child.

OASIS UBL 2.1 OrderResponse as Peppol uses it (transactions T76 and T116): OrderResponseCode AP accepted, RE rejected,
CA conditionally accepted, AB acknowledged; LineStatusCode 1 added, 3 changed, 5 accepted, 7 not accepted.
"""

from typing import Any

from lxml import etree

from mail.attachments.einvoices import invoice_of, told
from store.guarded import Unopenable

_WHOLE = {"AP": "accepted", "29": "accepted", "RE": "rejected", "27": "rejected", "CA": "changed", "30": "changed"}
_LINE = {"5": "accepted", "7": "rejected", "3": "changed", "1": "added", "42": "unsaid"}


def open_xml(data: bytes) -> dict[str, Any]:
    """A structured confirmation or an e-invoice; any other XML is refused as unknown."""
    root = parsed(data)
    invoice = invoice_of(root)
    if invoice is not None:
        return {"invoice": invoice, "text": told(invoice)}
    name = etree.QName(root).localname
    if name != "OrderResponse":
        raise Unopenable("unknown-type", name)
    return {"confirmation": _order_response(root)}


def parsed(data: bytes) -> Any:
    """The root of a stranger's XML: no entities, no network, no huge trees; raises Unopenable."""
    if b"<!ENTITY" in data[:65_536]:
        raise Unopenable("broken", "declares entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unopenable("broken", str(error)[:200]) from error


def _order_response(root: Any) -> dict[str, Any]:
    return {
        "order": _first(root, "OrderReference", "ID"),
        "whole": _WHOLE.get(_first(root, "OrderResponseCode") or "", "unsaid"),
        "currency": _first(root, "DocumentCurrencyCode"),
        "day": _promised(root),
        "lines": [_line(each) for each in _children(root, "OrderLine")],
    }


def _line(order_line: Any) -> dict[str, Any]:
    item = next(iter(_children(order_line, "LineItem")), order_line)
    price = next(iter(_children(item, "Price")), None)
    product = next(iter(_children(item, "Item")), None)
    substitute = next(iter(_children(order_line, "SellerSubstitutedLineItem")), None)
    quantity = next(iter(_children(item, "Quantity")), None)
    backorder = _first(item, "MaximumBackorderQuantity")
    status = _LINE.get(_first(item, "LineStatusCode") or "", "unsaid")
    return {
        "line": _first(order_line, "OrderLineReference", "LineID") or _first(item, "ID"),
        "code": None if product is None else _first(product, "SellersItemIdentification", "ID"),
        "our_code": None if product is None else _first(product, "BuyersItemIdentification", "ID"),
        "gtin": None if product is None else _first(product, "StandardItemIdentification", "ID"),
        "status": "backordered" if backorder and status == "unsaid" else status,
        "quantity": None if quantity is None else quantity.text,
        "unit": None if quantity is None else quantity.get("unitCode"),
        "price": None if price is None else _first(price, "PriceAmount"),
        "price_basis": None if price is None else _first(price, "BaseQuantity"),
        "day": _promised(item),
        "substitute_code": None
        if substitute is None
        else _first(substitute, "Item", "SellersItemIdentification", "ID"),
        "text": " ".join(" ".join(order_line.itertext()).split())[:300],
    }


def _promised(element: Any) -> str | None:
    for delivery in _children(element, "Delivery"):
        for period in _children(delivery, "PromisedDeliveryPeriod"):
            return _first(period, "EndDate") or _first(period, "StartDate")
    return None


def _children(element: Any, name: str) -> list[Any]:
    return [child for child in element if isinstance(child.tag, str) and etree.QName(child).localname == name]


def _first(element: Any, *path: str) -> str | None:
    for name in path[:-1]:
        found = _children(element, name)
        if not found:
            return None
        element = found[0]
    found = _children(element, path[-1])
    return (found[0].text or "").strip() or None if found else None
