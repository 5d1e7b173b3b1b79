"""E-invoices as suppliers' programs write them, as small as they can be."""

from io import BytesIO

import pypdfium2
from fpdf import FPDF

IBAN = "PL61 1090 1014 0000 0712 1981 2874"


def ubl_invoice(order: str = "PO-2026-0142", number: str = "FV/7/2026", account: str = IBAN) -> bytes:
    """UBL 2.1, as Peppol BIS Billing 3 carries it."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2">
 <cbc:ID>{number}</cbc:ID><cbc:IssueDate>2026-12-03</cbc:IssueDate>
 <cbc:DocumentCurrencyCode>PLN</cbc:DocumentCurrencyCode>
 <cac:OrderReference><cbc:ID>{order}</cbc:ID></cac:OrderReference>
 <cac:PaymentMeans><cac:PayeeFinancialAccount><cbc:ID>{account}</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
 <cac:LegalMonetaryTotal><cbc:TaxInclusiveAmount currencyID="PLN">619.92</cbc:TaxInclusiveAmount>
  <cbc:PayableAmount currencyID="PLN">600.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
</Invoice>""".encode()


def cii_invoice(order: str = "PO-2026-0142") -> bytes:
    """UN/CEFACT Cross Industry Invoice, as Factur-X and XRechnung carry it."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
  xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
  xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
 <rsm:ExchangedDocument><ram:ID>RE-2026-88</ram:ID>
  <ram:IssueDateTime><udt:DateTimeString format="102">20261203</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
 <rsm:SupplyChainTradeTransaction>
  <ram:ApplicableHeaderTradeAgreement><ram:BuyerOrderReferencedDocument>
   <ram:IssuerAssignedID>{order}</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument></ram:ApplicableHeaderTradeAgreement>
  <ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
   <ram:SpecifiedTradeSettlementPaymentMeans><ram:PayeePartyCreditorFinancialAccount>
    <ram:IBANID>DE89370400440532013000</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>
   </ram:SpecifiedTradeSettlementPaymentMeans>
   <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:GrandTotalAmount>119.00</ram:GrandTotalAmount>
   </ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
 </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>""".encode()


def ksef_invoice(*orders: str) -> bytes:
    """The Polish structured invoice FA(3)."""
    named = "".join(f"<Zamowienia><NrZamowienia>{order}</NrZamowienia></Zamowienia>" for order in orders)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Faktura xmlns="http://crd.gov.pl/wzor/2025/06/25/13775/"><Fa><KodWaluty>PLN</KodWaluty><P_1>2026-12-03</P_1>
 <P_2>FA/2026/12/9</P_2><P_15>1230.00</P_15><Platnosc><RachunekBankowy><NrRB>61109010140000071219812874</NrRB>
 </RachunekBankowy></Platnosc><WarunkiTransakcji>{named}</WarunkiTransakcji></Fa></Faktura>""".encode()


def pdf_with(
    name: str, inside: bytes, text: str = "Rechnung RE-2026-88 zur Bestellung PO-2026-0142, 119,00 EUR"
) -> bytes:
    """A PDF that carries a file."""
    paper = FPDF()
    paper.add_page()
    paper.set_font("helvetica", size=12)
    paper.cell(text=text)
    pdf = pypdfium2.PdfDocument(bytes(paper.output()))
    pdf.new_attachment(name).set_data(inside)
    made = BytesIO()
    pdf.save(made)
    pdf.close()
    return made.getvalue()
