"""What the clock sets going in the morning: the plan, the report, the alert. Each writes outbox rows and sends nothing."""

from datetime import date
from pathlib import Path

import structlog

from handlers.house import House
from handlers.replenishment import Planned, PlanOrders, compute_orders, judge_proposals, keep_plan, unjudged_proposals
from orders.clock import Clock
from orders.people import SCHEDULER
from store.outbox import enqueue
from store.queries.stock import running_low
from store.sessions import Store

log = structlog.get_logger()
_JUDGED_AT_ONCE = 20  # proposals a transaction


def compute_plan(store: Store, clock: Clock, house: House, columns: Path | None = None) -> Planned:
    """Compute what to order, bring the proposals up to date, and have the rules judge those that changed.

    Reading, writing and judging are transactions of their own, so that people's acts never wait for the computing.
    """
    with store.reading() as session:
        computed = compute_orders(session, PlanOrders(columns), clock=clock, house=house)
    with store.transaction() as session:
        planned = keep_plan(session, computed, actor=SCHEDULER, clock=clock)
    log.info(
        "plan computed",
        items=planned.items,
        proposals=len(planned.proposals),
        expired=len(planned.expired),
        without_lead_time=planned.without_lead_time,
        transfers=planned.transfers,
    )
    with store.reading() as session:
        numbers = unjudged_proposals(session)
    for start in range(0, len(numbers), _JUDGED_AT_ONCE):
        with store.transaction() as session:
            judge_proposals(session, numbers[start : start + _JUDGED_AT_ONCE], clock=clock, house=house)
    return planned


def announce_report(store: Store, clock: Clock, day: date) -> None:
    """Put the day's report into the outbox."""
    key = f"daily_report:{day.isoformat()}"
    with store.transaction() as session:
        enqueue(
            session, "daily_report", key, {"day": day.isoformat()}, now=clock.now(), surface=f"report:{day.isoformat()}"
        )


def announce_low_stock(store: Store, clock: Clock, day: date) -> None:
    """Put the day's alert into the outbox, if anything runs low."""
    key = f"low_stock:{day.isoformat()}"
    with store.transaction() as session:
        if running_low(session, limit=1):
            payload = {"day": day.isoformat()}
            enqueue(session, "low_stock", key, payload, now=clock.now(), surface=f"alert:{day.isoformat()}")
