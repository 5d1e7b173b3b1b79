"""The plan on the store: outlooks for every product, and one open proposal for each supplier and place.

A plan that runs ten times leaves what it left the first time. It is computed from what one reading saw and written in a
transaction of its own, so that nobody else has to wait for the computing; what people did in between is left alone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from handlers.budgets import month_budgets
from handlers.house import House
from handlers.judging import judge_orders
from handlers.open_deliveries import keep_expected
from handlers.outlooks import keep_outlooks
from handlers.plan_input import PlanInput, plan_input
from handlers.proposals import Key, bring_proposals, open_proposals, wanted_lines
from handlers.transfers import keep_transfers
from orders.clock import Clock, local_day
from orders.people import Actor
from orders.purchase import OrderState
from planning.nightly import plan_shop
from store.queries.orders import order_values
from store.tables.journal import JournalRow
from store.tables.purchase import PurchaseOrderRow


@dataclass(frozen=True, slots=True)
class PlanOrders:
    """Compute the plan for everything. `columns` is the folder of the history in columns; None reads the table itself."""

    columns: Path | None = None


@dataclass(frozen=True, slots=True)
class ComputedPlan:
    """A plan that is not written yet; `seen` are the events of the journal that it knows of."""

    given: PlanInput
    full: pl.DataFrame
    today: date
    seen: "SeenEvents"
    at: datetime  # when the store was read


@dataclass(frozen=True, slots=True)
class SeenEvents:
    """The journal as one reading saw it: everything up to `all_until`, and `later` keys beyond.

    A server gives out keys before it commits them, so that a key below the greatest one may still be unseen.
    """

    all_until: int
    later: frozenset[int]


@dataclass(frozen=True, slots=True)
class Planned:
    """What the plan left: numbers of new, changed and expired proposals, and how many rows it had to write."""

    items: int
    proposals: tuple[str, ...]
    changed: tuple[str, ...]
    expired: tuple[str, ...]
    without_lead_time: int
    outlooks_written: int
    transfers: int  # proposed between places


def compute_orders(session: Session, command: PlanOrders, *, clock: Clock, house: House) -> ComputedPlan:
    """Compute the plan from one reading of the store. Writes nothing in it."""
    today = local_day(clock, house.shop.timezone)
    seen, now = _seen_events(session), clock.now()
    here = now.astimezone(ZoneInfo(house.shop.timezone)).time()
    budgets = month_budgets(session, today=today, house=house)
    given = plan_input(session, today=today, at=here, budgets=budgets, columns=command.columns)
    full = plan_shop(given.items, given.history, given.on_order, today=today, language=house.shop.language)
    return ComputedPlan(given, full, today, seen, now)


def keep_plan(session: Session, computed: ComputedPlan, *, actor: Actor, clock: Clock) -> Planned:
    """Write outlooks, expected days and proposals. Suppliers and places that somebody acted on meanwhile wait a run."""
    today, full = computed.today, computed.full
    found = open_proposals(session)  # first of all: what people did is known for certain only under the lock
    untouched = _acted_on(session, computed.seen)
    keep_expected(session, computed.given.expected)
    wanted = wanted_lines(session, full)
    proposals = wanted.select("supplier_id", "location_id").unique().height
    rewritten = keep_outlooks(session, full, today=today, now=clock.now(), proposals=proposals)
    transfers = keep_transfers(session, full, read_at=computed.at)
    brought = bring_proposals(
        session, wanted, rewritten, found=found, untouched=untouched, today=today, actor=actor, clock=clock
    )
    return Planned(
        full.height,
        brought.made,
        brought.changed,
        brought.expired,
        computed.given.without_lead_time,
        rewritten.height,
        transfers,
    )


def unjudged_proposals(session: Session) -> tuple[str, ...]:
    """Numbers of the proposals that the rules have not judged as they stand: new, changed, or left by a broken run."""
    order = PurchaseOrderRow
    return tuple(
        session.scalars(
            select(order.number)
            .where(
                order.state == OrderState.PROPOSED,
                or_(order.judged_revision.is_(None), order.judged_revision != order.revision),
            )
            .order_by(order.id)
        )
    )


def judge_proposals(session: Session, numbers: Collection[str], *, clock: Clock, house: House) -> None:
    """Have the rules judge these proposals as they stand; those that are proposals no more are left alone."""
    order = PurchaseOrderRow
    rows = session.scalars(
        select(order)
        .where(order.number.in_(numbers), order.state == OrderState.PROPOSED)
        .order_by(order.id)
        .with_for_update()
    ).all()
    judge_orders(session, rows, order_values(session, rows), now=clock.now(), house=house)


_LATELY = 1000  # keys that may have been given out but not committed when a later one was


def _seen_events(session: Session) -> SeenEvents:
    all_until = max((session.scalar(select(func.max(JournalRow.id))) or 0) - _LATELY, 0)
    return SeenEvents(all_until, frozenset(session.scalars(select(JournalRow.id).where(JournalRow.id > all_until))))


def _acted_on(session: Session, seen: SeenEvents) -> frozenset[Key]:
    rows = session.execute(
        select(JournalRow.id, PurchaseOrderRow.supplier_id, PurchaseOrderRow.location_id)
        .join(PurchaseOrderRow, PurchaseOrderRow.id == JournalRow.order_id)
        .where(JournalRow.id > seen.all_until)
    )
    return frozenset((supplier, place) for event, supplier, place in rows if event not in seen.later)
