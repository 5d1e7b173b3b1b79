"""The course of an order's most urgent product, for the picture below its card: what sold, what will, and when it runs out."""

from datetime import date, timedelta
from typing import Any

import polars as pl
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from handlers.delivery_effect import stock_of_chain
from planning.course import PAST_WEEKS, Course, course_of
from planning.stockout import HORIZON
from store.column_types import as_float
from store.queries.orders import order_row
from store.queries.stock import coming_supply
from store.tables.catalogue import LocationRow, ProductRow
from store.tables.planning import PlanRunRow, StockOutlookRow
from store.tables.purchase import PurchaseOrderLineRow, PurchaseOrderRow
from store.tables.sales import DailySalesRow

_SOLD = {"sku": pl.String, "location": pl.String, "date": pl.Date, "quantity": pl.Float64}


def order_course(session: Session, number: str, *, today: date) -> tuple[Course, str] | None:
    """The course of the line that is likeliest to run out, by the last plan, and its product's name.

    None when the plan knows none of the products there. Stock and deliveries are those of this moment. Raises
    OrderNotFound.
    """
    order = order_row(session, number)
    quantities = _quantities(order)
    outlook = session.scalars(
        select(StockOutlookRow)
        .where(
            StockOutlookRow.location_id == order.location_id,
            StockOutlookRow.product_id.in_(quantities),
            StockOutlookRow.figures.is_not(None),
        )
        .order_by(StockOutlookRow.stockout_risk.desc(), StockOutlookRow.stockout_p50, StockOutlookRow.product_id)
        .limit(1)
    ).first()
    if outlook is None or not outlook.figures:
        return None
    product = session.get_one(ProductRow, outlook.product_id)
    place = session.get_one(LocationRow, order.location_id)
    lead = max((order.delivery_date - today).days, 0) if order.delivery_date else HORIZON
    row: dict[str, Any] = {
        **outlook.figures,
        "sku": product.sku,
        "location": place.code,
        "made_on": session.get_one(PlanRunRow, outlook.run_id).today,
        "lead_days": lead,
        "on_hand": float(stock_of_chain(session, product.id, place.id)),
        "at_shops": 0.0,
        "reorder_point": float(outlook.reorder_point),
        "order_quantity": float(quantities[product.id]),
        "stockout_p20": outlook.stockout_p20,
        "stockout_p50": outlook.stockout_p50,
        "stockout_p80": outlook.stockout_p80,
    }
    sold = _sold(session, product, place, today)
    return course_of(row, sold.lazy(), _coming(session, product, place, order, today), today), product.name


def _quantities(order: PurchaseOrderRow) -> dict[int, int]:
    found: dict[int, int] = {}
    lines: list[PurchaseOrderLineRow] = order.lines
    for line in lines:
        found[line.product_id] = found.get(line.product_id, 0) + line.quantity
    return found


def _sold(session: Session, product: ProductRow, place: LocationRow, today: date) -> pl.DataFrame:
    """What was sold there, and in the places that are supplied from there: a centre is planned for all of them."""
    sales = DailySalesRow
    chain = select(LocationRow.id).where(or_(LocationRow.id == place.id, LocationRow.supplied_from_id == place.id))
    rows = session.execute(
        select(sales.day, as_float(session, sales.quantity)).where(
            sales.product_id == product.id,
            sales.location_id.in_(chain),
            sales.day >= today - timedelta(weeks=PAST_WEEKS),
            sales.day < today,
        )
    )
    found = [(product.sku, place.code, day, quantity) for day, quantity in rows]
    return pl.DataFrame(found, schema=_SOLD, orient="row")


def _coming(
    session: Session, product: ProductRow, place: LocationRow, order: PurchaseOrderRow, today: date
) -> pl.DataFrame:
    """Other orders' deliveries on the days on which they are likely to come; one without a day is left out."""
    others = coming_supply(session, [product.id]).get((product.id, place.id), ())
    found = [
        (product.sku, place.code, max(day, today), float(each.quantity))
        for each in others
        if each.order != order.number and (day := each.expected or each.day) is not None
    ]
    return pl.DataFrame(found, schema=_SOLD, orient="row")
