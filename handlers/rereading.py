"""Mails that were read before, with what they were taken to mean and the orders as they stood then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from orders.context import order_from_json
from orders.purchase import PurchaseOrder
from store.doors import Door
from store.tables.decisions import ReplyProposalRow
from store.tables.inbox import InboxRow

BATCH = 50


@dataclass(frozen=True, slots=True)
class ReadBefore:
    """One mail of the inbox with its reading as JSON."""

    inbox: int
    subject: str
    raw: bytes
    received_at: datetime
    reading: Mapping[str, Any]
    orders: tuple[PurchaseOrder, ...]


def mails_read_before(session: Session, *, after: int, since: datetime | None) -> tuple[ReadBefore, ...]:
    """The next mails behind the inbox number `after` that have a reading, the oldest first; none at the end."""
    query = (
        select(InboxRow)
        .where(InboxRow.door == Door.MAIL, InboxRow.id > after, InboxRow.raw.is_not(None))
        .where(InboxRow.payload.is_not(None))
        .options(undefer(InboxRow.raw))
        .order_by(InboxRow.id)
        .limit(BATCH)
    )
    if since is not None:
        query = query.where(InboxRow.received_at >= since)
    rows = [row for row in session.scalars(query) if (row.payload or {}).get("reading")]
    then = session.execute(
        select(ReplyProposalRow.inbox_id, ReplyProposalRow.order_then).where(
            ReplyProposalRow.inbox_id.in_([row.id for row in rows]), ReplyProposalRow.order_then.is_not(None)
        )
    ).all()
    return tuple(
        ReadBefore(
            row.id,
            row.subject,
            row.raw or b"",
            row.received_at,
            (row.payload or {})["reading"],
            tuple(order_from_json(order) for inbox, order in then if inbox == row.id and order),
        )
        for row in rows
    )
