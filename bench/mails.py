"""Typical supplier mails for measuring, made of no real person's words."""

from email.message import EmailMessage

_ROWS = [(n, f"BF-{1000 + n}", f"Article number {n}, 1 l", 12 * n, f"{n},20") for n in range(1, 31)]
_QUOTE = "\n".join(f"> {n}. {code} {name}, {quantity} szt. po {price} zł" for n, code, name, quantity, price in _ROWS)
_TABLE = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in _ROWS)
_TEXT = f"Dzień dobry,\n\npotwierdzamy wszystko poza poz. 3.\n\nPozdrawiam\nAnna Nowak\n\nW dniu 23.11.2026 o 09:01, Sklep pisze:\n{_QUOTE}\n"


def supplier_mail(number: int, *, html: bool = False, pdf: bool = False) -> bytes:
    """One answer to an order of 30 lines; `number` makes it differ from the others."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "Anna Nowak <anna@balticfoods.example>", "orders@sklep.example"
    mail["Subject"] = f"Re: [PO-2026-{number:04d}] Zamówienie"
    mail["Date"], mail["Message-ID"] = "Mon, 23 Nov 2026 10:00:00 +0100", f"<{number}@balticfoods.example>"
    for hop in range(4):
        mail["Received"] = f"from h{hop}.example by h{hop + 1}.example; Mon, 23 Nov 2026 10:00:00 +0100"
    mail.set_content(_TEXT)
    if html:
        mail.add_alternative(
            f"<p>Potwierdzamy wszystko poza poz. 3.</p><blockquote type=cite><table>{_TABLE}</table></blockquote>",
            subtype="html",
        )
    if pdf:
        mail.add_attachment(bytes(60_000), maintype="application", subtype="pdf", filename="zamowienie.pdf")
    return mail.as_bytes()


def order_mail() -> bytes:
    """The order that the answers quote, as we sent it."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "orders@sklep.example", "anna@balticfoods.example", "Zamówienie"
    mail.set_content(_QUOTE.replace("> ", ""))
    mail.add_alternative(f"<table>{_TABLE}</table>", subtype="html")
    return mail.as_bytes()
