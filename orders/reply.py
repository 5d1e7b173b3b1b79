"""What a supplier's message says, as the reader understood it: the shape of contracts/reply-reading.md, with evidence."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from orders.purchase import Delivery
from orders.wording import Wording, wording


class Kind(StrEnum):
    """What sort of message it is."""

    ORDER_RESPONSE = "order_response"  # says something of the order's lines
    SHIP_NOTICE = "ship_notice"  # goods are on the way
    INVOICE = "invoice"
    QUESTION = "question"  # the supplier wants an answer first
    AUTO_REPLY = "auto_reply"  # out of office, ticket receipt
    BOUNCE = "bounce"  # delivery status report
    OTHER = "other"


class MatchedBy(StrEnum):
    """How the order was found."""

    THREAD = "thread"  # In-Reply-To or References
    ADDRESS = "address"  # plus-address token
    SUBJECT = "subject"
    BODY = "body"
    ATTACHMENT = "attachment"
    SENDER = "sender"  # the supplier has just one open order


class Outcome(StrEnum):
    """What the message says of one line."""

    ACCEPTED = "accepted"  # as ordered
    CHANGED = "changed"  # quantity, price, date or split differ
    BACKORDERED = "backordered"  # comes later, no firm date
    REJECTED = "rejected"  # will not be delivered
    SUBSTITUTED = "substituted"  # another article is offered
    UNMENTIONED = "unmentioned"


class Decision(StrEnum):
    """What happens to the reading."""

    APPLY = "apply"  # may be booked with nobody looking
    REVIEW = "review"  # a manager decides on a prefilled card
    IGNORE = "ignore"  # nothing to do


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation from the message; `part` and the offsets (characters of that part's text) say where it stands."""

    text: str
    part: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Substitute:
    """The article that is offered instead."""

    supplier_code: str | None = None
    description: str | None = None
    unit_price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LineReading:
    """What the message says of one order line; quantities in base units, price net for one base unit."""

    line: int
    outcome: Outcome
    quantity: int | None = None
    unit_price: Decimal | None = None
    deliveries: tuple[Delivery, ...] = ()
    substitute: Substitute | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderResponse:
    """What the message says of one order; `order` None when which order cannot be decided."""

    order: str | None
    matched_by: MatchedBy | None
    understood: bool
    lines: tuple[LineReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a reply is not simply booked: the key of a sentence (`reading.<code>`) and the facts that fill it."""

    code: str
    facts: tuple[tuple[str, str | int], ...] = ()

    def say(self, words: Wording) -> str:
        """The reason as a sentence for a manager."""
        return words.say(f"reading.{self.code}", **dict(self.facts))


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole message: who, what kind, and a response for each order that it speaks of."""

    message_id: str | None
    kind: Kind
    supplier: str | None
    sender_trusted: bool
    responses: tuple[OrderResponse, ...] = ()
    decision: Decision = Decision.REVIEW
    reasons: tuple[Reason, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The answer of contracts/reply-reading.md as plain JSON values; the reasons in English."""
        english = wording("en")
        return {
            "message_id": self.message_id,
            "kind": self.kind.value,
            "supplier": self.supplier,
            "sender_trusted": self.sender_trusted,
            "responses": [response_as_json(response) for response in self.responses],
            "decision": self.decision.value,
            "reasons": [reason.say(english) for reason in self.reasons],
        }


def response_as_json(response: OrderResponse) -> dict[str, Any]:
    """One order's response as plain JSON values; `response_from_json` reads it back."""
    return {
        "order": response.order,
        "matched_by": response.matched_by.value if response.matched_by else None,
        "understood": response.understood,
        "lines": [_line_json(line) for line in response.lines],
    }


def _line_json(line: LineReading) -> dict[str, Any]:
    substitute = None
    if line.substitute is not None:
        substitute = {
            "supplier_code": line.substitute.supplier_code,
            "description": line.substitute.description,
            "unit_price": decimal_text(line.substitute.unit_price),
        }
    return {
        "line": line.line,
        "outcome": line.outcome.value,
        "quantity": line.quantity,
        "unit_price": decimal_text(line.unit_price),
        "deliveries": [
            {"date": each.date.isoformat() if each.date else None, "quantity": each.quantity}
            for each in line.deliveries
        ],
        "substitute": substitute,
        "evidence": [each.text for each in line.evidence],
        "evidence_at": [
            {"part": each.part, "start": each.start, "end": each.end}
            for each in line.evidence
            if each.start is not None
        ],
    }


def day_text(value: date | None) -> str | None:
    """A day as ISO 8601 writes it, or None."""
    return None if value is None else value.isoformat()


def decimal_text(value: Decimal | None) -> str | None:
    """A price as a decimal string in plain notation, or None."""
    return None if value is None else format(value, "f")


def response_from_json(data: dict[str, Any]) -> OrderResponse:
    """The response that `response_as_json` wrote; places of evidence are kept where they were known."""
    return OrderResponse(
        order=data["order"],
        matched_by=MatchedBy(data["matched_by"]) if data["matched_by"] else None,
        understood=data["understood"],
        lines=tuple(_line_from_json(line) for line in data["lines"]),
    )


def _line_from_json(data: dict[str, Any]) -> LineReading:
    offered = data["substitute"]
    return LineReading(
        line=data["line"],
        outcome=Outcome(data["outcome"]),
        quantity=data["quantity"],
        unit_price=_decimal(data["unit_price"]),
        deliveries=tuple(
            Delivery(date.fromisoformat(each["date"]) if each["date"] else None, each["quantity"])
            for each in data["deliveries"]
        ),
        substitute=None
        if offered is None
        else Substitute(offered["supplier_code"], offered["description"], _decimal(offered["unit_price"])),
        evidence=tuple(Evidence(text) for text in data["evidence"]),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
