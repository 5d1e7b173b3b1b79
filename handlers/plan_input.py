"""The plan's tables as the store knows them: what to plan for, what was sold, what is coming."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from orders.purchase import OrderState
from orders.states import PLANNED
from store.queries.stock import coming_supply
from store.tables.catalogue import ProductRow, ProductState
from store.tables.purchase import PurchaseOrderLineRow, PurchaseOrderRow
from store.tables.sales import DailySalesRow
from store.tables.stock import StockBalanceRow
from store.tables.suppliers import SupplierRow, SupplierTermRow

HISTORY_DAYS = 760
_UNKNOWN_ARRIVAL_DAYS = 7  # a part promised without a date is expected a week after the rest


@dataclass(frozen=True, slots=True)
class PlanInput:
    """The three tables of contracts/planning.md; keys are database ids written as text."""

    items: pl.DataFrame
    history: pl.DataFrame
    on_order: pl.DataFrame
    without_lead_time: int  # products that cannot be planned because nobody knows how long they take


def plan_input(session: Session, *, today: date) -> PlanInput:
    """Collect everything that the plan needs."""
    rows = _items(session)
    known = [row for row in rows if row["lead_time_days"] is not None]
    return PlanInput(
        items=pl.DataFrame(known, schema=_ITEMS),
        history=_history(session, today=today),
        on_order=_on_order(session, today=today),
        without_lead_time=len(rows) - len(known),
    )


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
}
_SALES = {"sku": pl.String, "location": pl.String, "date": pl.Date, "quantity": pl.Float64, "stocked_out": pl.Int64}
_ARRIVALS = {"sku": pl.String, "location": pl.String, "date": pl.Date, "quantity": pl.Float64}


def _items(session: Session) -> list[dict[str, object]]:
    """Active products with their preferred supplier, at every place that has had stock of them."""
    query = (
        select(ProductRow, SupplierTermRow, SupplierRow, StockBalanceRow)
        .join(SupplierTermRow, SupplierTermRow.product_id == ProductRow.id)
        .join(SupplierRow, SupplierRow.id == SupplierTermRow.supplier_id)
        .join(StockBalanceRow, StockBalanceRow.product_id == ProductRow.id)
        .where(ProductRow.state == ProductState.ACTIVE, ~SupplierRow.is_blocked)
        .order_by(
            ProductRow.sku,
            StockBalanceRow.location_id,
            SupplierTermRow.is_preferred.desc(),
            SupplierTermRow.unit_price,
            SupplierTermRow.id,
        )
    )
    found: dict[tuple[int, int], dict[str, object]] = {}
    for product, term, supplier, balance in session.execute(query):
        key = (product.id, balance.location_id)
        if key in found:
            continue
        cost = None if term.unit_price is None else float(term.unit_price)
        selling = None if product.selling_price is None else float(product.selling_price)
        found[key] = {
            "sku": str(product.id),
            "location": str(balance.location_id),
            "on_hand": float(max(0, balance.on_hand - balance.reserved)),
            "lead_time_days": term.lead_time_days,
            "lead_time_sd_days": float(term.lead_time_sd_days or 0),
            "review_period_days": float(supplier.review_period_days),
            "service_level": float(product.service_level) if product.service_level is not None else None,
            "category": product.category,
            "margin": selling - cost if selling is not None and cost is not None and selling > cost else None,
            "pack_size": float(term.pack_size),
            "moq": float(term.moq),
            "unit_cost": cost or 1.0,
            "supplier": str(supplier.id),
            "supplier_minimum": float(supplier.minimum_order_value or 0),
            "max_stock": float(product.max_stock) if product.max_stock is not None else None,
            "launched_on": product.launched_on,
        }
    return list(found.values())


def _history(session: Session, *, today: date) -> pl.DataFrame:
    rows = session.execute(
        select(
            DailySalesRow.product_id,
            DailySalesRow.location_id,
            DailySalesRow.day,
            DailySalesRow.quantity,
            DailySalesRow.stocked_out,
        ).where(DailySalesRow.day >= today - timedelta(days=HISTORY_DAYS), DailySalesRow.day < today)
    )
    columns = list(zip(*rows, strict=True)) or [(), (), (), (), ()]
    product, place, day, quantity, stocked_out = columns
    return pl.DataFrame(
        {
            "sku": [str(key) for key in product],
            "location": [str(key) for key in place],
            "date": list(day),
            "quantity": [float(each) for each in quantity],
            "stocked_out": list(stocked_out),
        },
        schema=_SALES,
    )


def _on_order(session: Session, *, today: date) -> pl.DataFrame:
    """Open deliveries, and what stands in drafts and orders that are not out yet. Proposals are computed anew."""
    arrivals = [
        {
            "sku": str(product),
            "location": str(place),
            "date": each.day or today + timedelta(days=_UNKNOWN_ARRIVAL_DAYS),
            "quantity": float(each.quantity),
        }
        for (product, place), coming in coming_supply(session).items()
        for each in coming
    ]
    planned = session.execute(
        select(PurchaseOrderLineRow, PurchaseOrderRow)
        .join(PurchaseOrderRow, PurchaseOrderRow.id == PurchaseOrderLineRow.order_id)
        .where(PurchaseOrderRow.state.in_(PLANNED - {OrderState.PROPOSED}))
    )
    arrivals += [
        {
            "sku": str(line.product_id),
            "location": str(order.location_id),
            "date": order.delivery_date or today + timedelta(days=_UNKNOWN_ARRIVAL_DAYS),
            "quantity": float(line.quantity),
        }
        for line, order in planned
    ]
    return pl.DataFrame(arrivals, schema=_ARRIVALS)
