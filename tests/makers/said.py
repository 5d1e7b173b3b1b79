"""Short replies against the orders of the corpora, labelled in one line each: tests/corpus/said/*.txt.

A block is `== CORPUS/END-OF-ORDER-NUMBER NAME`, the words, and behind "->" what a careful clerk reads in them, line by
line: `1 ok` as ordered, `2 no` rejected, `3 later 60` backordered, `4 -` unmentioned, `5 sub CODE 48 @19.90` another
article, `1 96 @4.20 [2026-12-03:60, null:36]` changed (the ordered price when none stands); `?` a person must read it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from tests.makers.corpus import FOLDER, deliveries_of

_CHANGED = re.compile(r"(\d+)(?: @([\d.]+))?(?: \[(.*)\])?")
_OFFER = re.compile(r"sub (\S+)(?: (\d+))?(?: @([\d.]+))?")


@dataclass(frozen=True, slots=True)
class Block:
    """One labelled reply; `order` the end of its order's number."""

    corpus: str
    order: str
    name: str
    words: str
    label: str


def blocks() -> Iterator[Block]:
    for path in sorted((FOLDER / "said").glob("*.txt")):
        for block in path.read_text(encoding="utf-8").removeprefix("== ").split("\n== "):
            head, _, rest = block.partition("\n")
            words, _, label = rest.rpartition("-> ")
            where, name = head.split()
            corpus, _, order = where.partition("/")
            yield Block(corpus, order, f"{path.stem}-{name}", words, label.strip())


def context_of(corpus: str) -> dict[str, Any]:
    folder = FOLDER if corpus == "corpus" else FOLDER / corpus
    read: dict[str, Any] = json.loads(Path(folder / "context.json").read_text(encoding="utf-8"))
    return read


def mail_of(block: Block, context: Mapping[str, Any]) -> bytes:
    """The reply as its supplier's mail of the day on which the corpus is read."""
    order = order_of(block, context)
    supplier = next(each for each in context["suppliers"] if each["code"] == order["supplier"])
    mail = EmailMessage()
    mail["From"] = supplier["emails"][0]
    mail["To"] = context["mailbox"]
    mail["Subject"] = f"Re: {order['number']}"
    mail["Date"] = f"{block_day(order)} 10:00:00 +0100"
    mail["Message-ID"] = f"<{block.name}@supplier.example>"
    mail["In-Reply-To"] = order["message_id"]
    mail.set_content(block.words, cte="quoted-printable")
    return mail.as_bytes()


def order_of(block: Block, context: Mapping[str, Any]) -> dict[str, Any]:
    found = [order for order in context["orders"] if order["number"].endswith(block.order)]
    assert len(found) == 1, f"{block.order} is the end of {len(found)} orders"
    return dict(found[0])


def block_day(order: Mapping[str, Any]) -> str:
    """The first working day after the order was sent, as a Date header writes it."""
    day = date.fromisoformat(order["sent_on"]) + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.strftime("%a, %d %b %Y")


def label_of(block: Block, order: Mapping[str, Any]) -> dict[str, Any]:
    """The label in the shape of the reading's JSON, without the fields that it leaves open."""
    said, _, kind = block.label.partition(" ") if block.label.startswith("?") else (block.label, "", "")
    understood = not said.startswith("?")
    response: dict[str, Any] = {"order": order["number"], "matched_by": "thread", "understood": understood}
    applies = False
    if understood:
        response["lines"] = [_line(text.strip(), order) for text in said.split("|")]
        applies = all(line["outcome"] == "accepted" for line in response["lines"])
    return {
        "kind": kind or "order_response",
        "responses": [response],
        "decision": "apply" if applies else "review",
    }


def _line(text: str, order: Mapping[str, Any]) -> dict[str, Any]:
    number, _, said = text.partition(" ")
    ordered = next(each for each in order["lines"] if each["line"] == int(number))
    whole: dict[str, Any] = {
        "line": int(number), "quantity": None, "unit_price": None, "deliveries": [], "substitute": None,
    }  # fmt: skip
    if said == "ok":
        return {
            **whole,
            "outcome": "accepted",
            "quantity": ordered["quantity"],
            "unit_price": ordered["unit_price"],
        }
    if said == "no":
        return {**whole, "outcome": "rejected", "quantity": 0}
    if said == "-":
        return {**whole, "outcome": "unmentioned"}
    if said.startswith("later"):
        count = said.removeprefix("later").strip()
        return {**whole, "outcome": "backordered", "quantity": int(count) if count else None}
    offer = _OFFER.fullmatch(said)
    if offer is not None:
        substitute = {"supplier_code": None if offer[1] == "-" else offer[1], "unit_price": offer[3]}
        del whole["deliveries"]
        return {**whole, "outcome": "substituted", "quantity": offer[2] and int(offer[2]), "substitute": substitute}
    changed = _CHANGED.fullmatch(said)
    assert changed, text
    return {
        **whole,
        "outcome": "changed",
        "quantity": int(changed[1]),
        "unit_price": changed[2] or ordered["unit_price"],
        "deliveries": deliveries_of(changed[3] or ""),
    }
