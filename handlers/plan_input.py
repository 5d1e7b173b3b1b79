"""The plan's tables as the store knows them: what to plan for, what was sold, what is coming."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.budgets import NO_BUDGETS, Budgets, with_budgets
from handlers.chain import filled_from_centre, supply_of, with_central_rows
from handlers.open_deliveries import ExpectedPart, expected_deliveries
from handlers.order_calendar import order_chances
from handlers.supply_history import SupplyLearnt, learn_supply
from store.column_types import as_float
from store.promotions import with_promotions
from store.sales_columns import sales_history
from store.tables.catalogue import LocationRow, ProductRow, ProductState
from store.tables.stock import StockBalanceRow
from store.tables.suppliers import SupplierRow, SupplierTermRow

HISTORY_DAYS = 760
PROMOTION_DAYS = 400  # that promotions to come are looked for


@dataclass(frozen=True, slots=True)
class PlanInput:
    """The three tables of contracts/planning.md; keys are database ids written as text."""

    items: pl.DataFrame
    history: pl.LazyFrame
    on_order: pl.DataFrame
    without_lead_time: int  # products that cannot be planned because nobody knows how long they take
    expected: Sequence[ExpectedPart]  # what `on_order` was made from


def plan_input(
    session: Session,
    *,
    today: date,
    at: time | None = None,
    budgets: Budgets = NO_BUDGETS,
    columns: Path | None = None,
) -> PlanInput:
    """Collect everything that the plan needs; lead times and days of arrival are those that deliveries have taught.

    `at` is the hour of the day, for suppliers' cut-offs. `columns` is the folder of the history in columns; without it the
    history is read from its table.
    """
    learnt = learn_supply(session, today=today)
    items = _items(session, learnt, order_chances(session, today, at=at), budgets)
    known = items.filter(pl.col("lead_time_days").is_not_null())
    expected = expected_deliveries(session, learnt, today=today)
    since = today - timedelta(days=HISTORY_DAYS)
    history = sales_history(session, since=since, until=today, folder=columns)
    until = today + timedelta(days=PROMOTION_DAYS)
    return PlanInput(
        items=known,
        history=with_promotions(session, history, since=since, today=today, until=until),
        on_order=_on_order(expected),
        without_lead_time=items.height - known.height,
        expected=expected,
    )


_FOUND = {
    "sku": pl.Int64,
    "location": pl.Int64,
    "on_hand": pl.Float64,
    "unit_cost": pl.Float64,
    "selling": pl.Float64,
    "service_level": pl.Float64,
    "category": pl.String,
    "pack_size": pl.Float64,
    "moq": pl.Float64,
    "supplier": pl.Int64,
    "supplier_minimum": pl.Float64,
    "review_period_days": pl.Float64,
    "max_stock": pl.Float64,
    "launched_on": pl.Date,
    "shelf_life_days": pl.Float64,
    "currency": pl.String,
    "supplier_name": pl.String,
}
_ITEMS = {
    "sku": pl.String,
    "location": pl.String,
    "on_hand": pl.Float64,
    "lead_time_days": pl.Float64,
    "lead_time_sd_days": pl.Float64,
    "review_period_days": pl.Float64,
    "service_level": pl.Float64,
    "category": pl.String,
    "margin": pl.Float64,
    "pack_size": pl.Float64,
    "moq": pl.Float64,
    "unit_cost": pl.Float64,
    "supplier": pl.String,
    "supplier_minimum": pl.Float64,
    "max_stock": pl.Float64,
    "launched_on": pl.Date,
    "shelf_life_days": pl.Float64,
    "supplier_name": pl.String,
    "location_name": pl.String,
    "supplied_from": pl.String,
    "supplied_from_name": pl.String,
    "country": pl.String,
    "budget": pl.Float64,
    "site_budget": pl.Float64,
}
_ARRIVALS = {"sku": pl.String, "location": pl.String, "date": pl.Date, "quantity": pl.Float64}


def _items(session: Session, learnt: SupplyLearnt, chances: pl.DataFrame, budgets: Budgets) -> pl.DataFrame:
    """Active products with their preferred supplier, at every place that has had stock of them.

    Where the supplier keeps order days, waiting for the next one is part of the lead time. A place that is supplied from
    another waits for that one only, and may be sent single units.
    """
    supply = supply_of(session)
    term, supplier, product, balance = SupplierTermRow, SupplierRow, ProductRow, StockBalanceRow
    rows = session.execute(
        select(
            product.id, balance.location_id, balance.on_hand - balance.reserved, as_float(session, term.unit_price),
            as_float(session, product.selling_price), as_float(session, product.service_level), product.category,
            term.pack_size, term.moq, supplier.id, as_float(session, supplier.minimum_order_value),
            supplier.review_period_days, product.max_stock, product.launched_on, product.shelf_life_days,
            supplier.currency, supplier.code,
        )
        .join(term, term.product_id == product.id)
        .join(supplier, supplier.id == term.supplier_id)
        .join(balance, balance.product_id == product.id)
        .where(product.state == ProductState.ACTIVE, ~supplier.is_blocked)
        .order_by(product.sku, balance.location_id, term.is_preferred.desc(), term.unit_price, term.id)
    ).all()  # fmt: skip
    found = pl.DataFrame(rows, schema=_FOUND, orient="row").unique(
        ["sku", "location"], keep="first", maintain_order=True
    )
    found = with_central_rows(found, supply)
    keyed = found.with_columns(pl.col("sku", "location", "supplier").cast(pl.String))
    timed = keyed.join(
        learnt.lead_times,
        left_on=["supplier", "sku"],
        right_on=["supplier", "product"],
        how="left",
        maintain_order="left",
    )
    timed = timed.join(chances, on="supplier", how="left", maintain_order="left").with_columns(
        lead_time_days=pl.col("lead_time_days") + pl.col("wait").fill_null(0),
        review_period_days=pl.col("gap").fill_null(pl.col("review_period_days")),
    )
    earned = pl.col("selling") - pl.col("unit_cost")
    return (
        filled_from_centre(with_budgets(timed, budgets), supply)
        .with_columns(
            on_hand=pl.col("on_hand").clip(lower_bound=0),
            margin=pl.when(earned > 0).then(earned),
            unit_cost=pl.when(pl.col("unit_cost") > 0).then(pl.col("unit_cost")).otherwise(1.0),
            supplier_minimum=pl.col("supplier_minimum").fill_null(0.0),
            country=pl.col("location").replace_strict(_countries(session), default=None, return_dtype=pl.String),
        )
        .select(pl.col(name).cast(kind) for name, kind in _ITEMS.items())
    )


def _countries(session: Session) -> dict[str, str | None]:
    """Country of each place, for its public holidays."""
    return {str(key): country for key, country in session.execute(select(LocationRow.id, LocationRow.country))}


def _on_order(expected: Sequence[ExpectedPart]) -> pl.DataFrame:
    """Open deliveries on the days on which they are likely to come."""
    return pl.DataFrame(
        {
            "sku": [str(each.part.product) for each in expected],
            "location": [str(each.part.place) for each in expected],
            "date": [each.day for each in expected],
            "quantity": [float(each.part.quantity) for each in expected],
        },
        schema=_ARRIVALS,
    )
