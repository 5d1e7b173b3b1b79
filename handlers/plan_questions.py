"""What questions about the plan are answered from: the shop's tables as the nightly run sees them, and people's own changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.budgets import Budgets, month_budgets
from handlers.house import House
from handlers.plan_input import PlanInput, plan_input
from handlers.supply_history import learn_supply
from orders.clock import Clock, local_day
from planning.arrival_backtest import ArrivalScore, backtest_arrivals
from planning.arrivals import Waiting
from planning.lead_time import supplier_paces
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.suppliers import SupplierRow

SCORED_DAYS = 91  # chances are held against what became of the deliveries of so many days


@dataclass(frozen=True, slots=True)
class PlanTables:
    """The tables, whose keys are database ids as text, and what people call them."""

    given: PlanInput
    today: date
    products: Mapping[str, tuple[str, str]]  # id: sku and name
    places: Mapping[str, str]  # id: code
    suppliers: Mapping[str, str]  # id: code
    budgets: Budgets


def plan_tables(session: Session, *, clock: Clock, house: House, columns: Path | None) -> PlanTables:
    """Everything that the plan is made from at this moment. Writes nothing."""
    today = local_day(clock, house.shop.timezone)
    products = session.execute(select(ProductRow.id, ProductRow.sku, ProductRow.name))
    here = clock.now().astimezone(ZoneInfo(house.shop.timezone)).time()
    budgets = month_budgets(session, today=today, house=house)
    return PlanTables(
        given=plan_input(session, today=today, at=here, budgets=budgets, columns=columns),
        today=today,
        products={str(key): (sku, name) for key, sku, name in products},
        places={str(key): code for key, code in session.execute(select(LocationRow.id, LocationRow.code))},
        suppliers={str(key): code for key, code in session.execute(select(SupplierRow.id, SupplierRow.code))},
        budgets=budgets,
    )


@dataclass(frozen=True, slots=True)
class SupplierRecord:
    """How one supplier delivers: orders weigh less with age; promises are those whose delivery has come."""

    code: str
    orders: float
    late_days: float  # over the stated lead times
    sd_days: float
    promises: int
    kept: float | None  # share of promises that came on their day or before
    usually_late: float | None  # median days over the promised day


@dataclass(frozen=True, slots=True)
class SupplyRecord:
    """All suppliers that have delivered, and how well chances of arrival have come true in the last quarter."""

    suppliers: tuple[SupplierRecord, ...]
    score: ArrivalScore | None


def supply_record(session: Session, *, clock: Clock, house: House) -> SupplyRecord:
    """What receipts and promises say of each supplier. Writes nothing."""
    today = local_day(clock, house.shop.timezone)
    learnt = learn_supply(session, today=today)
    codes = {str(key): code for key, code in session.execute(select(SupplierRow.id, SupplierRow.code))}
    told = learnt.episodes.filter(pl.col("arrived") & pl.col("state").is_in([Waiting.PROMISED, Waiting.PRESSED]))
    promises = {
        row["supplier"]: row
        for row in told.group_by("supplier")
        .agg(count=pl.len(), kept=(pl.col("left") <= 0).mean(), late=pl.col("left").median())
        .iter_rows(named=True)
    }
    records = []
    for pace in supplier_paces(learnt.delivered, learnt.terms):
        own = promises.get(pace.supplier, {"count": 0, "kept": None, "late": None})
        records.append(
            SupplierRecord(
                codes[pace.supplier], pace.orders, pace.late_days, pace.sd_days, own["count"], own["kept"], own["late"]
            )
        )
    records.sort(key=lambda record: record.code)
    return SupplyRecord(tuple(records), backtest_arrivals(learnt.episodes, today - timedelta(days=SCORED_DAYS)))
