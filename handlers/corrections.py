"""Answers that a person read otherwise than the program: examples with the person's label, to test a reader on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from orders.context import order_from_json
from orders.policy import decide
from orders.reply import Kind, response_from_json
from store.tables.decisions import ReplyProposalRow
from store.tables.inbox import InboxRow


@dataclass(frozen=True, slots=True)
class Correction:
    """One example: the mail's bytes, the order as it stood, and what a careful clerk reads. `label` is JSON."""

    name: str
    raw: bytes
    order: Mapping[str, Any]
    label: Mapping[str, Any]


def corrections(session: Session) -> Iterator[Correction]:
    """Every corrected answer, the oldest first, in the shape of tests/corpus."""
    query = (
        select(ReplyProposalRow, InboxRow)
        .join(InboxRow, InboxRow.id == ReplyProposalRow.inbox_id)
        .where(ReplyProposalRow.corrected.is_not(None), ReplyProposalRow.order_then.is_not(None))
        .options(undefer(InboxRow.raw))
        .order_by(ReplyProposalRow.id)
    )
    for proposal, mail in session.execute(query):
        if mail.raw is not None and proposal.order_then and proposal.corrected:
            read = (mail.payload or {}).get("reading") or {}
            label = _label(read, proposal.order_then, proposal.corrected)
            yield Correction(f"corrected-{proposal.id:05d}", mail.raw, proposal.order_then, label)


def _label(read: Mapping[str, Any], order_then: dict[str, Any], corrected: dict[str, Any]) -> dict[str, Any]:
    """What the reading should have been; the decision is what the default policy makes of the corrected figures."""
    order, response = order_from_json(order_then), response_from_json(corrected)
    is_trusted = bool(read.get("sender_trusted"))
    decision, _ = decide(Kind.ORDER_RESPONSE, [response], [order], trusted=is_trusted, ignorable=False)
    others = [each for each in read.get("responses", ()) if each["order"] != order.number]
    return {
        "kind": Kind.ORDER_RESPONSE.value,
        "supplier": read.get("supplier"),
        "sender_trusted": is_trusted,
        "responses": [_plain(each) for each in (*others, corrected)],
        "decision": decision.value,
    }


def _plain(response: Mapping[str, Any]) -> dict[str, Any]:
    """A response without its evidence: a label says what is meant, not where it stands."""
    lines = [
        {key: value for key, value in line.items() if not key.startswith("evidence")} for line in response["lines"]
    ]
    return {"order": response["order"], "understood": response["understood"], "lines": lines}
