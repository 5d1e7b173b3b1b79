"""What the clock sets going in the morning: the plan, the report, the alert. Each writes outbox rows and sends nothing."""

from datetime import date

import structlog

from handlers.house import House
from handlers.replenishment import Planned, PlanOrders, plan_orders
from orders.clock import Clock
from orders.people import SCHEDULER
from store.outbox import enqueue
from store.queries.stock import running_low
from store.sessions import Store

log = structlog.get_logger()


def compute_plan(store: Store, clock: Clock, house: House) -> Planned:
    """Compute what to order and bring the proposals up to date."""
    with store.transaction() as session:
        planned = plan_orders(session, PlanOrders(), actor=SCHEDULER, clock=clock, house=house)
    log.info("plan computed", items=planned.items, proposals=len(planned.proposals), expired=len(planned.expired))
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
