"""The plan on the store: outlooks for every product, and one open proposal for each supplier and place.

A plan that runs ten times leaves what it left the first time. It is computed from what one reading saw and written in a
transaction of its own, so that nobody else has to wait for the computing; what people did in between is left alone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from handlers.budgets import month_budgets
from handlers.house import House
from handlers.judging import judge_order
from handlers.open_deliveries import keep_expected
from handlers.outlooks import keep_outlooks
from handlers.plan_input import PlanInput, plan_input
from handlers.proposals import Key, bring_proposals, wanted_lines
from handlers.transfers import keep_transfers
from orders.clock import Clock, local_day
from orders.people import Actor
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
    """A plan that is not written yet; `seen` is the last event of the journal that it knows of."""

    given: PlanInput
    full: pl.DataFrame
    today: date
    seen: int


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
    seen = session.scalar(select(func.max(JournalRow.id))) or 0
    here = clock.now().astimezone(ZoneInfo(house.shop.timezone)).time()
    budgets = month_budgets(session, today=today, house=house)
    given = plan_input(session, today=today, at=here, budgets=budgets, columns=command.columns)
    full = plan_shop(given.items, given.history, given.on_order, today=today, language=house.shop.language)
    return ComputedPlan(given, full, today, seen)


def keep_plan(session: Session, computed: ComputedPlan, *, actor: Actor, clock: Clock) -> Planned:
    """Write outlooks, expected days and proposals. Suppliers and places that somebody acted on meanwhile wait a run."""
    today, full = computed.today, computed.full
    keep_expected(session, computed.given.expected)
    wanted = wanted_lines(session, full)
    proposals = wanted.select("supplier_id", "location_id").unique().height
    rewritten = keep_outlooks(session, full, today=today, now=clock.now(), proposals=proposals)
    transfers = keep_transfers(session, full)
    untouched = _acted_on(session, computed.seen)
    brought = bring_proposals(session, wanted, rewritten, untouched=untouched, today=today, actor=actor, clock=clock)
    return Planned(
        full.height,
        brought.made,
        brought.changed,
        brought.expired,
        computed.given.without_lead_time,
        rewritten.height,
        transfers,
    )


def judge_proposals(session: Session, numbers: Collection[str], *, clock: Clock, house: House) -> None:
    """Have the rules judge these proposals as they stand."""
    rows = session.scalars(select(PurchaseOrderRow).where(PurchaseOrderRow.number.in_(numbers))).all()
    for row in rows:
        judge_order(session, row, order_values(session, [row])[0], now=clock.now(), house=house)


def plan_orders(session: Session, command: PlanOrders, *, actor: Actor, clock: Clock, house: House) -> Planned:
    """Compute demand, stock-out and order sizes, bring outlooks and proposals up to date, and judge what changed."""
    computed = compute_orders(session, command, clock=clock, house=house)
    planned = keep_plan(session, computed, actor=actor, clock=clock)
    judge_proposals(session, planned.proposals + planned.changed, clock=clock, house=house)
    return planned


def _acted_on(session: Session, seen: int) -> frozenset[Key]:
    rows = session.execute(
        select(PurchaseOrderRow.supplier_id, PurchaseOrderRow.location_id)
        .join(JournalRow, JournalRow.order_id == PurchaseOrderRow.id)
        .where(JournalRow.id > seen)
        .distinct()
    )
    return frozenset((supplier, place) for supplier, place in rows)
