"""Lays out the labelled replies: compact cases in tests/corpus/cases become NAME.eml and NAME.json, side by side.

A case is a mail's words and, behind "->", what a careful clerk reads in them, line by line: `1 ok` as ordered, `1 no`
rejected, `1 later` backordered (`1 later all` when all of it is said to follow), `1 -` unmentioned, `1 sub CODE PRICE` substituted, `1 96 @4.20 [2026-12-03:96]` changed;
`?` means that a person must read it, with the kind of message behind it; `=>` the decision, review when nothing stands.
The labels are written by hand. `python -m tests.makers.corpus` writes the files.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "corpus"
OUR_ADDRESS = "orders@shop.example"
SUPPLIERS = {
    "en": ("NORTH", "GB", "GBP", "NP"),
    "pl": ("BALTIC", "PL", "PLN", "BF"),
    "de": ("MUELLER", "DE", "EUR", "MV"),
    "fr": ("DUBOIS", "FR", "EUR", "DB"),
    "es": ("RUIZ", "ES", "EUR", "RZ"),
    "it": ("ROSSI", "IT", "EUR", "RS"),
    "cs": ("NOVAK", "CZ", "EUR", "NK"),
    "uk": ("KOVAL", "UA", "EUR", "KV"),
    "nl": ("VRIES", "NL", "EUR", "DV"),
}  # fmt: skip  code, country, currency, how its article codes begin
_LINES = ((1, "OAT-1L", "1001", "Oat drink 1 l", 120, 12, "4.20"), (2, "RICE-1L", "1002", "Rice drink 1 l", 60, 6, "3.10"),
          (3, "GRAN-500", "1003", "Granola nuts 500 g", 48, 8, "11.90"))  # fmt: skip
DELIVERY = "2026-12-01"


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled reply, as it is written in the compact file."""

    name: str
    language: str
    text: str
    label: str

    @property
    def order(self) -> str:
        return f"PO-2026-01{40 + list(SUPPLIERS).index(self.language)}"


def cases() -> Iterator[Case]:
    for path in sorted((FOLDER / "cases").glob("*.txt")):
        language = path.stem[:2]
        prefix = SUPPLIERS[language][3]
        for block in path.read_text(encoding="utf-8").split("== ")[1:]:
            name, _, rest = block.partition("\n")
            text, _, label = rest.rpartition("-> ")
            for key, code in (("{c1}", "1001"), ("{c2}", "1002"), ("{c3}", "1003"), ("{x9}", "1009")):
                text, label = text.replace(key, f"{prefix}-{code}"), label.replace(key, f"{prefix}-{code}")
            yield Case(f"{path.stem}-{name.strip()}", language, text, label.strip())


def context() -> dict[str, Any]:
    suppliers, orders = [], []
    for at, (language, (code, country, currency, prefix)) in enumerate(SUPPLIERS.items()):
        domain = f"{code.lower()}.example"
        suppliers.append(
            {"code": code, "name": code.title(), "country": country, "language": language, "currency": currency,
             "emails": [f"sales@{domain}"], "domains": [domain]}
        )  # fmt: skip
        lines = [
            {"line": line, "sku": sku, "supplier_code": f"{prefix}-{number}", "description": name, "quantity": quantity,
             "pack_size": pack, "unit_price": price}
            for line, sku, number, name, quantity, pack, price in _LINES
        ]  # fmt: skip
        orders.append(
            {"number": f"PO-2026-01{40 + at}", "supplier": code, "currency": currency, "sent_on": "2026-11-20",
             "delivery_date": DELIVERY, "message_id": f"<po-{language}@shop.example>", "lines": lines}
        )  # fmt: skip
    return {"today": "2026-11-23", "timezone": "Europe/Warsaw", "mailbox": OUR_ADDRESS, "suppliers": suppliers,
            "products": [], "orders": orders}  # fmt: skip


def mail_of(case: Case) -> bytes:
    code = SUPPLIERS[case.language][0].lower()
    mail = EmailMessage()
    mail["From"] = f"Sales <sales@{code}.example>"
    mail["To"] = OUR_ADDRESS
    mail["Subject"] = f"Re: {case.order}"
    mail["Date"] = "Mon, 23 Nov 2026 10:00:00 +0100"
    mail["Message-ID"] = f"<{case.name}@{code}.example>"
    mail["In-Reply-To"] = f"<po-{case.language}@shop.example>"
    mail.set_content(case.text, cte="quoted-printable")
    return mail.as_bytes()


def expected(case: Case) -> dict[str, Any]:
    """The label in the shape of the reading's JSON, without the fields that the case leaves open."""
    said, _, decision = case.label.partition("=>")
    said = said.strip()
    understood = not said.startswith("?")
    response: dict[str, Any] = {"order": case.order, "matched_by": "thread", "understood": understood}
    if understood:
        response["lines"] = [_line(text.strip()) for text in said.split("|")]
    return {
        "kind": "order_response" if understood else said[1:].strip() or "order_response",
        "supplier": SUPPLIERS[case.language][0],
        "sender_trusted": True,
        "responses": [response],
        "decision": decision.strip() or "review",
    }


def _line(text: str) -> dict[str, Any]:
    number, _, said = text.partition(" ")
    line = int(number)
    _, _, _, _, quantity, _, price = _LINES[line - 1]
    whole: dict[str, Any] = {"line": line, "quantity": None, "unit_price": None, "deliveries": [], "substitute": None}
    if said == "ok":
        return {**whole, "outcome": "accepted", "quantity": quantity, "unit_price": price}
    if said == "no":
        return {**whole, "outcome": "rejected", "quantity": 0}
    if said == "-":
        return {**whole, "outcome": "unmentioned"}
    if said in ("later", "later all"):
        return {**whole, "outcome": "backordered", "quantity": quantity if said == "later all" else None}
    if said.startswith("sub "):
        _, code, offered = said.split()
        return {**whole, "outcome": "substituted", "substitute": {"supplier_code": code, "unit_price": offered}}
    changed = re.fullmatch(r"(\d+) @([\d.]+)(?: \[(.*)\])?", said)
    assert changed, text
    return {
        **whole,
        "outcome": "changed",
        "quantity": int(changed[1]),
        "unit_price": changed[2],
        "deliveries": deliveries_of(changed[3] or ""),
    }


def deliveries_of(text: str) -> list[dict[str, Any]]:
    """What stands between the brackets, 2026-12-03:96, null:24, as a label has it."""
    return [
        {"date": None if day == "null" else day, "quantity": int(count)}
        for day, _, count in (each.strip().rpartition(":") for each in text.split(",") if each)
    ]


def write() -> None:
    (FOLDER / "context.json").write_text(json.dumps(context(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for case in cases():
        (FOLDER / f"{case.name}.eml").write_bytes(mail_of(case))
        label = json.dumps(expected(case), ensure_ascii=False, indent=1) + "\n"
        (FOLDER / f"{case.name}.json").write_text(label, encoding="utf-8")


if __name__ == "__main__":
    write()
