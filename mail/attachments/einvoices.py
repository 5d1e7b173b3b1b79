"""E-invoices to plain values: UBL 2.1, UN/CEFACT CII (as Factur-X carries it) and KSeF FA; runs in the guarded child.

Where the figures stand: EN 16931 BT-1 number, BT-2 date, BT-5 currency, BT-13 order, BT-84 account, BT-112 total with tax;
the structure FA(2) and FA(3) of the Polish ministry of finance: P_2, P_1, KodWaluty, NrZamowienia, NrRB, P_15.
"""

from typing import Any

from lxml import etree

ROOTS = {"Invoice": "ubl", "CreditNote": "ubl", "CrossIndustryInvoice": "cii", "Faktura": "ksef"}
# Names that Factur-X, ZUGFeRD and XRechnung give the file inside the PDF.
INSIDE_PDF = frozenset({"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"})
_CII = "SupplyChainTradeTransaction"
_SETTLEMENT = (_CII, "ApplicableHeaderTradeSettlement")
_PATHS: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {
    "ubl": {
        "number": (("ID",),),
        "day": (("IssueDate",),),
        "currency": (("DocumentCurrencyCode",),),
        "total": (("LegalMonetaryTotal", "TaxInclusiveAmount"), ("LegalMonetaryTotal", "PayableAmount")),
        "account": (("PaymentMeans", "PayeeFinancialAccount", "ID"),),
        "orders": (("OrderReference", "ID"),),
    },
    "cii": {
        "number": (("ExchangedDocument", "ID"),),
        "day": (("ExchangedDocument", "IssueDateTime", "DateTimeString"),),
        "currency": ((*_SETTLEMENT, "InvoiceCurrencyCode"),),
        "total": ((*_SETTLEMENT, "SpecifiedTradeSettlementHeaderMonetarySummation", "GrandTotalAmount"),),
        "account": (
            (*_SETTLEMENT, "SpecifiedTradeSettlementPaymentMeans", "PayeePartyCreditorFinancialAccount", "IBANID"),
            (
                *_SETTLEMENT,
                "SpecifiedTradeSettlementPaymentMeans",
                "PayeePartyCreditorFinancialAccount",
                "ProprietaryID",
            ),
        ),
        "orders": ((_CII, "ApplicableHeaderTradeAgreement", "BuyerOrderReferencedDocument", "IssuerAssignedID"),),
    },
    "ksef": {
        "number": (("Fa", "P_2"),),
        "day": (("Fa", "P_1"),),
        "currency": (("Fa", "KodWaluty"),),
        "total": (("Fa", "P_15"),),
        "account": (("Fa", "Platnosc", "RachunekBankowy", "NrRB"),),
        "orders": (("Fa", "WarunkiTransakcji", "Zamowienia", "NrZamowienia"),),
    },
}
_MOST_ORDERS = 20


def invoice_of(root: Any, found_in: str | None = None) -> dict[str, Any] | None:
    """The invoice in a parsed document, or None when it is none; `found_in` names the format when a PDF carried it."""
    form = ROOTS.get(etree.QName(root).localname)
    if form is None:
        return None
    paths = _PATHS[form]
    first = {
        key: next(iter(_texts(root, paths[key])), None) for key in ("number", "day", "currency", "total", "account")
    }
    orders = list(dict.fromkeys(_texts(root, paths["orders"])))[:_MOST_ORDERS]
    account = "".join((first["account"] or "").split()) or None
    return first | {"format": found_in or form, "day": _day(first["day"]), "account": account, "orders": orders}


def told(invoice: dict[str, Any]) -> str:
    """The words of an invoice by which its order is found."""
    return " ".join([invoice["number"] or "", *invoice["orders"]])[:2_000]


def _day(text: str | None) -> str | None:
    """ISO 8601 of a day; CII writes 20261203 (format 102 of UN/EDIFACT 2379)."""
    if text and len(text) == 8 and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text[:10] if text else None


def _texts(root: Any, paths: tuple[tuple[str, ...], ...]) -> list[str]:
    """Texts of all elements at these paths, whatever their namespaces' prefixes."""
    found = []
    for path in paths:
        places = [root]
        for name in path:
            places = [child for place in places for child in place if _is(child, name)]
        found += [text for place in places if (text := (place.text or "").strip())]
    return found


def _is(element: Any, name: str) -> bool:
    return isinstance(element.tag, str) and etree.QName(element).localname == name
