"""Has the rules judge an order or an answer with the store's facts, and keeps what they found with the revision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.orm import Session, aliased

from handlers.facts import answer_line_facts, order_facts, site_calendar
from handlers.house import House
from orders.changes import contradicts
from orders.purchase import PurchaseOrder
from orders.reply import Kind, OrderResponse, Reading
from rules.facts import ReplyFacts
from rules.findings import Finding, as_json, from_json, needs_person
from rules.judge import judge
from rules.judge import judge_reply as judge_answer
from store.tables.catalogue import LocationRow
from store.tables.decisions import FindingRow
from store.tables.inbox import InboxRow
from store.tables.purchase import ConfirmationRow, PurchaseOrderLineRow, PurchaseOrderRow

_THIS_MAIL = aliased(InboxRow)
_LATER = (
    select(ConfirmationRow.id)
    .join(InboxRow, InboxRow.id == ConfirmationRow.inbox_id)
    .join(PurchaseOrderLineRow, PurchaseOrderLineRow.id == ConfirmationRow.line_id)
    .where(PurchaseOrderLineRow.order_id == bindparam("order"))
    .where(
        InboxRow.received_at
        > select(_THIS_MAIL.received_at).where(_THIS_MAIL.id == bindparam("mail")).scalar_subquery()
    )
    .limit(1)
)
BANK = "doubt-bank"  # the reader's reason when a mail names an account


@dataclass(frozen=True, slots=True)
class AnswerJudged:
    """What the rules say of a supplier's answer."""

    findings: tuple[Finding, ...]

    @property
    def is_against_booking(self) -> bool:
        """True when a person must decide before anything is booked."""
        return needs_person(self.findings)


def judge_order(
    session: Session, row: PurchaseOrderRow, order: PurchaseOrder, *, now: datetime, house: House
) -> tuple[Finding, ...]:
    """Judge the order as it now stands; its findings replace those of the same revision."""
    return judge_orders(session, [row], [order], now=now, house=house)[0]


def judge_orders(
    session: Session,
    rows: Sequence[PurchaseOrderRow],
    orders: Sequence[PurchaseOrder],
    *,
    now: datetime,
    house: House,
) -> list[tuple[Finding, ...]]:
    """Judge several orders with facts that are read once for all of them; as `judge_order` does, in the same order."""
    session.flush()
    facts = order_facts(session, rows, orders, now=now, house=house)
    found = [judge(order, known, house.rulebook) for order, known in zip(orders, facts, strict=True)]
    kept = [
        _values(finding, row.id, row.revision, now)
        for row, findings in zip(rows, found, strict=True)
        for finding in findings
    ]
    for row in rows:
        session.execute(delete(FindingRow).where(FindingRow.order_id == row.id, FindingRow.revision == row.revision))
        row.judged_revision = row.revision
    if kept:
        session.execute(insert(FindingRow), kept)
    session.flush()
    return found


def keep_finding(session: Session, row: PurchaseOrderRow, finding: Finding, *, now: datetime) -> None:
    """Put something that was found outside the rules beside what they found when the order was last judged."""
    judged = session.scalar(select(func.max(FindingRow.revision)).where(FindingRow.order_id == row.id))
    session.add(FindingRow(**_values(finding, row.id, judged or row.revision, now)))
    session.flush()


def _values(finding: Finding, order_id: int, revision: int, now: datetime) -> dict[str, Any]:
    return {
        "order_id": order_id,
        "revision": revision,
        "key": finding.dedupe_key,
        "code": finding.code,
        "rule": finding.rule_id,
        "severity": finding.severity.value,
        "line": finding.line,
        "facts": as_json(finding),
        "found_at": now,
    }


def findings_of(session: Session, row: PurchaseOrderRow) -> tuple[Finding, ...]:
    """What the rules found when the order was last judged."""
    last = (
        select(FindingRow.revision).where(FindingRow.order_id == row.id).order_by(FindingRow.revision.desc()).limit(1)
    )
    rows = session.scalars(
        select(FindingRow)
        .where(FindingRow.order_id == row.id, FindingRow.revision == last.scalar_subquery())
        .order_by(FindingRow.id)
    )
    return tuple(from_json(found.facts) for found in rows)


def judge_reply(
    session: Session,
    row: PurchaseOrderRow,
    order: PurchaseOrder,
    reading: Reading,
    response: OrderResponse,
    *,
    inbox_id: int,
    now: datetime,
    house: House,
) -> AnswerJudged:
    """Judge one order's answer."""
    place = session.get_one(LocationRow, row.location_id)  # held, so that the calendar need not load it again
    today = now.astimezone(ZoneInfo(place.timezone)).date()
    facts = ReplyFacts(
        today=today,
        sender_is_trusted=reading.sender_trusted,
        sender_is_supplier_of_order=reading.supplier == order.supplier,
        is_newest=_is_newest(session, row.id, inbox_id),
        contradicts_earlier=contradicts(order, response),
        has_question=reading.kind is Kind.QUESTION,
        has_unreadable_part=not response.understood,
        names_bank_account=any(reason.code == BANK for reason in reading.reasons),
        calendar=site_calendar(session, row.location_id),
        lines=answer_line_facts(session, row),
    )
    return AnswerJudged(judge_answer(order, response, facts, house.rulebook))


def _is_newest(session: Session, order_id: int, inbox_id: int) -> bool:
    """False when an answer is booked that came after this one: mails are read in any order, after an outage say."""
    return session.scalar(_LATER, {"order": order_id, "mail": inbox_id}) is None
